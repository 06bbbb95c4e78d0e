import type { Expression } from '../model/expression.ts'
import type { FactUsed, Proof } from '../model/plan.ts'
import type { Text } from '../model/words.ts'
import { compile, type Env, rootEnv } from './compile.ts'
import { type ListedService, Ratio, type Scalar, shownPercent, UNKNOWN, type Value } from './value.ts'
import { wordOf } from './words/vocabulary.ts'
import type { Change } from './words/word.ts'
import type { World } from './world.ts'

/** A proof while it is being worked with: what may be said of each part, and what could be changed in it. */
export type Trace = Readonly<{
  op: Expression['op']
  source: string
  value: Value
  facts: readonly FactUsed[]
  says: readonly Text[]
  changes: ((against: readonly Scalar[]) => readonly Change[]) | null
  parts: readonly Trace[]
}>

/** Evaluates every part of a rule, also those the answer does not need: a reader asks about them as well. */
export const prove = (world: World, expression: Expression, source: string, service: ListedService | null): Trace => {
  // Made ready from the outermost, so that bound names are known inside.
  compile(expression)
  return trace(expression, { world, source }, rootEnv(service))
}

type Sheet = Readonly<{ world: World; source: string }>

function trace(expression: Expression, sheet: Sheet, env: Env): Trace {
  const own = {
    op: expression.op,
    source: sheet.source.slice(expression.from, expression.to),
    value: compile(expression).run(sheet.world, env),
    facts: [],
    says: [],
    changes: null,
    parts: [],
  } satisfies Trace
  const inside = (part: Expression) => trace(part, sheet, env)
  switch (expression.op) {
    case 'value':
    case 'name':
      return own
    case 'field':
      return { ...own, ...leaf(expression, sheet.world, env) }
    case 'call':
      return { ...own, parts: expression.args.map(inside) }
    case 'list':
      return { ...own, parts: expression.items.map(inside) }
    case 'not':
      return { ...own, parts: [inside(expression.of)] }
    case 'all':
    case 'exists': {
      const list = compile(expression.of).run(sheet.world, env)
      const values = Array.isArray(list) ? list : []
      const parts = values.map(value => trace(expression.where, sheet, { service: env.service, value, up: env }))
      return { ...own, parts, says: parts.length === 0 ? nothingIn(expression.of) : [] }
    }
    case 'if':
      return { ...own, parts: [inside(expression.condition), inside(expression.yes), inside(expression.no)] }
    default:
      return { ...own, parts: [inside(expression.left), inside(expression.right)] }
  }
}

/** A word of the vocabulary, with its facts. One that only leads on to another word (`service.usage`) has none. */
function leaf(expression: Expression & { op: 'field' }, world: World, env: Env): Pick<Trace, 'facts' | 'says' | 'changes' | 'parts'> {
  const of = compile(expression.of)
  const subject = of.run(world, env)
  const word = of.type?.kind === 'object' ? wordOf(of.type.name, expression.name) : undefined
  if (!word || subject === UNKNOWN) return { facts: [], says: [], changes: null, parts: [] }
  // The type said which object the subject is, and the word belongs to that object.
  const asked = subject as never
  const evidence = word.evidence(asked, world)
  const { changes } = word
  return {
    facts: evidence.facts,
    says: evidence.says,
    changes: changes ? against => changes(asked, world, against) : null,
    parts: evidence.traces ?? [],
  }
}

function nothingIn(list: Expression): Text[] {
  if (list.op !== 'name') return []
  if (list.name === 'intendedServices') {
    return [
      { en: 'no service is known that the customer means to use', 'pt-BR': 'não se conhece nenhum serviço que o cliente pretenda usar' },
    ]
  }
  return list.name === 'services'
    ? [{ en: 'no service is listed for the customer', 'pt-BR': 'nenhum serviço está listado para o cliente' }]
    : []
}

/** What to say of the answer: only the parts that decided it, in reading order. */
export function decisive(trace: Trace): readonly Text[] {
  const { op, value, parts } = trace
  if (op === 'field' || parts.length === 0) return trace.says
  const deciding = (answer: Value) => parts.filter(part => part.value === answer)
  const all = () => parts.flatMap(decisive)
  switch (op) {
    case 'and':
    case 'all':
      return value === true ? all() : deciding(value).flatMap(decisive)
    case 'or':
      return value === false ? all() : deciding(value).flatMap(decisive)
    case 'exists':
      return value === false ? all() : deciding(value).slice(0, 1).flatMap(decisive)
    case 'if': {
      const [condition, yes, no] = parts
      const taken = condition?.value === true ? yes : condition?.value === false ? no : undefined
      return [condition, taken].flatMap(part => (part ? decisive(part) : []))
    }
    default:
      return all()
  }
}

/** Every fact of a proof once, in reading order. */
export function factsOf(traces: readonly Trace[]): FactUsed[] {
  const found = new Map<string, FactUsed>()
  const collect = (trace: Trace): void => {
    // A derived fact has no path of its own; the ones it stands beside tell of which service it is.
    const beside = trace.facts.map(fact => fact.path).join()
    for (const fact of trace.facts) found.set(`${fact.name} ${fact.path ?? beside}`, fact)
    trace.parts.forEach(collect)
  }
  traces.forEach(collect)
  return [...found.values()]
}

export const proofOf = (trace: Trace): Proof => ({
  source: trace.source,
  value: shown(trace.value),
  facts: trace.facts,
  parts: trace.parts.map(proofOf),
})

function shown(value: Value): Proof['value'] {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number' || typeof value === 'string') return value
  if (value instanceof Ratio && !value.isAtLeast) return shownPercent(value.part, value.whole)
  if (Array.isArray(value)) return value.filter(each => typeof each === 'string').join(', ')
  return 'unknown'
}
