import { RULE_OBJECTS, type RuleType } from '../../model/vocabulary.ts'

/** The vocabulary's types plus what a literal is, and `fault` for a part already complained about. */
export type StaticType =
  | RuleType
  | { kind: 'number' }
  | { kind: 'text-literal'; value: string }
  | { kind: 'number-literal'; value: number }
  | { kind: 'bool-literal'; value: boolean }
  | { kind: 'list-literal'; of: readonly StaticType[] }
  | { kind: 'fault' }

export const FAULT: StaticType = { kind: 'fault' }
export const BOOL: StaticType = { kind: 'bool' }

export type Shape = 'bool' | 'number' | 'text' | 'date' | 'object' | 'list' | 'fault'

/** What may stand beside what: two parts can be compared when their shapes agree. */
export function shapeOf(type: StaticType): Shape {
  switch (type.kind) {
    case 'bool':
    case 'bool-literal':
      return 'bool'
    case 'int':
    case 'percent':
    case 'number':
    case 'number-literal':
      return 'number'
    case 'string':
    case 'enum':
    case 'service-id':
    case 'text-literal':
      return 'text'
    case 'list':
    case 'list-literal':
      return 'list'
    default:
      return type.kind
  }
}

export function describe(type: StaticType): string {
  switch (type.kind) {
    case 'bool':
    case 'bool-literal':
      return 'yes or no'
    case 'int':
    case 'number':
    case 'number-literal':
      return 'a number'
    case 'percent':
      return 'a percent'
    case 'date':
      return 'a date'
    case 'enum':
      return `one of ${type.of.map(each => `"${each}"`).join(', ')}`
    case 'service-id':
      return 'a service id'
    case 'string':
    case 'text-literal':
      return 'a text'
    case 'object':
      return `a ${type.name} with ${Object.keys(RULE_OBJECTS[type.name] ?? {}).join(', ')}`
    case 'list':
    case 'list-literal':
      return 'a list'
    case 'fault':
      return 'something not understood'
  }
}

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/

/** True for a calendar day that exists, written `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  const [, year, month, day] = (DAY.exec(text) ?? []).map(Number)
  if (year === undefined || month === undefined || day === undefined) return false
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

export const daysInMonth = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()
