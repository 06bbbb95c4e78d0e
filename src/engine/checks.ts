import type { PlanCheck, PlanProcess } from '../model/plan.ts'
import type { CheckDef, Process } from '../model/playbook.ts'
import type { Text } from '../model/words.ts'
import { because, type Detail, fileOf, GATE_HEADS, GATE_STATES, ITEM_HEADS, type Reason, truth } from './because.ts'
import { phrase } from './phrases.ts'
import { used } from './words/word.ts'
import type { World } from './world.ts'

/** Lines of the key inputs and outputs: computed where a rule can, else confirmed by a person. They never block a gate. */
export function checklistsOf(world: World, detail: Detail, process: Process): PlanProcess['checklists'] {
  const side = (wanted: CheckDef['side']) =>
    process.checks.filter(each => each.side === wanted).map(each => planCheck(world, detail, process, each))
  return { inputs: side('inputs'), outputs: side('outputs') }
}

function planCheck(world: World, detail: Detail, process: Process, check: CheckDef): PlanCheck {
  const { state, head, ...reason } = checkOf(world, check)
  const place = { file: fileOf(world, process), line: null }
  return { id: check.id, row: check.row, text: check.text, state, because: because(world, detail, { place, ...reason, head }) }
}

function checkOf(world: World, check: CheckDef): Reason & { state: PlanCheck['state'] } {
  const applies = check.when ? truth(world, check.when, null) : 'yes'
  if (check.when && applies === 'no') return { state: 'not-applicable', head: ITEM_HEADS['not-applicable'], rules: [check.when] }
  if (check.when && applies === 'unknown') return { state: 'unknown', head: GATE_HEADS.unknown, rules: [check.when] }
  if (check.rule) {
    const state = GATE_STATES[truth(world, check.rule, null)]
    return { state, head: GATE_HEADS[state], rules: [check.rule] }
  }
  return confirmed(world, check.id)
}

function confirmed(world: World, id: string): Reason & { state: PlanCheck['state'] } {
  const word = world.history.checks.findLast(each => each.id === id)
  const state = word ? (word.met ? 'met' : 'not-met') : 'unknown'
  const fact = used(world, `check.${id}`, `checks.${id}.met`, word?.met, { asOf: word?.on })
  return { state, head: GATE_HEADS[state], facts: [fact], says: [confirmationSay(word)] }
}

function confirmationSay(word: World['history']['checks'][number] | undefined): Text {
  if (!word) return phrase('nobody has confirmed this yet', 'ninguém confirmou isto ainda')
  const parts = { by: word.by ?? '', on: word.on ?? '', evidence: word.evidence ?? '' }
  const tail = `${word.evidence ? ' ({evidence})' : ''}`
  const english = word.met ? 'confirmed' : 'found missing'
  const portuguese = word.met ? 'confirmado' : 'considerado pendente'
  return phrase(
    `${english}${word.by ? ' by {by}' : ''}${word.on ? ' on {on}' : ''}${tail}`,
    `${portuguese}${word.by ? ' por {by}' : ''}${word.on ? ' em {on}' : ''}${tail}`,
    parts,
  )
}
