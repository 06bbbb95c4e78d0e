import type { ASTNode } from '@marcbachmann/cel-js'
import type { ArithmeticOp, CompareOp, Expression } from '../../model/expression.ts'
import { RULE_FUNCTIONS, RULE_OBJECTS, RULE_VARIABLES } from '../../model/vocabulary.ts'
import { didYouMean } from '../nearest.ts'
import { impossibility, literalFault } from './impossible.ts'
import { BOOL, describe, FAULT, type StaticType, shapeOf } from './rule-types.ts'

/** What a rule may name at the place it stands. */
export type RuleScope = {
  returns: 'bool' | 'date'
  /** `service` (the one in question) exists only where there is one item per service. */
  perService: boolean
  /** Known ids; null = not known here, so not checked. */
  tasks: ReadonlySet<string> | null
  gates: ReadonlySet<string> | null
  services: ReadonlySet<string> | null
}

export type RuleCode = 'rule/syntax' | 'rule/unsupported' | 'rule/unknown-name' | 'rule/type' | 'rule/impossible' | 'rule/no-service'

export type Report = (code: RuleCode, at: number, message: string, help?: string | null) => StaticType
type Walk = { scope: RuleScope; report: Report; bound: ReadonlyMap<string, StaticType> }
type Part = { expression: Expression; type: StaticType }

const COMPARE: Readonly<Record<string, CompareOp>> = { '==': '==', '!=': '!=', '<': '<', '<=': '<=', '>': '>', '>=': '>=' }
const ARITHMETIC: Readonly<Record<string, ArithmeticOp>> = { '+': '+', '-': '-', '*': '*' }

/** One node and what is below it, as our expression and its type; faults are reported and make the type `fault`. */
export function convert(node: ASTNode, walk: Walk): Part {
  const span = { from: node.start, to: node.end }
  const fault = (): Part => ({ expression: { ...span, op: 'value', value: false }, type: FAULT })
  const refuse = (what: string, help?: string): Part => {
    walk.report('rule/unsupported', node.start, what, help)
    return fault()
  }
  switch (node.op) {
    case 'value':
      return (
        literal(node.args, span) ?? refuse('Unexpected literal, expected a number, a text in quotes, true or false', nullHelp(node.args))
      )
    case 'id':
      return name(node.args, node, walk)
    case '.':
      return field(node.args[0], node.args[1], node, walk)
    case 'call':
      return call(node.args[0], node.args[1], node, walk)
    case 'rcall':
      return quantifier(node.args[0], node.args[1], node.args[2], node, walk)
    case '&&':
    case '||': {
      const [left, right] = [condition(node.args[0], walk), condition(node.args[1], walk)]
      return { expression: { ...span, op: node.op === '&&' ? 'and' : 'or', left, right }, type: BOOL }
    }
    case '!_':
      return { expression: { ...span, op: 'not', of: condition(node.args, walk) }, type: BOOL }
    case '-_': {
      const of = convert(node.args, walk)
      if (of.type.kind !== 'number-literal') return refuse('Unexpected minus, expected it before a number or between two')
      return { expression: { ...span, op: 'value', value: -of.type.value }, type: { kind: 'number-literal', value: -of.type.value } }
    }
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return compare(COMPARE[node.op] ?? '==', node.args[0], node.args[1], node, walk)
    case 'in':
      return membership(node.args[0], node.args[1], node, walk)
    case '+':
    case '-':
    case '*': {
      const [left, right] = [number(node.args[0], walk), number(node.args[1], walk)]
      return {
        expression: { ...span, op: 'arithmetic', by: ARITHMETIC[node.op] ?? '+', left: left.expression, right: right.expression },
        type: left.isNumber && right.isNumber ? { kind: 'number' } : FAULT,
      }
    }
    case 'list': {
      const items = node.args.map(each => convert(each, walk))
      return {
        expression: { ...span, op: 'list', items: items.map(each => each.expression) },
        type: { kind: 'list-literal', of: items.map(each => each.type) },
      }
    }
    case '?:': {
      const test = condition(node.args[0], walk)
      const [yes, no] = [convert(node.args[1], walk), convert(node.args[2], walk)]
      const [left, right] = [shapeOf(yes.type), shapeOf(no.type)]
      if (left !== right && left !== 'fault' && right !== 'fault') {
        walk.report(
          'rule/type',
          node.args[2].start,
          `Unexpected ${describe(no.type)}, expected ${describe(yes.type)} as in the other branch`,
        )
      }
      return { expression: { ...span, op: 'if', condition: test, yes: yes.expression, no: no.expression }, type: widen(yes.type) }
    }
    default:
      return refuse(`Unexpected "${node.op}", which rules do not have`, 'rules have && || ! == != < <= > >= in + - * ?: all() exists()')
  }
}

const nullHelp = (value: unknown) =>
  value === null ? 'a fact that is absent is unknown, and a comparison with it is unknown too' : undefined

