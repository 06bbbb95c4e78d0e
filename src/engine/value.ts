import type { MetricFacts, ServiceFacts } from '../model/facts.ts'
import type { ServiceDef, ServiceId } from '../model/services.ts'
import type { Truth } from '../model/words.ts'

/** What is not known. Its own value, so that it can be mistaken neither for no nor for a missing property. */
export const UNKNOWN: unique symbol = Symbol('unknown')

/** A service listed for the customer. `def` is null when the playbook does not know the id; `place` is its place in the playbook. */
export type ListedService = Readonly<{ id: ServiceId; facts: ServiceFacts; def: ServiceDef | null; place: number }>

/** An object of the rule vocabulary: a whole group (`csm`, `thresholds` …) is null, the others are what their words are asked of. */
export type Subject = null | ListedService | MetricFacts | ProgramRef | TaskRef | GateRef
export type ProgramRef = Readonly<{ program: 'onedrive-adoption' }>
export type TaskRef = Readonly<{ task: string; service: ListedService | null }>
export type GateRef = Readonly<{ gate: string }>

export type Scalar = boolean | number | string
export type Value = Scalar | Ratio | Subject | readonly Value[] | typeof UNKNOWN

/**
 * `100 × part / whole`, kept as whole numbers so that 10 % means exactly one in ten.
 * With `isAtLeast` the true part may be larger: a comparison then answers only what a larger part cannot change.
 */
export class Ratio {
  readonly part: number
  readonly whole: number
  readonly isAtLeast: boolean
  constructor(part: number, whole: number, isAtLeast: boolean) {
    this.part = part
    this.whole = whole
    this.isAtLeast = isAtLeast
  }
}

/** A count of which only a lower bound is known. */
export const atLeast = (count: number): Ratio => new Ratio(count, 100, true)

/** Percent rounded down to one decimal: shown, never compared. */
export function shownPercent(part: number, whole: number): number {
  const scaled = part * 1000
  return (scaled - (scaled % whole)) / whole / 10
}

export const truthOf = (value: Value): Truth => (value === true ? 'yes' : value === false ? 'no' : 'unknown')
