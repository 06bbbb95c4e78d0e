import type { Day } from '../../model/words.ts'

export type Fit = 'yes' | 'no' | 'unknown'

/** What is asked for; null: nothing in particular. */
export type Wanted = Readonly<{ skill: string; service: string | null; language: string | null; region: string | null }>

/** What an expert says; an empty list says nothing, which is no "no". */
export type Said = Readonly<{
  skills: readonly string[]
  services: readonly string[]
  languages: readonly string[]
  regions: readonly string[]
}>
export const SAID_NOTHING: Said = { skills: [], services: [], languages: [], regions: [] }

export type Fits = Readonly<{ skill: Fit; service: Fit | null; language: Fit | null; region: Fit | null }>

/** How what is asked for fits what somebody says; null for what is not asked for. */
export function fitsOf(wanted: Wanted, said: Said): Fits {
  const fitted = (one: string | null, list: readonly string[]) => (one === null ? null : fitOf(one, list))
  return {
    skill: fitOf(wanted.skill, said.skills),
    service: fitted(wanted.service, said.services),
    language: fitted(wanted.language, said.languages),
    region: fitted(wanted.region, said.regions),
  }
}

const fitOf = (one: string, list: readonly string[]): Fit => (list.length === 0 ? 'unknown' : list.includes(one) ? 'yes' : 'no')

/** Nothing that somebody says is against it: the queue reaches them. The region only ranks. `reaches_expert` in the database says the same. */
export const isSuited = ({ skill, service, language }: Fits): boolean => skill !== 'no' && service !== 'no' && language !== 'no'

export type Candidate = Readonly<{
  id: string
  name: string
  said: Said
  /** Open requests now, and how many at the same time; null: not said. */
  open: number
  atOnce: number | null
  /** The first day that an accepted request is wanted for. */
  nextWanted: Day | null
}>
export type Match = Candidate & Readonly<{ fits: Fits; isFree: boolean | null; nextFree: Day | null }>

/** Experts, the best first: by skill, service, language, region, then who is free, who has less, name. */
export function rank(wanted: Wanted, candidates: readonly Candidate[]): readonly Match[] {
  return candidates.map(each => ({ ...each, fits: fitsOf(wanted, each.said), ...freedom(each) })).toSorted(compare)
}

/** Whether somebody takes one more now; null where they do not say how many. */
function freedom({ open, atOnce, nextWanted }: Candidate): Pick<Match, 'isFree' | 'nextFree'> {
  const isFree = atOnce === null ? null : open < atOnce
  return { isFree, nextFree: isFree === false ? nextWanted : null }
}

const COST: Readonly<Record<Fit, number>> = { yes: 0, unknown: 1, no: 2 }
const costOf = (fit: Fit | null) => (fit === null ? 0 : COST[fit])
/** At the limit last; not saying a limit is no worse than being free. */
const isFull = ({ isFree }: Match) => Number(isFree === false)

function compare(a: Match, b: Match): number {
  return (
    costOf(a.fits.skill) - costOf(b.fits.skill) ||
    costOf(a.fits.service) - costOf(b.fits.service) ||
    costOf(a.fits.language) - costOf(b.fits.language) ||
    costOf(a.fits.region) - costOf(b.fits.region) ||
    isFull(a) - isFull(b) ||
    a.open - b.open ||
    (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  )
}
