import { createContext, use } from 'react'
import type { CustomerView, PlanView } from '../../model/api.ts'
import type { ItemChange, ItemsView } from '../../model/item-api.ts'
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
  /** Whose the items are and days that people set, once it is there. */
  items: ItemsView | undefined
  selected: ReadonlySet<string>
  toggle: (item: string) => void
  /** Opens the dialog for what several have in common. */
  edit: (items: readonly string[]) => void
  /** Opens a new note that belongs to an item or follow-up. */
  writeNote: (item: string) => void
  changeItems: (changes: readonly ItemChange[], seen?: number) => void
  titleOf: (item: string) => string
  /** Who should do it, by the playbook. */
  roleOf: (item: string) => string | null
}

export const PlanContextProvider = createContext<PlanContext | null>(null)

export function usePlan(): PlanContext {
  const plan = use(PlanContextProvider)
  if (!plan) throw new Error('a part of the plan stands outside the plan page')
  return plan
}
