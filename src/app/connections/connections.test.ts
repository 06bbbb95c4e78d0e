import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeCertificate } from '../../graph/testing-certificate.ts'
import type { TestAnswer } from '../../graph/types.ts'
import type { AccessRight, AccessScope } from '../../model/api.ts'
import { SetConnection } from '../../model/usage-api.ts'
import { findSecret } from '../../store/connections.ts'
import { getEvents } from '../events/get-events.ts'
import { exportRecord } from '../exports/export-record.ts'
import { type Actor, SYSTEM } from '../policy.ts'
import { cancelRun, getRun, requestRun } from '../sync/request-run.ts'
import { addTestCustomer, TEST_SEAL_KEY, type TestContext, testContext } from '../testing.ts'
import type { ConnectingContext } from './connecting.ts'
import { openCredential } from './credential.ts'
import { getConnections, getTenantConnections } from './get-connections.ts'
import { dropConnection, setConnection, setPeopleAllowed } from './set-connection.ts'
import { testConnection } from './test-connection.ts'
import { NO_GRAPH } from './testing.ts'

const now = new Date('2026-11-21T10:00:00Z')
const SECRET = 'a secret that nobody else may see'
const INPUT = {
  directory: 'contoso.example',
  clientId: '5f1d7c0e-3d35-4b0e-9d0a-2a3f6f0c9a11',
  credential: { kind: 'secret', secret: SECRET },
}
let open: TestContext
let context: ConnectingContext
let count = 0
beforeAll(async () => {
  open = await testContext(now)
  context = { ...open.context, graph: NO_GRAPH }
})
afterAll(() => open.close())

const person = (right: AccessRight, scope: AccessScope = 'all'): Actor => ({ personId: right, name: `The ${right}`, right, scope })
const rita = person('fasttrack-manager')
const acting = (actor: Actor): ConnectingContext => ({ ...context, ...open.context.as(actor), graph: context.graph })
const input = (more: object = {}) => SetConnection.parse({ ...INPUT, version: 0, ...more })

async function newCustomer(name = 'Contoso') {
  const customerId = `contoso-${++count}`
  await addTestCustomer(context, { customer: { id: customerId, name } }, 'main')
  return { customerId, tenantId: 'main' }
}
async function connected() {
  const where = await newCustomer()
  await setConnection(acting(rita), rita, where, input())
  return where
}
const eventsOf = async (customerId: string) => (await getEvents(context, SYSTEM, customerId, { limit: 50 })).events
const versionOf = async (id: string) =>
  (await context.db.selectFrom('customer').select('version').where('id', '=', id).executeTakeFirstOrThrow()).version

test('a tenant is connected: what was given is seen but the secret, and the record tells what and nothing of it', async () => {
  const where = await newCustomer()
  const before = await versionOf(where.customerId)
  const view = await setConnection(acting(rita), rita, where, input())
  expect(view).toMatchObject({
    cloud: 'global',
    directory: 'contoso.example',
    clientId: INPUT.clientId,
    credential: 'secret',
    enabled: true,
  })
  expect(view).toMatchObject({ state: 'untested', since: now.toISOString(), findings: [], concealed: null, run: null, version: 1 })
  expect(await versionOf(where.customerId)).toBe(before + 1)
  const [event] = await eventsOf(where.customerId)
  expect(event).toMatchObject({ kind: 'connection-set', who: 'The fasttrack-manager' })
  expect(event?.summary).toEqual({ en: 'Tenant main: connection set', 'pt-BR': 'Locatário main: conexão definida' })
  let record = ''
  for await (const part of (await exportRecord(context, SYSTEM, where.customerId, 'json')).body) record += part
  for (const hidden of [SECRET, 'contoso.example', INPUT.clientId, view.credentialHint]) {
    expect(record).not.toContain(hidden)
    expect(JSON.stringify(await eventsOf(where.customerId))).not.toContain(hidden)
  }
  expect(JSON.stringify(view)).not.toContain(SECRET)
})

test('what is sealed opens at its place alone', async () => {
  const where = await connected()
  const sealed = (await findSecret(context.db, where)) ?? ''
  expect(sealed).not.toContain(SECRET)
  expect(openCredential(TEST_SEAL_KEY, where, sealed)).toEqual(INPUT.credential)
  expect(() => openCredential(TEST_SEAL_KEY, { ...where, tenantId: 'other' }, sealed)).toThrow()
  expect(() => openCredential(TEST_SEAL_KEY, { ...where, customerId: 'other' }, sealed)).toThrow()
  expect(() => openCredential(new Uint8Array(32), where, sealed)).toThrow()
})

