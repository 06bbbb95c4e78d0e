import { sql } from 'kysely'
import type { AuthDb } from './auth-database.ts'
import type { AuthRow, NewAuthRow } from './auth-tables.ts'

/** Password accounts carry this provider and the person's own id, as the sign-in library has it. */
export const PASSWORD_PROVIDER = 'credential'
/** The one provider of single sign-on. */
export const SSO_PROVIDER = 'sso'

export const findUser = (db: AuthDb, id: string): Promise<AuthRow<'user'> | undefined> =>
  db.selectFrom('user').selectAll().where('id', '=', id).executeTakeFirst()

export const findUserByEmail = (db: AuthDb, email: string): Promise<AuthRow<'user'> | undefined> =>
  db.selectFrom('user').selectAll().where('email', '=', email.toLowerCase()).executeTakeFirst()

/** By name, then id; those whose name or address contains `q`. `after` is the last person of the page before. */
export function listUsers(
  db: AuthDb,
  { q, limit, after }: { q?: string | undefined; limit: number; after?: { name: string; id: string } | undefined },
): Promise<AuthRow<'user'>[]> {
  let query = db.selectFrom('user').selectAll().orderBy('name').orderBy('id').limit(limit)
  if (q) {
    const part = `%${q.replace(/[\\%_]/g, '\\$&')}%`
    query = query.where(eb => eb.or([eb('name', 'ilike', part), eb('email', 'ilike', part)]))
  }
  if (after) query = query.where(sql<boolean>`(name, id) > (${after.name}, ${after.id})`)
  return query.execute()
}

const count = async (db: AuthDb, administrators: boolean): Promise<number> => {
  let query = db.selectFrom('user').select(eb => eb.fn.countAll<string>().as('count'))
  if (administrators)
    query = query
      .where('access_right', '=', 'administrator')
      .where('access_scope', '=', 'all')
      .where('disabled_at', 'is', null)
      .where('invited_at', 'is', null)
  return Number((await query.executeTakeFirstOrThrow()).count)
}
export const countUsers = (db: AuthDb): Promise<number> => count(db, false)

/** Administrators of everything who can sign in: neither disabled nor still invited. */
export const countAdministrators = (db: AuthDb): Promise<number> => count(db, true)

/** Until the end of the transaction nobody else adds, takes away or counts administrators. */
export const lockAdministrators = (trx: AuthDb): Promise<unknown> => sql`select pg_advisory_xact_lock(4106)`.execute(trx)

export async function saveUser(db: AuthDb, user: NewAuthRow<'user'>): Promise<void> {
  await db.insertInto('user').values(user).execute()
}

export async function changeUser(
  db: AuthDb,
  id: string,
  change: Partial<Omit<AuthRow<'user'>, 'id'>>,
): Promise<AuthRow<'user'> | undefined> {
  return db
    .updateTable('user')
    .set({ ...change, updated_at: new Date() })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()
}

/** Everything that hangs on the account goes with it. */
export async function deleteUser(db: AuthDb, id: string): Promise<boolean> {
  await db.deleteFrom('verification').where('value', '=', id).execute()
  return (await db.deleteFrom('user').where('id', '=', id).executeTakeFirst()).numDeletedRows > 0n
}

export const findAccount = (db: AuthDb, provider: string, accountId: string): Promise<AuthRow<'account'> | undefined> =>
  db.selectFrom('account').selectAll().where('provider_id', '=', provider).where('account_id', '=', accountId).executeTakeFirst()

export const accountsOf = (db: AuthDb, userId: string): Promise<AuthRow<'account'>[]> =>
  db.selectFrom('account').selectAll().where('user_id', '=', userId).orderBy('provider_id').execute()

/** Providers of many people at once, without what is secret. */
export const accountsOfAll = async (db: AuthDb, userIds: readonly string[]) =>
  userIds.length === 0
    ? []
    : db
        .selectFrom('account')
        .select(['user_id', 'provider_id', sql<boolean>`password is not null`.as('has_password')])
        .where('user_id', 'in', userIds)
        .execute()

/** How many passkeys each has; who has none is not in it. */
export async function countPasskeys(db: AuthDb, userIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (userIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('passkey')
    .select(eb => ['user_id', eb.fn.countAll<string>().as('count')])
    .where('user_id', 'in', userIds)
    .groupBy('user_id')
    .execute()
  return new Map(rows.map(row => [row.user_id, Number(row.count)]))
}

export async function saveAccount(db: AuthDb, account: Omit<NewAuthRow<'account'>, 'updated_at'>): Promise<void> {
  const updated_at = new Date()
  await db
    .insertInto('account')
    .values({ ...account, updated_at })
    .onConflict(conflict => conflict.columns(['provider_id', 'account_id']).doUpdateSet({ password: account.password, updated_at }))
    .execute()
}

export const passkeysOf = (db: AuthDb, userId: string): Promise<AuthRow<'passkey'>[]> =>
  db
    .selectFrom('passkey')
    .select(['id', 'user_id', 'name', 'device_type', 'backed_up', 'aaguid', 'created_at'])
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .execute()

/** Takes the second factor away: secret and backup codes with it. */
export async function removeTwoFactor(db: AuthDb, userId: string): Promise<void> {
  await db.deleteFrom('two_factor').where('user_id', '=', userId).execute()
  await changeUser(db, userId, { two_factor_enabled: false })
}
