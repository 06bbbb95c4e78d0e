import type { Asked, Parts } from './asked.ts'
import { asksForCode, asksPasswordAgain, needsFreshSession } from './endpoints.ts'
import { FRESH_SECONDS } from './library.ts'
import type { Attempt } from './lock-out.ts'
import { weaknessOf } from './passwords.ts'
import { refusal } from './responses.ts'

/** What is refused before the library is asked. */

export async function beginAttempt({ lockOut }: Parts, { endpoint, headers, aimedAt, who }: Asked): Promise<Attempt | undefined> {
  if (who && asksPasswordAgain(endpoint)) return lockOut.begin('confirmation', who.user.email, headers)
  return aimedAt === undefined ? undefined : lockOut.begin(endpoint === 'POST /sign-in/email' ? 'password' : 'code', aimedAt, headers)
}

/** `resets` is whose password a link sets; one that opens nothing is for the library to refuse. */
export const guard = async (parts: Parts, asked: Asked, resets: Person | undefined): Promise<Response | undefined> =>
  notFresh(asked) ?? uncounted(asked) ?? (await weakPassword(asked, resets)) ?? (await usedCode(parts, asked))

type Person = Readonly<{ name: string; email: string }>

function notFresh({ endpoint, who }: Asked): Response | undefined {
  if (!needsFreshSession(endpoint) || !who || Date.now() - who.session.createdAt.getTime() < FRESH_SECONDS * 1000) return undefined
  return refusal(403, 'SESSION_NOT_FRESH', 'Sign in again first')
}

/** A code of nobody in particular: no guess at it could be counted, so the library does not get to look at it. */
function uncounted({ endpoint, who, aimedAt }: Asked): Response | undefined {
  if (who || aimedAt !== undefined || !asksForCode(endpoint)) return undefined
  return refusal(401, 'INVALID_TWO_FACTOR_COOKIE', 'Invalid two factor cookie')
}

async function weakPassword({ endpoint, body, who }: Asked, resets: Person | undefined): Promise<Response | undefined> {
  const person = endpoint === 'POST /change-password' ? who?.user : resets
  if (!person || typeof body.newPassword !== 'string') return undefined
  const weakness = await weaknessOf(body.newPassword, [person.name, person.email])
  return weakness && refusal(400, weakness.code, weakness.message, undefined, { hint: weakness.hint })
}

/** A code that somebody has signed in with, or tried to, is as good as wrong. */
async function usedCode({ lockOut }: Parts, { endpoint, body, aimedAt }: Asked): Promise<Response | undefined> {
  if (endpoint !== 'POST /two-factor/verify-totp' || aimedAt === undefined) return undefined
  return (await lockOut.claimCode(aimedAt, String(body.code))) ? undefined : refusal(401, 'INVALID_CODE', 'Invalid code')
}
