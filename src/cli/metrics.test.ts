import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

test('importing a file that is not there is used wrongly, and opens no database', () => {
  const folder = mkdtempSync(join(tmpdir(), 'impulso-metrics-'))
  const file = join(folder, 'readings.csv')
  const data = join(folder, 'data')
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli/main.ts', 'metrics', 'import', file, '--customer', 'contoso'], {
    encoding: 'utf8',
    env: { ...process.env, IMPULSO_DATA: data },
  })
  expect({ status, stdout, stderr, opened: existsSync(data) }).toEqual({
    status: 2,
    stdout: '',
    stderr: expect.stringContaining(`${file} cannot be read`),
    opened: false,
  })
  rmSync(folder, { recursive: true })
})
