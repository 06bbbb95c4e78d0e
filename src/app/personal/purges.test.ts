import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ERASED_NAME } from '../../model/admin-api.ts'
import { savePeople } from '../../store/customers.ts'
import { claimRequest } from '../../store/idempotency.ts'
import { insertMail } from '../../store/mail.ts'
import { testOwner, textHolding } from '../../store/testing-text.ts'
import { type Auth, createAuth } from '../auth/auth.ts'
import { addPerson } from '../auth/people.ts'
import type { Context } from '../context.ts'
import { getAudit } from '../events/get-audit.ts'
import { recordSignIn } from '../events/record-sign-in.ts'
import { verifyAll } from '../events/verify.ts'
import { notify } from '../notifications/notify.ts'
import { SYSTEM } from '../policy.ts'
import { addTestCustomer, type TestContext, testContext } from '../testing.ts'
import { purges } from './purges.ts'
import { RETENTION } from './retention.ts'

const NOW = new Date('2026-11-21T10:00:00Z')
const DAY = 24 * 3600 * 1000
let its: TestContext
let auth: Auth
beforeAll(async () => {
  its = await testContext(NOW)
  auth = createAuth({
    databaseUrl: its.urls.auth,
    secret: 'a secret of at least thirty-two characters',
    origins: ['http://localhost:4100'],
  })
  await addTestCustomer(its.context, { customer: { id: 'contoso', name: 'Contoso' } }, 'main')
})
afterAll(async () => {
  await auth.close()
  await its.close()
})
const at = (day: number): Context => ({ ...its.context, now: () => new Date(NOW.getTime() + day * DAY) })
const run = async (name: string, context: Context) =>
  (await purges(auth)
    .find(each => each.name === name)
    ?.run(context)) ?? -1
const purged = async () => (await getAudit(its.context, SYSTEM, { limit: 100, kind: 'retention-purged' })).events.map(event => event.after)

test('mails go after their days, those that wait or are uncertain do not; a second run finds nothing', async () => {
  for (const [index, state] of (['captured', 'failed', 'queued', 'uncertain'] as const).entries()) {
    const key = `mail-${index}`
    const mail = {
      key,
      kind: 'test',
      person_id: null,
      address: 'a@example.org',
      subject: 'x',
      text: 'x',
      html: null,
      message_id: `<${key}@x>`,
      state,
    }
    await its.context.db.transaction().execute(trx =>
      insertMail(trx, {
        ...mail,
        id: crypto.randomUUID(),
        created_at: NOW.toISOString(),
        sent_at: state === 'captured' ? NOW.toISOString() : null,
      }),
    )
  }
  expect(await run('mail', at(RETENTION.mail.days - 1))).toBe(0)
  expect([await run('mail', at(RETENTION.mail.days + 1)), await run('mail', at(RETENTION.mail.days + 1))]).toEqual([2, 0])
  expect(await purged()).toEqual([{ what: 'mail', count: 2 }])
})

test('addresses on record become unreadable when their month is past its time; the chain stays as it was', async () => {
  await recordSignIn(at(0), { kind: 'signed-in', personId: 'ana', by: 'ana', address: '203.0.113.7', agent: 'Browser/1' })
  await recordSignIn(at(20), { kind: 'signed-in', personId: 'ana', by: 'ana', address: '203.0.113.8', agent: null })
  const seen = async () => (await getAudit(its.context, SYSTEM, { limit: 10, kind: 'signed-in' })).events.map(event => event.from)
  expect(await seen()).toEqual(['203.0.113.8', '203.0.113.7'])
  const bodies = await testOwner(its.urls.owner, 'select body from installation_event order by seq')
  // November ends nine days after the sign-in: what is kept 90 days is kept until the last of its month is.
  expect(await run('sign-in-addresses', at(RETENTION['sign-in-addresses'].days + 8))).toBe(0)
  expect([await run('sign-in-addresses', at(RETENTION['sign-in-addresses'].days + 10)), await run('sign-in-addresses', at(100))]).toEqual([
    1, 0,
  ])
  expect(await seen()).toEqual(['203.0.113.8', null])
  expect((await testOwner(its.urls.owner, 'select body from installation_event order by seq')).slice(0, bodies.length)).toEqual(bodies)
  expect((await verifyAll(its.context.db)).broken).toEqual([])
})

test('ended sessions, addresses that were slowed down and kept answers go, whoever’s they are', async () => {
  const ask = () =>
    auth.handler(
      new Request('http://localhost:4100/api/auth/sign-in/email', {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: 'http://localhost:4100', 'x-impulso-client-address': '203.0.113.55' },
        body: JSON.stringify({ email: 'nobody@example.org', password: 'slow green bicycles' }),
      }),
    )
  await ask()
  expect(await textHolding(its.urls.owner, '203.0.113.55')).toEqual(['auth.rate_limit.key'])
  const later = Math.ceil((Date.now() - NOW.getTime()) / DAY) + 1
  expect(await run('sign-in', at(later))).toBeGreaterThan(0)
  expect(await textHolding(its.urls.owner, '203.0.113.55')).toEqual([])

  const request = { person: 'somebody', key: 'k', fingerprint: 'f', now: NOW }
  await claimRequest(its.context.as({ ...SYSTEM, personId: 'somebody' }).db, request)
  await testOwner(its.urls.owner, `update idempotent_request set status = 200, body = '{"name":"Zoe Answer"}'`)
  expect([await run('answers', at(0.5)), await run('answers', at(1.5)), await textHolding(its.urls.owner, 'Zoe Answer')]).toEqual([
    0,
    1,
    [],
  ])
})

