import type { PlanView } from '../../model/api.ts'
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
export function filterPlan({ plan, playbook }: PlanView, search: PlanSearch, locale: string): readonly ProcessEntry[] {
  const isFiltered = search.q !== undefined || search.service !== undefined || search.state !== undefined
  return plan.processes.flatMap(state => {
    const process = playbook.processes.find(each => each.id === state.id)
    if (!process) return []
    const steps = state.steps.flatMap(({ id, items }) => {
      const step = process.steps.find(each => each.id === id)
      if (!step) return []
      const entries = items
        .map(item => ({ item, task: step.tasks.find(task => task.id === item.task) }))
        .filter(entry => passes(entry, step, search, locale))
      if (isFiltered && entries.length === 0) return []
      const apart = search.state === undefined ? entries.filter(({ item }) => isNeedless(item)) : []
      return [{ step, shown: entries.filter(entry => !apart.includes(entry)), needless: apart }]
    })
    return isFiltered && steps.length === 0 ? [] : [{ process, state, steps }]
  })
}

const isNeedless = (item: PlanItem) => item.state === 'not-applicable' || item.state === 'suppressed'

function passes({ item, task }: ItemEntry, step: Step, { q, service, state }: PlanSearch, locale: string): boolean {
  if (service !== undefined && item.service !== service) return false
  if (state !== undefined && item.state !== state) return false
  if (q === undefined) return true
  const text = [item.id, inLanguage(task?.title, locale), inLanguage(step.title, locale), inLanguage(item.because.text, locale)].join(' ')
  return plain(text).includes(plain(q))
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
