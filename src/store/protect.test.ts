import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AppError } from '../model/errors.ts'
import { openCluster } from './cluster.ts'
import { openDatabase } from './database.ts'
import { migrate } from './migrate.ts'
import { prepareRoles } from './protect.ts'
import { type TestDatabase, testDatabase } from './testing.ts'
import { ME, PROBE, SPECS, TIES, TODAY, WORLD } from './testing-rows.ts'

/** What somebody gets who may send any statement over the program's own connection. */
let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
  await database.owner.query(WORLD)
  // What a copy of a template does not copy: rights on the database itself.
  await migrate(database.urls.owner)
})
afterAll(() => database.close())

const NAMES = { person: ME, right: 'lead', scope: 'customers', today: TODAY }
const OWN = ['cover', 'own', 'service']

async function login(url: string, names: Partial<typeof NAMES> = NAMES): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  for (const [name, value] of Object.entries(names)) await client.query('select set_config($1, $2, false)', [`impulso.${name}`, value])
  return client
}
const seen = async (client: pg.ClientBase) =>
  (await client.query<{ id: string }>('select id from customer order by id')).rows.map(row => row.id)

async function withLogin(use: (client: pg.Client) => Promise<void>, url = database.urls.app): Promise<void> {
  const client = await login(url)
  try {
    await use(client)
  } finally {
    await client.end()
  }
}

describe('the program’s login', () => {
  test.each([
    'set role impulso',
    'set role impulso_auth',
    'set session authorization impulso',
    'set session_replication_role = replica',
    'alter table customer disable row level security',
    'alter table customer no force row level security',
    'alter table event disable trigger all',
    'alter table customer owner to impulso_app',
    'drop policy seen on customer',
    'create policy mine on customer using (true)',
    'alter policy seen on customer using (true)',
    'drop trigger item_writer_update on item',
    'drop table customer',
    'truncate customer cascade',
    'truncate event',
    'update event set body = body',
    'delete from installation_event',
    `insert into schema_version values (9999, 'x')`,
    'create table mine (id text)',
    'create temporary table assignment (customer_id text)',
    'create view mine as select * from customer',
    'create schema mine',
    'create function mine() returns text language sql as $$ select 1::text $$',
    'create or replace function sees_all() returns boolean language sql as $$ select true $$',
    'alter function own_customers() security invoker',
    'alter function own_customers() reset search_path',
    'alter role impulso_app bypassrls',
    'alter role impulso_app superuser',
    'create role mine',
    'grant impulso to impulso_app',
    'create database mine',
    'alter database postgres set row_security = off',
    `alter system set listen_addresses = '*'`,
    'create extension plpython3u',
    'select * from auth.user',
    'select * from auth.session',
    'insert into auth.rate_limit values (null, null, 1, 1)',
    'create table pgboss.mine (id text)',
    'drop table pgboss.job',
    'truncate pgboss.job',
    'alter table pgboss.queue add column mine text',
    'delete from pgboss.queue',
    'select * from pg_authid',
    'select * from pg_shadow',
    'select * from pg_statistic',
    'select * from pg_largeobject',
    `select pg_read_file('/etc/passwd')`,
    `select pg_read_binary_file('postgresql.conf')`,
    `select pg_ls_dir('.')`,
    `select pg_stat_file('/etc/passwd')`,
    `select lo_import('/etc/passwd')`,
    `copy customer to '/tmp/impulso-customers'`,
    `copy customer to program 'id'`,
    `copy customer from program 'id'`,
    'select pg_reload_conf()',
    'select pg_terminate_backend(pid) from pg_stat_activity where usename = $$impulso$$',
    `select pg_logical_emit_message(true, 'x', 'y') from pg_create_logical_replication_slot('x', 'pgoutput')`,
    `do language plpgsql $$ begin execute 'set local role impulso'; end $$`,
  ])('is refused: %s', statement =>
    withLogin(async client => {
      const refused = await client.query(statement).then(
        () => 'done',
        (error: pg.DatabaseError) => error.code,
      )
      expect(refused).toBe('42501')
      expect(await seen(client)).toEqual(OWN)
    }),
  )

  test.each([
    'set role none',
    'reset role',
    'set session authorization default',
    'reset session authorization',
    'reset all',
    'discard all',
  ])('stays itself after %s', statement =>
    withLogin(async client => {
      await client.query(statement)
      const { rows } = await client.query('select current_user::text as role, session_user::text as login')
      expect(rows).toEqual([{ role: 'impulso_app', login: 'impulso_app' }])
      expect((await seen(client)).length).toBeLessThanOrEqual(OWN.length)
    }),
  )

  test('cannot leave the policies out: what asks for it fails instead', () =>
    withLogin(async client => {
      await client.query('set row_security = off')
      await expect(client.query('select from customer')).rejects.toMatchObject({ code: '42501' })
    }))

  test('learns nothing of other rows from a function of its own, the planner or an error', () =>
    withLogin(async client => {
      // Evaluated before the policy it would fail at another customer's row, and tell its name.
      await expect(client.query(`select from customer where id in ('own', 'other') and (name || id)::text <> ''`)).resolves.toMatchObject({
        rowCount: 1,
      })
      await expect(
        client.query(`select from customer where case when id = 'other' then 1 / (length(id) - 5) = 1 else true end`),
      ).resolves.toMatchObject({
        rowCount: OWN.length,
      })
      expect((await client.query(`select from pg_stats where schemaname = 'public' and tablename = 'customer'`)).rowCount).toBe(0)
      // An id that is taken is refused like one that is free: neither may be added.
      for (const id of ['other', 'free'])
        await expect(
          client.query(`insert into customer (id, name, search_key, created_at) values ($1, 'x', 'x', now())`, [id]),
        ).rejects.toMatchObject({ code: '42501' })
    }))
})

