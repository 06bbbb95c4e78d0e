import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { chunkOf, readSources } from './locales/asked-keys.ts'

const src = join(import.meta.dirname, '..')
const sources = readSources(src, [])

test.each(['web/main.tsx', 'web/frame/Frame.tsx', 'web/session/SignInPage.tsx', 'web/portfolio/PortfolioPage.tsx'])(
  '%s does without the schema library',
  root => {
    const files = [...chunkOf(root, sources)]
    expect(files.length).toBeGreaterThan(5)
    expect(files.filter(file => /^import (?!type).*'zod'/m.test(readFileSync(join(src, file), 'utf8')))).toEqual([])
  },
)
