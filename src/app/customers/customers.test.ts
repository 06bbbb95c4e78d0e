import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AccessRight, AccessScope } from '../../model/api.ts'
import { AddCustomer } from '../../model/customer-api.ts'
import { AppError } from '../../model/errors.ts'
import { SearchQuery, WriteNote } from '../../model/note-api.ts'
import { PortfolioQuery } from '../../model/portfolio-api.ts'
import { verifyEvents } from '../../store/events.ts'
import { getCustomerPeople } from '../assignments/get-people.ts'
import type { Auth } from '../auth/auth.ts'
import { openAuth } from '../auth/open-auth.ts'
import { addPerson } from '../auth/people.ts'
import { getBlockers } from '../blockers/get-blockers.ts'
import { readConfig } from '../config.ts'
import { addContact, changeContact, eraseContact, getContacts } from '../contacts/contacts.ts'
import type { Context } from '../context.ts'
import { getEvents } from '../events/get-events.ts'
import { exportPortfolio, PortfolioExportQuery } from '../exports/export-portfolio.ts'
import { writeNote } from '../notes/notes.ts'
import { getItems } from '../plans/item-view.ts'
import { recomputeAll } from '../plans/recompute.ts'
import { type Actor, COMMAND_LINE } from '../policy.ts'
import { getPortfolio } from '../portfolio/get-portfolio.ts'
import { search } from '../search/search.ts'
import { addTestCustomer, type TestContext, testContext } from '../testing.ts'
import { archiveCustomer, getArchived, returnCustomer } from './archive-customer.ts'
import { addTenant, changeDetails, getDetails, renameTenant } from './details.ts'
import { getCustomer } from './get-customer.ts'
import { mergeCustomers, mergeTenants } from './merge-customers.ts'
import { getMergedEvents } from './merged-events.ts'
import { addNewCustomer, proposeCustomer, slugOf } from './new-customer.ts'

let world: TestContext
let auth: Auth
const actors = new Map<string, Actor>()
beforeAll(async () => {
  world = await testContext(new Date('2026-11-21T10:00:00Z'))
  const config = readConfig({ IMPULSO_DATA: world.folder, IMPULSO_SECRET: 'a secret of at least thirty-two characters' })
  auth = openAuth(config, world)
  for (const right of ['lead', 'fasttrack-manager', 'customer-success-manager', 'engineer'] as const) await person(right)
})
afterAll(async () => {
  await auth.close()
  await world.close()
})

async function person(right: AccessRight, scope: AccessScope = 'all'): Promise<Actor> {
  const name = `${right} ${scope}`
  const email = `${right}-${scope}@example.com`
  const personId = await addPerson(world.context, auth, { email, name, right, scope, password: 'correct horse battery', isDemo: true })
  const actor = { personId, name, right, scope }
  actors.set(name, actor)
  return actor
}
// Made before the tests.
const as = (right: AccessRight, scope: AccessScope = 'all') => actors.get(`${right} ${scope}`)!
const of = (actor: Actor): Context => world.context.as(actor)
const lead = () => as('lead')

const add = (id: string, more: Partial<AddCustomer> = {}, actor = lead()) =>
  addNewCustomer(of(actor), auth, actor, AddCustomer.parse({ id, name: `The ${id}`, ...more }))
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? error.code : error),
  )
