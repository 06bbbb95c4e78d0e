import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compilePaths } from '../app/playbooks/files.ts'
import { ARB_TODAY, factSheetArb, hiddenFactsArb } from '../model/facts.arb.ts'
import { type FactSheet, splitSheet } from '../model/facts.ts'
import type { Plan } from '../model/plan.ts'
import { decide } from './decide.ts'
import { gateTruths } from './gates.ts'

const { playbook } = compilePaths(['playbooks/microsoft-365-success'])
const plan = (sheet: FactSheet): Plan => {
  const { facts, history } = splitSheet(sheet)
  return decide(playbook, facts, history, ARB_TODAY)
}
const items = ({ processes }: Plan) => processes.flatMap(process => process.steps.flatMap(step => step.items))

test('the same inputs give the same bytes, whatever the order of keys', () => {
  const reversed = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(reversed)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([key, inner]) => [key, reversed(inner)]),
          )
        : value
  fc.assert(
    fc.property(factSheetArb, sheet => {
      const text = JSON.stringify(plan(sheet))
      expect(JSON.stringify(plan(structuredClone(sheet)))).toBe(text)
      expect(JSON.stringify(plan(reversed(sheet) as FactSheet))).toBe(text)
    }),
  )
})

test('a plan is plain JSON with a sentence for everything it says', () => {
  fc.assert(
    fc.property(factSheetArb, sheet => {
      const made = plan(sheet)
      expect(JSON.parse(JSON.stringify(made))).toEqual(made)
      for (const { because } of [...items(made), ...made.gates, ...made.processes, ...made.transitions, ...made.warnings, made.overall]) {
        for (const text of [because.text.en, because.text['pt-BR']]) expect(text).toMatch(/^[\p{Lu}“].*\.$/u)
        expect(JSON.stringify(because.text)).not.toMatch(/undefined|NaN/)
      }
    }),
  )
})

test('a fact that no rule reads changes nothing', () => {
  fc.assert(
    fc.property(factSheetArb, sheet => {
      const more: FactSheet = {
        ...sheet,
        customer: { ...sheet.customer, name: 'Another name' },
        csm: { ...sheet.csm, name: 'Somebody', since: ARB_TODAY },
      }
      expect(plan(more)).toEqual(plan(sheet))
    }),
  )
})

/** Done, suppressed, not applicable and waiting are one answer: not due. */
const ANSWER: Record<string, string> = {
  done: 'not due',
  suppressed: 'not due',
  'not-applicable': 'not due',
  waiting: 'not due',
  open: 'begun',
  finished: 'begun',
}
const answers = (made: Plan): Map<string, string> =>
  new Map(
    [
      ...made.gates.map(each => [`gate ${each.id}`, each.state] as const),
      ...items(made).map(each => [`item ${each.id}`, ANSWER[each.state] ?? each.state] as const),
      ...made.processes.map(each => [`process ${each.id}`, ANSWER[each.state] ?? each.state] as const),
      ...made.processes
        .flatMap(each => [...each.checklists.inputs, ...each.checklists.outputs])
        .map(each => [`check ${each.id}`, each.state] as const),
      ...made.transitions.map(each => [`transition ${each.to}`, each.state] as const),
      ...made.proposals.map(each => [`proposal ${each.id}`, each.state] as const),
    ].filter(([, state]) => state !== 'unknown'),
  )

test('a fact becoming known never contradicts an answer given before', () => {
  fc.assert(
    fc.property(
      factSheetArb.chain(sheet => fc.tuple(fc.constant(sheet), hiddenFactsArb(sheet))),
      ([known, hidden]) => {
        const now = answers(plan(known))
        for (const [what, before] of answers(plan(hidden))) expect(`${what} ${now.get(what)}`).toBe(`${what} ${before}`)
      },
    ),
    { numRuns: 500 },
  )
})

test('gates answered alone are the gates of the plan', () => {
  const state = { yes: 'met', no: 'not-met', unknown: 'unknown' }
  fc.assert(
    fc.property(factSheetArb, sheet => {
      const { facts, history } = splitSheet(sheet)
      const alone = gateTruths(playbook, facts, history, ARB_TODAY).map(each => state[each])
      expect(alone).toEqual(plan(sheet).gates.map(each => each.state))
    }),
  )
})
