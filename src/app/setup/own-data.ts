import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { SetUpDone, StartOwnData } from '../../model/admin-api.ts'
import { AppError } from '../../model/errors.ts'
import { savePeople } from '../../store/customers.ts'
import { violationOf } from '../../store/database.ts'
import { forgetAnswers } from '../../store/idempotency.ts'
import { forgetPerson } from '../../store/people.ts'
import { lockDemoCustomers, removeDemoCustomers, removeEmptyTeams } from '../../store/remove-customers.ts'
import type { Auth } from '../auth/auth.ts'
import { hasDemoAccounts } from '../auth/people.ts'
import type { Context } from '../context.ts'
import { DEMO_PEOPLE, DEMO_TEAMS } from '../demo/people.ts'
import { recordInstallation } from '../events/record.ts'
import { everyPerson } from '../people/every-person.ts'
import { type Actor, authorize, SYSTEM } from '../policy.ts'

/** Customers that go together. */
const BATCH = 250

/**
 * Ends the demo: makes the first real administrator, then takes away the demo customers with all that is known of them, the invented
 * people and teams, and last the accounts whose passwords are printed. Customers of one's own stay. Cut off, it may be asked again with
 * the same address. Throws `conflict` outside of a demo, `invalid-input` for a weak password, before anything is gone.
 */
export async function startOwnData(context: Context, auth: Auth, actor: Actor, input: StartOwnData): Promise<SetUpDone> {
  authorize(actor, 'manage-people')
  if (!(await hasDemoAccounts(auth))) throw new AppError('conflict', 'this is no demo: there is nothing to take away')
  const id = await newAdministrator(context, auth, input)
  const system = context.as(SYSTEM)
  await system.db.transaction().execute(trx =>
    recordInstallation(trx, context, actor, {
      kind: 'own-data-started',
      data: { person: id, before: null, after: { right: 'administrator', scope: 'all' } },
    }),
  )
  const removedCustomers = await removeCustomers(system)
  await removePeople(system, auth)
  context.log('info', `the demo was taken away: ${removedCustomers} customers`)
  return { email: input.email.toLowerCase(), removedCustomers }
}

/** Answers the id of the account. One that an earlier call, cut off, made is taken as it is. */
async function newAdministrator(context: Context, auth: Auth, input: StartOwnData): Promise<string> {
  const found = await auth.findByEmail(input.email.toLowerCase())
  const account = found === undefined ? undefined : await auth.getPerson(found)
  if (account && (account.isDemo || account.right !== 'administrator' || account.state !== 'active')) {
    throw new AppError('conflict', `${account.email} has an account already`)
  }
  const id = account?.id ?? (await auth.addPerson({ ...input, right: 'administrator', scope: 'all' }))
  await context
    .as(SYSTEM)
    .db.transaction()
    .execute(trx => savePeople(trx, [{ id, name: account?.name ?? input.name }]))
  return id
}

async function removeCustomers({ db, reports }: Context): Promise<number> {
  let removed = 0
  for (let ids: readonly string[] = ['']; ids.length > 0; removed += ids.length) {
    ids = await db.transaction().execute(async trx => {
      const batch = await lockDemoCustomers(trx, BATCH)
      if (batch.length > 0) await removeDemoCustomers(trx, batch)
      return batch
    })
    // The ids are those of the database, which lets no others in.
    for (const id of ids) await rm(join(reports, id), { recursive: true, force: true })
  }
  return removed
}

/** Accounts first: nobody signs in with a printed password while the rest goes. Whom the record names stays as a name. */
async function removePeople({ db }: Context, auth: Auth): Promise<void> {
  const accounts = (await everyPerson(auth)).filter(each => each.isDemo).map(each => each.id)
  for (const id of accounts) await auth.deletePerson(id, { by: SYSTEM.personId })
  await forgetAnswers(db)
  for (const id of [...accounts, ...DEMO_PEOPLE.map(each => each.id)]) {
    try {
      await db.transaction().execute(trx => forgetPerson(trx, id))
    } catch (error) {
      if (violationOf(error)?.code !== FOREIGN_KEY) throw error
    }
  }
  const teams = DEMO_TEAMS.map(team => team.id)
  await db.transaction().execute(trx => removeEmptyTeams(trx, teams))
}
const FOREIGN_KEY = '23503'