test('a change on top of somebody else’s is refused with both, and nothing of the credential', async () => {
  const where = await connected()
  const other = { directory: 'fabrikam.example', version: 0 }
  const refusal = await setConnection(acting(rita), rita, where, input(other)).catch(error => error)
  expect(refusal).toMatchObject({
    code: 'conflict',
    details: {
      version: 1,
      theirs: { directory: 'contoso.example', version: 1 },
      yours: { directory: 'fabrikam.example', credential: 'secret' },
    },
  })
  expect(JSON.stringify(refusal.details)).not.toContain(SECRET)
  await expect(setConnection(acting(rita), rita, where, input({ version: 9 }))).rejects.toMatchObject({ code: 'invalid-input' })
  await dropConnection(acting(rita), rita, where)
  await expect(setConnection(acting(rita), rita, where, input({ version: 1 }))).rejects.toMatchObject({
    code: 'conflict',
    details: { theirs: null },
  })
})

test('a credential that is not given again stays; a new tenant is tested anew and reaches back anew', async () => {
  const where = await connected()
  const row = () =>
    context.db.selectFrom('graph_connection').selectAll().where('customer_id', '=', where.customerId).executeTakeFirstOrThrow()
  const sealed = await findSecret(context.db, where)
  await context.db
    .updateTable('graph_connection')
    .set({ state: 'ok', reached_back_at: now.toISOString() })
    .where('customer_id', '=', where.customerId)
    .execute()
  const { credential: _, ...without } = input({ enabled: false, version: 1 })
  await setConnection(acting(rita), rita, where, without)
  expect(await row()).toMatchObject({ state: 'ok', is_enabled: false, reached_back_at: now.toISOString(), version: 2 })
  expect(await findSecret(context.db, where)).toBe(sealed)
  await setConnection(acting(rita), rita, where, input({ enabled: false, directory: 'fabrikam.example', version: 2 }))
  expect(await row()).toMatchObject({ state: 'untested', reached_back_at: null, version: 3 })
  const before = await eventsOf(where.customerId)
  await setConnection(acting(rita), rita, where, { ...without, directory: 'fabrikam.example', version: 3 })
  expect([await row(), await eventsOf(where.customerId)]).toEqual([expect.objectContaining({ version: 3 }), before])
})

test('a new connection needs a credential, a cloud that is offered, and a certificate that can be used', async () => {
  const where = await newCustomer()
  const set = (more: object) => setConnection(acting(rita), rita, where, input(more))
  const made = makeCertificate()
  const faults = [
    [{ credential: undefined }, 'credential'],
    [{ cloud: 'simulator' }, 'cloud'],
    [{ credential: { kind: 'certificate', certificate: 'x', privateKey: made.privateKey } }, 'credential.certificate'],
    [
      { credential: { kind: 'certificate', certificate: made.certificate, privateKey: makeCertificate().privateKey } },
      'credential.privateKey',
    ],
    [{ credential: { ...makeCertificate({ to: '2026-11-20' }), kind: 'certificate', key: undefined } }, 'credential.certificate'],
  ] as const
  for (const [more, path] of faults) {
    const given = 'credential' in more && more.credential ? { credential: withoutKey(more.credential) } : more
    await expect(set(given), path).rejects.toMatchObject({ code: 'invalid-input', details: [{ path }] })
  }
  expect((await getTenantConnections(context, SYSTEM, where.customerId)).tenants[0]?.connection).toBeNull()
  const credential = { kind: 'certificate', certificate: made.certificate, privateKey: made.privateKey }
  expect(await set({ credential })).toMatchObject({ credential: 'certificate', credentialHint: expect.stringMatching(/^[0-9A-F]{40}$/) })
  expect((await getTenantConnections(context, SYSTEM, where.customerId)).tenants[0]?.connection?.credentialEnds).toBe('2027-01-01')
})

const withoutKey = ({ kind, certificate, privateKey }: { kind: string; certificate: string; privateKey: string }) => ({
  kind,
  certificate,
  privateKey,
})

