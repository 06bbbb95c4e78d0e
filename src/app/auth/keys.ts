import { z } from 'zod'
import { AppError } from '../../model/errors.ts'
import type { AuthDb } from '../../store/auth-database.ts'
import { keysOf } from '../../store/auth-keys.ts'
import { findUser } from '../../store/auth-people.ts'
import type { Library } from './library.ts'
import type { KeyInfo, KeyScope, NewKey } from './types.ts'

const LONGEST_DAYS = 365
/** One person's programs; more is a program that forgets its key. */
const MOST_KEYS = 20
/** The library keeps permissions per resource; the whole API is one. */
const RESOURCE = 'impulso'

const NewKeyShape = z.object({
  name: z.string().trim().min(1, 'a name that says what the key is for').max(64, 'a name of at most 64 characters'),
  scopes: z
    .array(z.enum(['read', 'write']))
    .min(1, 'read, write or both')
    .transform(scopes => [...new Set(scopes)]),
  days: z.number().int().min(1, 'at least 1 day').max(LONGEST_DAYS, `at most ${LONGEST_DAYS} days`),
})

/** Makes a personal key; `key` is the only time it can be read. Throws `invalid-input`, `not-found`, `conflict` when there are too many. */
export async function createKey(
  library: Library,
  db: AuthDb,
  given: NewKey,
): Promise<Readonly<{ id: string; key: string; expiresAt: string }>> {
  const parsed = NewKeyShape.safeParse(given)
  if (!parsed.success) {
    const faults = parsed.error.issues.map(issue => ({ path: issue.path.join('.'), message: issue.message }))
    throw new AppError('invalid-input', faults.map(fault => `${fault.path}: ${fault.message}`).join('; '), { details: faults })
  }
  const { name, scopes, days } = parsed.data
  const user = await findUser(db, given.personId)
  if (!user || user.disabled_at) throw new AppError('not-found', 'there is no such person')
  if ((await keysOf(db, user.id)).length >= MOST_KEYS)
    throw new AppError('conflict', `a person has at most ${MOST_KEYS} keys; delete one first`)
  const made = await library.api.createApiKey({
    body: { userId: user.id, name, expiresIn: days * 24 * 3600, permissions: { [RESOURCE]: scopes } },
  })
  if (!made.expiresAt) throw new Error('a key without an end was made')
  return { id: made.id, key: made.key, expiresAt: made.expiresAt.toISOString() }
}

export async function listKeys(db: AuthDb, personId: string): Promise<KeyInfo[]> {
  return (await keysOf(db, personId)).map(row => ({
    id: row.id,
    name: row.name ?? '',
    start: row.start ?? '',
    scopes: scopesOf(row.permissions === null ? null : JSON.parse(row.permissions)),
    createdAt: row.created_at.toISOString(),
    // Every key has an end; one that had none has ended.
    expiresAt: (row.expires_at ?? row.created_at).toISOString(),
    lastUsedAt: row.last_request?.toISOString() ?? null,
  }))
}

const Permissions = z.object({ [RESOURCE]: z.array(z.string()) })

/** What kept permissions allow; nothing when they cannot be read. */
export function scopesOf(permissions: unknown): KeyScope[] {
  const parsed = Permissions.safeParse(permissions)
  return (['read', 'write'] as const).filter(scope => parsed.success && parsed.data[RESOURCE].includes(scope))
}
