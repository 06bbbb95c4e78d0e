import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ACCESS_RIGHTS, ACCESS_SCOPES } from '../model/api.ts'
import type { DatabaseActor, Db } from './database.ts'
import { migrate, readMigrations } from './migrate.ts'
import { type TestDatabase, testDatabase } from './testing.ts'
import { type Acting, ME, PROBE, SPECS, type Spec, TIES, type Tie, TODAY, WORLD } from './testing-rows.ts'

const SCOPES = [...ACCESS_SCOPES, 'none'] as const
const EVERYONE: readonly Acting[] = ACCESS_RIGHTS.flatMap(right => SCOPES.map(scope => ({ right, scope })))

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
  await database.owner.query(PROBE + WORLD)
})
afterAll(() => database.close())

const actor = ({ right, scope }: Acting): DatabaseActor => ({ personId: ME, right, scope: scope === 'none' ? '' : scope, today: TODAY })
const as = (acting: Acting): Db => database.as(actor(acting))

/** Which of these statements would change rows. */
async function whatChanges(db: Db, statements: readonly string[]): Promise<readonly boolean[]> {
  const { rows } = await sql<{ ok: boolean }>`
    select probe.changes(statement) as ok from unnest(${statements}::text[]) with ordinality as s (statement, at) order by at`.execute(db)
  return rows.map(row => row.ok)
}
const changes = async (db: Db, statement: string) => (await whatChanges(db, [statement]))[0]

/** Customers at which a statement changes something. */
async function where(db: Db, statement: (customer: Tie) => string): Promise<readonly Tie[]> {
  const done = await whatChanges(db, TIES.map(statement))
  return TIES.filter((_, index) => done[index])
}

const name = ({ right, scope }: Acting) => `${right} over ${scope}`
const at = (spec: Spec, customer: Tie) => `where ${spec.rows}${spec.key === null ? '' : ` and ${spec.key} = '${customer}'`}`
const keysOf = async (db: Db, { table, key, rows }: Spec) => {
  const column = key ?? `'some'::text`
  const found = await sql<{
    key: string
  }>`select distinct ${sql.raw(column)} as key from ${sql.table(table)} where ${sql.raw(rows)}`.execute(db)
  return found.rows.map(row => row.key).sort()
}
const expectedKeys = ({ key, see }: Spec, acting: Acting) =>
  key === null ? (see(acting).length > 0 ? ['some'] : []) : [...see(acting)].sort()

test('every table is in the list', async () => {
  const { rows } = await database.owner.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f')`,
  )
  expect([...new Set(SPECS.map(spec => spec.table))].sort()).toEqual(rows.map(row => row.name).sort())
})

describe.each(SPECS.map(spec => [spec.name, spec] as const))('%s', (_, spec) => {
  test('a query that forgets to ask whose it is shows what each right and scope may see', async () => {
    for (const acting of EVERYONE) {
      expect([name(acting), await keysOf(as(acting), spec)]).toEqual([name(acting), expectedKeys(spec, acting)])
    }
  })

  test('rows are added, changed and removed where each right and scope may', async () => {
    for (const acting of EVERYONE) {
      const db = as(acting)
      const { add, change, table, remove } = spec
      const done = {
        added: add === null ? [] : await where(db, customer => `insert into ${table} ${add.values(customer)}`),
        changed: await where(db, customer => `update ${table} set ${change.set} ${at(spec, customer)}`),
        removed: await where(db, customer => `delete from ${table} ${at(spec, customer)}`),
      }
      const may = { added: add === null ? [] : add.may(acting), changed: change.may(acting), removed: remove(acting) }
      expect([name(acting), done]).toEqual([name(acting), may])
    }
  })
})

test('no row moves to a customer that may not be changed, nor away from one', async () => {
  for (const spec of SPECS.filter(each => each.key === 'customer_id')) {
    for (const acting of EVERYONE.filter(({ scope }) => scope !== 'all')) {
      for (const [from, to] of [
        ['own', 'other'],
        ['other', 'own'],
        ['own', 'ended'],
      ] as const) {
        const moved = await changes(as(acting), `update ${spec.table} set customer_id = '${to}' ${at(spec, from)}`)
        expect([spec.name, name(acting), from, to, moved]).toEqual([spec.name, name(acting), from, to, false])
      }
    }
  }
})