async function failure(work: Promise<unknown>): Promise<AppError> {
  try {
    await work
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('nothing failed')
}
const versionOf = async (id: string) => (await getDetails(world.context, COMMAND_LINE, id)).version
/** Ids in the portfolio and in its export, searched by the id. */
async function portfolioOf(id: string): Promise<readonly (string | undefined)[]> {
  const { rows } = await getPortfolio(of(lead()), lead(), PortfolioQuery.parse({ q: id }))
  let csv = ''
  for await (const part of (await exportPortfolio(of(lead()), lead(), PortfolioExportQuery.parse({ q: id }))).body) csv += part
  const exported = parse(csv, { bom: true, columns: true }) as { id?: string }[]
  return [...rows, ...exported].map(row => row.id)
}
const foundBy = async (q: string) => (await search(of(lead()), lead(), SearchQuery.parse({ q }))).results.map(each => each.customer.id)
const kinds = async (id: string) => (await getEvents(world.context, COMMAND_LINE, id, { limit: 50 })).events.map(each => each.kind)

test('a FastTrack manager adds a customer with an owner, tenants and services, and is no assigner of people otherwise', async () => {
  const manager = as('fasttrack-manager')
  await world.context.db.insertInto('team').values({ id: 'north', name: 'North' }).execute()
  await add(
    'added',
    {
      name: 'Açaí Foods',
      segment: 'enterprise',
      initiatives: ['customer-health'],
      language: 'pt-BR',
      assignedOn: AddCustomer.shape.assignedOn.parse('2026-11-02'),
      team: 'north',
      owner: lead().personId,
      tenants: [{ id: 'acai', name: 'Açaí' }],
      services: [
        { service: 'teams', intended: true, activatedOn: AddCustomer.shape.assignedOn.parse('2026-11-03') },
        { service: 'exchange', intended: true, activatedOn: false },
        { service: 'yammer', intended: false, activatedOn: null },
      ],
    },
    manager,
  )
  const details = await getDetails(of(manager), manager, 'added')
  expect(details).toMatchObject({
    name: 'Açaí Foods',
    language: 'pt-BR',
    assignedOn: '2026-11-02',
    tenants: [{ id: 'acai', name: 'Açaí' }],
    services: [
      { service: 'exchange', intended: true, activatedOn: false },
      { service: 'teams', intended: true, activatedOn: '2026-11-03' },
      { service: 'yammer', intended: false, activatedOn: null },
    ],
    canChange: { ok: true },
    canManage: { ok: false },
  })
  const people = await getCustomerPeople(of(manager), auth, manager, 'added')
  expect(people.team?.id).toBe('north')
  expect(people.assignments).toMatchObject([{ person: { id: lead().personId }, isPrimary: true, since: '2026-11-02' }])
  // Past the program: the database lets nobody assign people afterwards, and no role but the owner's.
  const row = {
    customer_id: 'added',
    id: 'x',
    person_id: manager.personId,
    role: 'fasttrack-manager',
    is_primary: true,
    since: '2026-11-02',
  }
  await expect(
    of(manager)
      .db.insertInto('assignment')
      .values({ ...row, since: details.assignedOn! })
      .execute(),
  ).rejects.toThrow(/row-level security/)
})

test('what is wrong with a new customer is named by field, and nothing is added', async () => {
  const paths = async (more: Partial<AddCustomer>) => (await failure(add('wrong', more))).details
  expect(await paths({ team: 'none' })).toEqual([{ path: 'team', message: 'there is no team none' }])
  expect(await paths({ owner: 'nobody' })).toEqual([{ path: 'owner', message: 'there is no person nobody' }])
  expect(await paths({ services: [{ service: 'no-such', intended: true, activatedOn: null }] })).toMatchObject([{ path: 'services' }])
  expect(
    await paths({
      tenants: [
        { id: 't', name: 'T' },
        { id: 't', name: 'T' },
      ],
    }),
  ).toMatchObject([{ path: 'tenants' }])
  expect(await codeOf(add('wrong', {}, as('customer-success-manager')))).toBe('forbidden')
  expect(await codeOf(getDetails(world.context, COMMAND_LINE, 'wrong'))).toBe('not-found')
})

test('a taken id and a name that is there are conflicts; the name can be confirmed', async () => {
  await add('twice', { name: 'São Twice' })
  expect((await failure(add('twice'))).details).toEqual({ field: 'id' })
  expect((await failure(add('other', { name: 'sao twice' }))).details).toEqual({
    field: 'name',
    same: [{ id: 'twice', name: 'São Twice' }],
  })
  expect(await codeOf(add('other', { name: 'sao twice', sameName: true }))).toBe('done')
  const proposed = await proposeCustomer(of(lead()), auth, lead(), 'São Twice')
  expect(proposed).toMatchObject({ id: 'sao-twice', same: [{ id: 'other' }, { id: 'twice' }] })
  expect((await proposeCustomer(of(lead()), auth, lead(), 'Twice')).id).toBe('twice-2')
})

test.each([
  ['São Paulo Foods S.A.', 'sao-paulo-foods-s-a'],
  ['  --  ', 'customer'],
  ['Straße 9', 'strasse-9'],
  ['x'.repeat(100), 'x'.repeat(63)],
  ['日本', 'customer'],
])('the id of %j is %j', (name, id) => expect(slugOf(name)).toBe(id))

test('details are changed, and the second of two people sees both values', async () => {
  await add('edited', { name: 'Edited' })
  const version = await versionOf('edited')
  const manager = as('fasttrack-manager')
  const after = await changeDetails(of(manager), manager, { customerId: 'edited', name: 'Edited Ltd', language: 'pt-BR', version })
  expect([after.name, after.language, after.version]).toEqual(['Edited Ltd', 'pt-BR', version + 1])
  const second = await failure(changeDetails(of(lead()), lead(), { customerId: 'edited', name: 'Edited Inc', version }))
  expect([second.code, second.details]).toEqual([
    'conflict',
    {
      theirs: expect.objectContaining({ name: 'Edited Ltd' }),
      yours: expect.objectContaining({ name: 'Edited Inc' }),
      version: version + 1,
    },
  ])
  // The same value once more changes nothing, whatever was shown.
  expect((await changeDetails(of(lead()), lead(), { customerId: 'edited', name: 'Edited Ltd', version })).version).toBe(version + 1)
  expect(await codeOf(changeDetails(of(as('engineer')), as('engineer'), { customerId: 'edited', name: 'X', version }))).toBe('forbidden')
  expect((await kinds('edited')).slice(0, 2)).toEqual(['customer-changed', 'customer-added'])
})

test('an archived customer is gone from lists and jobs, found with its reason, and comes back', async () => {
  await add('left')
  await writeNote(of(lead()), auth, lead(), { customerId: 'left', ...WriteNote.parse({ body: 'No renewal' }) })
  expect(await foundBy('renewal')).toEqual(['left'])
  expect(await portfolioOf('left')).toEqual(['left', 'left'])
  const manager = as('fasttrack-manager')
  expect(await codeOf(archiveCustomer(of(manager), manager, { customerId: 'left', reason: 'Contract ended', version: 0 }))).toBe(
    'forbidden',
  )
  expect(await codeOf(archiveCustomer(of(lead()), lead(), { customerId: 'left', reason: 'x', version: 99 }))).toBe('invalid-input')
  const version = await versionOf('left')
  await archiveCustomer(of(lead()), lead(), { customerId: 'left', reason: 'Contract ended', version })
  expect(await codeOf(getCustomer(world.context, COMMAND_LINE, 'left'))).toBe('not-found')
  expect(await portfolioOf('left')).toEqual([])
  expect(await foundBy('renewal')).toEqual([])
  const { customers } = await getArchived(of(lead()), lead(), { q: 'the LEFT', limit: 10 })
  expect(customers).toEqual([
    {
      id: 'left',
      name: 'The left',
      archivedAt: '2026-11-21T10:00:00.000Z',
      reason: 'Contract ended',
      undoneFile: null,
      by: 'lead all',
      mergedInto: null,
    },
  ])
  await world.owner.query(`delete from plan where customer_id = 'left'`)
  expect(await recomputeAll(world.context)).toBe(0)
  // The id stays taken, by name and by number.
  expect(await codeOf(add('left'))).toBe('conflict')
  expect((await returnCustomer(of(lead()), lead(), 'left')).name).toBe('The left')
  expect(await codeOf(returnCustomer(of(lead()), lead(), 'left'))).toBe('not-found')
  expect((await kinds('left')).slice(0, 2)).toEqual(['customer-returned', 'customer-archived'])
})

test('a merge previews what moves, moves it, and leads from the one to the other', async () => {
  await addTestCustomer(world.context, sheet('into', { teams: { intended: true } }), 'into-main')
  await addTestCustomer(world.context, sheet('gone', { exchange: { intended: true, activatedOn: '2026-03-01' } }), 'gone-main')
  await addContact(of(lead()), lead(), { ...CONTACT, customerId: 'gone', name: 'Maria', email: 'maria@example.com' })
  const { contacts } = await getContacts(of(lead()), lead(), 'gone')
  const contact = contacts[0]!.id
  await world.owner.query(`
    insert into note (customer_id, id, body, search_key, written_by, written_at, changed_at, version)
      values ('gone', '${contact}', 'N', 'n', 'command-line', now(), now(), 1);
    insert into note_version values ('gone', '${contact}', 1, 'N', 'command-line', now());
    insert into mail (id, key, kind, address, subject, text, message_id, created_at, customer_id, contact_id)
      values ('${contact}', 'before', 'test', 'maria@example.com', 's', 'Hi Maria', 'm-before', now(), 'gone', '${contact}');
    insert into follow_up (customer_id, id, engagement_id, title, made_by, made_at, status, closed_at, version) values
      ('gone', gen_random_uuid(), '1', 'Open', 'command-line', now(), 'not-started', null, 1),
      ('gone', gen_random_uuid(), '1', 'Done', 'command-line', now(), 'complete', now(), 1);
    insert into blocker (customer_id, id, title, reason, reason_version, opened_by, opened_at, version)
      values ('gone', '${contact}', 'B', 'other', 1, 'command-line', now(), 1);
    insert into evidence (customer_id, id, subject, title, href, added_by, added_at)
      values ('gone', '${contact}', 'blocker:${contact}', 'E', 'https://example.com', 'command-line', now());
    insert into meeting (customer_id, id, kind, title, starts_at, ends_at, time_zone, organizer_id, uid, made_by, version)
      values ('gone', '${contact}', 'customer', 'M', now(), now() + interval '1 hour', 'UTC', 'command-line', 'm-gone', 'command-line', 1);
    insert into attendee (customer_id, id, meeting_id, contact_id, token_hash) values ('gone', '${contact}', '${contact}', '${contact}', 't-gone');
    insert into usage_import (customer_id, id, tenant_id, file, sha256, rows_read, rows_rejected, rows_deleted, rows_duplicate, is_concealed, is_kept, imported_at)
      values ('gone', '${contact}', 'gone-main', 'f.csv', '${'a'.repeat(64)}', 1, 0, 0, 0, false, true, now());
    insert into usage_report_service values ('gone', '${contact}', 'exchange', 1, 1, 1, '2026-11-01');
    insert into graph_connection (customer_id, tenant_id, cloud, directory, client_id, credential, credential_hint, state_since, made_by, made_at)
      values ('gone', 'gone-main', 'global', 'd', 'c', 'secret', '…x', now(), 'command-line', now());
    insert into graph_secret values ('gone', 'gone-main', 'x');
    insert into sync_run (customer_id, id, tenant_id, trigger, reaches_back, requested_by, state, requested_at, ended_at)
      values ('gone', '${contact}', 'gone-main', 'night', false, 'command-line', 'done', now(), now());
    insert into sync_step (customer_id, run_id, position, report) values ('gone', '${contact}', 1, 'r')`)
  const kept = join(world.context.reports, 'gone', 'gone-main')
  mkdirSync(kept, { recursive: true })
  writeFileSync(join(kept, 'a.report'), 'kept')
  const merge = (preview: boolean) => mergeCustomers(of(lead()), lead(), { customerId: 'into', from: 'gone', preview })
  const preview = await merge(true)
  expect(preview).toEqual({
    preview: true,
    from: { id: 'gone', name: 'The gone' },
    into: { id: 'into', name: 'The into' },
    moves: [
      { what: 'tenants', count: 1 },
      { what: 'contacts', count: 1 },
      { what: 'notes', count: 1 },
      { what: 'meetings', count: 1 },
      { what: 'services', count: 1 },
      { what: 'followUps', count: 2 },
      { what: 'blockers', count: 1 },
    ],
    refusals: [],
  })
  expect((await getDetails(world.context, COMMAND_LINE, 'gone')).tenants).toHaveLength(1)
  await merge(false)
  const details = await getDetails(world.context, COMMAND_LINE, 'into')
  expect([details.tenants.map(each => each.id), details.services.map(each => each.service), details.merged]).toEqual([
    ['gone-main', 'into-main'],
    ['exchange', 'teams'],
    [{ id: 'gone', name: 'The gone', at: '2026-11-21T10:00:00.000Z' }],
  ])
  expect((await getContacts(of(lead()), lead(), 'into')).contacts).toMatchObject([{ id: contact, name: 'Maria' }])
  const { rows } = await world.owner.query<Record<string, number>>(`select
    (select count(*)::int from attendee where customer_id = 'into') as attendees,
    (select count(*)::int from note_version where customer_id = 'into') as versions,
    (select count(*)::int from usage_report_service where customer_id = 'into') as services,
    (select count(*)::int from graph_secret where customer_id = 'into') as secrets,
    (select count(*)::int from sync_step where customer_id = 'into') as steps,
    (select count(*)::int from evidence where customer_id = 'into') as evidence`)
  expect(rows[0]).toEqual({ attendees: 1, versions: 1, services: 1, secrets: 1, steps: 1, evidence: 1 })
  expect((await getItems(of(lead()), lead(), 'into')).followUps.map(each => [each.title, each.isEarlier]).sort()).toEqual([
    ['Done', false],
    ['Open', false],
  ])
  expect((await getBlockers(of(lead()), lead(), 'into')).blockers.map(each => each.title)).toEqual(['B'])
  expect([existsSync(join(world.context.reports, 'into', 'gone-main', 'a.report')), existsSync(kept)]).toEqual([true, false])
  // A link to the one leads to the other; its history is read there.
  expect((await failure(getCustomer(of(lead()), lead(), 'gone'))).details).toEqual({ mergedInto: 'into' })
  const history = await getMergedEvents(of(lead()), lead(), { customerId: 'into', from: 'gone', limit: 10 })
  expect(history.events.map(each => each.kind)).toEqual(['customer-merged-away', 'contact-added', 'customer-added'])
  expect(await codeOf(getMergedEvents(of(lead()), lead(), { customerId: 'added', from: 'gone', limit: 10 }))).toBe('not-found')
  // Also for somebody who never saw the one; and where the other is merged on, it goes with it.
  const few = await person('engineer', 'customers')
  await add('last')
  await world.owner.query(`insert into assignment (customer_id, id, person_id, role, is_primary, since)
    select c, 'few-' || c, '${few.personId}', 'subject-matter-expert', false, '2026-01-01' from unnest(array['into', 'last']) c`)
  const seenBy = async (customerId: string) => {
    const { merged } = await getDetails(of(few), few, customerId)
    const from = async (id: string) =>
      (await getMergedEvents(of(few), few, { customerId, from: id, limit: 1 })).events.map(each => each.kind)
    return Promise.all(merged.map(async each => [each.id, await from(each.id)]))
  }
  expect(await seenBy('into')).toEqual([['gone', ['customer-merged-away']]])
  await mergeCustomers(of(lead()), lead(), { customerId: 'last', from: 'into', preview: false })
  const both = ['gone', 'into'].map(id => [id, ['customer-merged-away']])
  expect(await seenBy('last')).toEqual(both)
  expect((await failure(getCustomer(of(few), few, 'gone'))).details).toEqual({ mergedInto: 'last' })
  // Whoever came along is erased with what was sent before.
  await eraseContact(of(lead()), lead(), { customerId: 'last', contact, name: 'Maria', version: 1 })
  expect((await world.owner.query(`select from mail where contact_id = '${contact}'`)).rows).toEqual([])
  expect(await codeOf(returnCustomer(of(lead()), lead(), 'gone'))).toBe('conflict')
  expect((await verifyEvents(world.context.db)).broken).toEqual([])
})

test('customers with the same tenant, or with work in both, are not merged, and it is said in words', async () => {
  await addTestCustomer(world.context, sheet('alpha', { teams: { intended: true, activatedOn: '2026-03-01' } }), 'same-tenant')
  await addTestCustomer(
    world.context,
    {
      ...sheet('beta', { teams: { intended: true, activatedOn: '2026-03-01' } }),
      tasks: [{ id: '3731', service: 'teams', status: 'complete', on: '2026-11-01' }],
    },
    'same-tenant',
  )
  const refused = await mergeCustomers(of(lead()), lead(), { customerId: 'alpha', from: 'beta', preview: true })
  expect(refused.refusals.map(each => each.en)).toEqual([
    'both have the tenant same-tenant; which usage is right cannot be told',
    'both have an open engagement, and that of The beta has work in it (1 tasks with a status); merge The alpha into The beta instead, or finish the engagement first',
  ])
  const error = await failure(mergeCustomers(of(lead()), lead(), { customerId: 'alpha', from: 'beta', preview: false }))
  expect([error.code, error.details]).toEqual(['conflict', { refusals: refused.refusals }])
  expect((await getDetails(world.context, COMMAND_LINE, 'beta')).tenants).toHaveLength(1)
  expect(await codeOf(mergeCustomers(of(lead()), lead(), { customerId: 'alpha', from: 'alpha', preview: true }))).toBe('invalid-input')
})

test('tenants are added, renamed and merged unless both have usage of a service', async () => {
  await addTestCustomer(world.context, sheet('tenants', { teams: { intended: true } }), 'one')
  const manager = as('fasttrack-manager')
  const change = async (id: string) =>
    addTenant(of(manager), manager, { customerId: 'tenants', id, name: id, version: await versionOf('tenants') })
  await change('two')
  expect(await codeOf(change('two'))).toBe('conflict')
  await renameTenant(of(manager), manager, { customerId: 'tenants', tenant: 'two', name: 'Second', version: await versionOf('tenants') })
  await world.owner.query(`insert into entitlement values ('tenants', 'two', 'teams', 10, 'test', '2026-11-01')`)
  const merge = (preview: boolean) => mergeTenants(of(manager), manager, { customerId: 'tenants', tenant: 'two', into: 'one', preview })
  expect(await merge(true)).toMatchObject({
    from: { name: 'Second' },
    refusals: [],
    moves: expect.arrayContaining([{ what: 'seats', count: 1 }]),
  })
  await world.owner.query(`insert into entitlement values ('tenants', 'one', 'teams', 10, 'test', '2026-11-01')`)
  expect((await failure(merge(false))).message).toContain('both have seats of teams')
  await world.owner.query(`delete from entitlement where customer_id = 'tenants' and tenant_id = 'one'`)
  await merge(false)
  expect((await getDetails(world.context, COMMAND_LINE, 'tenants')).tenants).toEqual([{ id: 'one', name: 'one' }])
  const { rows } = await world.owner.query(`select tenant_id from entitlement where customer_id = 'tenants'`)
  expect(rows).toEqual([{ tenant_id: 'one' }])
})

test('a contact for surveys names every field it lacks; two of one address are refused', async () => {
  await add('contacts')
  const manager = as('customer-success-manager')
  const put = (more: object) => addContact(of(manager), manager, { ...CONTACT, customerId: 'contacts', ...more })
  expect((await failure(put({ surveyEligible: true }))).details).toEqual([
    { path: 'email', message: 'a survey needs an address' },
    { path: 'country', message: 'a survey needs the country' },
    { path: 'language', message: 'a survey needs the language' },
    { path: 'services', message: 'a survey needs the services that it asks about' },
  ])
  expect((await failure(put({ timeZone: 'Mars/Base' }))).details).toMatchObject([{ path: 'timeZone' }])
  const more = { email: 'ana@example.com', country: 'BR', language: 'pt-BR', services: ['teams'], timeZone: 'America/Sao_Paulo' }
  const { contacts } = await put({ ...more, surveyEligible: true, roles: ['sponsor'] })
  expect(contacts).toMatchObject([{ ...more, surveyEligible: true, roles: ['sponsor'], bounced: null, version: 1 }])
  expect((await failure(put({ name: 'Other', email: 'ANA@example.com' }))).details).toEqual({ field: 'email' })
  expect(await codeOf(addContact(of(as('engineer')), as('engineer'), { ...CONTACT, customerId: 'contacts' }))).toBe('forbidden')
})

test('a contact is changed with its bounce seen, and the second of two people sees both', async () => {
  const manager = as('customer-success-manager')
  const [row] = (await getContacts(of(manager), manager, 'contacts')).contacts
  await world.owner.query(`update contact set bounced_at = now(), bounce = '550 no such user' where id = $1`, [row!.id])
  const change = (more: object) => {
    const { id, bounced, isArchived, version, ...values } = row!
    return changeContact(of(manager), manager, {
      ...CONTACT,
      ...values,
      roles: [],
      ...{ customerId: 'contacts', contact: id, archived: false, bounceSeen: false, version },
      ...more,
    })
  }
  expect((await getContacts(of(manager), manager, 'contacts')).contacts[0]?.bounced?.said).toBe('550 no such user')
  const [changed] = (await change({ doNotContact: 'asked us not to', bounceSeen: true })).contacts
  expect(changed).toMatchObject({ doNotContact: 'asked us not to', bounced: null, version: 2 })
  const second = await failure(change({ title: 'CIO' }))
  expect([second.code, second.details]).toMatchObject([
    'conflict',
    { theirs: { doNotContact: 'asked us not to' }, yours: { title: 'CIO' }, version: 2 },
  ])
})

test('an erased contact leaves nothing personal behind, and meetings keep that there was somebody', async () => {
  const manager = as('customer-success-manager')
  const [row] = (await getContacts(of(manager), manager, 'contacts')).contacts
  const id = row!.id
  await world.owner.query(`
    insert into meeting (customer_id, id, kind, title, starts_at, ends_at, time_zone, organizer_id, uid, made_by, version)
      values ('contacts', '${id}', 'customer', 'M', now(), now() + interval '1 hour', 'UTC', 'command-line', 'm-erase', 'command-line', 1);
    insert into attendee (customer_id, id, meeting_id, contact_id, token_hash, comment) values ('contacts', '${id}', '${id}', '${id}', 't-erase', 'On leave, Ana');
    insert into mail (id, key, kind, address, subject, text, message_id, created_at, customer_id, contact_id)
      values ('${id}', 'erase', 'test', 'ana@example.com', 's', 'Hi Ana', 'm-erase', now(), 'contacts', '${id}');
    insert into mail (id, key, kind, address, subject, text, message_id, created_at, state, sent_at, attachments)
      values (gen_random_uuid(), 'other', 'test', 'bob@example.com', 's', 'Hi Bob', 'm-other', now(), 'sent', now(),
        '[{"name": "a.ics", "type": "text/calendar", "content": "ATTENDEE:mailto:ana@example.com"}]');
    insert into notification (id, person_id, key, kind, customer_id, path, summary, made_at)
      values (gen_random_uuid(), 'command-line', 'a', 'meeting-answered', 'contacts', '/', '{"en": "Ana accepted M", "pt-BR": "Ana aceitou M"}', now()),
        (gen_random_uuid(), 'command-line', 'b', 'meeting-answered', 'contacts', '/', '{"en": "Anabela accepted M"}', now())`)
  const erase = (name: string) => eraseContact(of(manager), manager, { customerId: 'contacts', contact: id, name, version: 2 })
  expect((await failure(erase('Somebody else'))).details).toMatchObject([{ path: 'name' }])
  const [erased] = (await erase('Ana')).contacts
  expect(erased).toMatchObject({ name: 'Erased contact', email: null, country: null, language: null, doNotContact: null, isArchived: true })
  expect(await codeOf(erase('Erased contact'))).toBe('not-found')
  const { rows } = await world.owner.query<{ text: string }>(`select
    (select string_agg(c::text, '') from contact c where c.customer_id = 'contacts') || (select string_agg(a::text, '') from attendee a where a.customer_id = 'contacts')
    || (select string_agg(e.body, '') from event e where e.customer_id = 'contacts') || coalesce((select string_agg(m::text, '') from mail m), '')
    || (select string_agg(p::text, '') from person p) || (select string_agg(n.summary ->> 'en', '; ' order by n.key) from notification n
      where n.customer_id = 'contacts') as text`)
  expect(rows[0]?.text).not.toMatch(/\bAna\b|ana@example|asked us not to/)
  expect(rows[0]?.text).toContain('Erased contact accepted M; Anabela accepted M')
  const { events } = await getEvents(world.context, COMMAND_LINE, 'contacts', { limit: 10 })
  expect(events.map(each => [each.kind, each.after])).toEqual([
    ['contact-erased', null],
    ['contact-changed', { erased: true }],
    ['contact-added', { erased: true }],
    ['customer-added', null],
  ])
})

const sheet = (id: string, services: object) => ({ customer: { id, name: `The ${id}` }, services })
const CONTACT = {
  name: 'Ana',
  email: null,
  title: null,
  phone: null,
  roles: [],
  services: [],
  language: null,
  country: null,
  timeZone: null,
  doNotContact: null,
  surveyEligible: false,
}