test.each([
  ['another cloud', { cloud: 'china' }],
  // The application may be one for many tenants, whose reports are others' to read.
  ['the tenant of another customer', { directory: 'fabrikam.example' }],
])('a credential that is kept is not pointed at %s', async (_, change) => {
  const where = await connected()
  const [sealed, before] = [await findSecret(context.db, where), await placeOf(where)]
  const { credential: _credential, ...without } = input({ ...change, version: 1 })
  await expect(setConnection(acting(rita), rita, where, without)).rejects.toMatchObject({
    code: 'invalid-input',
    details: [{ path: 'credential', message: expect.stringContaining('anew') }],
  })
  expect([await findSecret(context.db, where), await placeOf(where)]).toEqual([sealed, before])
  await setConnection(acting(rita), rita, where, input({ ...change, version: 1 }))
  expect(await findSecret(context.db, where)).not.toBe(sealed)
  expect(await placeOf(where)).toMatchObject(change)
})

const placeOf = ({ customerId }: { customerId: string }) =>
  context.db.selectFrom('graph_connection').select(['cloud', 'directory']).where('customer_id', '=', customerId).executeTakeFirstOrThrow()

test('taken away, the credential and the runs are gone with it', async () => {
  const where = await connected()
  await requestRun(acting(rita), rita, where)
  const { tenants } = await dropConnection(acting(rita), rita, where)
  expect(tenants).toMatchObject([{ id: 'main', connection: null }])
  expect(await findSecret(context.db, where)).toBeUndefined()
  expect(await context.db.selectFrom('sync_run').select('id').where('customer_id', '=', where.customerId).execute()).toEqual([])
  expect((await eventsOf(where.customerId))[0]).toMatchObject({ kind: 'connection-removed' })
  await expect(dropConnection(acting(rita), rita, where)).rejects.toMatchObject({ code: 'not-found' })
})

test('what a test found is answered and kept; of a connection changed meanwhile nothing is kept', async () => {
  const where = await connected()
  const finding = { code: 'names-concealed', severity: 'info', text: { en: 'Names are concealed.' }, remedy: null } as const
  let during = async () => {}
  const answer: TestAnswer = { state: 'partly', concealed: true, findings: [finding] }
  const asking: ConnectingContext = {
    ...acting(rita),
    graph: {
      ...NO_GRAPH,
      open: target => {
        expect(target).toEqual({ cloud: 'global', directory: 'contoso.example', clientId: INPUT.clientId, credential: INPUT.credential })
        return {
          ...NO_GRAPH.open(target, { take: async () => ({ ok: true }) }),
          test: async () => {
            await during()
            return answer
          },
        }
      },
    },
  }
  expect(await testConnection(asking, rita, where)).toEqual(answer)
  const shown = async () => (await getTenantConnections(context, SYSTEM, where.customerId)).tenants[0]?.connection
  expect(await shown()).toMatchObject({ state: 'partly', concealed: true, findings: [finding], version: 1 })
  during = async () => void (await setConnection(acting(rita), rita, where, input({ version: 1 })))
  await testConnection(asking, rita, where)
  expect(await shown()).toMatchObject({ state: 'untested', concealed: null, findings: [], version: 2 })
})

test('what keeps this installation from asking is a finding of the test, too', async () => {
  const where = await connected()
  await context.db.updateTable('graph_connection').set({ cloud: 'simulator' }).where('customer_id', '=', where.customerId).execute()
  const missing = { state: 'failed', concealed: null, findings: [{ code: 'simulator-missing', severity: 'error' }] }
  expect(await testConnection(acting(rita), rita, where)).toMatchObject(missing)
  expect((await getTenantConnections(context, SYSTEM, where.customerId)).tenants[0]?.connection).toMatchObject(missing)

  const other = await connected()
  const sealed = await findSecret(context.db, where)
  await context.db
    .updateTable('graph_secret')
    .set({ sealed: sealed ?? '' })
    .where('customer_id', '=', other.customerId)
    .execute()
  expect(await testConnection(acting(rita), rita, other)).toMatchObject({ state: 'failed', findings: [{ code: 'credential-locked' }] })
})

