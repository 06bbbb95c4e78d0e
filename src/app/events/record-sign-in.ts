import { addMissingPerson } from '../../store/person-traces.ts'
import type { SignInEvent } from '../auth/types.ts'
import type { Context } from '../context.ts'
import { SYSTEM } from '../policy.ts'
import { personal } from './personal-value.ts'
import { recordInstallation } from './record.ts'

/** What those who manage people do to an account: they record it themselves, in their own name. */
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
 * single sign-on did to an account is the system's doing; what a person did to another's is left to the use case, which knows who.
 */
export async function recordSignIn(context: Context, { kind, personId, address, agent }: SignInEvent): Promise<void> {
  const isManaged = MANAGED.has(kind)
  // Erasure waits for the account to be gone, and this would wait for erasure.
  if (kind === 'person-deleted' || (isManaged && address !== null)) return
  const { db } = context.as(SYSTEM)
  await db.transaction().execute(async trx => {
    // An account may be heard of before the store knows the person, whose name follows.
    await addMissingPerson(trx, { id: personId, name: UNNAMED })
    const actor = isManaged ? SYSTEM : { personId, name: UNNAMED, address }
    const from = agent === null ? {} : { agent: personal(personId, agent, 'month') }
    await recordInstallation(trx, context, actor, { kind, data: { person: personId, ...from } })
  })
}
