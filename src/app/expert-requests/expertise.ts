import { AppError } from '../../model/errors.ts'
import type { Expertise, SetExpertise } from '../../model/expert-request-api.ts'
import { findProfile, saveProfile } from '../../store/expert-requests.ts'
import { addMissingPerson } from '../../store/person-traces.ts'
import type { Auth } from '../auth/auth.ts'
import type { Context } from '../context.ts'
import { recordInstallation } from '../events/record.ts'
import { invalidField } from '../invalid-field.ts'
import { type Actor, authorize } from '../policy.ts'
import { isExpertByRight, saidIn } from './experts.ts'

type Accounts = Pick<Auth, 'getPerson'>

/** What the actor says of themselves as an expert. */
export async function getOwnExpertise(context: Context, accounts: Accounts, actor: Actor): Promise<Expertise> {
  authorize(actor, 'answer-expert-request')
  return read(context, accounts, actor.personId)
}

export async function setOwnExpertise(context: Context, accounts: Accounts, actor: Actor, input: SetExpertise): Promise<Expertise> {
  authorize(actor, 'change-own')
  authorize(actor, 'answer-expert-request')
  return write(context, accounts, actor, { ...input, person: actor.personId })
}

/** What anybody knows, for those who manage people. Throws `not-found` without such an account. */
export async function getExpertise(context: Context, accounts: Accounts, actor: Actor, person: string): Promise<Expertise> {
  authorize(actor, 'see-people')
  return read(context, accounts, person)
}

export async function setExpertise(
  context: Context,
  accounts: Accounts,
  actor: Actor,
  input: SetExpertise & { person: string },
): Promise<Expertise> {
  authorize(actor, 'set-expertise')
  return write(context, accounts, actor, input)
}

async function read({ db, playbook }: Context, accounts: Accounts, personId: string): Promise<Expertise> {
  const account = await accounts.getPerson(personId)
  const row = await findProfile(db, personId)
  const said = saidIn(row)
  return {
    person: { id: personId, name: account.name },
    isExpert: row?.is_expert ?? false,
    skills: [...said.skills],
    services: [...said.services],
    languages: [...said.languages],
    regions: [...said.regions],
    atOnce: row?.at_once ?? null,
    isByRight: isExpertByRight(account),
    known: playbook.services.map(each => each.id),
    version: row?.version ?? 0,
  }
}

/** Throws `conflict` with what is kept when somebody else changed it after `version`. */
async function write(context: Context, accounts: Accounts, actor: Actor, input: SetExpertise & { person: string }): Promise<Expertise> {
  const account = await accounts.getPerson(input.person)
  const unknown = input.services.find(each => !context.playbook.services.some(({ id }) => id === each))
  if (unknown !== undefined) throw invalidField('services', `the playbook knows no service "${unknown}"`)
  await context.db.transaction().execute(async trx => {
    // Whose name the record already has keeps it: an erased one is not named anew.
    await addMissingPerson(trx, { id: input.person, name: account.name })
    await addMissingPerson(trx, { id: actor.personId, name: actor.name })
    const before = await findProfile(trx, input.person)
    const isSaved = await saveProfile(trx, {
      person_id: input.person,
      is_expert: input.isExpert,
      skills: sorted(input.skills),
      services: sorted(input.services),
      languages: sorted(input.languages),
      regions: sorted(input.regions),
      at_once: input.atOnce,
      changed_by: actor.personId,
      changed_at: context.now().toISOString(),
      version: input.version,
    })
    if (!isSaved) {
      throw new AppError('conflict', 'somebody else changed this meanwhile', {
        details: { theirs: await read({ ...context, db: trx }, accounts, input.person), version: before?.version ?? 0 },
      })
    }
    await recordInstallation(trx, context, actor, { kind: 'expertise-set', data: { person: input.person, version: input.version + 1 } })
  })
  return read(context, accounts, input.person)
}

/** Each once, in one order. */
const sorted = (values: readonly string[]) => [...new Set(values)].sort()
