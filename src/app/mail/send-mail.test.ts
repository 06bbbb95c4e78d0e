import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { countJobs, failedJobs, type Worker } from '../../store/jobs.ts'
import { deleteMails, findMail, settleMail, takeMail } from '../../store/mail.ts'
import { NO_GRAPH } from '../connections/testing.ts'
import { type Context, contextFor } from '../context.ts'
import { startWorker } from '../jobs/work.ts'
import { NO_PEOPLE } from '../people/testing.ts'
import { type Actor, SYSTEM } from '../policy.ts'
import { addTestCustomer, type TestContext, testContext } from '../testing.ts'
import { dismissMail, getMail, listMail, sendAgain } from './outbox.ts'
import { type NewMail, queueMail } from './queue-mail.ts'
import { checkMails, sendMail } from './send-mail.ts'
import type { MailContext } from './settings.ts'
import { sendTestMail } from './test-mail.ts'
import { readMail, startSmtpServer, type TestSmtpServer } from './testing.ts'

const now = new Date('2026-11-21T08:00:00Z')
let open: TestContext
let server: TestSmtpServer
let context: Context & MailContext
const working: Worker[] = []
beforeAll(async () => {
  open = await testContext(now)
  server = await startSmtpServer()
  const smtp = { url: server.url(), from: 'Impulso <impulso@example.com>' }
  context = { ...open.context, mail: { smtp, publicUrl: 'https://impulso.example.com' } }
})
afterEach(async () => {
  for (const worker of working.splice(0)) await worker.stop()
  server.troubles.splice(0)
})
afterAll(async () => {
  await server.stop()
  await open.close()
})

let count = 0
const invitation = (mail: Partial<NewMail> = {}): NewMail => {
  count++
  const values = { name: 'Ana', invitedBy: 'Rita', url: `https://impulso.example.com/invitation?token=${count}`, days: 7 }
  // The kind stays that of the values.
  return {
    kind: 'invitation',
    key: `invitation:${count}`,
    to: `ana${count}@example.com`,
    personId: null,
    locale: 'pt-BR',
    values,
    ...mail,
  } as NewMail
}
const queue = (mail: NewMail = invitation(), from: MailContext = context) =>
  from.db.transaction().execute(async trx => (await queueMail(trx, from, mail)) ?? '')
const stateOf = async (id: string) => {
  const row = await findMail(context.db, id)
  return row && { state: row.state, error: row.error, tries: row.tries }
}
const arrived = (to: string) => server.mails.filter(mail => mail.to.includes(to))
const work = async () =>
  void working.push(
    await startWorker({
      context,
      mail: context.mail,
      graph: NO_GRAPH,
      auth: NO_PEOPLE,
      purges: [],
      databaseUrl: open.urls.app,
      isHurried: true,
    }),
  )
async function ownerQuery(query: string): Promise<readonly unknown[]> {
  const owner = new pg.Client({ connectionString: open.urls.owner })
  await owner.connect()
  try {
    return (await owner.query(query)).rows
  } finally {
    await owner.end()
  }
}
const becomes = (id: string, state: string) =>
  vi.waitFor(async () => expect(await stateOf(id)).toMatchObject({ state }), { timeout: 30_000, interval: 100 })

test('a queued mail is sent by a worker, once, however many there are', async () => {
  const mails = await Promise.all([...Array(6)].map(async () => ({ mail: invitation(), id: '' })))
  for (const each of mails) each.id = await queue(each.mail)
  await Promise.all([work(), work()])
  for (const { id, mail } of mails) {
    await becomes(id, 'sent')
    expect(arrived(mail.to)).toHaveLength(1)
    const { headers, text } = readMail(arrived(mail.to)[0]?.raw ?? '')
    expect(headers.get('message-id')).toEqual([`<${id}@impulso.example.com>`])
    expect(headers.get('subject')).toEqual(['Seu convite para o Impulso'])
    expect(text).toContain('Rita convidou você')
    expect(await stateOf(id)).toEqual({ state: 'sent', error: null, tries: 1 })
  }
})

test('an occasion is written about once', async () => {
  const mail = invitation()
  const first = await queue(mail)
  expect(await queue({ ...mail, to: 'other@example.com' })).toBe('')
  await sendMail(context, first, false)
  await sendMail(context, first, false)
  expect(arrived(mail.to)).toHaveLength(1)
  expect(arrived('other@example.com')).toEqual([])
})

