import { GATE, TASK } from './answers.ts'
import { CSM, CUSTOMER, THRESHOLDS } from './customer.ts'
import { HISTORY, PROGRAM, PROGRAMS, REVIEW, SURVEY } from './recorded.ts'
import { ACCELERATOR, SERVICE } from './service.ts'
import { METRIC, SUCCESS_PLAN } from './success-plan.ts'
import { USAGE } from './usage.ts'
import type { Words } from './word.ts'

/**
 * Every object of `model/vocabulary.ts` with its words. A word is asked only of a subject of its own object:
 * the compiler checked the types, and `compile.ts` follows them.
 */
const OBJECTS: Readonly<Record<string, Words<never>>> = {
  Customer: CUSTOMER,
  Csm: CSM,
  Service: SERVICE,
  Usage: USAGE,
  Thresholds: THRESHOLDS,
  SuccessPlan: SUCCESS_PLAN,
  Metric: METRIC,
  Programs: PROGRAMS,
  Program: PROGRAM,
  Accelerator: ACCELERATOR,
  Task: TASK,
  Review: REVIEW,
  History: HISTORY,
  Survey: SURVEY,
  Gate: GATE,
}

export function wordOf(object: string, name: string): Words<never>[string] | undefined {
  const words = Object.hasOwn(OBJECTS, object) ? OBJECTS[object] : undefined
  return words && Object.hasOwn(words, name) ? words[name] : undefined
}
