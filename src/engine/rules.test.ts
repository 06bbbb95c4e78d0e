import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compilePaths } from '../app/playbooks/files.ts'
import type { Expression } from '../model/expression.ts'
import { ARB_TODAY, factSheetArb, hiddenFactsArb } from '../model/facts.arb.ts'
import { FactSheet, splitSheet } from '../model/facts.ts'
import { RULE_OBJECTS } from '../model/vocabulary.ts'
import { compileRule } from '../playbook/rules/compile-rule.ts'
import { evaluate } from './compile.ts'
import { and, not, or } from './kleene.ts'
import { prove } from './prove.ts'
import { UNKNOWN, type Value } from './value.ts'
import { wordOf } from './words/vocabulary.ts'
import { type World, worldOf } from './world.ts'

const { playbook } = compilePaths(['playbooks/microsoft-365-success'])
const worldFor = (sheet: FactSheet): World => {
  const { facts, history } = splitSheet(sheet)
  return worldOf(playbook, facts, history, ARB_TODAY)
}

function expressionOf(source: string) {
  const scope = { returns: 'bool', perService: true, tasks: null, gates: null, services: null } as const
  const { expression, diagnostics } = compileRule(source, { file: 'rule', line: 1, column: 1 }, scope)
  if (!expression) throw new Error(`${source}: ${diagnostics[0]?.message}`)
  return expression
}

/** Every kind of word, comparison and list; joined at random below. */
const LEAVES = [
  'csm.assigned',
  'csm.since < "2026-11-01"',
  'service.activated',
  'service.activatedOn <= "2026-10-01"',
  'service.daysActive >= thresholds.acceleratorAfterDays',
  'service.usage.percent >= service.threshold',
  'service.usage.percent < 9.99',
  'service.usage.percent == 10',
  'service.usage.active >= 100',
  'service.usage.active * 2 > service.entitled + 1',
  'service.usage.ageDays > 7',
  'service.usage.asOf != "2026-11-20"',
  'service.entitled - 1 < 100',
  'service.owner == "Ana"',
  'service.family == "modern-communications"',
  'service.handshake in ["accepted", "declined"]',
  'accelerator(service).accepted',
  'customer.segment in ["enterprise", "education"]',
  '"rfa" in customer.initiatives',
  'customer.assignedOn <= today',
  'today > daysAfter(customer.assignedOn, 30)',
  'today >= workingDays(customer.assignedOn, 2)',
  'successPlan.allMet',
  'successPlan.metrics.exists(m, m.met)',
  'task("3735").done',
  'task("3731").done',
  'gate("review").met',
  'review.meetingHeld',
  'review.wantsMore',
  '"disengage" in review.outcomes',
  'program.onedriveAdoption.agreed',
  'services.exists(s, s.intended && s.activated)',
  'intendedServices.all(s, s.usage.percent >= s.threshold)',
  'intendedServices.exists(s, services.all(t, t.daysActive <= s.daysActive))',
]

const { rule: ruleArb } = fc.letrec<{ rule: string }>(tie => ({
  rule: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(...LEAVES),
    fc.tuple(tie('rule'), tie('rule')).map(([a, b]) => `(${a}) && (${b})`),
    fc.tuple(tie('rule'), tie('rule')).map(([a, b]) => `(${a}) || (${b})`),
    tie('rule').map(a => `!(${a})`),
    fc.tuple(tie('rule'), tie('rule'), tie('rule')).map(([a, b, c]) => `(${a}) ? (${b}) : (${c})`),
  ),
}))

const shown = (value: Value) => (value === UNKNOWN ? 'unknown' : String(value))

test.each(LEAVES)('%s comes out both ways and unknown, or is about something always known', source => {
  const seen = new Set<string>()
  const expression = expressionOf(source)
  fc.assert(
    fc.property(factSheetArb, sheet => {
      const world = worldFor(sheet)
      for (const service of world.services) seen.add(shown(evaluate(world, expression, service)))
    }),
    { numRuns: 800, seed: 7 },
  )
  expect([...seen].filter(each => each !== 'unknown').sort()).toEqual(['false', 'true'])
})

test('no rule, however joined, takes back an answer when a fact becomes known', () => {
  fc.assert(
    fc.property(
      factSheetArb.chain(sheet => fc.tuple(fc.constant(sheet), hiddenFactsArb(sheet))),
      ruleArb,
      ([known, hidden], source) => {
        const expression = expressionOf(source)
        const [after, before] = [worldFor(known), worldFor(hidden)]
        for (const [at, service] of before.services.entries()) {
          const answer = evaluate(before, expression, service)
          if (answer !== UNKNOWN) expect(shown(evaluate(after, expression, after.services[at] ?? null))).toBe(shown(answer))
        }
      },
    ),
    { numRuns: 500 },
  )
})

test('a proof comes to the value of its rule, and quotes the rule it proves', () => {
  fc.assert(
    fc.property(factSheetArb, ruleArb, (sheet, source) => {
      const world = worldFor(sheet)
      const expression = expressionOf(source)
      for (const service of [...world.services, null]) {
        const trace = prove(world, expression, source, service)
        expect(shown(trace.value)).toBe(shown(evaluate(world, expression, service)))
        expect(source).toContain(trace.source)
      }
    }),
  )
})

test('every word the compiler accepts has a meaning', () => {
  const words = Object.entries(RULE_OBJECTS).flatMap(([object, fields]) => Object.keys(fields).map(name => [object, name] as const))
  expect(words.filter(([object, name]) => !wordOf(object, name))).toEqual([])
})

test('a rule that leads back to itself is unknown, not endless', () => {
  const expression = expressionOf('gate("round").met')
  const rule = { kind: 'when', source: 'gate("round").met', file: 'x', line: 1, column: 1, expression } as const
  const round = { ...playbook, gates: [{ id: 'round', name: { en: 'Round' }, rule }] }
  const { facts, history } = splitSheet(FactSheet.parse({ customer: { id: 'c', name: 'C' } }))
  const world = worldOf(round, facts, history, ARB_TODAY)
  expect(shown(evaluate(world, expression, null))).toBe('unknown')
  expect(shown(prove(world, expression, rule.source, null).value)).toBe('unknown')
})

describe('rules join three values as the tables say', () => {
  const at = { from: 0, to: 0 }
  const world = worldFor(FactSheet.parse({ customer: { id: 'c', name: 'C' } }))
  const written = (value: Value): Expression =>
    typeof value === 'boolean' ? { ...at, op: 'value', value } : { ...at, op: 'name', name: 'nothing of that name' }
  const values: readonly Value[] = [true, false, UNKNOWN]
  test.each(values.flatMap(left => values.map(right => [left, right] as const)))('%s and %s', (left, right) => {
    const sides = { ...at, left: written(left), right: written(right) }
    expect(evaluate(world, { ...sides, op: 'and' }, null)).toBe(and(left, right))
    expect(evaluate(world, { ...sides, op: 'or' }, null)).toBe(or(left, right))
    expect(evaluate(world, { ...at, op: 'not', of: written(left) }, null)).toBe(not(left))
  })
  test('a condition that is not known leaves only what both branches say', () => {
    const choice = (condition: Value, yes: Value, no: Value) =>
      evaluate(world, { ...at, op: 'if', condition: written(condition), yes: written(yes), no: written(no) }, null)
    expect([choice(true, true, false), choice(false, true, false), choice(UNKNOWN, true, true), choice(UNKNOWN, true, false)]).toEqual([
      true,
      false,
      true,
      UNKNOWN,
    ])
  })
})
