import { afterAll, beforeEach, expect, test } from 'vitest'
import { setFact } from '../customers/set-fact.ts'
import type { Actor } from '../policy.ts'
import { addTestCustomer, type TestContext, testContext } from '../testing.ts'
import { clearItemStatus, setItemStatus } from './item-status.ts'
import { recompute } from './recompute.ts'

const lead: Actor = { personId: 'lead', name: 'Lead', right: 'lead', scope: 'all' }
const HANDSHAKE = 'support-success-execution/csm-handshake/3731@teams'
const SHEET = {
  csm: { assigned: true, name: 'Ana', since: '2026-03-03' },
  services: { teams: { intended: true, entitled: 100, activatedOn: '2026-03-01', handshake: 'offered' } },
}
let its: TestContext | undefined
let made = 0
beforeEach(async () => {
  its ??= await testContext(new Date('2026-11-21T10:00:00Z'))
  id = `customer-${++made}`
  await addTestCustomer(its.context, { ...SHEET, customer: { id, name: id } }, 'main')
})
afterAll(() => its?.close())
let id = ''

const version = async () =>
  (await its!.context.db.selectFrom('customer').select('version').where('id', '=', id).executeTakeFirstOrThrow()).version
const set = async (name: string, value: string | boolean, service: string | null) =>
  setFact(its!.context, lead, { customerId: id, name, service, value, version: await version() } as Parameters<typeof setFact>[2])
const changes = async () =>
  (
    await its!.context.db
      .selectFrom('plan_change')
      .select(['kind', 'subject', 'before', 'after'])
      .where('customer_id', '=', id)
      .orderBy('at')
      .execute()
  ).map(each => each)
const regressedOn = async () =>
  (
    await its!.context.db
      .selectFrom('item')
      .select('regressed_on')
      .where('customer_id', '=', id)
      .where('id', '=', HANDSHAKE)
      .executeTakeFirst()
  )?.regressed_on
/** What a new report would leave. */
async function usage(active: number): Promise<void> {
  await its!.owner.query(`insert into usage_current (customer_id, tenant_id, service, active, assigned, as_of, window_days, sources, is_concealed, import_ids)
    values ('${id}', 'main', 'teams', ${active}, 100, '2026-11-20', 28, '{report.csv}', false, '{}')
    on conflict (customer_id, tenant_id, service) do update set active = excluded.active`)
  await its!.context.db.transaction().execute(trx => recompute(trx, its!.context, [id]))
}

test('a finished item that the data takes back is marked and told; done again, the mark goes', async () => {
  await set('service.handshake', 'accepted', 'teams')
  expect(await changes()).toEqual([])
  await set('service.handshake', 'offered', 'teams')
  expect(await changes()).toEqual([{ kind: 'item-regressed', subject: HANDSHAKE, before: 'done', after: 'due' }])
  expect(await regressedOn()).toBe('2026-11-21')
  await set('service.handshake', 'accepted', 'teams')
  expect([await regressedOn(), (await changes()).length]).toEqual([null, 1])
})

test('a status that a person takes back is no falling back', async () => {
  const item = { customerId: id, item: HANDSHAKE }
  await setItemStatus(its!.context, lead, { ...item, status: 'complete', version: await version() })
  await clearItemStatus(its!.context, lead, { ...item, version: await version() })
  expect([await changes(), await regressedOn()]).toEqual([[], null])
})

test('what a person set complete and the data shows no longer is told once, keeps its status, and is over when the data shows it again', async () => {
  const item = { customerId: id, item: HANDSHAKE }
  await set('service.handshake', 'accepted', 'teams')
  await setItemStatus(its!.context, lead, { ...item, status: 'complete', version: await version() })
  await set('service.handshake', 'offered', 'teams')
  expect([await regressedOn(), await changes()]).toEqual([
    '2026-11-21',
    [{ kind: 'item-regressed', subject: HANDSHAKE, before: 'done', after: 'due' }],
  ])
  const { status, state } = await its!.context.db
    .selectFrom('item')
    .select(['status', 'state'])
    .where('customer_id', '=', id)
    .where('id', '=', HANDSHAKE)
    .executeTakeFirstOrThrow()
  expect([status, state]).toEqual(['complete', 'done'])
  await its!.context.db.transaction().execute(trx => recompute(trx, its!.context, [id]))
  expect(await changes()).toHaveLength(1)
  // Unknown neither ends an alert nor makes one.
  await set('csm.assigned', false, null)
  expect([await regressedOn(), (await changes()).length]).toEqual(['2026-11-21', 1])
  await set('csm.assigned', true, null)
  expect([await regressedOn(), (await changes()).length]).toEqual(['2026-11-21', 1])
  await set('service.handshake', 'accepted', 'teams')
  expect([await regressedOn(), (await changes()).length]).toEqual([null, 1])
  await set('service.handshake', 'offered', 'teams')
  expect([await regressedOn(), (await changes()).length]).toEqual(['2026-11-21', 2])
})

test('what the data spoke against when a person set it complete is no falling back, nor is unknown; another word on it ends an alert', async () => {
  const item = { customerId: id, item: HANDSHAKE }
  await setItemStatus(its!.context, lead, { ...item, status: 'complete', version: await version() })
  await set('csm.assigned', false, null)
  await set('csm.assigned', true, null)
  expect([await changes(), await regressedOn()]).toEqual([[], null])
  await set('service.handshake', 'accepted', 'teams')
  await set('csm.assigned', false, null)
  await set('service.handshake', 'offered', 'teams')
  expect([await changes(), await regressedOn()]).toEqual([[], null])
  // It was last shown as done: that it is due now is news, however long nobody knew.
  await set('csm.assigned', true, null)
  expect([(await changes()).length, await regressedOn()]).toEqual([1, '2026-11-21'])
  await setItemStatus(its!.context, lead, { ...item, status: 'in-progress', version: await version() })
  expect([(await changes()).length, await regressedOn()]).toEqual([1, null])
})

test('usage that crosses its target is told both ways, and what was not known before is not', async () => {
  await usage(8)
  expect((await changes()).filter(each => each.kind.startsWith('usage'))).toEqual([])
  await usage(12)
  await usage(15)
  await usage(7)
  const crossed = (await changes()).filter(each => each.kind.startsWith('usage'))
  expect(crossed).toHaveLength(2)
  expect(crossed).toContainEqual({ kind: 'usage-reached', subject: 'teams', before: '8', after: '12' })
  expect(crossed).toContainEqual({ kind: 'usage-fell', subject: 'teams', before: '15', after: '7' })
})

test('a gate that is met no longer is told once, however often the plan is made', async () => {
  await usage(8)
  await its!.owner.query(`update gate_state set state = 'met' where customer_id = '${id}'`)
  const { rows: gates } = await its!.owner.query(`select gate from gate_state where customer_id = '${id}' order by gate`)
  await usage(8)
  await usage(8)
  const told = (await changes()).filter(each => each.kind.startsWith('gate'))
  const fell = await its!.context.db
    .selectFrom('gate_state')
    .select('gate')
    .where('customer_id', '=', id)
    .where('state', '<>', 'met')
    .execute()
  expect([gates.length > 0, fell.length > 0]).toEqual([true, true])
  expect(told.map(each => [each.kind, each.subject, each.before]).sort()).toEqual(
    fell.map(each => ['gate-closed', each.gate, 'met']).sort(),
  )
})