test('what is shown of other customers is read-only', async () => {
  await database.owner.query(`update installation set unassigned = 'read-only'`)
  try {
    for (const spec of SPECS.filter(each => each.key !== null && each.table !== 'graph_secret')) {
      for (const acting of EVERYONE.filter(({ scope, right }) => scope !== 'all' && ['lead', 'engineer', 'reader'].includes(right))) {
        expect([spec.name, name(acting), await keysOf(as(acting), spec)]).toEqual([
          spec.name,
          name(acting),
          acting.scope === 'none' ? [] : [...TIES].sort(),
        ])
        const changed = await where(as(acting), customer => `update ${spec.table} set ${spec.change.set} ${at(spec, customer)}`)
        expect([spec.name, name(acting), changed]).toEqual([spec.name, name(acting), spec.change.may(acting)])
      }
    }
  } finally {
    await database.owner.query(`update installation set unassigned = 'hidden'`)
  }
})

describe('part of a customer is not the whole', () => {
  const set = (acting: Acting, customer: Tie, what: string) => changes(as(acting), `update customer set ${what} where id = '${customer}'`)
  const lead = { right: 'lead', scope: 'customers' } as const

  test.each([
    ['its name', `name = 'Mine'`, true, false],
    ['its segment', `segment = 'education'`, true, false],
    ['its team', `team_id = 'north'`, false, false],
    ['that it is archived', 'archived_at = now()', false, false],
    ['that it is a demo', 'is_demo = true', false, false],
    ['its id', `id = 'renamed'`, false, false],
  ])('%s', async (_, what, ofOwn, ofService) => {
    expect([await set(lead, 'own', what), await set(lead, 'service', what)]).toEqual([ofOwn, ofService])
    // Whoever does not tell facts does not tell these either.
    expect(await set({ right: 'engineer', scope: 'customers' }, 'own', what)).toBe(false)
  })

  test('a team and an archive are given by those who manage people; nobody makes a demo of a customer', async () => {
    const all = { right: 'lead', scope: 'all' } as const
    expect([await set(all, 'other', `team_id = 'north'`), await set(all, 'other', 'archived_at = now()')]).toEqual([true, true])
    expect(await set({ right: 'administrator', scope: 'all' }, 'other', 'is_demo = true')).toBe(false)
  })

  test('an engagement is not cancelled by whoever is assigned to a service', async () => {
    const cancel = (customer: Tie) =>
      `update engagement set state = 'cancelled', cancel_reason = 'x', closed_at = now() where customer_id = '${customer}'`
    expect(await where(as(lead), cancel)).toEqual(['own', 'cover'])
  })

  test.each([
    ['taken over by changing its service', `update item set service = 'teams' where customer_id = 'service' and id = 'marked@exchange'`],
    [
      'changed and taken over at once',
      `update item set service = 'teams', note = 'x' where customer_id = 'service' and id = 'marked@exchange'`,
    ],
    ['given another name', `update item set id = 'marked2@teams' where customer_id = 'service' and id = 'marked@exchange'`],
    ['put in the place of another', `update item set step = 'z' where customer_id = 'service' and id = 'marked@exchange'`],
    ['removed', `delete from item where customer_id = 'service' and id = 'marked@exchange'`],
    ['handed to a service of somebody else', `update item set service = 'exchange' where customer_id = 'service' and id = 'marked@teams'`],
    ['told of another service', `update fact set service = 'exchange', name = 'g' where customer_id = 'service' and service = 'teams'`],
  ])('an item or fact of another service is not %s', async (_, statement) => {
    expect(await changes(as(lead), statement)).toBe(false)
    expect(await changes(as({ right: 'lead', scope: 'all' }), statement)).toBe(true)
  })
})

test('the record of a real customer stays, whoever asks; that of a demo goes with it', async () => {
  const administrator = as({ right: 'administrator', scope: 'all' })
  await expect(sql`delete from event where customer_id = 'own'`.execute(administrator)).rejects.toMatchObject({ code: '23001' })
  await database.owner.query(`insert into customer (id, name, search_key, is_demo, created_at) values ('demo', 'D', 'd', true, now());
    insert into event values ('demo', 1, now(), 'rita', 'customer-added', '{}', null, 'x')`)
  expect((await sql`delete from event where customer_id = 'demo'`.execute(administrator)).numAffectedRows).toBe(1n)
  await database.owner.query(`delete from customer where id = 'demo'`)
})