test('what is taken back sends nothing', async () => {
  const mail = invitation()
  const before = (await countJobs(context.db))['send-mail'].waiting
  const change = context.db.transaction().execute(async trx => {
    await queueMail(trx, context, mail)
    throw new Error('second thoughts')
  })
  await expect(change).rejects.toThrow('second thoughts')
  expect((await countJobs(context.db))['send-mail'].waiting).toBe(before)
  expect((await listMail(context, SYSTEM)).mails.filter(each => each.address === mail.to)).toEqual([])
})

test('a mail that is refused for now is tried again, one refused for good is not', async () => {
  const id = await queue()
  server.troubles.push({ at: 'end', do: '451 4.3.0 try later' })
  await expect(sendMail(context, id, false)).rejects.toThrow(`mail ${id} could not be handed over yet`)
  expect(await stateOf(id)).toEqual({ state: 'queued', error: '451 4.3.0 try later', tries: 1 })
  await sendMail(context, id, false)
  expect(await stateOf(id)).toEqual({ state: 'sent', error: null, tries: 2 })

  const other = await queue()
  server.troubles.push({ at: 'recipient', do: '550 5.1.1 no such box' })
  await sendMail(context, other, false)
  expect(await stateOf(other)).toEqual({ state: 'failed', error: '550 5.1.1 no such box', tries: 1 })
})

test('a contact whose address the server refuses is marked, and whoever wrote is told; a refusal of ours is no bounce', async () => {
  await addTestCustomer(context, { customer: { id: 'contoso', name: 'Contoso' } }, 'main')
  const person = 'maria'
  await context.db.insertInto('person').values({ id: person, name: 'Maria' }).execute()
  const contact = { customer_id: 'contoso', id: randomUUID(), name: 'Ana', email: 'Ana.Gone@example.com', version: 1 }
  await context.db.insertInto('contact').values(contact).execute()
  const mail = () => invitation({ to: 'ana.gone@example.com', contact: { customerId: 'contoso', id: contact.id }, sentBy: person })
  const marked = () => context.db.selectFrom('contact').select(['bounced_at', 'bounce']).where('id', '=', contact.id).executeTakeFirst()

  server.troubles.push({ at: 'connect', do: '554 5.7.1 not you' })
  const refused = await queue(mail())
  await sendMail(context, refused, true)
  expect(await findMail(context.db, refused)).toMatchObject({ state: 'failed', bounce: null })
  expect(await marked()).toEqual({ bounced_at: null, bounce: null })

  server.troubles.push({ at: 'recipient', do: '550 5.1.1 no such box' })
  const id = await queue(mail())
  await sendMail(context, id, false)
  expect(await findMail(context.db, id)).toMatchObject({ state: 'failed', bounce: '550 5.1.1 no such box' })
  expect(await marked()).toEqual({ bounced_at: now.toISOString(), bounce: '550 5.1.1 no such box' })
  const told = await context.db.selectFrom('notification').select(['person_id', 'kind', 'customer_id', 'summary']).execute()
  expect(told).toMatchObject([{ person_id: person, kind: 'mail-bounced', customer_id: 'contoso' }])
  expect(told[0]?.summary.en).toBe('Contoso: a mail to Ana came back; the address may be wrong')
})

test('after the last try a mail has failed', async () => {
  const id = await queue()
  server.troubles.push({ at: 'connect', do: '421 4.3.0 closing' })
  await sendMail(context, id, true)
  expect(await stateOf(id)).toEqual({ state: 'failed', error: '421 4.3.0 closing', tries: 1 })
})

test('neither the job nor the log says whom a mail is for', async () => {
  const said: string[] = []
  const mail = invitation()
  const id = await queue(mail)
  server.troubles.push({ at: 'recipient', do: `450 4.2.0 <${mail.to}> is busy` })
  const listening = { ...context, log: (level: string, message: string) => void said.push(`${level} ${message}`) }
  working.push(
    await startWorker({
      context: listening,
      mail: context.mail,
      graph: NO_GRAPH,
      auth: NO_PEOPLE,
      purges: [],
      databaseUrl: open.urls.app,
      isHurried: true,
    }),
  )
  await vi.waitFor(async () => expect(await stateOf(id)).toMatchObject({ state: 'queued', tries: 1 }), { timeout: 30_000 })
  await working.splice(0)[0]?.stop()
  const jobs = await ownerQuery('select data, output from pgboss.job')
  expect(said.some(line => line.includes(id))).toBe(true)
  expect(JSON.stringify([said, jobs])).toContain(id)
  expect(JSON.stringify([said, jobs])).not.toContain(mail.to)
  await settleMail(context.db, id, ['queued'], { state: 'failed', error: null })
})

