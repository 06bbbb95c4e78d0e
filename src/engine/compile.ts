import type { Expression } from '../model/expression.ts'
import { RULE_FUNCTIONS, RULE_OBJECTS, RULE_VARIABLES, type RuleType } from '../model/vocabulary.ts'
import { never } from '../model/words.ts'
import { calculate, compare } from './compare.ts'
import { daysAfter, workingDaysAfter } from './day-numbers.ts'
import { not, or } from './kleene.ts'
import { type ListedService, UNKNOWN, type Value } from './value.ts'
import { wordOf } from './words/vocabulary.ts'
import type { World } from './world.ts'

/** The service in question and the values bound by `all` and `exists`, innermost first. */
export type Env = Readonly<{ service: ListedService | null; value: Value; up: Env | null }>

export type Run = (world: World, env: Env) => Value

/** An expression made ready: what it comes to, and what it can be told of it without running. */
export type Compiled = Readonly<{ run: Run; type: RuleType | null }>

/** Each expression is made ready once; 60,000 customers then only run closures. */
const ready = new WeakMap<Expression, Compiled>()

export const rootEnv = (service: ListedService | null): Env => ({ service, value: UNKNOWN, up: null })

/** The value of a whole rule; unknown wherever the vocabulary does not know a word, so that no expression can make it throw. */
export const evaluate = (world: World, expression: Expression, service: ListedService | null): Value =>
  compile(expression).run(world, rootEnv(service))

export function compile(expression: Expression, bound: Scope = []): Compiled {
  const before = ready.get(expression)
  if (before) return before
  const compiled = build(expression, bound)
  ready.set(expression, compiled)
  return compiled
}

/** Names bound around an expression, innermost first. */
type Scope = readonly Readonly<{ name: string; type: RuleType | null }>[]

const BOOL: RuleType = { kind: 'bool' }

function build(expression: Expression, bound: Scope): Compiled {
  switch (expression.op) {
    case 'value': {
      const { value } = expression
      return { run: () => value, type: null }
    }
    case 'name':
      return nameOf(expression.name, bound)
    case 'field':
      return field(compile(expression.of, bound), expression.name)
    case 'call':
      return call(
        expression.name,
        expression.args.map(each => compile(each, bound)),
      )
    case 'all':
    case 'exists':
      return quantifier(expression, bound)
    case 'and':
    case 'or':
      return {
        run: junction(expression.op === 'or', compile(expression.left, bound).run, compile(expression.right, bound).run),
        type: BOOL,
      }
    case 'not': {
      const { run } = compile(expression.of, bound)
      return { run: (world, env) => not(run(world, env)), type: BOOL }
    }
    case 'compare': {
      const { by } = expression
      const [left, right] = [compile(expression.left, bound).run, compile(expression.right, bound).run]
      return { run: (world, env) => compare(by, left(world, env), right(world, env)), type: BOOL }
    }
    case 'in': {
      const [left, right] = [compile(expression.left, bound).run, compile(expression.right, bound).run]
      return { run: (world, env) => isIn(left(world, env), right(world, env)), type: BOOL }
    }
    case 'arithmetic': {
      const { by } = expression
      const [left, right] = [compile(expression.left, bound).run, compile(expression.right, bound).run]
      return { run: (world, env) => calculate(by, left(world, env), right(world, env)), type: { kind: 'int' } }
    }
    case 'list': {
      const items = expression.items.map(each => compile(each, bound))
      const [first] = items
      return { run: (world, env) => items.map(each => each.run(world, env)), type: first?.type ? { kind: 'list', of: first.type } : null }
    }
    case 'if': {
      const condition = compile(expression.condition, bound).run
      const [yes, no] = [compile(expression.yes, bound), compile(expression.no, bound)]
      return { run: (world, env) => choose(condition(world, env), yes.run(world, env), no.run(world, env)), type: yes.type ?? no.type }
    }
    default:
      return never(expression)
  }
}

/** `||` when `answer` is true, `&&` when it is false: that answer of either side decides. */
function junction(answer: boolean, left: Run, right: Run): Run {
  return (world, env) => {
    const first = left(world, env)
    if (first === answer) return answer
    const second = right(world, env)
    if (second === answer) return answer
    return first === UNKNOWN || second === UNKNOWN ? UNKNOWN : typeof first === 'boolean' && typeof second === 'boolean' ? !answer : UNKNOWN
  }
}

