import type { CompareOp } from '../../model/expression.ts'
import { didYouMean } from '../nearest.ts'
import type { RuleCode } from './check-expression.ts'
import { describe, isDay, type StaticType, shapeOf } from './rule-types.ts'

export type RuleFault = { code: RuleCode; side: 'left' | 'right'; message: string; help: string | null }

/** Why a comparison can never hold (or never fail): wrong types, a literal that cannot occur, two literals. Null when it can go both ways. */
export function impossibility(by: CompareOp, left: StaticType, right: StaticType, services: ReadonlySet<string> | null): RuleFault | null {
  const [a, b] = [shapeOf(left), shapeOf(right)]
  if (a === 'fault' || b === 'fault') return null
  const wrong = (side: 'left' | 'right', message: string, help: string | null = null): RuleFault => ({
    code: 'rule/type',
    side,
    message,
    help,
  })
  if (a === 'object' || a === 'list') return wrong('left', `Unexpected ${describe(left)}, expected a value`, 'compare one of its fields')
  if (b === 'object' || b === 'list') return wrong('right', `Unexpected ${describe(right)}, expected a value`, 'compare one of its fields')
  const dateLiteral = (a === 'date' && right.kind === 'text-literal') || (b === 'date' && left.kind === 'text-literal')
  if (a !== b && !dateLiteral) return wrong('right', `Unexpected ${describe(right)}, expected ${describe(left)}`)
  const isOrder = by !== '==' && by !== '!='
  if (isOrder && !dateLiteral && (a === 'bool' || a === 'text')) return wrong('left', `Unexpected "${by}": ${describe(left)} has no order`)
  if (isLiteral(left) && isLiteral(right)) {
    return { code: 'rule/impossible', side: 'left', message: 'Unexpected comparison of two literals: it never changes', help: null }
  }
  const literal = literalFault(left, right, services) ?? mirrored(literalFault(right, left, services))
  return literal ?? numberFault(by, left, right) ?? disjoint(left, right)
}

const isLiteral = (type: StaticType) => type.kind === 'text-literal' || type.kind === 'number-literal' || type.kind === 'bool-literal'
const mirrored = (fault: RuleFault | null): RuleFault | null => fault && { ...fault, side: 'left' }

/** Why the literal on the right cannot be a value of the type on the left. */
export function literalFault(type: StaticType, literal: StaticType, services: ReadonlySet<string> | null): RuleFault | null {
  if (literal.kind !== 'text-literal') return null
  const fault = (message: string, help: string | null): RuleFault => ({ code: 'rule/impossible', side: 'right', message, help })
  const value = literal.value
  if (type.kind === 'enum' && !type.of.includes(value)) {
    return fault(`Unexpected "${value}", expected ${describe(type)}`, didYouMean(value, type.of))
  }
  if (type.kind === 'service-id' && services && !services.has(value)) {
    return fault(`Unexpected service "${value}"`, didYouMean(value, services))
  }
  if (type.kind === 'date' && !isDay(value)) return fault(`Unexpected "${value}", expected a day that exists, "YYYY-MM-DD"`, null)
  return null
}

/** Counts and percents are never negative, and counts are whole. */
function numberFault(by: CompareOp, left: StaticType, right: StaticType): RuleFault | null {
  const turned: Readonly<Record<CompareOp, CompareOp>> = { '==': '==', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' }
  if (left.kind === 'number-literal') return mirrored(numberFault(turned[by], right, left))
  if ((left.kind !== 'int' && left.kind !== 'percent') || right.kind !== 'number-literal') return null
  const { value } = right
  const never = (message: string): RuleFault => ({ code: 'rule/impossible', side: 'right', message, help: null })
  const isNegative = value < 0 || (value === 0 && (by === '<' || by === '>='))
  if (isNegative) return never(`Unexpected "${by} ${value}": ${describe(left)} is never below 0, so the answer never changes`)
  if (left.kind === 'int' && !Number.isInteger(value) && (by === '==' || by === '!='))
    return never(`Unexpected ${value}, expected a whole number`)
  return null
}

function disjoint(left: StaticType, right: StaticType): RuleFault | null {
  if (left.kind !== 'enum' || right.kind !== 'enum' || left.of.some(each => right.of.includes(each))) return null
  return { code: 'rule/impossible', side: 'right', message: 'Unexpected comparison: the two have no value in common', help: null }
}
