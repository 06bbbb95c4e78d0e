import type { DecisionState } from '../../model/decision-api.ts'
import type { Because } from '../../model/plan.ts'

/** Kept with a decision: the state before it, and what the rule had to show. */
export type Kept = Readonly<{ before: DecisionState | null; text: Because['text'] | null; facts: Because['facts']; rule: string | null }>

/**
 * The decisions that stand, oldest first: each one taken back is gone together with the row that took it back. Nothing is rewritten, so
 * what stands follows from the rows alone.
 */
export function standing<T extends Readonly<{ state: string }>>(rows: readonly T[]): readonly T[] {
  const stack: T[] = []
  for (const row of rows) {
    if (row.state === 'withdrawn') stack.pop()
    else stack.push(row)
  }
  return stack
}
