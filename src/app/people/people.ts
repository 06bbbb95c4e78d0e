import type { ChangePerson, Invitation, InvitePerson, PeoplePage, PeopleQuery, PersonView } from '../../model/admin-api.ts'
import { AppError } from '../../model/errors.ts'
import type { Text } from '../../model/words.ts'
import { savePeople } from '../../store/customers.ts'
import { findCapturedInvitation, setTeamsOf } from '../../store/people.ts'
import { findTeams } from '../../store/teams.ts'
import type { Auth } from '../auth/auth.ts'
import type { PersonAccount } from '../auth/types.ts'
import type { Context } from '../context.ts'
import { recordInstallation } from '../events/record.ts'
import { invalidField } from '../invalid-field.ts'
import { type Actor, authorize, SYSTEM } from '../policy.ts'
import { askerOf } from './asker.ts'
import { personView, personViews } from './person-view.ts'

/** Who may sign in, by name, a page at a time. */
export async function getPeople(context: Context, auth: Auth, actor: Actor, query: (typeof PeopleQuery)['_output']): Promise<PeoplePage> {
  authorize(actor, 'see-people')
  const { q, after, limit } = query
  const page = await auth.listPeople({ limit, ...(q === undefined ? {} : { q }), ...(after === undefined ? {} : { after }) })
  return { people: await personViews(context.db, auth, page.people), next: page.next }
}

/**
 * Asks somebody in by mail. The account comes first, in the schema of sign-in; the record follows at once. Throws `conflict` when the
 * address has an account, `invalid-input` for a team that is not there.
 */
export async function invitePerson(context: Context, auth: Auth, actor: Actor, input: InvitePerson): Promise<Invitation> {
  authorize(actor, 'manage-people')
  await refuseUnknownTeams(context, input.teams)
  const { teams, ...invited } = input
  const id = await auth.invite(invited, askerOf(actor))
  await context.db.transaction().execute(async trx => {
    await savePeople(trx, [{ id, name: input.name }])
    await setTeamsOf(trx, id, teams)
    const after = { right: input.right, scope: input.scope, teams: [...teams].sort(), disabled: false }
    await recordInstallation(trx, context, actor, { kind: 'person-invited', data: { person: id, before: null, after } })
  })
  return invitation(context, auth, id)
}

/** Mails a new link; the one before opens nothing any more. Throws `conflict` when the person is here already. */
export async function inviteAgain(context: Context, auth: Auth, actor: Actor, id: string): Promise<Invitation> {
  authorize(actor, 'manage-people')
  await auth.resendInvitation(id, askerOf(actor))
  await record(context, actor, 'person-invited', { person: id, before: null, after: null, again: true })
  return invitation(context, auth, id)
}

/** The link is in the mail. Where mail reaches nobody it is shown, to those who may read the mailbox anyway. */
async function invitation(context: Context, auth: Auth, id: string): Promise<Invitation> {
  const text = await findCapturedInvitation(context.db, id)
  return { person: await personView(context.db, auth, id), link: /https?:\/\/\S+\/invitation\S*/.exec(text ?? '')?.[0] ?? null }
}

/** Changes what is given. Nobody changes their own access; sign-in keeps the last administrator. */
export async function changePerson(
  context: Context,
  auth: Auth,
  actor: Actor,
  { id, teams, ...change }: ChangePerson & { id: string },
): Promise<PersonView> {
  authorize(actor, 'manage-people')
  const before = await auth.getPerson(id)
  if (id === actor.personId) refuseOwn(before, change)
  if (teams) await refuseUnknownTeams(context, teams)
  const teamsBefore = (await personView(context.db, auth, id)).teams.map(team => team.id)
  // Not by the person, even when it is: what follows below is the record of it.
  const after = await auth.changePerson(id, definedOf(change), { ...askerOf(actor), by: SYSTEM.personId })
  await context.db.transaction().execute(async trx => {
    await savePeople(trx, [{ id, name: after.name }])
    if (teams) await setTeamsOf(trx, id, teams)
    const told = [accessOf(before, teamsBefore), accessOf(after, teams ?? teamsBefore)] as const
    const isRenamed = before.name !== after.name
    if (!isRenamed && JSON.stringify(told[0]) === JSON.stringify(told[1])) return
    const kind = told[0].disabled === told[1].disabled ? 'person-changed' : told[1].disabled ? 'person-disabled' : 'person-enabled'
    await recordInstallation(trx, context, actor, { kind, data: { person: id, before: told[0], after: told[1], isRenamed } })
  })
  return personView(context.db, auth, id)
}

/** Ends every session of a person. */
export async function signOutPerson(context: Context, auth: Auth, actor: Actor, id: string): Promise<PersonView> {
  authorize(actor, 'manage-people')
  await auth.getPerson(id)
  const sessions = await auth.revokeAll(id, askerOf(actor))
  if (sessions > 0) await record(context, actor, 'sessions-ended', { person: id, before: { sessions }, after: { sessions: 0 } })
  return personView(context.db, auth, id)
}

/** What the record keeps of a person's access; names and addresses are not in it. */
const accessOf = (person: PersonAccount, teams: readonly string[]) => ({
  right: person.right,
  scope: person.scope,
  teams: [...teams].sort(),
  disabled: person.state === 'disabled',
})

const OWN: Text = {
  en: 'nobody changes their own access; ask another administrator',
  'pt-BR': 'ninguém altera o próprio acesso; peça a outro administrador',
}

function refuseOwn(person: PersonAccount, { right, scope, disabled }: ChangePerson): void {
  const isSame = (right ?? person.right) === person.right && (scope ?? person.scope) === person.scope && disabled !== true
  if (!isSame) throw new AppError('forbidden', OWN.en ?? '', { details: { reason: OWN } })
}

async function refuseUnknownTeams({ db }: Pick<Context, 'db'>, teams: readonly string[]): Promise<void> {
  if (teams.length === 0) return
  const known = new Set((await findTeams(db)).map(team => team.id))
  const unknown = teams.find(each => !known.has(each))
  if (unknown !== undefined) throw invalidField('teams', `there is no team ${unknown}`)
}

const record = (context: Context, actor: Actor, kind: string, data: Readonly<Record<string, unknown>>) =>
  context.db.transaction().execute(trx => recordInstallation(trx, context, actor, { kind, data }))

/** Without the fields that are absent: to sign-in, `undefined` is not the same as not given. */
const definedOf = ({ name, right, scope, disabled }: Omit<ChangePerson, 'teams'>) => ({
  ...(name === undefined ? {} : { name }),
  ...(right === undefined ? {} : { right }),
  ...(scope === undefined ? {} : { scope }),
  ...(disabled === undefined ? {} : { disabled }),
})