test('who may be named is set per tenant, and recorded when it changes', async () => {
  const where = await newCustomer()
  const allow = (allowed: boolean) => setPeopleAllowed(acting(rita), rita, where, { allowed })
  expect((await allow(true)).tenants).toMatchObject([{ allowsPeople: true }])
  await allow(true)
  expect((await allow(false)).tenants).toMatchObject([{ allowsPeople: false }])
  expect((await eventsOf(where.customerId)).map(event => event.kind)).toEqual(['people-concealed', 'people-allowed', 'customer-added'])
})

test('asked again while a run is open, the same run is answered; one job carries it out', async () => {
  const where = await connected()
  const first = await requestRun(acting(rita), rita, where)
  expect(first).toMatchObject({
    trigger: 'person',
    state: 'waiting',
    reachesBack: true,
    requestedBy: 'The fasttrack-manager',
    done: 0,
    total: 9,
  })
  expect(await requestRun(acting(person('engineer')), person('engineer'), where)).toEqual(first)
  const jobs = context.db.withTables<{ 'pgboss.job': { name: string; data: { run: string } } }>().selectFrom('pgboss.job').selectAll()
  expect((await jobs.where('name', '=', 'sync-usage').execute()).filter(job => job.data.run === first.id)).toHaveLength(1)
  expect((await getTenantConnections(context, SYSTEM, where.customerId)).tenants[0]?.connection?.run).toEqual(first)
  const stopped = await cancelRun(acting(rita), rita, { ...where, runId: first.id })
  expect(stopped).toMatchObject({ id: first.id, state: 'stopped', endedAt: now.toISOString() })
  expect(await cancelRun(acting(rita), rita, { ...where, runId: first.id })).toEqual(stopped)
  expect((await requestRun(acting(rita), rita, where)).id).not.toBe(first.id)
  await expect(getRun(acting(rita), rita, { ...where, tenantId: 'other', runId: first.id })).rejects.toMatchObject({ code: 'not-found' })
})

test('a connection that is switched off is not run', async () => {
  const where = await newCustomer()
  await setConnection(acting(rita), rita, where, input({ enabled: false }))
  await expect(requestRun(acting(rita), rita, where)).rejects.toMatchObject({ code: 'conflict' })
})

test('engineers have reports fetched and connect nothing; readers do neither, and see how it fares', async () => {
  const where = await connected()
  for (const right of ['engineer', 'reader'] as const) {
    const own = acting(person(right))
    const refused = { code: 'forbidden' }
    await expect(setConnection(own, person(right), where, input({ version: 1 }))).rejects.toMatchObject(refused)
    await expect(dropConnection(own, person(right), where)).rejects.toMatchObject(refused)
    await expect(testConnection(own, person(right), where)).rejects.toMatchObject(refused)
    await expect(setPeopleAllowed(own, person(right), where, { allowed: true })).rejects.toMatchObject(refused)
    expect((await getTenantConnections(own, person(right), where.customerId)).tenants[0]?.connection).toMatchObject({
      directory: 'contoso.example',
    })
    expect(await findSecret(own.db, where)).toBeUndefined()
  }
  await expect(requestRun(acting(person('reader')), person('reader'), where)).rejects.toMatchObject({ code: 'forbidden' })
  expect(await requestRun(acting(person('engineer')), person('engineer'), where)).toMatchObject({ requestedBy: 'The engineer' })
})

test('all connections are searched, filtered and cut by page; those of customers one may not see are not there', async () => {
  const wheres = [await newCustomer('Zebra Um'), await newCustomer('Zebra Dois'), await newCustomer('Zebra Três')]
  for (const where of wheres) await setConnection(acting(rita), rita, where, input())
  const page = (more: object) => getConnections(context, SYSTEM, { limit: 2, at: 0, ...more })
  const first = await page({ q: 'zebra' })
  expect([first.connections.map(each => each.customerName), first.total, first.next]).toEqual([['Zebra Dois', 'Zebra Três'], 3, '2'])
  const second = await page({ q: 'zebra', at: 2 })
  expect([second.connections.map(each => each.customerName), second.next]).toEqual([['Zebra Um'], null])
  expect((await page({ q: 'zebra tres' })).connections).toMatchObject([{ customerName: 'Zebra Três', tenant: 'main' }])
  expect(await page({ q: 'zebra', state: 'ok' })).toEqual({ connections: [], total: 0, next: null })
  const stranger = person('engineer', 'customers')
  expect(await getConnections(acting(stranger), stranger, { limit: 50, at: 0 })).toEqual({ connections: [], total: 0, next: null })
})
