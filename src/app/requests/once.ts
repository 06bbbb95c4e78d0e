import { AppError } from '../../model/errors.ts'
import type { Db } from '../../store/database.ts'
import { claimRequest, type KeyedRequest, keepAnswer, releaseRequest } from '../../store/idempotency.ts'

export type OnceAnswer = Readonly<{ body: string; isReplay: boolean }>

/**
 * Carries out a write that bears an idempotency key, once: the same request again gets the first one's answer. A write that failed
 * changed nothing and gives its key back. A process that dies between the write and the keeping of its answer leaves the key taken
 * for a while; the version that every write carries then stops the repetition.
 */
export async function once(db: Db, request: KeyedRequest, work: () => Promise<string>): Promise<OnceAnswer> {
  const claim = await claimRequest(db, request)
  if (claim.kind === 'answered') return { body: claim.body, isReplay: true }
  if (claim.kind === 'in-progress') throw new AppError('conflict', `the request with key ${request.key} is still being worked on`)
  if (claim.kind === 'other-request') throw new AppError('invalid-input', `key ${request.key} was used for another request already`)
  try {
    const body = await work()
    await keepAnswer(db, request, { status: 200, body })
    return { body, isReplay: false }
  } catch (error) {
    await releaseRequest(db, request)
    throw error
  }
}