describe('a connection on which nobody acts', () => {
  test.each(SPECS.map(spec => [spec.name, spec] as const))('sees and changes nothing of %s', async (_, spec) => {
    const client = new pg.Client({ connectionString: database.urls.app })
    await client.connect()
    try {
      expect((await client.query(`select from ${spec.table}`)).rowCount).toBe(0)
      const statements = [
        ...(spec.add ? TIES.map(customer => `insert into ${spec.table} ${spec.add?.values(customer)}`) : []),
        `update ${spec.table} set ${spec.change.set}`,
        `delete from ${spec.table}`,
      ]
      for (const statement of statements) {
        const done = await client.query(statement).then(
          ({ rowCount }) => (rowCount === 0 ? 'nothing' : statement),
          (error: pg.DatabaseError) => (error.code === '42501' ? 'nothing' : `${statement}: ${error.message}`),
        )
        expect(done).toBe('nothing')
      }
    } finally {
      await client.end()
    }
  })
})

describe('the catalogue', () => {
  const rowsOf = async (text: string) =>
    (await database.owner.query<Record<string, string>>(text)).rows.map(row => Object.values(row).join(' '))

  test('every table holds its policies, for its owner too', async () => {
    expect(
      await rowsOf(`select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
        and not (relrowsecurity and relforcerowsecurity)`),
    ).toEqual([])
  })

  test('a policy names no role and lets through by default nothing: each is permissive and has a condition', async () => {
    expect(
      await rowsOf(`select polrelid::regclass, polname from pg_policy where not polpermissive or polroles <> '{0}'
        or coalesce(pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)) = 'true'`),
    ).toEqual([])
  })

  test('views and functions run as whoever asks, but for these, which no temporary table can deceive', async () => {
    expect(
      await rowsOf(`select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm')
        and not coalesce('security_invoker=true' = any(reloptions), false)`),
    ).toEqual([])
    expect(await rowsOf(`select proname from pg_proc where pronamespace = 'public'::regnamespace and prosecdef order by 1`)).toEqual([
      'asked_customers',
      'expert_loads',
      'forget_contact',
      'is_being_added',
      'last_installation_event',
      'merged_target',
      'notes_with',
      'own_assignments',
      'own_customers',
      'reaches_expert',
      'sees_all',
      'team_customers',
      'whole_customers',
      'writable_customers',
      'writes_service',
    ])
    // Those that read tables; the others only compare settings.
    expect(
      await rowsOf(`select proname from pg_proc p join pg_language l on l.oid = p.prolang where pronamespace = 'public'::regnamespace
        and prokind = 'f' and (prosecdef or lanname = 'plpgsql') and not 'search_path=pg_catalog, public, pg_temp' = any(coalesce(proconfig, '{}'))`),
    ).toEqual([])
  })

  test('the roles of the program own nothing, bypass nothing and are members of nothing', async () => {
    expect(
      await rowsOf(`select rolname from pg_roles where rolname in ('impulso_app', 'impulso_auth')
        and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)
      union select roleid::regrole::text from pg_auth_members where member::regrole::text in ('impulso_app', 'impulso_auth')
      union select relname from pg_class where relowner::regrole::text in ('impulso_app', 'impulso_auth')`),
    ).toEqual([])
  })

  test('a new table of customers gets the standard policies, any other shows nothing', async () => {
    const fresh = await testDatabase()
    try {
      const sql = `create table thing (customer_id text not null references customer, id text, primary key (customer_id, id));
        create table odd (id text); insert into odd values ('x')`
      await migrate(fresh.urls.owner, [...readMigrations(), { version: 9999, name: '9999_thing.sql', sql }])
      await fresh.owner.query(`${WORLD} insert into thing select id, 'x' from customer`)
      const see = async (acting: Acting, table: string) =>
        (
          await fresh
            .as(actor(acting))
            .selectFrom(table as 'tenant')
            .select('id')
            .execute()
        ).length
      expect(await see({ right: 'engineer', scope: 'customers' }, 'thing')).toBe(3)
      expect(await see({ right: 'engineer', scope: 'all' }, 'thing')).toBe(TIES.length)
      expect(await see({ right: 'administrator', scope: 'all' }, 'odd')).toBe(0)
    } finally {
      await fresh.close()
    }
  })
})