test('a mail cut off between the answer and the record is uncertain and never sent twice', async () => {
  const mail = invitation()
  const id = await queue(mail)
  // A process took it and was killed.
  await takeMail(context.db, id)
  await work()
  await becomes(id, 'uncertain')
  await sendMail(context, id, false)
  expect(arrived(mail.to)).toEqual([])
  expect(await stateOf(id)).toMatchObject({ state: 'uncertain', error: expect.stringContaining('before the answer') })
  await working.splice(0)[0]?.stop()

  await sendAgain(context, SYSTEM, id)
  await sendMail(context, id, false)
  expect(await stateOf(id)).toMatchObject({ state: 'sent' })
  expect(arrived(mail.to)).toHaveLength(1)
})

test('a connection that ends while the mail is under way leaves it uncertain', async () => {
  const id = await queue()
  server.troubles.push({ at: 'text', do: 'hang-up' })
  await sendMail(context, id, false)
  expect(await stateOf(id)).toMatchObject({ state: 'uncertain', tries: 1 })
  const page = await dismissMail(context, SYSTEM, id)
  expect(page.mails.find(each => each.id === id)).toMatchObject({ state: 'failed' })
  expect((await findMail(context.db, id))?.text).toBe('')
  await expect(sendAgain(context, SYSTEM, id)).rejects.toMatchObject({ code: 'conflict' })
  await expect(dismissMail(context, SYSTEM, id)).rejects.toMatchObject({ code: 'conflict' })
})

test('mails whose jobs were lost are found', async () => {
  const [waiting, cut] = [await queue(), await queue()]
  await takeMail(context.db, cut)
  await ownerQuery(`delete from pgboss.job where name = 'send-mail'`)
  await checkMails(context)
  expect(await stateOf(cut)).toMatchObject({ state: 'uncertain' })
  await work()
  await becomes(waiting, 'sent')
})

test('of one taken by a job that still waits, nothing is said yet', async () => {
  const id = await queue()
  await takeMail(context.db, id)
  await checkMails(context)
  expect(await stateOf(id)).toMatchObject({ state: 'sending' })
  await settleMail(context.db, id, ['sending'], { state: 'failed', error: null })
})

test('without a mail server mails are captured and can be read; others cannot', async () => {
  const captured: MailContext = { ...context, mail: { ...context.mail, smtp: null } }
  const before = (await countJobs(context.db))['send-mail'].waiting
  const id = await queue(invitation({ locale: 'en' }), captured)
  expect((await countJobs(context.db))['send-mail'].waiting).toBe(before)
  const view = await getMail(captured, SYSTEM, id)
  expect(view.mail).toMatchObject({ state: 'captured', sentAt: now.toISOString() })
  expect(view.text).toContain('Rita has invited you')
  expect(view.html).toContain('<html lang="en">')
  expect((await listMail(captured, SYSTEM)).mode).toBe('captured')

  const waiting = await queue()
  expect(await getMail(context, SYSTEM, waiting)).toMatchObject({ mail: { state: 'queued' }, text: null, html: null })
  await sendMail(context, waiting, false)
  expect(await findMail(context.db, waiting)).toMatchObject({ state: 'sent', text: '', html: null })
})

test('a mail queued while there was a mail server is captured when there is none any more', async () => {
  const id = await queue()
  await sendMail({ ...context, mail: { ...context.mail, smtp: null } }, id, false)
  expect(await stateOf(id)).toMatchObject({ state: 'captured' })
})

test('settings that cannot be read keep the mail for when they can', async () => {
  const id = await queue()
  const wrong = { ...context, mail: { ...context.mail, smtp: { url: 'smtp://mail.example.com?tls=maybe', from: 'impulso@example.com' } } }
  await expect(sendMail(wrong, id, false)).rejects.toThrow(id)
  expect(await stateOf(id)).toMatchObject({ state: 'queued', error: expect.stringContaining('IMPULSO_SMTP_URL') })
})

test('a test mail says at once what the server said', async () => {
  expect(await sendTestMail(context, SYSTEM, { to: 'test@example.com' })).toEqual({ ok: true, state: 'sent', said: '250 2.0.0 taken' })
  expect(arrived('test@example.com')).toHaveLength(1)
  server.troubles.push({ at: 'recipient', do: '550 5.1.1 no such box' })
  expect(await sendTestMail(context, SYSTEM, { to: 'test@example.com' })).toEqual({
    ok: false,
    state: 'failed',
    said: '550 5.1.1 no such box',
  })
  const none = { ...context, mail: { ...context.mail, smtp: null } }
  expect(await sendTestMail(none, SYSTEM, { to: 'test@example.com' })).toMatchObject({ ok: true, state: 'captured' })
  await expect(sendTestMail(context, SYSTEM, { to: 'a@example.com, b@example.com' })).rejects.toMatchObject({ code: 'invalid-input' })
})

