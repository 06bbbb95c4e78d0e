import { SEGMENTS } from '../../model/choices.ts'
import { flag, oneOf, searchOf, text } from '../ui/search.ts'

/** The same words as the model's, which would bring the schema library with them; a test keeps them alike. */
export const MILESTONE_NAMES = ['first', 'broad', 'max'] as const
export const OUTCOMES = ['in-range', 'early', 'late', 'open', 'overdue'] as const

export const ForecastsSearch = searchOf({ q: text, service: text, milestone: oneOf(MILESTONE_NAMES), outcome: oneOf(OUTCOMES) })
export type ForecastsSearch = ReturnType<typeof ForecastsSearch>

export const LOAD_SORTS = ['dueSoon', 'overdue', 'assigned', 'name'] as const
/** The report of the load; without a sort, by what is open. */
export const LoadSearch = searchOf({ sort: oneOf(LOAD_SORTS) })

const customers = { owner: text, team: text, segment: oneOf(SEGMENTS) }
export const CustomersSearch = searchOf(customers)
export type CustomersSearch = ReturnType<typeof CustomersSearch>

/** Without a number of months, the last twelve. */
export const MONTHS = ['3', '6', '24'] as const
export const MilestonesSearch = searchOf({ ...customers, service: text, milestone: oneOf(MILESTONE_NAMES), months: oneOf(MONTHS) })
export type MilestonesSearch = ReturnType<typeof MilestonesSearch>

export const RISKS = ['usage-fell', 'blocker-late', 'tasks-late', 'silent', 'fell-back'] as const
export const AtRiskSearch = searchOf({ ...customers, reason: oneOf(RISKS) })
export type AtRiskSearch = ReturnType<typeof AtRiskSearch>

export const HOW_LONG = ['weeks-4', 'weeks-8', 'longer', 'never'] as const
export const SilentSearch = searchOf({ ...customers, howLong: oneOf(HOW_LONG) })
export type SilentSearch = ReturnType<typeof SilentSearch>

export const PAST_DUE = ['blocked', 'not-in-sight', 'expected-later', 'cannot-tell'] as const
export const PAST_DUE_DATE = ['target', 'forecast'] as const
export const PastDueSearch = searchOf({ ...customers, service: text, reason: oneOf(PAST_DUE), date: oneOf(PAST_DUE_DATE) })
export type PastDueSearch = ReturnType<typeof PastDueSearch>

export const WaitingSearch = searchOf({ ...customers, service: text, late: flag })
export type WaitingSearch = ReturnType<typeof WaitingSearch>
