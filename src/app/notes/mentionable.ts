import type { MentionablePeople } from '../../model/note-api.ts'
import { findTies } from '../../store/access.ts'
import type { Db } from '../../store/database.ts'
import { tiedPeople } from '../../store/notes.ts'
import type { Auth } from '../auth/auth.ts'
import { type Context, todayOf } from '../context.ts'
import { visibleCustomer } from '../customers/visible.ts'
import { everyPerson } from '../people/every-person.ts'
import type { Actor } from '../policy.ts'

type People = MentionablePeople['people']

/** Who can be mentioned in a note of this customer. */
export async function getMentionable(
  context: Context,
  auth: Pick<Auth, 'listPeople'>,
  actor: Actor,
  customerId: string,
): Promise<MentionablePeople> {
  await visibleCustomer(context, actor, customerId)
  return { people: await mentionable(context.db, context, auth, customerId) }
}

/** Those with an account who may see the customer, by name. */
export async function mentionable(
  db: Db,
  context: Pick<Context, 'now'>,
  auth: Pick<Auth, 'listPeople'>,
  customerId: string,
): Promise<People> {
  const today = todayOf(context)
  const tied = new Map((await tiedPeople(db, customerId, today)).map(each => [each.id, each]))
  // What the installation shows of others is the same for everybody.
  const { unassigned } = await findTies(db, { personId: '', customerId, today })
  return (await everyPerson(auth))
    .filter(({ id, scope, state }) => {
      if (state === 'disabled') return false
      const tie = tied.get(id)
      return scope === 'all' || unassigned === 'read-only' || tie?.isAssigned === true || (scope === 'team' && tie !== undefined)
    })
    .map(({ id, name }) => ({ id, name }))
}

/** People whose `@Name` stands in a text; of two names that fit the longer one counts. */
export function mentionsIn(body: string, people: People): People {
  const byLength = [...people].sort((a, b) => b.name.length - a.name.length)
  const found = new Map<string, People[number]>()
  for (const { index } of body.matchAll(/(?<![\p{L}\p{N}])@/gu)) {
    const rest = body.slice(index + 1).toLowerCase()
    const named = byLength.find(({ name }) => rest.startsWith(name.toLowerCase()) && !/^[\p{L}\p{N}]/u.test(rest.slice(name.length)))
    if (named) found.set(named.id, named)
  }
  return [...found.values()]
}