/** Everything a definer function or a trigger reads, as the one who acts would like it to be. */
const SHADOWS = `
create temporary table installation as select true as is_only, 'read-only'::text as unassigned;
create temporary table assignment as select id as customer_id, 'x'::text as id, '${ME}'::text as person_id, null::text as service,
  date '2026-01-01' as since, null::date as until from unnest(array['other', 'ended']) as id;
create temporary table team_member as select 'south'::text as team_id, '${ME}'::text as person_id;
create temporary table customer as select 'other'::text as id, 'south'::text as team_id, true as is_demo;
create temporary table item (customer_id text, service text);
create temporary table engagement (id text);
create temporary table installation_event as select 7 as seq, 'forged'::text as hash;
grant all on all tables in schema pg_temp to public`

describe('tables of the same name in front of ours', () => {
  test.each(['"$user", public', 'pg_temp, public', 'pg_temp'])('deceive no policy and no check, with the search path %s', path =>
    withLogin(async client => {
      await database.owner.query(`grant temporary on database ${client.database} to public`)
      try {
        await client.query(SHADOWS)
        await client.query(`set search_path = ${path}`)
        const { rows } = await client.query(`select public.sees_all() as all, public.writes_service('other', 'teams') as other,
          array(select public.own_customers() order by 1) as own, array(select public.whole_customers() order by 1) as whole,
          (select count(*)::int from public.customer) as customers, (select hash from public.last_installation_event()) as hash`)
        expect(rows).toEqual([{ all: false, other: false, own: OWN, whole: ['cover', 'own'], customers: 3, hash: 'x' }])
        await expect(
          client.query(`update public.item set note = 'x' where customer_id = 'service' and id = 'marked@exchange'`),
        ).rejects.toMatchObject({ code: path === 'pg_temp' ? '42883' : '42501' })
      } finally {
        await database.owner.query(`revoke temporary on database ${client.database} from public`)
      }
    }),
  )

  test('run nothing as the owner of the tables', () =>
    withLogin(async client => {
      await database.owner.query(`grant temporary on database ${client.database} to public`)
      try {
        await client.query(
          `create function pg_temp.caught() returns text language plpgsql as $$ begin raise exception 'ran as %', current_user; end $$`,
        )
        for (const table of ['assignment', 'installation', 'team_member', 'customer']) {
          await client.query(`create temporary view ${table} as select pg_temp.caught() as person_id, pg_temp.caught() as unassigned,
            pg_temp.caught() as customer_id, pg_temp.caught() as team_id, pg_temp.caught() as id`)
        }
        await client.query('grant select on all tables in schema pg_temp to public')
        const { rows } = await client.query('select array(select public.own_customers() order by 1) as own, public.sees_all() as all')
        expect(rows).toEqual([{ own: OWN, all: false }])
      } finally {
        await database.owner.query(`revoke temporary on database ${client.database} from public`)
      }
    }))
})

describe('the login of the sign-in library', () => {
  test.each([
    'select from customer',
    'select from person',
    'select public.own_customers()',
    'select from public.last_installation_event()',
    'set role impulso_app',
  ])('is refused: %s', statement =>
    withLogin(async client => {
      await client.query('set search_path = auth, public')
      await expect(client.query(statement)).rejects.toMatchObject({ code: '42501' })
    }, database.urls.auth),
  )
})

