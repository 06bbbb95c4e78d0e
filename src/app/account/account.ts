import type { MadeKey, MakeKey, OwnAccount } from '../../model/admin-api.ts'
import { AppError } from '../../model/errors.ts'
import type { Text } from '../../model/words.ts'
import { assignmentsOf } from '../../store/assignments.ts'
import type { Auth } from '../auth/auth.ts'
import type { SignedIn } from '../auth/types.ts'
import { type Context, todayOf } from '../context.ts'
import { askerOf } from '../people/asker.ts'
import { personView } from '../people/person-view.ts'
import { type Actor, authorize } from '../policy.ts'

/** Who one is here, where one is signed in, and what one's access rests on. */
export async function getAccount(context: Context, auth: Auth, actor: Actor, person: SignedIn): Promise<OwnAccount> {
  authorize(actor, 'see-own')
  const [view, sessions, ways, keys, assignments] = await Promise.all([
    personView(context.db, auth, person.id),
    auth.listSessions(person.id, person.sessionId),
    auth.waysInOf(person.id),
    auth.listKeys(person.id),
    assignmentsOf(context.db, person.id, todayOf(context)),
  ])
  return {
    person: view,
    sessions,
    passkeys: ways.passkeys.map(({ id, name, createdAt }) => ({ id, name, createdAt })),
    keys: keys.map(({ id, name, start, scopes, expiresAt, lastUsedAt }) => ({
      id,
      name,
      start,
      scopes: [...scopes],
      expiresAt,
      lastUsedAt,
    })),
    assignments: assignments.map(row => ({
      customer: { id: row.customer_id, name: row.customer },
      role: row.role,
      service: row.service,
      until: row.until,
      covers: row.absent,
    })),
  }
}

/** Ends one session of one's own; sign-in puts it on record. Another's is answered like one that is not there. */
export async function endSession(context: Context, auth: Auth, actor: Actor, person: SignedIn, id: string): Promise<OwnAccount> {
  authorize(actor, 'change-own')
  if (!(await auth.revokeSession(person.id, id, askerOf(actor)))) throw new AppError('not-found', `you have no session ${id}`)
  return getAccount(context, auth, actor, person)
}

/** Ends all sessions but the one that asks. */
export async function endOtherSessions(context: Context, auth: Auth, actor: Actor, person: SignedIn): Promise<OwnAccount> {
  authorize(actor, 'change-own')
  await auth.revokeOthers(person.id, person.sessionId, askerOf(actor))
  return getAccount(context, auth, actor, person)
}

const SIGN_IN_AGAIN: Text = {
  en: 'sign in again first: a key outlives the session, so it is made by somebody who has just signed in',
  'pt-BR': 'entre novamente antes: uma chave dura mais que a sessão, por isso é criada por quem acabou de entrar',
}

/** Makes a personal key, shown this once; for somebody who signed in lately, never with another key. */
export async function makeKey(context: Context, auth: Auth, actor: Actor, person: SignedIn, input: MakeKey): Promise<MadeKey> {
  authorize(actor, 'change-own')
  if (!(await auth.isFresh(person))) {
    throw new AppError('forbidden', SIGN_IN_AGAIN.en ?? '', { details: { reason: SIGN_IN_AGAIN, code: 'sign-in-again' } })
  }
  const { key } = await auth.createKey({ personId: person.id, ...input }, askerOf(actor))
  return { key, account: await getAccount(context, auth, actor, person) }
}

export async function removeKey(context: Context, auth: Auth, actor: Actor, person: SignedIn, id: string): Promise<OwnAccount> {
  authorize(actor, 'change-own')
  if (!(await auth.deleteKey(person.id, id, askerOf(actor)))) throw new AppError('not-found', `you have no key ${id}`)
  return getAccount(context, auth, actor, person)
}
