import type { ArithmeticOp, CompareOp } from '../model/expression.ts'
import { never } from '../model/words.ts'
import { Ratio, UNKNOWN, type Value } from './value.ts'

/** Compares numbers, texts, days and ratios; unknown when a side is, or when the two have no order. */
export function compare(by: CompareOp, left: Value, right: Value): Value {
  if (left === UNKNOWN || right === UNKNOWN) return UNKNOWN
  if (left instanceof Ratio) return compareRatio(by, left, right)
  if (right instanceof Ratio) return compareRatio(MIRRORED[by], right, left)
  if (typeof left === 'number' && typeof right === 'number') return holds(by, left - right)
  if (typeof left === 'string' && typeof right === 'string') return holds(by, left < right ? -1 : left > right ? 1 : 0)
  if (typeof left === 'boolean' && typeof right === 'boolean') return holds(by, Number(left) - Number(right))
  return UNKNOWN
}

const MIRRORED: Record<CompareOp, CompareOp> = { '==': '==', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

function holds(by: CompareOp, sign: number): boolean {
  switch (by) {
    case '==':
      return sign === 0
    case '!=':
      return sign !== 0
    case '<':
      return sign < 0
    case '<=':
      return sign <= 0
    case '>':
      return sign > 0
    case '>=':
      return sign >= 0
    default:
      return never(by)
  }
}

function compareRatio(by: CompareOp, ratio: Ratio, other: Value): Value {
  if (other instanceof Ratio) {
    if (ratio.isAtLeast && other.isAtLeast) return UNKNOWN
    const sign = ratio.part * other.whole - other.part * ratio.whole
    if (ratio.isAtLeast) return ofLowerBound(by, sign)
    return other.isAtLeast ? ofLowerBound(MIRRORED[by], -sign) : holds(by, sign)
  }
  if (typeof other !== 'number') return UNKNOWN
  const sign = signAgainst(ratio, other)
  return ratio.isAtLeast ? ofLowerBound(by, sign) : holds(by, sign)
}

/** The true value is at least what was compared: only answers that growing cannot change are known. */
function ofLowerBound(by: CompareOp, sign: number): Value {
  if (by === '>=' || by === '>') return holds(by, sign) ? true : UNKNOWN
  if (by === '<' || by === '<=') return holds(by, sign) ? UNKNOWN : false
  if (sign <= 0) return UNKNOWN
  return by === '!='
}

/** Sign of `100 × part ÷ whole − percent`, on whole numbers: a percent of 9.99 is 999 hundredths. */
function signAgainst(ratio: Ratio, percent: number): number {
  if (Number.isInteger(percent)) return 100 * ratio.part - percent * ratio.whole
  if (!Number.isFinite(percent)) return -Math.sign(percent)
  const [digits, scale] = decimalOf(percent)
  const [left, right] = [BigInt(ratio.part) * 100n * scale, digits * BigInt(ratio.whole)]
  return left < right ? -1 : left > right ? 1 : 0
}

/** A decimal number as digits over a power of ten, by the shortest text that means it. */
function decimalOf(value: number): [digits: bigint, scale: bigint] {
  const [mantissa = '0', exponent = '0'] = String(value).split('e')
  const [whole = '0', fraction = ''] = mantissa.split('.')
  const shift = fraction.length - Number(exponent)
  const digits = BigInt(whole + fraction)
  return shift >= 0 ? [digits, 10n ** BigInt(shift)] : [digits * 10n ** BigInt(-shift), 1n]
}

/** Arithmetic on numbers; a percent that takes part in it stops being exact. */
export function calculate(by: ArithmeticOp, left: Value, right: Value): Value {
  const [a, b] = [plainNumber(left), plainNumber(right)]
  if (a === null || b === null) return UNKNOWN
  switch (by) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    default:
      return never(by)
  }
}

function plainNumber(value: Value): number | null {
  if (typeof value === 'number') return value
  return value instanceof Ratio && !value.isAtLeast ? (100 * value.part) / value.whole : null
}
