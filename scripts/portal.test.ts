import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { buildPortal, hashSources } from './portal.ts'

const root = mkdtempSync(join(tmpdir(), 'impulso-portal-'))
afterAll(() => rmSync(root, { recursive: true }))
const put = (file: string, text: string) => {
  mkdirSync(join(root, file, '..'), { recursive: true })
  writeFileSync(join(root, file), text)
}

test('the hash follows every source of the portal, and nothing else', () => {
  const hashes: string[] = []
  const files = ['src/web/main.tsx', 'src/web/deep/Page.tsx', 'src/model/words.ts', 'vite.config.ts', 'package-lock.json']
  for (const file of files) {
    put(file, 'one')
    hashes.push(hashSources(root))
  }
  expect(new Set(hashes).size).toBe(files.length)
  const before = hashSources(root)
  put('src/web/deep/Page.test.tsx', 'test')
  put('src/engine/decide.ts', 'other room')
  expect(hashSources(root)).toBe(before)
  put('src/web/deep/Page.tsx', 'two')
  expect(hashSources(root)).not.toBe(before)
})

test('a build of these very sources is not made again', async () => {
  put('dist/web/index.html', 'built')
  put('dist/web.sources', hashSources(root))
  await buildPortal(root)
})
