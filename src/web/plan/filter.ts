import type { PlanView } from '../../model/api.ts'
import type { FollowUpView } from '../../model/item-api.ts'
import type { PlanItem, PlanProcess } from '../../model/plan.ts'
import type { Process, Step, Task } from '../../model/playbook.ts'
import type { PlanSearch } from '../customer/search.ts'
import { inLanguage } from '../ui/format.ts'

export type ItemEntry = { item: PlanItem; task: Task | undefined }
export type StepEntry = { step: Step; shown: readonly ItemEntry[]; needless: readonly ItemEntry[] }
export type ProcessEntry = { process: Process; state: PlanProcess; steps: readonly StepEntry[] }

/**
 * The plan in the playbook's order with only what the filters let through. Items that are not needed stand apart,
 * unless one asks for them by state; steps with nothing left are dropped while a filter is on.
 */
export function filterPlan({ plan, playbook, marks }: PlanView, search: PlanSearch, locale: string): readonly ProcessEntry[] {
  const isFiltered = Object.values(filtersIn(search)).some(each => each !== undefined)
  return plan.processes.flatMap(state => {
    const process = playbook.processes.find(each => each.id === state.id)
    if (!process) return []
    const steps = state.steps.flatMap(({ id, items }) => {
      const step = process.steps.find(each => each.id === id)
      if (!step) return []
      const entries = items
        .map(item => ({ item, task: step.tasks.find(task => task.id === item.task) }))
        .filter(entry => passes(entry, step, search, locale))
        .filter(({ item }) => search.status === undefined || (marks[item.id]?.status ?? item.status ?? 'not-started') === search.status)
      if (isFiltered && entries.length === 0) return []
      const apart = search.state === undefined ? entries.filter(({ item }) => isNeedless(item)) : []
      return [{ step, shown: entries.filter(entry => !apart.includes(entry)), needless: apart }]
    })
    return isFiltered && steps.length === 0 ? [] : [{ process, state, steps }]
  })
}

/** Follow-ups that the filters let through. They have neither a state nor a role of the playbook: who asks for one asks for tasks of it. */
export function filterFollowUps(followUps: readonly FollowUpView[], search: PlanSearch): readonly FollowUpView[] {
  const { q, service, state, role, status } = search
  if (state !== undefined || role !== undefined) return []
  return followUps.filter(
    each =>
      (service === undefined || each.service === service) &&
      (status === undefined || each.status === status) &&
      (q === undefined || plain(`${each.title} ${each.note ?? ''}`).includes(plain(q))),
  )
}

/** What of the address narrows the plan. */
export const filtersIn = ({ q, service, state, role, status }: PlanSearch) => ({ q, service, state, role, status })

const isNeedless = (item: PlanItem) => item.state === 'not-applicable' || item.state === 'suppressed'

function passes({ item, task }: ItemEntry, step: Step, { q, service, state, role }: PlanSearch, locale: string): boolean {
  if (service !== undefined && item.service !== service) return false
  if (state !== undefined && item.state !== state) return false
  if (role !== undefined && (task?.role ?? step.role) !== role) return false
  if (q === undefined) return true
  const text = [item.id, inLanguage(task?.title, locale), inLanguage(step.title, locale), inLanguage(item.because.text, locale)].join(' ')
  return plain(text).includes(plain(q))
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
