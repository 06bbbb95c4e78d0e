import type { AccessRight } from '../../model/api.ts'
import { AppError } from '../../model/errors.ts'
import { savePeople } from '../../store/customers.ts'
import type { Context } from '../context.ts'
import type { Auth } from './auth.ts'
import { DEMO_ACCOUNTS, DEMO_SCOPES, isLoopback } from './demo-accounts.ts'
import type { NewPerson } from './types.ts'

/** Makes an account, and the person that the record of events knows by the same id. Throws `conflict` when the address is taken. */
export async function addPerson(context: Pick<Context, 'db'>, auth: Auth, person: NewPerson): Promise<string> {
  const id = await auth.addPerson(person)
  await savePerson(context, id, person.name)
  return id
}

/** Makes the demo accounts that are missing; answers all of them by access right. */
export async function addDemoAccounts(context: Pick<Context, 'db'>, auth: Auth): Promise<ReadonlyMap<AccessRight, string>> {
  const accounts = new Map<AccessRight, string>()
  for (const account of DEMO_ACCOUNTS) {
    const id =
      (await auth.findByEmail(account.email)) ?? (await auth.addPerson({ ...account, scope: DEMO_SCOPES[account.right], isDemo: true }))
    await savePerson(context, id, account.name)
    accounts.set(account.right, id)
  }
  return accounts
}

/** Whether anybody can sign in with a password that is printed. */
export const hasDemoAccounts = async (auth: Auth): Promise<boolean> => {
  for (const account of DEMO_ACCOUNTS) if ((await auth.findByEmail(account.email)) !== undefined) return true
  return false
}

/** Throws when people elsewhere could reach accounts whose passwords everybody knows. */
export function refuseExposedDemo(host: string, publicUrl: string | null): void {
  const exposed = !isLoopback(host)
    ? `HOST=${host}`
    : publicUrl !== null && !isLoopback(new URL(publicUrl).hostname)
      ? `IMPULSO_URL=${publicUrl}`
      : null
  if (exposed === null) return
  throw new AppError(
    'invalid-input',
    `the demo accounts have passwords that everybody knows, so ${exposed} is refused: others could sign in. Leave it out to try the demo on this machine, or start with --empty and a data folder of your own (IMPULSO_DATA).`,
  )
}

const savePerson = ({ db }: Pick<Context, 'db'>, id: string, name: string) =>
  db.transaction().execute(trx => savePeople(trx, [{ id, name }]))