/** After a branch the exact literal is no longer known. */
const widen = (type: StaticType): StaticType =>
  type.kind === 'bool-literal'
    ? BOOL
    : type.kind === 'number-literal'
      ? { kind: 'number' }
      : type.kind === 'text-literal'
        ? { kind: 'string' }
        : type

function literal(value: unknown, span: { from: number; to: number }): Part | null {
  if (typeof value === 'boolean') return { expression: { ...span, op: 'value', value }, type: { kind: 'bool-literal', value } }
  if (typeof value === 'string') return { expression: { ...span, op: 'value', value }, type: { kind: 'text-literal', value } }
  // CEL integers are 64-bit; JSON carries only what a double holds exactly.
  const number = typeof value === 'bigint' || typeof value === 'number' ? Number(value) : Number.NaN
  if (!Number.isFinite(number) || Math.abs(number) > Number.MAX_SAFE_INTEGER) return null
  return { expression: { ...span, op: 'value', value: number }, type: { kind: 'number-literal', value: number } }
}

function name(word: string, node: ASTNode, { scope, report, bound }: Walk): Part {
  const expression: Expression = { op: 'name', name: word, from: node.start, to: node.end }
  const type = bound.get(word) ?? own(RULE_VARIABLES, word)
  if (!type) {
    const known = [...bound.keys(), ...Object.keys(RULE_VARIABLES)]
    return { expression, type: report('rule/unknown-name', node.start, `Unexpected name "${word}"`, didYouMean(word, known)) }
  }
  if (word === 'service' && !scope.perService && !bound.has(word)) {
    const help = 'use services.exists(s, …) or intendedServices.all(s, …)'
    return { expression, type: report('rule/no-service', node.start, 'Unexpected "service", expected a rule that is per service', help) }
  }
  return { expression, type }
}

function field(of: ASTNode, word: string, node: ASTNode, walk: Walk): Part {
  const inner = convert(of, walk)
  const expression: Expression = { op: 'field', of: inner.expression, name: word, from: node.start, to: node.end }
  if (inner.type.kind === 'fault') return { expression, type: FAULT }
  const at = node.end - word.length
  if (inner.type.kind !== 'object') {
    return { expression, type: walk.report('rule/type', at, `Unexpected field "${word}": ${describe(inner.type)} has no fields`) }
  }
  const fields = RULE_OBJECTS[inner.type.name] ?? {}
  const type = own(fields, word)
  if (type) return { expression, type }
  const help = didYouMean(word, Object.keys(fields)) ?? `it has ${Object.keys(fields).join(', ')}`
  return { expression, type: walk.report('rule/unknown-name', at, `Unexpected field "${word}" of ${inner.type.name}`, help) }
}

const NOT_IN_RULES = ['has', 'filter', 'map', 'size', 'exists_one', 'existsOne', 'dyn', 'type', 'matches']

function call(word: string, args: readonly ASTNode[], node: ASTNode, walk: Walk): Part {
  const parts = args.map(each => convert(each, walk))
  const expression: Expression = { op: 'call', name: word, args: parts.map(each => each.expression), from: node.start, to: node.end }
  const definition = own(RULE_FUNCTIONS, word)
  if (!definition) {
    const help = NOT_IN_RULES.includes(word)
      ? 'its answer over unknown facts would be a guess; rules have all() and exists()'
      : didYouMean(word, Object.keys(RULE_FUNCTIONS))
    const code = NOT_IN_RULES.includes(word) ? 'rule/unsupported' : 'rule/unknown-name'
    return { expression, type: walk.report(code, node.start, `Unexpected function "${word}"`, help) }
  }
  if (parts.length !== definition.args.length) {
    const wanted = definition.args.map(describe).join(' and ')
    return { expression, type: walk.report('rule/type', node.start, `Unexpected ${parts.length} arguments of ${word}, expected ${wanted}`) }
  }
  for (const [at, wanted] of definition.args.entries()) {
    const [part, argument] = [parts[at], args[at]]
    if (part && argument && part.type.kind !== 'fault') checkArgument(word, wanted, part.type, argument, walk)
  }
  return { expression, type: definition.returns }
}

function checkArgument(word: string, wanted: StaticType, given: StaticType, argument: ASTNode, { scope, report }: Walk): void {
  if (wanted.kind === 'string') {
    if (given.kind !== 'text-literal') {
      report('rule/type', argument.start, `Unexpected ${describe(given)}, expected an id in quotes`)
      return
    }
    const known = word === 'task' ? scope.tasks : word === 'gate' ? scope.gates : null
    if (known && !known.has(given.value)) {
      report('rule/unknown-name', argument.start, `Unexpected ${word} "${given.value}"`, didYouMean(given.value, known))
    }
    return
  }
  const isDate = wanted.kind === 'date' && given.kind === 'text-literal'
  const fits =
    isDate || (wanted.kind === 'object' ? given.kind === 'object' && given.name === wanted.name : shapeOf(wanted) === shapeOf(given))
  if (!fits) report('rule/type', argument.start, `Unexpected ${describe(given)}, expected ${describe(wanted)}`)
  else if (isDate) complain(literalFault(wanted, given, scope.services), argument, report)
}

