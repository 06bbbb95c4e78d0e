import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../store/testing.ts'
import { readConfig } from './config.ts'
import { openContext } from './context.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
const folder = mkdtempSync(join(tmpdir(), 'impulso-context-'))
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(async () => {
  await database.close()
  rmSync(folder, { recursive: true, force: true })
})
const config = (more: Record<string, string> = {}) => readConfig({ IMPULSO_DATA: folder, DATABASE_URL: database.urls.owner, ...more })

test('with DATABASE_URL no server of our own is started, and several may serve', async () => {
  const [one, two] = [await openContext(config(), { serve: true }), await openContext(config(), { serve: true })]
  expect(one.context.playbook.playbook.hash).toBe(two.context.playbook.playbook.hash)
  await Promise.all([one.close(), two.close(), two.close()])
  expect(existsSync(join(folder, 'postgres'))).toBe(false)
})

test('a command uses the release in force; it does not release another folder in passing', async () => {
  const command = await openContext(config({ IMPULSO_PLAYBOOK: join(folder, 'nowhere') }))
  expect(command.context.playbook.processes.map(process => process.id)).toContain('support-success-execution')
  await command.close()
})

test('a playbook folder that is not there stops serving with its name', async () => {
  const opening = openContext(config({ IMPULSO_PLAYBOOK: join(folder, 'nowhere') }), { serve: true })
  await expect(opening).rejects.toMatchObject({ code: 'invalid-input', message: /nowhere is not there/ })
})

test('a data folder that cannot be made is named before anything starts', async () => {
  const file = join(folder, 'a-file')
  writeFileSync(file, '')
  for (const more of [{}, { DATABASE_URL: '' }]) {
    const opening = openContext(config({ IMPULSO_DATA: join(file, 'data'), ...more }), { serve: true })
    await expect(opening).rejects.toMatchObject({ code: 'unavailable', message: /IMPULSO_DATA.*a-file/ })
  }
})
