import { createContext, use } from 'react'
import type { CustomerView, PlanView } from '../../model/api.ts'
import type { StatusInput } from './status-writes.ts'

/** What every row of the plan needs; given once by the page. */
export type PlanContext = {
  view: PlanView
  canWrite: CustomerView['canWrite']
  /** Opens the explanation of `kind:id`. */
  explain: (subject: string) => void
  save: (item: string, input: StatusInput) => void
  /** Opens the dialog for a status that needs a reason, or for a note. */
  ask: (item: string, status: StatusInput['status'] | null) => void
  pendingItem: string | null
}

export const PlanContextProvider = createContext<PlanContext | null>(null)

export function usePlan(): PlanContext {
  const plan = use(PlanContextProvider)
  if (!plan) throw new Error('a part of the plan stands outside the plan page')
  return plan
}