/** A server of one's own: the account of DATABASE_URL owns the database and is no superuser. */
describe('an account that is no superuser', () => {
  const name = `acc_${randomBytes(6).toString('hex')}`
  const own = (url: string) => {
    const address = new URL(url)
    address.username = name
    address.password = name
    address.pathname = `/${name}`
    return address.href
  }
  beforeAll(async () => {
    await database.owner.query(`create role ${name} login password '${name}' nosuperuser nobypassrls`)
    await database.owner.query(`create database ${name} owner ${name} template template0`)
  })

  test('that has not got the role is refused, and told what to do', async () => {
    await expect(prepareRoles(own(database.urls.owner))).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(new RegExp(`needs the role impulso_app.*grant impulso_app, impulso_auth to "${name}";$`)),
    })
  })

  test('with a wrong password or database is told so, and the password is not', async () => {
    for (const [part, value, reason] of [
      ['password', 'not-this-one', 'password authentication failed'],
      ['pathname', '/nothing-here', 'does not exist'],
      ['port', '1', 'ECONNREFUSED'],
    ] as const) {
      const url = new URL(own(database.urls.owner))
      url[part] = value
      const refused = await prepareRoles(url.href).catch((error: AppError) => error)
      expect(refused).toMatchObject({ code: 'unavailable', message: expect.stringContaining(reason) })
      expect(String(refused)).not.toContain(url.password === name ? `:${name}@` : url.password)
    }
  })

  test('migrates, and the program under it sees what its people may', async () => {
    await database.owner.query(`grant impulso_app, impulso_auth to ${name}`)
    const urls = await prepareRoles(own(database.urls.owner))
    await migrate(urls.owner)
    expect(await migrate(urls.owner)).toEqual([])
    const owner = new pg.Client({ connectionString: urls.owner })
    await owner.connect()
    const opened = openDatabase(urls.app)
    try {
      await owner.query(PROBE + WORLD)
      // The owner is held too, but for its own policy: what it may not do as the program it may do as itself.
      expect((await owner.query('select id from customer')).rowCount).toBe(TIES.length)
      const { rows } = await owner.query(`select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
        and not (relrowsecurity and relforcerowsecurity)`)
      expect(rows).toEqual([])
      for (const [scope, count] of [
        ['all', TIES.length],
        ['team', 4],
        ['customers', 3],
        ['services', 3],
        ['', 0],
      ] as const) {
        const db = opened.as({ personId: ME, right: 'lead', scope, today: TODAY })
        expect([scope, (await db.selectFrom('customer').select('id').execute()).length]).toEqual([scope, count])
      }
      const client = await login(urls.app)
      const { rows: role } = await client.query(`select current_user::text as role,
        probe.changes($$update item set note = 'x' where customer_id = 'service' and id = 'marked@teams'$$) as teams,
        probe.changes($$update item set note = 'x' where customer_id = 'service' and id = 'marked@exchange'$$) as exchange,
        probe.changes($$update fact set value = '2' where customer_id = 'other'$$) as other`)
      expect(role).toEqual([{ role: 'impulso_app', teams: true, exchange: false, other: false }])
      for (const { table } of SPECS) {
        await client.query(`select set_config('impulso.scope', '', false)`)
        expect([table, (await client.query(`select from ${table}`)).rowCount]).toEqual([table, 0])
      }
      await client.end()
    } finally {
      await opened.close()
      await owner.end()
    }
  })
})

test('a pooler that drops the role is not used: the program would act as the owner', async () => {
  const to = new URL(database.urls.owner)
  const pooler = createServer(from => {
    const server = connect(Number(to.port), to.hostname)
    from.once('data', first => {
      server.write(withoutOptions(Buffer.from(first.toString('latin1'), 'latin1')))
      from.pipe(server)
    })
    server.pipe(from).on('error', () => {})
    server.on('error', () => {})
  })
  await new Promise<void>(done => pooler.listen(0, '127.0.0.1', done))
  const url = new URL(to)
  // A server that listens on TCP has such an address.
  url.port = String((pooler.address() as AddressInfo).port)
  try {
    await expect(prepareRoles(url.href)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/come in as impulso and not as impulso_app.*not a connection pooler/),
    })
  } finally {
    await new Promise(done => pooler.close(done))
  }
})

/** The first message of a connection: its length, the protocol, then names and values that end with a zero each. */
function withoutOptions(message: Buffer): Buffer {
  const words = message.subarray(8).toString().split('\0')
  const at = words.indexOf('options')
  if (at >= 0) words.splice(at, 2)
  const rest = Buffer.from(words.join('\0'))
  const head = Buffer.from(message.subarray(0, 8))
  head.writeInt32BE(rest.length + 8)
  return Buffer.concat([head, rest])
}

test('a role that gets around the policies is not used', async () => {
  // On a server of its own: roles are shared by all databases of one.
  const folder = mkdtempSync(join(tmpdir(), 'impulso-roles-'))
  const cluster = await openCluster(folder, { unsafeFast: true })
  try {
    const client = new pg.Client({ connectionString: cluster.urls.owner })
    await client.connect()
    for (const [change, back] of [
      ['impulso_auth bypassrls', 'impulso_auth nobypassrls'],
      ['impulso_app superuser', 'impulso_app nosuperuser'],
    ]) {
      await client.query(`alter role ${change}`)
      await expect(prepareRoles(cluster.urls.owner)).rejects.toMatchObject({
        code: 'unavailable',
        message: expect.stringContaining('gets around row-level security; alter it with nosuperuser nobypassrls'),
      })
      await client.query(`alter role ${back}`)
    }
    await client.end()
  } finally {
    await cluster.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
