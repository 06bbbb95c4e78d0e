import type { Because, FactUsed, GateState } from '../model/plan.ts'
import type { Process, Rule } from '../model/playbook.ts'
import type { ItemState, Text, Truth } from '../model/words.ts'
import { evaluate } from './compile.ts'
import { phrase, sentence } from './phrases.ts'
import { decisive, factsOf, proofOf, prove, type Trace } from './prove.ts'
import { type ListedService, truthOf } from './value.ts'
import type { World } from './world.ts'

export const ITEM_HEADS: Record<ItemState, Text> = {
  due: phrase('Due', 'A fazer'),
  waiting: phrase('Waiting', 'Aguardando'),
  done: phrase('Done', 'Feito'),
  'not-applicable': phrase('Does not apply', 'Não se aplica'),
  suppressed: phrase('Not to be done here', 'Não deve ser feito aqui'),
  unknown: phrase('Cannot tell', 'Não se sabe'),
}
export const GATE_HEADS: Record<GateState, Text> = {
  met: phrase('Met', 'Atingido'),
  'not-met': phrase('Not met', 'Não atingido'),
  unknown: phrase('Cannot tell', 'Não se sabe'),
}
export const GATE_STATES: Record<Truth, GateState> = { yes: 'met', no: 'not-met', unknown: 'unknown' }

export const truth = (world: World, rule: Rule, service: ListedService | null): Truth => truthOf(evaluate(world, rule.expression, service))

/** What a reason is made of. Rules are proved in the order given; the first is the one quoted. */
export type Reason = Readonly<{
  head: Text
  rules?: readonly Rule[]
  service?: ListedService | null
  /** Said before what the rules say. */
  says?: readonly Text[]
  facts?: readonly FactUsed[]
  /** Where to look when no rule decided. */
  place?: Readonly<{ file: string | null; line: number | null }>
}>

/** How much of a reason is written down. Proofs are half of a plan's bytes; a list of customers can do without. */
export type Detail = Readonly<{ proofs: boolean }>

export function because(world: World, detail: Detail, reason: Reason): Because {
  const { head, rules = [], service = null, says = [], facts = [], place } = reason
  const traces = rules.map(rule => prove(world, rule.expression, rule.source, service))
  const [rule] = rules
  return {
    text: sentence(head, [...says, ...traces.flatMap((trace, at) => spoken(trace, rules[at]))]),
    rule: rule?.source ?? null,
    file: rule?.file ?? place?.file ?? null,
    line: rule?.line ?? place?.line ?? null,
    facts: [...facts, ...factsOf(traces)],
    proof: detail.proofs && traces[0] ? proofOf(traces[0]) : null,
  }
}

/** A rule whose words say nothing (`true`, a comparison of settings) is quoted instead. */
function spoken(trace: Trace, rule: Rule | undefined): readonly Text[] {
  const says = decisive(trace)
  if (says.length > 0 || !rule) return says
  const parts = { source: rule.source }
  if (trace.value === true) return [phrase('the rule “{source}” holds', 'a regra “{source}” vale', parts)]
  if (trace.value === false) return [phrase('the rule “{source}” does not hold', 'a regra “{source}” não vale', parts)]
  return [phrase('the rule “{source}” cannot be decided', 'não é possível decidir a regra “{source}”', parts)]
}

/** The page that structure comes from: the source locale's, else any. */
export const fileOf = (world: World, process: Process): string | null =>
  process.file[world.playbook.playbook.sourceLocale ?? ''] ?? Object.values(process.file)[0] ?? null
