import type { Expression } from '../model/expression.ts'
import type { FactUsed, Proof } from '../model/plan.ts'
import type { Text } from '../model/words.ts'
import { compile, type Env, rootEnv } from './compile.ts'
import { type ListedService, Ratio, type Scalar, shownPercent, UNKNOWN, type Value } from './value.ts'
import { wordOf } from './words/vocabulary.ts'
import type { Change } from './words/word.ts'
import { notesOf, type World } from './world.ts'

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
export function prove(world: World, expression: Expression, source: string, service: ListedService | null): Trace {
  const notes = notesOf(world)
  const written = notes.traces.get(expression) ?? new Map<ListedService | null, Trace>()
  const before = written.get(service)
  if (before) return before
  notes.traces.set(expression, written)
  // Made ready from the outermost, so that bound names are known inside.
  compile(expression)
  const made = trace(expression, { world, source }, rootEnv(service))
  // What was proved inside a rule that leads back to itself lacks a part, and is not kept.
  if (notes.proving.size === 0) written.set(service, made)
  return made
}

/** What one word of the vocabulary brings to a proof. */
export type Leaf = Pick<Trace, 'facts' | 'says' | 'changes' | 'parts'>

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

const NOTHING: Leaf = { facts: [], says: [], changes: null, parts: [] }

/** A word of the vocabulary, with its facts. One that only leads on to another word (`service.usage`) has none. */
function leaf(expression: Expression & { op: 'field' }, world: World, env: Env): Leaf {
  const of = compile(expression.of)
  const subject = of.run(world, env)
  const word = of.type?.kind === 'object' ? wordOf(of.type.name, expression.name) : undefined
  if (!word || subject === UNKNOWN) return NOTHING
  const key = identityOf(subject)
  const notes = notesOf(world)
  const before = notes.leaves.get(word)?.get(key)
  if (before) return before
  // The type said which object the subject is, and the word belongs to that object.
  const asked = subject as never
  const evidence = word.evidence(asked, world)
  const { changes } = word
  const made: Leaf = {
    facts: evidence.facts,
    says: evidence.says,
    changes: changes ? against => changes(asked, world, against) : null,
    parts: evidence.traces ?? [],
  }
  const leaves = notes.leaves.get(word) ?? new Map<unknown, Leaf>()
  notes.leaves.set(word, leaves)
  if (notes.proving.size === 0) leaves.set(key, made)
  return made
}

/** References are made anew each time they are met; what they refer to is the same. */
function identityOf(subject: Value): unknown {
  if (typeof subject !== 'object' || subject === null) return subject
  if ('gate' in subject) return subject.gate
  if ('program' in subject) return subject.program
  return 'task' in subject ? `${subject.task}@${subject.service?.id ?? ''}` : subject
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

/** Every fact of the proofs once, in reading order. */
export function factsOf(traces: readonly Trace[]): readonly FactUsed[] {
  const [first, ...others] = traces
  if (!first) return []
  return others.length === 0 ? factsIn(first) : unique(traces.flatMap(factsIn))
}

const facts = new WeakMap<Trace, readonly FactUsed[]>()

function factsIn(root: Trace): readonly FactUsed[] {
  const before = facts.get(root)
  if (before) return before
  const met = new Set<FactUsed>()
  const collect = (trace: Trace): void => {
    for (const fact of trace.facts) met.add(fact)
    for (const part of trace.parts) collect(part)
  }
  collect(root)
  const found = unique(met)
  facts.set(root, found)
  return found
}

/** Two words may quote the same value; a derived one has no path and belongs to its own word. */
function unique(quoted: Iterable<FactUsed>): readonly FactUsed[] {
  const found = new Map<unknown, FactUsed>()
  for (const fact of quoted) found.set(fact.path === null ? fact : `${fact.name} ${fact.path}`, fact)
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
