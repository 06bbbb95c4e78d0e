import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Row } from '../../store/tables.ts'
import { addTestCustomer, type TestContext, testContext } from '../testing.ts'
import { remindItems } from './remind-items.ts'
import { tellPlanChanges } from './tell-plan-changes.ts'

let its: TestContext
beforeAll(async () => {
  its = await testContext(new Date('2026-11-21T04:20:00Z'))
  const { db } = its.context
  await addTestCustomer(
    its.context,
    { customer: { id: 'contoso', name: 'Contoso' }, services: { teams: {}, exchange: {}, sharepoint: {}, onedrive: {} } },
    'main',
  )
  await db
    .insertInto('person')
    .values(['first', 'teams', 'exchange', 'second', 'gone', 'assignee'].map(id => ({ id, name: id })))
    .execute()
  const row = (person: string, more: Partial<Row<'assignment'>> = {}) => ({
    customer_id: 'contoso',
    id: randomUUID(),
    person_id: person,
    role: `role-${person}`,
    service: null,
    since: '2026-01-01',
    until: null,
    is_primary: true,
    covers: null,
    ...more,
  })
  const rows = [row('first'), row('teams', { service: 'teams' }), row('exchange', { service: 'exchange' })]
  const others = [row('second', { is_primary: false }), row('gone', { until: '2026-11-20' as Row<'assignment'>['until'] })]
  // Days are written as text.
  await db
    .insertInto('assignment')
    .values([...rows, ...others] as Row<'assignment'>[])
    .execute()
})
afterAll(() => its.close())

const told = () => its.context.db.selectFrom('notification').select(['person_id', 'kind', 'path', 'summary']).orderBy('person_id').execute()
const forget = () => its.context.db.deleteFrom('notification').execute()
const change = (kind: string, subject: string, service: string | null = null): Row<'plan_change'> => ({
  customer_id: 'contoso',
  id: randomUUID(),
  at: its.context.now().toISOString(),
  kind,
  subject,
  service,
  before: null,
  after: null,
})
const tell = (...changes: Row<'plan_change'>[]) => its.context.db.transaction().execute(trx => tellPlanChanges(trx, its.context, changes))

test('a gate that opens is told to those who stand first, once', async () => {
  const gate = its.context.playbook.gates[0]!
  const opened = change('gate-opened', gate.id)
  await tell(opened)
  await tell(opened)
  const rows = await told()
  expect(rows.map(each => each.person_id)).toEqual(['exchange', 'first', 'teams'])
  expect(rows[0]?.summary).toEqual({
    en: `Contoso: gate opened: ${gate.name.en}`,
    'pt-BR': `Contoso: condição atendida: ${gate.name['pt-BR']}`,
  })
  await forget()
})

test('what is of a service is told to those of the service and of the whole; kinds nobody is told of are told to nobody', async () => {
  await tell(change('usage-crossed', 'teams', 'teams'), change('item-due', 'x'))
  const rows = await told()
  expect(rows.map(each => [each.person_id, each.kind])).toEqual([
    ['first', 'usage-crossed'],
    ['teams', 'usage-crossed'],
  ])
  await forget()
})

const items = () => its.context.db.selectFrom('item').selectAll().where('task', 'is not', null).orderBy('id').execute()

test('an item that fell back is told to whoever it is assigned to as well', async () => {
  const [item] = await items()
  await its.context.db.updateTable('item').set({ assignee: 'assignee' }).where('id', '=', item!.id).execute()
  await tell(change('item-regressed', item!.id, 'teams'))
  expect((await told()).map(each => each.person_id)).toEqual(['assignee', 'first', 'teams'])
  await its.context.db.updateTable('item').set({ assignee: null }).execute()
  await forget()
})

test('mandatory tasks that are due are reminded of once, to the assignee, else to those who stand first', async () => {
  const mandatory = new Set(
    its.context.playbook.processes.flatMap(process =>
      process.steps.flatMap(step => step.tasks.filter(task => task.mandatory).map(task => `${process.id}/${step.id}/${task.id}`)),
    ),
  )
  const all = await items()
  const must = all.filter(each => mandatory.has(each.id.split('@')[0] ?? ''))
  const may = all.find(each => !mandatory.has(each.id.split('@')[0] ?? ''))
  const [assigned, old, own, far] = must
  await its.context.db.updateTable('item').set({ state: 'waiting', due: null }).execute()
  const set = (id: string, values: object) =>
    its.context.db
      .updateTable('item')
      .set({ state: 'due', ...values })
      .where('id', '=', id)
      .execute()
  await set(assigned!.id, { due: '2026-11-21', assignee: 'assignee' })
  await set(old!.id, { due: '2026-11-01' })
  await set(own!.id, { due: '2026-11-01', due_set: '2026-11-22' })
  await set(far!.id, { due: '2026-11-23' })
  if (may) await set(may.id, { due: '2026-11-21' })
  const go = () => remindItems(its.context, () => false)
  expect(await go()).toBe(2)
  expect(await go()).toBe(2)
  // Of an engagement that is over nothing is due any more.
  await its.context.db
    .updateTable('engagement')
    .set({ state: 'cancelled', cancel_reason: 'over', closed_at: its.context.now().toISOString() })
    .execute()
  expect(await go()).toBe(0)
  await its.context.db.updateTable('engagement').set({ state: 'open', cancel_reason: null, closed_at: null }).execute()
  const rows = await told()
  const reminded = rows.map(each => [each.person_id, decodeURIComponent(each.path.split('item=')[1] ?? '')])
  expect(reminded).toContainEqual(['assignee', assigned!.id])
  expect(reminded.filter(([, id]) => id === assigned!.id)).toHaveLength(1)
  expect(new Set(reminded.map(([, id]) => id))).toEqual(new Set([assigned!.id, own!.id]))
  expect(new Set(reminded.map(each => each.join(' '))).size).toBe(reminded.length)
  // Another date is another occasion.
  await set(own!.id, { due_set: '2026-11-20' })
  await go()
  expect((await told()).length).toBeGreaterThan(rows.length)
  await expect(remindItems(its.context, () => true)).rejects.toThrow('goes on')
})

test('follow-ups are reminded of like mandatory tasks; those that are closed or have no day are not', async () => {
  await forget()
  await its.context.db.updateTable('item').set({ state: 'waiting' }).execute()
  const on = (day: string) => day as Row<'follow_up'>['due']
  const row = { customer_id: 'contoso', engagement_id: '1', made_by: 'first', made_at: '2026-11-01T10:00:00Z', version: 1 }
  const [given, ofService] = [randomUUID(), randomUUID()]
  await its.context.db
    .insertInto('follow_up')
    .values([
      { ...row, id: given, title: 'Send the list', due: on('2026-11-21'), assignee: 'second' },
      { ...row, id: ofService, title: 'Train the desk', due: on('2026-11-15'), service: 'teams' },
      { ...row, id: randomUUID(), title: 'Without a day' },
      { ...row, id: randomUUID(), title: 'Long ago', due: on('2026-11-01') },
      { ...row, id: randomUUID(), title: 'Done', due: on('2026-11-21'), status: 'complete', closed_at: '2026-11-20T10:00:00Z' },
    ])
    .execute()
  expect(await remindItems(its.context, () => false)).toBe(2)
  const rows = await told()
  expect(rows.map(each => [each.person_id, decodeURIComponent(each.path.split('item=')[1] ?? '')])).toEqual([
    ['first', `follow-up:${ofService}`],
    ['second', `follow-up:${given}`],
    ['teams', `follow-up:${ofService}`],
  ])
  expect(rows[1]?.summary.en).toContain('Send the list')
})