/** With an unknown condition it is known only what both branches agree on. */
function choose(condition: Value, yes: Value, no: Value): Value {
  if (condition === true) return yes
  if (condition === false) return no
  return compare('==', yes, no) === true ? yes : UNKNOWN
}

function isIn(item: Value, list: Value): Value {
  if (!Array.isArray(list)) return UNKNOWN
  return list.reduce<Value>((found, each) => or(found, compare('==', item, each)), false)
}

function nameOf(name: string, bound: Scope): Compiled {
  const depth = bound.findIndex(each => each.name === name)
  const binding = bound[depth]
  if (binding) return { run: (_, env) => up(env, depth).value, type: binding.type }
  const type = Object.hasOwn(RULE_VARIABLES, name) ? (RULE_VARIABLES[name] ?? null) : null
  if (type === null) return { run: () => UNKNOWN, type }
  switch (name) {
    case 'today':
      return { run: world => world.today, type }
    case 'service':
      return { run: (_, env) => env.service ?? UNKNOWN, type }
    case 'services':
      return { run: world => world.services, type }
    case 'intendedServices':
      return { run: world => world.intended, type }
    default:
      // The other names are groups: their words need no subject.
      return { run: () => null, type }
  }
}

function up(env: Env, depth: number): Env {
  let found = env
  for (let left = depth; left > 0 && found.up; left -= 1) found = found.up
  return found
}

function field(of: Compiled, name: string): Compiled {
  const word = of.type?.kind === 'object' ? wordOf(of.type.name, name) : undefined
  const fields = of.type?.kind === 'object' ? RULE_OBJECTS[of.type.name] : undefined
  if (!word || !fields) return { run: () => UNKNOWN, type: null }
  const { run } = of
  const { read } = word
  return {
    run: (world, env) => {
      const subject = run(world, env)
      // The type said which object this is, and `word` belongs to that object.
      return subject === UNKNOWN ? UNKNOWN : read(subject as never, world)
    },
    type: fields[name] ?? null,
  }
}

function call(name: string, args: readonly Compiled[]): Compiled {
  const type = Object.hasOwn(RULE_FUNCTIONS, name) ? (RULE_FUNCTIONS[name]?.returns ?? null) : null
  const [first, second] = args
  if (!first || type === null) return { run: () => UNKNOWN, type }
  switch (name) {
    case 'task':
      return { run: (world, env) => reference(first.run(world, env), task => ({ task, service: env.service })), type }
    case 'gate':
      return { run: (world, env) => reference(first.run(world, env), gate => ({ gate })), type }
    case 'accelerator':
      return { run: first.run, type }
    case 'workingDays':
    case 'daysAfter': {
      const after = name === 'daysAfter' ? daysAfter : workingDaysAfter
      return {
        run: (world, env) => {
          const [day, count] = [first.run(world, env), second?.run(world, env)]
          return typeof day === 'string' && typeof count === 'number' ? (after(day, count) ?? UNKNOWN) : UNKNOWN
        },
        type,
      }
    }
    case 'dateIf':
      return { run: (world, env) => (first.run(world, env) === true ? (second?.run(world, env) ?? UNKNOWN) : UNKNOWN), type }
    default:
      return { run: () => UNKNOWN, type }
  }
}

const reference = (id: Value, make: (id: string) => Value): Value => (typeof id === 'string' ? make(id) : UNKNOWN)

function quantifier(expression: Expression & { op: 'all' | 'exists' }, bound: Scope): Compiled {
  const of = compile(expression.of, bound)
  const inner = { name: expression.bind, type: of.type?.kind === 'list' ? of.type.of : null }
  const where = compile(expression.where, [inner, ...bound]).run
  const answer = expression.op === 'exists'
  return {
    run: (world, env) => {
      const list = of.run(world, env)
      if (!Array.isArray(list)) return UNKNOWN
      // All of nothing is unknown; none of nothing exists.
      let found: Value = list.length === 0 && !answer ? UNKNOWN : !answer
      for (const value of list) {
        const each = where(world, { service: env.service, value, up: env })
        if (each === answer) return answer
        if (each !== !answer) found = UNKNOWN
      }
      return found
    },
    type: BOOL,
  }
}