test('what people were told goes after its days, looked at or not; what came later stays, and the record tells of the number alone', async () => {
  const tell = (day: number, key: string) =>
    its.context.db
      .transaction()
      .execute(trx =>
        notify(trx, at(day), { to: ['ana'], key, kind: 'mention', customerId: 'contoso', path: '/', summary: { en: `Zoe ${key}` } }),
      )
  await its.context.db.transaction().execute(trx => savePeople(trx, [{ id: 'ana', name: 'Ana' }]))
  for (const [day, key] of [
    [0, 'seen'],
    [0, 'unseen'],
    [1, 'later'],
  ] as const)
    await tell(day, key)
  await testOwner(its.urls.owner, `update notification set seen_at = made_at where key = 'seen'`)
  const left = () => testOwner(its.urls.owner, 'select key from notification order by key')
  expect([RETENTION.notifications.days, await run('notifications', at(90)), await left()]).toEqual([90, 0, ['later', 'seen', 'unseen']])
  expect([await run('notifications', at(90.5)), await run('notifications', at(90.5)), await left()]).toEqual([2, 0, ['later']])
  expect((await purged()).at(0)).toEqual({ what: 'notifications', count: 2 })
  expect(await textHolding(its.urls.owner, 'Zoe unseen')).toEqual([])
})

test('an installation may choose other days', async () => {
  await testOwner(its.urls.owner, `update installation set retention = '{"sign-in-addresses": 1}'`)
  expect(await run('sign-in-addresses', at(42))).toBe(1)
  await testOwner(its.urls.owner, `update installation set retention = '{}'`)
})

test('files of reports go by the age of their import, strange ones by their own; the import still counts', async () => {
  const folder = join(its.context.reports, 'contoso', 'main')
  mkdirSync(folder, { recursive: true })
  const kept = (name: string, day: number) =>
    testOwner(
      its.urls.owner,
      `insert into usage_import (customer_id, id, tenant_id, file, sha256, report, refresh_date, rows_read, rows_rejected, rows_deleted, rows_duplicate, is_concealed, is_kept, problems, imported_at)
      values ('contoso', '${crypto.randomUUID()}', 'main', 'x.csv', '${name.repeat(64)}', 'teams-user-activity', null, 0, 0, 0, 0, false, true, '[]', '${new Date(NOW.getTime() + day * DAY).toISOString()}')`,
    )
  await kept('a', 0)
  await kept('b', 10)
  for (const name of ['a'.repeat(64), 'b'.repeat(64), 'c'.repeat(64)])
    writeFileSync(join(folder, `${name}.report`), 'User principal name\nann@contoso.example\n')
  utimesSync(join(folder, `${'c'.repeat(64)}.report`), NOW, NOW)
  expect(await run('report-files', at(RETENTION['report-files'].days - 1))).toBe(0)
  expect([
    await run('report-files', at(RETENTION['report-files'].days + 1)),
    await run('report-files', at(RETENTION['report-files'].days + 1)),
  ]).toEqual([2, 0])
  expect(readdirSync(folder)).toEqual([`${'b'.repeat(64)}.report`])
  expect(await run('report-files', at(RETENTION['report-files'].days + 11))).toBe(1)
  expect(existsSync(join(its.context.reports, 'contoso'))).toBe(false)
  expect(await testOwner(its.urls.owner, 'select count(*)::int from usage_import where is_kept')).toEqual([2])
})

test('an account disabled for a year is erased, one that was not is left alone', async () => {
  const person = (email: string) =>
    addPerson(its.context, auth, { email, name: `Leaver ${email}`, right: 'reader', password: 'slow green bicycles 42', isDemo: true })
  const [gone, here] = [await person('gone@example.org'), await person('here@example.org')]
  await auth.changePerson(gone, { disabled: true })
  const disabledAt = (await testOwner(its.urls.owner, `select disabled_at from auth."user" where id = '${gone}'`))[0] as Date
  const after = (days: number): Context => ({ ...its.context, now: () => new Date(disabledAt.getTime() + days * DAY) })
  expect(await run('ended-accounts', after(364))).toBe(0)
  expect([await run('ended-accounts', after(366)), await run('ended-accounts', after(366))]).toEqual([1, 0])
  expect(await textHolding(its.urls.owner, 'gone@example.org')).toEqual([])
  expect(await testOwner(its.urls.owner, `select name from person where id in ('${gone}', '${here}') order by name`)).toEqual([
    ERASED_NAME,
    'Leaver here@example.org',
  ])
  expect((await verifyAll(its.context.db)).broken).toEqual([])
})
