import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { stopCluster } from '../store/cluster.ts'

const folder = mkdtempSync(join(tmpdir(), 'impulso-db-'))
const old = join(folder, 'old')
const fresh = join(folder, 'fresh')
const file = join(folder, 'demo.impulso.gz')
const running: ChildProcess[] = []
afterAll(async () => {
  for (const child of running) if (child.exitCode === null) child.kill('SIGKILL')
  for (const each of [old, fresh]) await stopCluster(each)
  rmSync(folder, { recursive: true, force: true })
})

const environment = (data: string) => ({ ...process.env, IMPULSO_DATA: data, PORT: '0', HOST: '127.0.0.1' })
const impulso = (data: string, ...args: string[]) =>
  new Promise<{ code: number; out: string; said: string }>(resolve => {
    execFile(process.execPath, ['bin/impulso.js', ...args], { env: environment(data) }, (error, out, said) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, said }),
    )
  })

async function serve(data: string) {
  const child = spawn(process.execPath, ['bin/impulso.js', 'serve'], { env: environment(data), stdio: ['ignore', 'pipe', 'pipe'] })
  running.push(child)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', text => (said += text))
  const url = await vi.waitFor(
    () => {
      const found = /http:\/\/(?:127\.0\.0\.1|localhost):\d+/.exec(said)
      expect(found, said).not.toBeNull()
      // Expected just above.
      return found![0]
    },
    { timeout: 120_000, interval: 200 },
  )
  return {
    url,
    stop: async () => {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}

test('the demo is backed up while it runs and comes back in another data folder: the same rows, a record that fits, a portal that answers', async () => {
  const portal = await serve(old)
  const made = await impulso(old, 'db', 'backup', file)
  expect(made).toMatchObject({ code: 0, said: expect.stringContaining('The secret is not in the file') })
  const { rows, tables, secret } = JSON.parse(made.out)
  expect(rows).toBeGreaterThan(10_000)
  await portal.stop()

  // Without its secret nothing is restored, and nothing is there afterwards.
  expect(await impulso(fresh, 'db', 'restore', file)).toMatchObject({ said: expect.stringContaining('has no secret yet') })
  expect(existsSync(join(fresh, 'reports'))).toBe(false)
  mkdirSync(fresh, { recursive: true })
  copyFileSync(join(old, 'secret'), join(fresh, 'secret'))
  const restored = await impulso(fresh, 'db', 'restore', file)
  expect(restored.code, restored.said).toBe(0)
  expect(JSON.parse(restored.out)).toMatchObject({ rows, tables, secret, audit: { broken: 0 } })
  expect((await impulso(fresh, 'audit', 'verify')).code).toBe(0)

  const again = await serve(fresh)
  const answer = await fetch(`${again.url}/api/v1/session`)
  expect(await answer.json()).toMatchObject({ person: null, needsSetup: false })

  // While it runs, and when something is there, it is not overwritten.
  expect((await impulso(fresh, 'db', 'restore', file)).code).not.toBe(0)
  await again.stop()
  expect((await impulso(fresh, 'db', 'restore', file)).said).toContain('not empty')
  expect((await impulso(fresh, 'db', 'restore', file, '--replace', 'other')).said).toContain(
    '--replace takes the name of what is replaced: fresh',
  )
  expect(await impulso(fresh, 'db', 'restore', file, '--replace', 'fresh')).toMatchObject({ code: 0 })
}, 400_000)