function quantifier(word: string, of: ASTNode, args: readonly ASTNode[], node: ASTNode, walk: Walk): Part {
  const span = { from: node.start, to: node.end }
  const broken: Part = { expression: { ...span, op: 'value', value: false }, type: FAULT }
  if (word !== 'all' && word !== 'exists') {
    const help = NOT_IN_RULES.includes(word)
      ? 'its answer over unknown facts would be a guess; rules have all() and exists()'
      : didYouMean(word, ['all', 'exists'])
    walk.report('rule/unsupported', of.end + 1, `Unexpected "${word}()"`, help)
    return broken
  }
  const list = convert(of, walk)
  const [variable, where] = args
  if (!variable || !where || args.length !== 2 || variable.op !== 'id') {
    walk.report(
      'rule/type',
      node.start,
      `Unexpected arguments of ${word}, expected a name and a condition, as in services.${word}(s, s.activated)`,
    )
    return broken
  }
  if (list.type.kind !== 'list') {
    if (list.type.kind !== 'fault')
      walk.report('rule/type', of.start, `Unexpected ${describe(list.type)}, expected a list such as services`)
    return broken
  }
  if (own(RULE_VARIABLES, variable.args) || walk.bound.has(variable.args)) {
    walk.report(
      'rule/type',
      variable.start,
      `Unexpected name "${variable.args}", expected one that means nothing else`,
      'a single letter will do',
    )
    return broken
  }
  const inner: Walk = { ...walk, bound: new Map(walk.bound).set(variable.args, list.type.of) }
  return { expression: { ...span, op: word, of: list.expression, bind: variable.args, where: condition(where, inner) }, type: BOOL }
}

function compare(by: CompareOp, left: ASTNode, right: ASTNode, node: ASTNode, walk: Walk): Part {
  const [a, b] = [convert(left, walk), convert(right, walk)]
  const part: Part = {
    expression: { op: 'compare', by, left: a.expression, right: b.expression, from: node.start, to: node.end },
    type: BOOL,
  }
  const fault = impossibility(by, a.type, b.type, walk.scope.services)
  if (fault) complain(fault, fault.side === 'left' ? left : right, walk.report)
  return part
}

function membership(left: ASTNode, right: ASTNode, node: ASTNode, walk: Walk): Part {
  const [item, list] = [convert(left, walk), convert(right, walk)]
  const part: Part = { expression: { op: 'in', left: item.expression, right: list.expression, from: node.start, to: node.end }, type: BOOL }
  if (list.type.kind === 'list-literal') {
    if (list.type.of.length === 0) walk.report('rule/impossible', right.start, 'Unexpected empty list: nothing is in it')
    for (const [at, each] of list.type.of.entries()) {
      const fault = impossibility('==', item.type, each, walk.scope.services)
      const where = right.op === 'list' ? right.args[at] : right
      if (fault) complain(fault, fault.side === 'left' ? left : (where ?? right), walk.report)
    }
  } else if (list.type.kind === 'list') {
    const fault = impossibility('==', item.type, list.type.of, walk.scope.services)
    if (fault) complain(fault, fault.side === 'left' ? left : right, walk.report)
  } else if (list.type.kind !== 'fault') {
    walk.report('rule/type', right.start, `Unexpected ${describe(list.type)}, expected a list`)
  }
  return part
}

function complain(fault: ReturnType<typeof literalFault>, node: ASTNode, report: Report): void {
  if (fault) report(fault.code, node.start, fault.message, fault.help)
}

function condition(node: ASTNode, walk: Walk): Expression {
  const { expression, type } = convert(node, walk)
  const shape = shapeOf(type)
  if (shape !== 'bool' && shape !== 'fault') walk.report('rule/type', node.start, `Unexpected ${describe(type)}, expected yes or no`)
  return expression
}

function number(node: ASTNode, walk: Walk): { expression: Expression; isNumber: boolean } {
  const { expression, type } = convert(node, walk)
  const shape = shapeOf(type)
  if (shape !== 'number' && shape !== 'fault') {
    const help = shape === 'date' ? 'use daysAfter(date, n) or workingDays(date, n)' : null
    walk.report('rule/type', node.start, `Unexpected ${describe(type)}, expected a number`, help)
  }
  return { expression, isNumber: shape === 'number' }
}

/** A name such as `constructor` is not a word of the table, whatever JavaScript objects inherit. */
const own = <T>(table: Readonly<Record<string, T>>, word: string): T | undefined => (Object.hasOwn(table, word) ? table[word] : undefined)
