import type { FactUsed, PlanItem } from '../model/plan.ts'
import type { Rule } from '../model/playbook.ts'
import type { Day, ItemState, ItemStatus, Text } from '../model/words.ts'
import { because, type Detail, fileOf, ITEM_HEADS, type Reason, truth } from './because.ts'
import { evaluate } from './compile.ts'
import { phrase } from './phrases.ts'
import { reasonOf, type Standing } from './processes.ts'
import { isDropped, type MarkedItem, statusPath } from './statuses.ts'
import { used } from './words/word.ts'
import type { World } from './world.ts'

/** What decided an item: the rules to quote, or what else it was. */
type Ruling = Readonly<{ state: ItemState; by: 'status' | 'initiative' | 'process' | 'rules'; rules: readonly Rule[] }>

/**
 * The first that holds, as in design §5. A definite answer may stand before an unknown one above it, because done, suppressed,
 * not applicable and waiting are all "not due": only `due` needs everything known.
 */
export function rulingOf(world: World, item: MarkedItem, standing: Standing): Ruling {
  const { rules, step } = item.work
  const that = (kind: Rule['kind'], answer: 'yes' | 'no' | 'unknown') =>
    rules[kind].filter(rule => truth(world, rule, item.service) === answer)
  const ruling = (state: ItemState, by: Ruling['by'], deciding: readonly Rule[] = []): Ruling => ({ state, by, rules: deciding })

  const status = item.status?.status
  if (status === 'complete') return ruling('done', 'status')
  const done = that('done', 'yes')
  if (done.length > 0) return ruling('done', 'rules', done)
  if (isDropped(status)) return ruling('not-applicable', 'status')
  const forbidden = that('unless', 'yes')
  if (forbidden.length > 0) return ruling('suppressed', 'rules', forbidden)
  const inapplicable = that('when', 'no')
  if (inapplicable.length > 0) return ruling('not-applicable', 'rules', inapplicable)
  if (!isOfInitiative(world, step.initiatives)) return ruling('not-applicable', 'initiative')
  if (standing.state === 'closed') return ruling('waiting', 'process')
  const lacking = that('needs', 'no')
  if (lacking.length > 0) return ruling('waiting', 'rules', lacking)
  const open = [...that('done', 'unknown'), ...that('unless', 'unknown'), ...that('when', 'unknown'), ...that('needs', 'unknown')]
  if (open.length > 0) return ruling('unknown', 'rules', open)
  if (standing.state === 'unknown') return ruling('unknown', 'process')
  return ruling('due', 'rules', [...rules.when, ...rules.needs, ...rules.unless])
}

/** A step for some initiatives; a customer of none is not cut off from them. */
const isOfInitiative = (world: World, initiatives: readonly string[]) =>
  initiatives.length === 0 ||
  world.facts.customer.initiatives.length === 0 ||
  world.facts.customer.initiatives.some(each => initiatives.includes(each))

export const itemId = ({ work, service }: MarkedItem): string => `${work.id}${service ? `@${service.id}` : ''}`

export function planItem(world: World, detail: Detail, item: MarkedItem, standing: Standing): PlanItem {
  const ruling = rulingOf(world, item, standing)
  return {
    id: itemId(item),
    task: item.work.task?.id ?? null,
    service: item.service?.id ?? null,
    mandatory: item.work.task?.mandatory ?? null,
    state: ruling.state,
    status: item.status?.status ?? null,
    due: dueDay(world, item),
    because: because(world, detail, { head: ITEM_HEADS[ruling.state], ...reason(world, item, ruling, standing) }),
  }
}

function dueDay(world: World, { work, service }: MarkedItem): Day | null {
  const [rule] = work.rules.due
  const value = rule ? evaluate(world, rule.expression, service) : null
  // Dates are the only texts a `Due` rule may come to: the compiler checked it.
  return typeof value === 'string' ? (value as Day) : null
}

function reason(world: World, item: MarkedItem, ruling: Ruling, standing: Standing): Omit<Reason, 'head'> {
  const { work, service } = item
  const place = { file: fileOf(world, work.process), line: work.task?.line ?? work.step.line }
  switch (ruling.by) {
    case 'status':
      return { place, says: [statusSay(item)], facts: [statusFact(world, item)] }
    case 'initiative':
      return { place, says: [initiativeSay(world, work.step.initiatives)], facts: [initiativeFact(world)] }
    case 'process': {
      const { rules = [], says = [], facts = [] } = reasonOf(world, standing)
      const head =
        ruling.state === 'waiting'
          ? phrase('“{name}” is not open yet', '“{name}” ainda não está aberto', { name: work.process.title })
          : phrase('it is not known whether “{name}” is open', 'não se sabe se “{name}” está aberto', { name: work.process.title })
      return { place, rules, facts, says: [head, ...says] }
    }
    default:
      if (ruling.rules.length > 0) return { place, rules: ruling.rules, service }
      return openReason(world, place, standing)
  }
}

/** An item without rules of its own is due because its process is open. */
function openReason(world: World, place: NonNullable<Reason['place']>, standing: Standing): Omit<Reason, 'head'> {
  const { rules = [], says = [], facts = [] } = standing.state === 'finished' ? {} : reasonOf(world, standing)
  const name = standing.process.title
  return { place, rules, facts, says: [phrase('“{name}” is open', '“{name}” está aberto', { name }), ...(rules.length > 0 ? [] : says)] }
}

const STATUS_NAMES: Record<ItemStatus, readonly [string, string]> = {
  'not-started': ['not started', 'não iniciado'],
  'in-progress': ['in progress', 'em andamento'],
  complete: ['complete', 'concluído'],
  'not-required': ['not required', 'não necessário'],
  paused: ['paused', 'pausado'],
  deferred: ['deferred', 'adiado'],
  warning: ['at risk', 'em risco'],
  blocked: ['blocked', 'bloqueado'],
  cancelled: ['cancelled', 'cancelado'],
}

function statusSay({ status }: MarkedItem): Text {
  const [en, pt] = STATUS_NAMES[status?.status ?? 'not-started']
  const note = status?.note ?? status?.reason
  const parts = { en, pt, by: status?.by ?? '', on: status?.on ?? '', note: note ?? '' }
  const english = `${status?.by ? '{by} set it to “{en}”' : 'it is set to “{en}”'}${status?.on ? ' on {on}' : ''}${note ? ' ({note})' : ''}`
  const portuguese = `${status?.by ? '{by} marcou como “{pt}”' : 'está marcado como “{pt}”'}${status?.on ? ' em {on}' : ''}${note ? ' ({note})' : ''}`
  return phrase(english, portuguese, parts)
}

function statusFact(world: World, { work, status }: MarkedItem): FactUsed {
  const service = status?.service ?? null
  const base = work.task ? statusPath(work.task.id, null) : `steps.${work.id}`
  const path = `${base}${service ? `@${service}` : ''}.status`
  const fact = used(world, work.task ? `task.${work.task.id}.status` : `${work.id}.status`, path, status?.status, { asOf: status?.on })
  return status?.by ? { ...fact, source: status.by } : fact
}

const initiativeSay = (world: World, wanted: readonly string[]): Text =>
  phrase('it is for {wanted}, and the customer is of {own}', 'vale para {wanted}, e o cliente é de {own}', {
    wanted: wanted.join(' / '),
    own: world.facts.customer.initiatives.join(' / '),
  })

const initiativeFact = (world: World): FactUsed =>
  used(world, 'customer.initiatives', 'customer.initiatives', world.facts.customer.initiatives.join(', '))
