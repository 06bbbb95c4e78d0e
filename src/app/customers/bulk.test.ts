import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AccessRight } from '../../model/api.ts'
import type { AssignmentChange, BulkAssign } from '../../model/customer-api.ts'
import { AppError } from '../../model/errors.ts'
import type { Day } from '../../model/words.ts'
import { verifyEvents } from '../../store/events.ts'
import { bulkAssign } from '../assignments/bulk-assign.ts'
import { addAssignment } from '../assignments/change.ts'
import { getCustomerPeople } from '../assignments/get-people.ts'
import type { Auth } from '../auth/auth.ts'
import { openAuth } from '../auth/open-auth.ts'
import { addPerson } from '../auth/people.ts'
import { readConfig } from '../config.ts'
import { type Actor, COMMAND_LINE } from '../policy.ts'
import { type TestContext, testContext } from '../testing.ts'
import { getArchived } from './archive-customer.ts'
import { getBulkChanges, undoBulkChange } from './bulk-changes.ts'
import { changeDetails, getDetails } from './details.ts'
import { importCustomers } from './import/import-customers.ts'

let world: TestContext
let auth: Auth
const people: Record<string, Actor> = {}
beforeAll(async () => {
  world = await testContext(new Date('2026-11-21T10:00:00Z'))
  auth = openAuth(readConfig({ IMPULSO_DATA: world.folder, IMPULSO_SECRET: 'a secret of at least thirty-two characters' }), world)
  for (const name of ['ana', 'bo', 'cai', 'reader'] as const) await person(name, name === 'reader' ? 'reader' : 'lead')
  await world.context.db.insertInto('team').values({ id: 'north', name: 'Team North' }).execute()
})
afterAll(async () => {
  await auth.close()
  await world.close()
})

async function person(name: string, right: AccessRight): Promise<void> {
  const account = { email: `${name}@example.com`, name, right, scope: 'all', password: 'correct horse battery', isDemo: true } as const
  people[name] = { personId: await addPerson(world.context, auth, account), name, right, scope: 'all' }
}
// Made before the tests.
const lead = () => people.ana!
const idOf = (name: string) => people[name]!.personId
const day = (text: string) => text as Day

