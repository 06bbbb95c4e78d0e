import { addMissingPerson } from '../../store/person-traces.ts'
import type { SignInEvent } from '../auth/types.ts'
import type { Context } from '../context.ts'
import { SYSTEM } from '../policy.ts'
import { personal } from './personal-value.ts'
import { recordInstallation } from './record.ts'

/** Without a request, nobody does this to one's own account: where no manager did, single sign-on or the command line has. */
const MANAGED: ReadonlySet<string> = new Set([
  'invited',
  'person-added',
  'person-changed',
  'person-disabled',
  'person-enabled',
  'person-deleted',
])

const UNNAMED = '–'

/**
 * Records what happened to an account: sign-ins, refused ones, changed ways in. Addresses are sealed for the person and the month. What
 * one person did to the account of another is left to the use case, which knows before and after.
 */
export async function recordSignIn(context: Context, { kind, personId, by, address, agent, told = {} }: SignInEvent): Promise<void> {
  // Erasure waits for the account to be gone, and this would wait for erasure.
  if (kind === 'person-deleted' || by !== personId) return
  const { db } = context.as(SYSTEM)
  await db.transaction().execute(async trx => {
    // An account may be heard of before the store knows the person, whose name follows.
    await addMissingPerson(trx, { id: personId, name: UNNAMED })
    const actor = MANAGED.has(kind) && address === null ? SYSTEM : { personId, name: UNNAMED, address }
    const from = agent === null ? {} : { agent: personal(personId, agent, 'month') }
    await recordInstallation(trx, context, actor, { kind, data: { person: personId, ...told, ...from } })
  })
}
