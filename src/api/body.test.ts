import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { clearUploads, withUpload } from './body.ts'

const folder = mkdtempSync(join(tmpdir(), 'impulso-uploads-'))
afterAll(() => rmSync(folder, { recursive: true }))
const request = (body: string) => new Request('http://localhost/', { method: 'PUT', body })

test('an upload is a file while it is worked on, and gone afterwards', async () => {
  let path = ''
  const seen = await withUpload(request('a,b\n'), folder, 100, async given => {
    path = given
    return readFileSync(given, 'utf8')
  })
  expect([seen, existsSync(path)]).toEqual(['a,b\n', false])
})

test('work that fails, and an upload that is too large, leave nothing', async () => {
  await expect(withUpload(request('x'), folder, 100, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  await expect(withUpload(request('x'.repeat(101)), folder, 100, async () => 0)).rejects.toMatchObject({ code: 'too-large' })
  expect(readdirSync(folder)).toEqual([])
})

test('what a killed process left is cleared, other files stay', async () => {
  writeFileSync(join(folder, 'old.upload'), '')
  writeFileSync(join(folder, 'other'), '')
  await clearUploads(folder)
  await clearUploads(join(folder, 'nowhere'))
  expect(readdirSync(folder)).toEqual(['other'])
})
