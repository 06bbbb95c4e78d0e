import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { SetUp, SetUpDone } from '../../model/admin-api.ts'
import { AppError } from '../../model/errors.ts'
import { savePeople } from '../../store/customers.ts'
import { keepSetupCode, lockInstallation } from '../../store/installation.ts'
import type { Auth } from '../auth/auth.ts'
import type { Context } from '../context.ts'
import { recordInstallation } from '../events/record.ts'
import { type Actor, SYSTEM } from '../policy.ts'

/** 160 bits: a guess is no way in, however many there are. */
const CODE_BYTES = 20

/** Whether nobody can sign in yet. */
export const needsSetup = async (auth: Pick<Auth, 'countPeople'>): Promise<boolean> => (await auth.countPeople()) === 0

/**
 * Makes the code that lets the first administrator be made, for `serve` to print as `<origin>/setup#code=…`; only its hash is kept. Each
 * start makes a new one. Undefined when somebody can sign in.
 */
export async function prepareSetup(context: Context, auth: Pick<Auth, 'countPeople'>): Promise<string | undefined> {
  const { db } = context.as(SYSTEM)
  const isNeeded = await needsSetup(auth)
  const code = randomBytes(CODE_BYTES).toString('base64url')
  await keepSetupCode(db, isNeeded ? hashOf(code) : null)
  return isNeeded ? code : undefined
}

/** Wrong codes in a minute, after which the answer is `too-many`: noise for whoever guesses, never a lock for who has the code. */
const WRONG_CODES = 10
const WINDOW_MS = 60_000

/** Counts wrong codes in the memory of this process. */
export type WrongCodes = { count: number; since: number }
export const noWrongCodes = (): WrongCodes => ({ count: 0, since: 0 })

/**
 * Makes the first administrator. Throws `conflict` when somebody can sign in already, `forbidden` for a wrong code, `invalid-input` for a
 * weak password. Of two at once one is made.
 */
export async function setUp(context: Context, auth: Auth, actor: Actor, wrong: WrongCodes, input: SetUp): Promise<SetUpDone> {
  const system = context.as(SYSTEM)
  return system.db.transaction().execute(async trx => {
    const { setup_code_hash } = await lockInstallation(trx)
    if (!(await needsSetup(auth)))
      throw new AppError('conflict', 'somebody can sign in here already; ask an administrator for an invitation')
    if (!isSame(setup_code_hash, hashOf(input.code))) throw refused(context, wrong)
    const id = await auth.addPerson({
      email: input.email,
      name: input.name,
      password: input.password,
      right: 'administrator',
      scope: 'all',
    })
    await savePeople(trx, [{ id, name: input.name }])
    await keepSetupCode(trx, null)
    const who = { personId: id, name: input.name, address: actor.address ?? null }
    await recordInstallation(trx, system, who, {
      kind: 'set-up',
      data: { person: id, before: null, after: { right: 'administrator', scope: 'all' } },
    })
    return { email: input.email.toLowerCase(), removedCustomers: 0 }
  })
}

function refused(context: Context, wrong: WrongCodes): AppError {
  const now = context.now().getTime()
  if (now - wrong.since >= WINDOW_MS) Object.assign(wrong, { count: 0, since: now })
  wrong.count++
  // Nobody is known yet in whose name it could be on record; whoever keeps the server sees that somebody tries.
  if (wrong.count <= WRONG_CODES) context.log('warn', 'somebody tried to set up this installation with a wrong code')
  const retryAfterSeconds = Math.ceil((wrong.since + WINDOW_MS - now) / 1000)
  if (wrong.count > WRONG_CODES) return new AppError('too-many', 'too many wrong set-up codes', { details: { retryAfterSeconds } })
  return new AppError('forbidden', 'this is not the set-up code that the program printed when it started', {
    details: {
      reason: {
        en: 'this is not the set-up code that the program printed when it started',
        'pt-BR': 'este não é o código de instalação que o programa mostrou ao iniciar',
      },
    },
  })
}

const hashOf = (code: string) => createHash('sha256').update(code).digest('hex')
const isSame = (a: string | null, b: string) => a !== null && a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
