import { backOffMs, type WhyWait } from './back-off.ts'
import { USUAL_LIMITS } from './limits.ts'
import type { Failure, GraphLimits, GraphParts, Later } from './types.ts'

/** What one call may still wait, however many requests it makes. */
export type Patience = { leftMs: number }
export const patienceOf = (parts: GraphParts): Patience => ({ leftMs: limitsOf(parts).maxWaitMs })
export const limitsOf = (parts: GraphParts): GraphLimits => ({ ...USUAL_LIMITS, ...parts.limits })

export type Attempt<T> =
  | Readonly<{ kind: 'end'; answer: T | Later | Failure }>
  /** `waitMs` null: as the back-off says. `otherwise` is the answer when no try is left. */
  | Readonly<{ kind: 'again'; why: WhyWait; waitMs: number | null; otherwise: Failure }>

export const end = <T>(answer: T | Later | Failure): Attempt<T> => ({ kind: 'end', answer })

/**
 * Tries until there is an answer. Short waits are waited out; what would take longer than the patience goes back to the caller as `later`,
 * and so does throttling when no try is left: the tenant is in order, it is just not its time.
 */
export async function tryUntilAnswered<T>(
  parts: GraphParts,
  patience: Patience,
  attempt: () => Promise<Attempt<T>>,
): Promise<T | Later | Failure> {
  const { maxTries } = limitsOf(parts)
  for (let tries = 1; ; tries++) {
    const result = await attempt()
    if (result.kind === 'end') return result.answer
    const isLast = tries >= maxTries
    if (isLast && result.why !== 'throttled') return result.otherwise
    const waitMs = result.waitMs ?? backOffMs(result.why, tries, parts.random())
    if (isLast || waitMs > patience.leftMs) return { state: 'later', at: parts.now() + waitMs, why: 'throttled' }
    patience.leftMs -= waitMs
    if (waitMs > 0) await parts.wait(waitMs)
  }
}
