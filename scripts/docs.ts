// Writes docs/reference/ from the program itself. Run `npm run docs` after changing checks, commands or the rule vocabulary;
// docs.test.ts fails while a page is stale.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { accessRightsPage } from './docs/access-rights.ts'
import { commandLinePage } from './docs/command-line.ts'
import { diagnosticsPage } from './docs/diagnostics.ts'
import { ruleVocabularyPage } from './docs/rule-vocabulary.ts'

/** Every generated page: path below the project, text. */
export const referencePages = (): Readonly<Record<string, string>> => ({
  'docs/reference/access-rights.md': accessRightsPage(),
  'docs/reference/command-line.md': commandLinePage(),
  'docs/reference/diagnostics.md': diagnosticsPage(),
  'docs/reference/rule-vocabulary.md': ruleVocabularyPage(),
})

if (import.meta.main) {
  const root = fileURLToPath(new URL('..', import.meta.url))
  for (const [path, text] of Object.entries(referencePages())) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
    console.log(path)
  }
}
