import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { readConfig } from '../app/config.ts'
import { openContext } from '../app/context.ts'
import { queueMail } from '../app/mail/queue-mail.ts'
import { readMail, startSmtpServer, type TestSmtpServer } from '../app/mail/testing.ts'
import { findMail } from '../store/mail.ts'

const folder = mkdtempSync(join(tmpdir(), 'impulso-work-'))
let server: TestSmtpServer
let environment: Record<string, string>
const running: ChildProcess[] = []
beforeAll(async () => {
  server = await startSmtpServer()
  environment = { IMPULSO_DATA: folder, IMPULSO_SMTP_URL: server.url(), IMPULSO_MAIL_FROM: 'Impulso <impulso@example.com>' }
})
afterAll(async () => {
  for (const child of running) if (child.exitCode === null) child.kill('SIGKILL')
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

function work(): { child: ChildProcess; said: () => string; ended: Promise<unknown[]> } {
  const child = spawn(process.execPath, ['bin/impulso.js', 'work'], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  running.push(child)
  let said = ''
  child.stderr.on('data', text => {
    said += text
  })
  return { child, said: () => said, ended: once(child, 'exit') }
}

test('a worker of its own sends what another process queued, and ends in order', async () => {
  const config = readConfig(environment)
  const open = await openContext(config)
  const context = { ...open.context, mail: { smtp: config.smtp, publicUrl: 'https://impulso.example.com' } }
  const values = { url: 'https://impulso.example.com' }
  const mail = { kind: 'test', key: 'test:work', to: 'ana@example.com', personId: null, locale: 'pt-BR', values } as const
  const id = await context.db.transaction().execute(trx => queueMail(trx, context, mail))

  const worker = work()
  await vi.waitFor(async () => expect((await findMail(context.db, id ?? ''))?.state, worker.said()).toBe('sent'), {
    timeout: 60_000,
    interval: 200,
  })
  expect(server.mails.map(each => readMail(each.raw).headers.get('subject'))).toEqual([['E-mail de teste do Impulso']])
  worker.child.kill('SIGTERM')
  expect((await worker.ended)[0], worker.said()).toBe(0)
  expect(worker.said()).not.toContain('ana@example.com')
  await open.close()
})
