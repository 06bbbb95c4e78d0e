import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAuth } from '../app/auth/open-auth.ts'
import { addPerson } from '../app/auth/people.ts'
import { readConfig } from '../app/config.ts'
import { NO_GRAPH } from '../app/connections/testing.ts'
import { type OpenContext, openContext } from '../app/context.ts'
import { listJobs } from '../app/jobs/jobs.ts'
import { startWorker } from '../app/jobs/work.ts'
import { queueMail } from '../app/mail/queue-mail.ts'
import { readMail, startSmtpServer, type TestSmtpServer } from '../app/mail/testing.ts'
import { notify } from '../app/notifications/notify.ts'
import { SYSTEM } from '../app/policy.ts'
import { stopCluster } from '../store/cluster.ts'
import { enqueue } from '../store/jobs.ts'

const folder = mkdtempSync(join(tmpdir(), 'impulso-killed-'))
const PEOPLE = 5
const REMINDERS = 500
const INVITATIONS = 500
/** Kills end when this many have been; mails may run out first. */
const MOST_KILLS = 8

let server: TestSmtpServer
let environment: Record<string, string>
let open: OpenContext
let owner: pg.Client
const running: ChildProcess[] = []
beforeAll(async () => {
  // Slow to answer, so that kills fall into the moment between its answer and our record.
  server = await startSmtpServer({ answersAfterMs: 40 })
  environment = {
    IMPULSO_DATA: folder,
    IMPULSO_DEMO: 'no',
    IMPULSO_SMTP_URL: server.url(),
    IMPULSO_MAIL_FROM: 'Impulso <impulso@example.com>',
    IMPULSO_URL: 'https://impulso.example.com',
    PORT: '0',
  }
  open = await openContext(readConfig(environment))
  owner = new pg.Client({ connectionString: open.urls.owner })
  await owner.connect()
}, 120_000)
afterAll(async () => {
  for (const child of running) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
  await owner.end()
  await open.close()
  await stopCluster(folder)
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

const start = (command: 'work' | 'serve'): ChildProcess => {
  const child = spawn(process.execPath, ['bin/impulso.js', command], { env: { ...process.env, ...environment }, stdio: 'ignore' })
  running.push(child)
  return child
}

/** Reminders wait to be written, invitations to be sent. */
async function fill(): Promise<void> {
  const auth = openAuth(readConfig(environment), open)
  const mail = { smtp: readConfig(environment).smtp, publicUrl: 'https://impulso.example.com' }
  const context = { ...open.context, mail }
  const people: string[] = []
  for (let each = 0; each < PEOPLE; each++) {
    const account = {
      email: `person-${each}@example.com`,
      name: `Person ${each}`,
      right: 'engineer',
      password: 'longboat river seventeen',
    } as const
    people.push(await addPerson(open.context, auth, account))
  }
  await auth.close()
  await context.db.transaction().execute(async trx => {
    for (let each = 0; each < REMINDERS; each++) {
      const to = [people[each % PEOPLE]!]
      const summary = { en: `Reminder ${each}`, 'pt-BR': `Lembrete ${each}` }
      await notify(trx, context, { to, key: `reminder ${each}`, kind: 'handshake-waiting', customerId: null, path: '/portfolio', summary })
    }
    for (let each = 0; each < INVITATIONS; each++) {
      await queueMail(trx, context, {
        kind: 'meeting',
        key: `invitation:${each}`,
        to: `contact-${each}@example.com`,
        personId: null,
        locale: 'pt-BR',
        values: {
          name: 'Ana',
          what: 'new',
          title: `Meeting ${each}`,
          when: '2026-11-24 10:00',
          location: '',
          organizer: 'Rita',
          hasDeck: false,
          url: 'https://impulso.example.com',
        },
      })
    }
  })
}

/** What the schedule does each minute, while there is somebody to tell. */
async function tellNow(): Promise<void> {
  const { rowCount } = await owner.query('select from notification where told_at is null limit 1')
  if (rowCount) await open.context.db.transaction().execute(trx => enqueue(trx, 'tell-people', {}))
}
/**
 * As if the minutes had passed after which a worker that says nothing counts as dead, those until a job is tried again, and the one after
 * which queues are counted: before it, workers take one mail a second.
 */
async function hurry(): Promise<void> {
  await owner.query(
    `update pgboss.job set heartbeat_on = now() - interval '5 minutes' where state = 'active' and started_on < now() - interval '5 seconds'`,
  )
  await owner.query(`update pgboss.job set start_after = now() where state = 'retry'`)
  await owner.query(
    `update pgboss.queue set ready_count = (select count(*) from pgboss.job where name = 'send-mail' and state = 'created') where name = 'send-mail'`,
  )
}
async function states(): Promise<Readonly<Record<string, number>>> {
  const { rows } = await owner.query<{ state: string; count: number }>('select state, count(*)::int as count from mail group by state')
  return Object.fromEntries(rows.map(row => [row.state, row.count]))
}
const settled = ({ sent = 0, uncertain = 0 }: Readonly<Record<string, number>>) => sent + uncertain

test('worker and server killed at random while 1,000 reminders and invitations are due: none is lost, none is sent twice, the doubtful are named', async () => {
  await fill()
  await tellNow()
  await hurry()
  const processes = { work: start('work'), serve: start('serve') }
  let kills = 0
  while (kills < MOST_KILLS && settled(await states()) < REMINDERS + INVITATIONS - 20) {
    // In full swing, and anywhere between handing a mail over and taking the next; now and then while starting.
    const until = Date.now() + 60_000
    const arrived = server.mails.length + Math.floor(Math.random() * 40)
    while (server.mails.length < arrived && Date.now() < until) await delay(5)
    await delay(Math.random() * 100)
    const victim = Math.random() < 0.5 ? 'work' : 'serve'
    const ended = once(processes[victim], 'exit')
    processes[victim].kill('SIGKILL')
    await ended
    kills++
    processes[victim] = start(victim)
    await hurry()
    await tellNow()
  }
  for (const child of Object.values(processes)) {
    const ended = once(child, 'exit')
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL')
      await ended
      kills++
    }
  }

  // What is left is done by one that nobody kills.
  const auth = openAuth(readConfig(environment), open)
  const mail = { smtp: readConfig(environment).smtp, publicUrl: 'https://impulso.example.com' }
  const worker = await startWorker({
    context: open.context,
    mail,
    graph: NO_GRAPH,
    auth,
    purges: [],
    databaseUrl: open.urls.app,
    isHurried: true,
  })
  const deadline = Date.now() + 420_000
  while (settled(await states()) < REMINDERS + INVITATIONS && Date.now() < deadline) {
    await delay(1000)
    await hurry()
    await tellNow()
  }
  await worker.stop()
  await auth.close()

  const { rows: mails } = await owner.query<{ id: string; kind: string; message_id: string; state: string }>(
    'select id, kind, message_id, state from mail',
  )
  const arrived = server.mails.map(each => readMail(each.raw).headers.get('message-id')?.[0] ?? '')
  const had = new Set(arrived)
  const uncertain = mails.filter(each => each.state === 'uncertain')
  const unrecorded = uncertain.filter(each => had.has(each.message_id))

  // None is lost: each is at the server, or named as doubtful.
  expect(mails.filter(each => each.kind === 'notification')).toHaveLength(REMINDERS)
  expect(mails.filter(each => each.kind === 'meeting')).toHaveLength(INVITATIONS)
  expect(mails.filter(each => each.state !== 'sent' && each.state !== 'uncertain')).toEqual([])
  expect(mails.filter(each => each.state === 'sent' && !had.has(each.message_id))).toEqual([])
  // Each has one Message-ID, whatever happened to it.
  expect(new Set(mails.map(each => each.message_id)).size).toBe(mails.length)
  expect(arrived.filter(each => !mails.some(mail => mail.message_id === each))).toEqual([])
  // Repeats at the server: at most the kills between its answer and our record. By itself the program makes none at all.
  expect(arrived.length - had.size).toBeLessThanOrEqual(unrecorded.length)
  expect(arrived.length - had.size).toBe(0)
  expect(unrecorded.length).toBeLessThanOrEqual(kills)
  expect(uncertain.length).toBeLessThanOrEqual(kills)
  const page = await listJobs(open.context, SYSTEM)
  expect(page.uncertain.map(each => each.id).toSorted()).toEqual(uncertain.map(each => each.id).toSorted())
  expect(kills).toBeGreaterThanOrEqual(4)
}, 900_000)
