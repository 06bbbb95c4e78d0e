import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ACCESS_RIGHTS, ACCESS_SCOPES } from '../model/api.ts'
import { findTies } from '../store/access.ts'
import { type TestDatabase, testDatabase } from '../store/testing.ts'
import { ME, PROBE, TODAY, WORLD } from '../store/testing-rows.ts'
import { type Actor, maySee, serviceRefusal, type Ties, writeAccess } from './policy.ts'

/** The policy table decides; the policies of the database stand behind it. Here both are asked about the same things. */
let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
  await database.owner.query(PROBE + WORLD)
})
afterAll(() => database.close())

const SERVICES = ['teams', 'exchange', null] as const
const CUSTOMERS = ['own', 'team', 'other'] as const
const DAYS = ['2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23'] as const

const assignment = fc
  .record({
    customer: fc.constantFrom(...CUSTOMERS),
    service: fc.constantFrom(...SERVICES),
    since: fc.constantFrom(...DAYS),
    until: fc.option(fc.constantFrom(...DAYS)),
    covers: fc.boolean(),
  })
  .filter(({ since, until, covers }) => (until === null ? !covers : since <= until))
const world = fc.record({
  right: fc.constantFrom(...ACCESS_RIGHTS),
  scope: fc.constantFrom(...ACCESS_SCOPES, 'none' as const),
  unassigned: fc.constantFrom('hidden' as const, 'read-only' as const),
  assignments: fc.array(assignment, { maxLength: 5 }),
  teams: fc.subarray([...CUSTOMERS]),
  isMember: fc.boolean(),
})
type World = typeof world extends fc.Arbitrary<infer W> ? W : never

async function make({ unassigned, assignments, teams, isMember }: World): Promise<void> {
  const rows = assignments.map((each, index) => ({ ...each, id: `a${index}`, covers: each.covers ? 'rita' : null }))
  await database.owner.query(`delete from assignment where person_id = '${ME}'`)
  await database.owner.query(
    `insert into assignment (customer_id, id, person_id, role, service, since, until, covers)
     select a.customer, a.id, $1, a.id, a.service, a.since, a.until, a.covers
     from jsonb_to_recordset($2) as a (customer text, id text, service text, since date, until date, covers text)`,
    [ME, JSON.stringify(rows)],
  )
  await database.owner.query(`delete from team_member`)
  if (isMember) await database.owner.query(`insert into team_member values ('north', '${ME}')`)
  await database.owner.query(`update customer set team_id = case when id = any($1) then 'north' end`, [teams])
  await database.owner.query('update installation set unassigned = $1', [unassigned])
}

const tiesOf = ({ unassigned, assignments, teams, isMember }: World, customer: (typeof CUSTOMERS)[number]): Ties => ({
  unassigned,
  isTeam: isMember && teams.includes(customer),
  assignments: assignments.filter(
    each => each.customer === customer && each.since <= TODAY && (each.until === null || each.until >= TODAY),
  ),
})

test('the policy table and the database agree on who sees and changes what', async () => {
  await fc.assert(
    fc.asyncProperty(world, async given => {
      await make(given)
      const { right, scope } = given
      const actor: Actor = { personId: ME, name: 'Ana', right, scope }
      const db = database.as({ personId: ME, right, scope: scope === 'none' ? '' : scope, today: TODAY })
      for (const customer of CUSTOMERS) {
        const ties = tiesOf(given, customer)
        const item = writeAccess(actor, 'set-item', ties)
        const fact = writeAccess(actor, 'set-fact', ties)
        const { rows } = await sql<Record<string, boolean>>`select
          exists (select from customer where id = ${customer}) as see,
          probe.changes(${`update customer set version = version + 1 where id = '${customer}'`}) as change,
          probe.changes(${setItem(customer, 'teams')}) as teams, probe.changes(${setItem(customer, 'exchange')}) as exchange,
          probe.changes(${setItem(customer, null)}) as whole, probe.changes(${setFact(customer, 'teams')}) as "teamsFact",
          probe.changes(${setFact(customer, 'exchange')}) as "exchangeFact", probe.changes(${setFact(customer, null)}) as "wholeFact"`.execute(
          db,
        )
        expect(rows[0]).toEqual({
          see: maySee(actor, ties),
          change: item.ok,
          teams: serviceRefusal(item, 'teams') === undefined,
          exchange: serviceRefusal(item, 'exchange') === undefined,
          whole: serviceRefusal(item, null) === undefined,
          teamsFact: serviceRefusal(fact, 'teams') === undefined,
          exchangeFact: serviceRefusal(fact, 'exchange') === undefined,
          wholeFact: serviceRefusal(fact, null) === undefined,
        })
        if (maySee(actor, ties)) {
          const found = await findTies(db, { personId: ME, customerId: customer, today: TODAY })
          expect([found.isTeam, found.unassigned]).toEqual([ties.isTeam, ties.unassigned])
          expect(found.assignments.map(each => each.service).sort()).toEqual(ties.assignments.map(each => each.service).sort())
        }
      }
    }),
    { numRuns: 150 },
  )
})

const setItem = (customer: string, service: string | null) =>
  `update item set note = 'changed' where customer_id = '${customer}' and id = 'marked${service === null ? '' : `@${service}`}'`
const setFact = (customer: string, service: string | null) =>
  `insert into fact (customer_id, name, service, value, source, recorded_at) values ('${customer}', 'new', '${service ?? ''}', '1', 'test', now())`
