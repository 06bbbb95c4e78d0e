import type { FlipValue } from '../../model/api.ts'
import type { FactUsed } from '../../model/plan.ts'
import type { Day, Text } from '../../model/words.ts'
import type { Trace } from '../prove.ts'
import type { Scalar, Value } from '../value.ts'
import { provenanceOf, type World } from '../world.ts'

/** The facts a word leans on, and what to say of them. `traces` are the proofs of rules it leads to. */
export type Evidence = Readonly<{ facts: readonly FactUsed[]; says: readonly Text[]; traces?: readonly Trace[] }>

/** One change of a facts file; `to: null` takes the value away. */
export type Change = Readonly<{ fact: string; from: FlipValue; to: FlipValue }>

/** A word of the rule vocabulary, asked of its subject. */
export type Word<S> = Readonly<{
  read: (of: S, world: World) => Value
  evidence: (of: S, world: World) => Evidence
  /** Changes worth trying to get another answer; `against` is what rules compare the word with. */
  changes?: (of: S, world: World, against: readonly Scalar[]) => readonly Change[]
}>
export type Words<S> = Readonly<Record<string, Word<S>>>

/** Why a value is not known; a code, since reasons are told in several languages. */
export type Why =
  | 'missing'
  | 'not-asked'
  | 'stale'
  | 'empty-report'
  | 'doubtful'
  | 'no-date'
  | 'in-future'
  | 'no-seats'
  | 'lower-bound'
  | 'none-defined'
  | 'undecided'
type Told = Readonly<{ why?: Why | null; asOf?: Day | undefined }>

/** A fact as a reason quotes it. `path` null = derived from the others. */
export function used(world: World, name: string, path: string | null, value: FactUsed['value'] | undefined, told: Told = {}): FactUsed {
  const provenance = path === null ? null : provenanceOf(world.facts, path)
  const known = value ?? null
  return {
    name,
    path,
    value: known,
    why: told.why !== undefined ? told.why : known === null ? 'missing' : null,
    source: provenance?.source ?? null,
    asOf: told.asOf ?? provenance?.asOf ?? null,
  }
}

/** True and false, other than what it is. */
export const otherAnswers = (fact: string, now: boolean | undefined): Change[] =>
  ([true, false, null] as const).filter(to => to !== (now ?? null)).map(to => ({ fact, from: now ?? null, to }))

export const otherMembers = (fact: string, members: readonly string[], now: string | undefined, canBeAbsent: boolean): Change[] =>
  [...members, ...(canBeAbsent ? [null] : [])].filter(to => to !== (now ?? null)).map(to => ({ fact, from: now ?? null, to }))

/** Whole numbers on both sides of what the fact is compared with. */
export const bothSides = (fact: string, now: number | undefined, against: readonly number[]): Change[] =>
  [...new Set(against.flatMap(each => [Math.floor(each) - 1, Math.floor(each), Math.floor(each) + 1, Math.floor(each) + 2]))]
    .filter(to => to >= 0 && to !== now)
    .map(to => ({ fact, from: now ?? null, to }))

export const numbersIn = (against: readonly Scalar[]): number[] => against.filter(each => typeof each === 'number')
export const textsIn = (against: readonly Scalar[]): string[] => against.filter(each => typeof each === 'string')
