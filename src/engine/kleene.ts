import type { Truth } from '../model/words.ts'
import { UNKNOWN, type Value } from './value.ts'

/** Three values after Kleene: an answer is known as soon as no unknown part could change it. */
export const not = (value: Value): Value => (value === true ? false : value === false ? true : UNKNOWN)

export const and = (left: Value, right: Value): Value =>
  left === false || right === false ? false : left === true && right === true ? true : UNKNOWN

export const or = (left: Value, right: Value): Value =>
  left === true || right === true ? true : left === false && right === false ? false : UNKNOWN

/** All of nothing is unknown: a gate without a service to look at is not open by accident. */
export function all(values: readonly Value[]): Value {
  if (values.length === 0) return UNKNOWN
  return values.reduce(and)
}

export const exists = (values: readonly Value[]): Value => values.reduce(or, false)

/** The same on named truths, where "no condition at all" has an answer of its own. */
export const allOf = (truths: readonly Truth[], ofNone: Truth): Truth =>
  truths.length === 0 ? ofNone : truths.includes('no') ? 'no' : truths.includes('unknown') ? 'unknown' : 'yes'