async function failure(work: Promise<unknown>): Promise<AppError> {
  try {
    await work
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('nothing failed')
}

let files = 0
function bring(text: string | Uint8Array, preview = false, actor = lead()) {
  const path = join(world.folder, `portfolio-${++files}.csv`)
  writeFileSync(path, text)
  return importCustomers(world.context.as(actor), auth, actor, { fileName: 'portfolio.csv', path, preview })
}
const details = (id: string) => getDetails(world.context, COMMAND_LINE, id)
const primary = async (id: string) =>
  (await getCustomerPeople(world.context, auth, COMMAND_LINE, id)).assignments.filter(each => each.isPrimary).map(each => each.person.name)
const undo = (bulk: string | null) => undoBulkChange(world.context.as(lead()), lead(), bulk ?? '')

const FILE = `\uFEFFid;name;Segment;initiatives;language;assigned_on;owner_email;team;tenants;services;activated
acme;"Acme; the ""first""";enterprise;customer-health|rfa;pt-BR;2026-10-01;ana@example.com;Team North;acme-main;teams exchange;teams=2026-10-05 exchange=no

beta;Beta;;;;;bo@EXAMPLE.com;north;;yammer;
`

test('a portfolio file is previewed, brought in whole, and changes nothing the second time', async () => {
  const preview = await bring(FILE, true)
  expect(preview).toMatchObject({
    faults: [],
    bulk: null,
    rows: { read: 2, added: 2, changed: 0, returned: 0, unchanged: 0 },
    lines: [
      { line: 2, id: 'acme', name: 'Acme; the "first"', state: 'added' },
      { line: 4, id: 'beta', name: 'Beta', state: 'added' },
    ],
  })
  expect((await failure(details('acme'))).code).toBe('not-found')
  const done = await bring(FILE)
  expect(done.bulk).not.toBeNull()
  expect(await details('acme')).toMatchObject({
    name: 'Acme; the "first"',
    segment: 'enterprise',
    initiatives: ['customer-health', 'rfa'],
    language: 'pt-BR',
    assignedOn: '2026-10-01',
    tenants: [{ id: 'acme-main' }],
    services: [
      { service: 'exchange', intended: true, activatedOn: false },
      { service: 'teams', intended: true, activatedOn: '2026-10-05' },
    ],
  })
  expect([await primary('acme'), await primary('beta')]).toEqual([['ana'], ['bo']])
  const { rows } = await world.owner.query('select customer_id from plan order by 1')
  expect(rows.map(row => row.customer_id)).toEqual(['acme', 'beta'])
  const again = await bring(FILE)
  expect([again.rows, again.bulk]).toEqual([{ read: 2, added: 0, changed: 0, returned: 0, unchanged: 2 }, null])
  expect((await verifyEvents(world.context.db)).broken).toEqual([])
})

test('every fault is told with line and column, and with one nothing changes', async () => {
  const result = await bring(`id,name,segment,assigned_on,owner_email,team,services,activated
new-one,New one,enterprise,,,,,
,No id,,,,,,
Bad_Id,X,,,,,,
two,Two,huge,2026-02-30,nobody@example.com,no-team,no-such,teams=soon
new-one,Again,,,,,,
three,,,,,,,
four,Four,,,,,,teams=2026-03-01
five,Five,,,,,,,too,many
`)
  expect(result.faults.map(({ line, column, message }) => `${line} ${column}: ${message}`)).toEqual([
    '3 id: is missing',
    '4 id: "Bad_Id" must be lower-case letters, digits and dashes',
    '5 segment: "huge" is no segment; known are enterprise, corporate, small-business, education, public-sector, nonprofit',
    '5 assigned_on: "2026-02-30" is not a day that exists',
    '5 owner_email: nobody who can sign in has this address',
    '5 team: there is no team "no-team"',
    '5 services: the playbook knows no service "no-such"',
    '5 activated: "teams=soon" must be a service and a day, no or ?, such as teams=2026-03-01',
    '6 id: new-one stands on line 2 already',
    '7 name: three is new and needs a name',
    "8 activated: teams is not one of the customer's services; name it in services",
    '9 null: the line has 10 cells, and there are 8 columns',
  ])
  expect([result.faultCount, result.bulk, (await failure(details('new-one'))).code]).toEqual([12, null, 'not-found'])
})

test.each([
  ['an empty file', '', '1 null: the file is empty'],
  ['no id', 'name\nX\n', '1 id: the column is missing: each line names its customer'],
  ['an unknown column', 'id,colour\nx,red\n', '1 colour: there is no such column; known are id, name, segment'],
  ['a column twice', 'id,name,Name\n', '1 name: the column stands here twice'],
  ['an open quote', 'id,name\nx,"open\n', 'a quote is opened and not closed'],
  ['another encoding', new Uint8Array([...Buffer.from('id,name\nx,S'), 0xe3, ...Buffer.from('o\n')]), 'is not UTF-8'],
])('%s is told', async (_, text, told) => {
  const { faults, faultCount } = await bring(text)
  expect(faultCount).toBeGreaterThan(0)
  expect(faults.map(({ line, column, message }) => `${line} ${column}: ${message}`).join('\n')).toContain(told)
})

test('UTF-16 is refused with what to do, and who may not bring in customers reads nothing', async () => {
  expect((await failure(bring(Buffer.from('\uFEFFid,name\n', 'utf16le')))).message).toContain('save it as CSV UTF-8')
  expect((await failure(bring(FILE, true, people.reader))).code).toBe('forbidden')
})

test('what a file changed is undone, but not of a customer that was changed since', async () => {
  const { bulk, rows, lines } = await bring(
    'id,name,segment,owner_email,services\nacme,Acme,-,cai@example.com,sharepoint\nbeta,Beta Ltd,,,\n',
  )
  expect([rows.changed, lines.map(each => each.columns)]).toEqual([2, [['name', 'segment', 'owner_email', 'services'], ['name']]])
  expect([await primary('acme'), (await details('acme')).segment]).toEqual([['cai'], null])
  const { version } = await details('beta')
  await changeDetails(world.context, COMMAND_LINE, { customerId: 'beta', language: 'pt-BR', version })
  const undone = await undo(bulk)
  expect(undone).toEqual({
    undone: 1,
    refused: [{ id: 'beta', name: 'Beta Ltd', why: expect.objectContaining({ en: 'the customer was changed since' }) }],
  })
  expect(await details('acme')).toMatchObject({ name: 'Acme; the "first"', segment: 'enterprise' })
  expect((await details('acme')).services.map(each => each.service)).toEqual(['exchange', 'teams'])
  expect(await primary('acme')).toEqual(['ana'])
  expect((await failure(undo(bulk))).message).toBe('this change has been undone already')
})

test('customers that a file added are archived by its undo, and the file brings them back', async () => {
  const file = 'id,name\nundone-1,Undone 1\nundone-2,Undone 2\n'
  const first = await bring(file)
  expect(await undo(first.bulk)).toEqual({ undone: 2, refused: [] })
  expect((await failure(details('undone-1'))).code).toBe('not-found')
  const { customers } = await getArchived(world.context.as(lead()), lead(), { q: 'undone', limit: 10 })
  expect(customers.map(each => [each.id, each.reason, each.undoneFile])).toEqual([
    ['undone-1', null, 'portfolio.csv'],
    ['undone-2', null, 'portfolio.csv'],
  ])
  expect((await bring(file)).rows).toMatchObject({ added: 0, returned: 2 })
  expect((await details('undone-1')).name).toBe('Undone 1')
  expect((await verifyEvents(world.context.db)).broken).toEqual([])
})

const assign = (change: AssignmentChange, preview = false, customers: BulkAssign['customers'] = { q: 'bulk' }) =>
  bulkAssign(world.context.as(lead()), auth, lead(), { customers, change, preview })
const outcomes = (result: Awaited<ReturnType<typeof assign>>) => result.customers.map(each => [each.id, each.outcome])

test('one person takes the place of another at many customers: previewed, done, undone', async () => {
  await bring(
    'id,name,owner_email\nbulk-1,Bulk 1,ana@example.com\nbulk-2,Bulk 2,ana@example.com\nbulk-3,Bulk 3,bo@example.com\nbulk-4,Bulk 4,ana@example.com\n',
  )
  const version = (await details('bulk-4')).version
  const mine = { role: 'fasttrack-manager', service: null, isPrimary: false, since: day('2026-01-01'), until: null, covers: null } as const
  await addAssignment(world.context, auth, COMMAND_LINE, { ...mine, customerId: 'bulk-4', person: idOf('cai'), version })
  const change: AssignmentChange = {
    is: 'replace',
    role: 'fasttrack-manager',
    from: idOf('ana'),
    to: idOf('cai'),
    since: day('2026-11-21'),
  }
  const wanted = [
    ['bulk-1', 'changed'],
    ['bulk-2', 'changed'],
    ['bulk-3', 'unchanged'],
    ['bulk-4', 'refused'],
  ]
  const preview = await assign(change, true)
  expect([outcomes(preview), preview.bulk]).toEqual([wanted, null])
  expect(preview.customers[3]?.why).toMatchObject({ en: 'is assigned in this role already' })
  expect(await primary('bulk-1')).toEqual(['ana'])
  const done = await assign(change)
  expect([outcomes(done), await primary('bulk-1'), await primary('bulk-2'), await primary('bulk-4')]).toEqual([
    wanted,
    ['cai'],
    ['cai'],
    ['ana'],
  ])
  // Since the day of the change itself: an assignment of that day alone leaves nothing behind.
  const { assignments } = await getCustomerPeople(world.context, auth, COMMAND_LINE, 'bulk-1')
  expect(assignments.map(each => [each.person.name, each.since, each.until])).toEqual([['cai', '2026-11-21', null]])
  await assign({ is: 'end', role: 'fasttrack-manager', person: idOf('cai'), until: day('2026-12-31') }, false, { ids: ['bulk-2'] })
  const undone = await undo(done.bulk)
  expect(undone).toEqual({
    undone: 1,
    refused: [{ id: 'bulk-2', name: 'Bulk 2', why: expect.objectContaining({ en: 'the assignment was changed since' }) }],
  })
  expect(await primary('bulk-1')).toEqual(['ana'])
  const { changes } = await getBulkChanges(world.context.as(lead()), lead())
  expect(changes.find(each => each.id === done.bulk)).toMatchObject({
    kind: 'assignments',
    customers: 2,
    by: 'ana',
    what: { en: 'cai takes the place of ana from 2026-11-21' },
    undone: { by: 'ana' },
  })
  expect((await verifyEvents(world.context.db)).broken).toEqual([])
})

test('somebody is assigned as primary at many customers, and the ones before are again when it is undone', async () => {
  const change: AssignmentChange = {
    ...{ is: 'assign', role: 'fasttrack-manager', isPrimary: true, since: day('2026-11-21'), until: null },
    person: idOf('bo'),
  }
  const done = await assign(change)
  expect(outcomes(done)).toEqual([
    ['bulk-1', 'changed'],
    ['bulk-2', 'changed'],
    ['bulk-3', 'unchanged'],
    ['bulk-4', 'changed'],
  ])
  expect([await primary('bulk-1'), await primary('bulk-4')]).toEqual([['bo'], ['bo']])
  expect(await undo(done.bulk)).toMatchObject({ undone: 3, refused: [] })
  expect([await primary('bulk-1'), await primary('bulk-4')]).toEqual([['ana'], ['ana']])
})

test('what cannot be is refused by name, and other rights are', async () => {
  const end: AssignmentChange = { is: 'end', role: 'fasttrack-manager', person: 'nobody', until: day('2026-12-31') }
  expect((await failure(assign(end))).details).toEqual([{ path: 'change.person', message: 'there is no person nobody' }])
  const same: AssignmentChange = { is: 'replace', role: 'fasttrack-manager', from: idOf('bo'), to: idOf('bo'), since: day('2026-11-21') }
  expect((await failure(assign(same))).details).toMatchObject([{ path: 'change.to' }])
  const reader = people.reader!
  expect((await failure(bulkAssign(world.context.as(reader), auth, reader, { customers: {}, change: end, preview: true }))).code).toBe(
    'forbidden',
  )
  expect((await failure(undoBulkChange(world.context.as(reader), reader, 'x'))).code).toBe('forbidden')
})