test.each(['ana@example.com, eve@example.com', 'ana@example.com\r\nBcc: eve@example.com', 'Ana <ana@example.com>'])(
  '%j is not written to',
  async to => {
    await expect(queue(invitation({ to }))).rejects.toMatchObject({ code: 'invalid-input' })
  },
)

test('only administrators see and steer mail', async () => {
  const id = await queue()
  const refused = [
    'lead',
    'fasttrack-manager',
    'engineer',
    'customer-success-manager',
    'subject-matter-expert',
    'author',
    'reader',
  ] as const
  for (const right of refused) {
    const actor: Actor = { personId: 'ana', name: 'Ana', right, scope: 'all' }
    const theirs = { ...contextFor({ as: () => context.as(actor).db }, actor, context), mail: context.mail }
    for (const call of [listMail, getMail, sendAgain, dismissMail] as readonly ((
      c: MailContext,
      a: Actor,
      id: never,
    ) => Promise<unknown>)[]) {
      await expect(call(theirs, actor, id as never), `${right} ${call.name}`).rejects.toMatchObject({ code: 'forbidden' })
    }
    await expect(sendTestMail(theirs, actor, { to: 'ana@example.com' })).rejects.toMatchObject({ code: 'forbidden' })
    // The database holds it too.
    expect(await findMail(theirs.db, id), right).toBeUndefined()
    await expect(queue(invitation(), theirs), right).rejects.toMatchObject({ code: '42501' })
  }
})

test('a mail that is not there is not found', async () => {
  for (const id of ['00000000-0000-4000-8000-000000000000', 'x', "'; drop table mail; --"]) {
    await expect(getMail(context, SYSTEM, id)).rejects.toMatchObject({ code: 'not-found' })
    await expect(sendAgain(context, SYSTEM, id)).rejects.toMatchObject({ code: 'not-found' })
    await expect(dismissMail(context, SYSTEM, id)).rejects.toMatchObject({ code: 'not-found' })
  }
})

test('old mails are deleted, but for those that wait or are uncertain', async () => {
  const later = { ...context, now: () => new Date(now.getTime() + 31 * 24 * 3600 * 1000) }
  const fresh = await queue(invitation(), { ...later, mail: { ...later.mail, smtp: null } })
  const uncertain = await queue()
  await takeMail(context.db, uncertain)
  await settleMail(context.db, uncertain, ['sending'], { state: 'uncertain', error: null })
  const waiting = await queue()
  const monthAgo = new Date(later.now().getTime() - 30 * 24 * 3600 * 1000).toISOString()
  expect(await deleteMails(context.db, monthAgo)).toBeGreaterThan(5)
  expect(await deleteMails(context.db, monthAgo)).toBe(0)
  for (const id of [fresh, uncertain, waiting]) expect(await stateOf(id)).toBeDefined()
  expect((await listMail(context, SYSTEM)).mails.filter(mail => mail.state === 'sent')).toEqual([])
})

test('pages of the outbox follow each other without a gap', async () => {
  const captured = { ...context, mail: { ...context.mail, smtp: null } }
  for (let each = 0; each < 60; each++) await queue(invitation(), captured)
  const first = await listMail(context, SYSTEM)
  const second = await listMail(context, SYSTEM, { before: first.next ?? '' })
  const ids = [...first.mails, ...second.mails].map(mail => mail.id)
  expect(first.mails).toHaveLength(50)
  expect(new Set(ids).size).toBe(ids.length)
  expect(second.next).toBeNull()
  await expect(listMail(context, SYSTEM, { before: 'x' })).rejects.toMatchObject({ code: 'invalid-input' })
})

test('what an administrator did with mail is on record, without addresses', async () => {
  const rows = await ownerQuery(
    `select kind, count(*)::int, bool_or(body like '%@%') as personal from installation_event group by kind order by kind`,
  )
  expect(rows).toEqual([
    { kind: 'mail-dismissed', count: 1, personal: false },
    { kind: 'mail-sent-again', count: 1, personal: false },
    { kind: 'mail-tested', count: 3, personal: false },
  ])
})

test('no job of these tests failed for good', async () => {
  expect(await failedJobs(context.db, 10)).toEqual([])
})
