import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { readConfig } from '../app/config.ts'
import { NO_GRAPH } from '../app/connections/testing.ts'
import { type OpenContext, openContext } from '../app/context.ts'
import { startWorker } from '../app/jobs/work.ts'
import { queueMail } from '../app/mail/queue-mail.ts'
import type { MailSettings } from '../app/mail/settings.ts'
import { readMail, startSmtpServer, type TestSmtpServer } from '../app/mail/testing.ts'
import { NO_PEOPLE } from '../app/people/testing.ts'
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

const MAIL = {
  kind: 'test',
  to: 'ana@example.com',
  personId: null,
  locale: 'pt-BR',
  values: { url: 'https://impulso.example.com' },
} as const
const sees = (state: string, open: OpenContext, id: string, said: () => string) =>
  vi.waitFor(async () => expect((await findMail(open.context.db, id))?.state, said()).toBe(state), { timeout: 60_000, interval: 200 })

async function openWithMail(key: string): Promise<{ open: OpenContext; mail: MailSettings; id: string }> {
  const config = readConfig(environment)
  const open = await openContext(config)
  const mail = { smtp: config.smtp, publicUrl: 'https://impulso.example.com' }
  const id = await open.context.db.transaction().execute(trx => queueMail(trx, { ...open.context, mail }, { ...MAIL, key }))
  return { open, mail, id: id ?? '' }
}

test('a worker of its own sends what another process queued, and ends in order', async () => {
  const { open, id } = await openWithMail('test:work')
  const worker = work()
  await sees('sent', open, id, worker.said)
  expect(server.mails.map(each => readMail(each.raw).headers.get('subject'))).toEqual([['E-mail de teste do Impulso']])
  worker.child.kill('SIGTERM')
  expect((await worker.ended)[0], worker.said()).toBe(0)
  expect(worker.said()).not.toContain('ana@example.com')
  await open.close()
})

test('a worker killed while the mail server has the mail leaves it uncertain; nobody sends it again', async () => {
  server.troubles.push({ at: 'end', do: 'say-nothing' })
  const { open, mail, id } = await openWithMail('test:killed')
  const before = { mails: server.mails.length, connections: server.connections() }
  const killed = work()
  await vi.waitFor(() => expect(server.troubles).toEqual([]), { timeout: 60_000 })
  await sees('sending', open, id, killed.said)
  killed.child.kill('SIGKILL')
  await killed.ended

  // As if the minutes had passed after which a silent worker counts as dead, and its job is tried again.
  const owner = new pg.Client({ connectionString: open.urls.owner })
  await owner.connect()
  await owner.query(`update pgboss.job set heartbeat_on = now() - interval '5 minutes' where singleton_key = $1 and state = 'active'`, [id])
  const worker = await startWorker({
    context: open.context,
    mail,
    graph: NO_GRAPH,
    auth: NO_PEOPLE,
    purges: [],
    databaseUrl: open.urls.app,
    isHurried: true,
  })
  await vi.waitFor(async () => {
    const { rowCount } = await owner.query(`update pgboss.job set start_after = now() where singleton_key = $1 and state = 'retry'`, [id])
    expect(rowCount).toBe(1)
  }, 30_000)
  await sees('uncertain', open, id, () => '')
  await worker.stop()
  await owner.end()
  await open.close()
  expect({ mails: server.mails.length, connections: server.connections() }).toEqual({ ...before, connections: before.connections + 1 })
})
