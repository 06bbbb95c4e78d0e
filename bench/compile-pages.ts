import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { type PlaybookFiles, readPlaybookFiles } from '../src/app/playbooks/files.ts'
import { compile } from '../src/playbook/compile.ts'
import { type Bench, compared, interleave, type Measurement } from './measure.ts'

const fromRoot = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const remark = unified().use(remarkParse).use(remarkGfm).use(remarkFrontmatter, ['yaml']).freeze()

const RUNS = 15
/** One pass takes a few milliseconds, too little to time alone. */
const PASSES = 5

/** Pages, manifest and rules to a playbook, against remark's syntax tree of the same Markdown alone. */
export const bench: Bench = async () => [
  await measure('compile-pages', readPlaybookFiles([fromRoot('playbooks/microsoft-365-success')])),
  ...(await measureIfThere('compile-pages-seeds', fromRoot('../shared/seeds'), fromRoot('src/playbook/seeds/playbook.yaml'))),
  ...(await measureIfThere('compile-pages-corpus', fromRoot('../shared/corpus'))),
]

async function measureIfThere(name: string, folder: string, manifest?: string): Promise<readonly Measurement[]> {
  if (existsSync(folder)) return [await measure(name, readPlaybookFiles([folder], manifest))]
  console.error(`${name} is left out: there are no pages beside the project`)
  return []
}

async function measure(name: string, { pages, manifest }: PlaybookFiles): Promise<Measurement> {
  const times = await interleave(
    RUNS,
    () => repeat(() => compile(pages, manifest ?? undefined)),
    () => repeat(() => pages.forEach(page => void remark.parse(page.text))),
  )
  const kib = Math.round(pages.reduce((sum, page) => sum + Buffer.byteLength(page.text), 0) / 1024)
  return compared({
    name,
    ours: times.ours / PASSES,
    other: times.other / PASSES,
    unit: 'ms',
    against: 'remark parse of the same pages',
    kind: 'limit',
    size: `${pages.length} pages, ${kib} KiB${manifest ? ', with manifest' : ''}`,
    runs: RUNS,
  })
}

function repeat(work: () => void): void {
  for (let pass = 0; pass < PASSES; pass++) work()
}
