import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compilePaths } from '../app/playbooks/files.ts'
import { ARB_TODAY, factSheetArb } from '../model/facts.arb.ts'
import { FactSheet, splitSheet } from '../model/facts.ts'
import type { Plan } from '../model/plan.ts'
import { changed } from './change-facts.ts'
import { decide } from './decide.ts'
import { type Asked, explain, flip } from './flip.ts'

const { playbook } = compilePaths(['playbooks/microsoft-365-success'])
const today = ARB_TODAY

type Input = Record<string, unknown>
const flipOf = (asked: Asked, input: Input) => {
  const { facts, history } = splitSheet(FactSheet.parse({ customer: { id: 'contoso', name: 'Contoso' }, ...input }))
  return flip(playbook, facts, history, today, asked)
}
const gate = (id: string): Asked => ({ kind: 'gate', id })
const item = (id: string): Asked => ({ kind: 'item', id: `support-success-execution/${id}` })

const active = { entitled: 10_000, activatedOn: '2026-03-01' }
const used = (users: number, asOf = '2026-11-19') => ({ ...active, usage: { active: users, asOf } })
const metric = { id: 'm.1', name: 'Tickets', target: 40, current: 32, asOf: '2026-11-18' }

describe('the fewest facts that change the answer', () => {
  test.each<[string, Asked, Input, unknown]>([
    ['one user short', gate('review'), { services: { teams: used(999) } }, [['services.teams.usage.active', 999, 1000]]],
    ['just reached', gate('review'), { services: { teams: used(1000) } }, [['services.teams.usage.active', 1000, 999]]],
    [
      'one of two below',
      gate('review'),
      { services: { teams: used(999), exchange: used(4000) } },
      [['services.teams.usage.active', 999, 1000]],
    ],
    [
      'both below',
      gate('review'),
      { services: { teams: used(999), exchange: used(3) } },
      [
        ['services.exchange.usage.active', 3, 1000],
        ['services.teams.usage.active', 999, 1000],
      ],
    ],
    [
      'a target with decimals',
      gate('review'),
      { services: { teams: { ...used(900), threshold: 9.99 } } },
      [['services.teams.usage.active', 900, 999]],
    ],
    [
      'stale',
      gate('active-usage'),
      { services: { teams: used(1500, '2026-10-01') } },
      [['services.teams.usage.asOf', '2026-10-01', '2026-11-07']],
    ],
    [
      'seats not known',
      gate('active-usage'),
      { services: { teams: { activatedOn: '2026-03-01', usage: { active: 45, asOf: '2026-11-19' } } } },
      [['services.teams.entitled', null, 449]],
    ],
    [
      'no usage at all',
      gate('active-usage'),
      { services: { teams: active } },
      [
        ['services.teams.usage.active', null, 1000],
        ['services.teams.usage.asOf', null, '2026-11-21'],
      ],
    ],
    ['a metric', gate('success-metrics'), { metrics: [metric] }, [['metrics.m.1.current', 32, 40]]],
    ['no metrics to be met', gate('success-metrics'), {}, []],
    [
      'handed over',
      item('success-check-ins@teams'),
      { csm: { assigned: true }, services: { teams: active } },
      [['csm.assigned', true, false]],
    ],
    ['not known', item('csm-handshake/3731@teams'), { services: { teams: active } }, [['csm.assigned', null, true]]],
    [
      'not activated and no CSM',
      item('csm-handshake/3731@teams'),
      { csm: { assigned: false }, services: { teams: { ...active, activatedOn: null } } },
      [
        ['csm.assigned', false, true],
        ['services.teams.activatedOn', null, '2026-11-21'],
      ],
    ],
    [
      'a program',
      item('adoption-service-program/3740@onedrive'),
      { services: { onedrive: active } },
      [['programs.onedrive-adoption', null, 'agreed']],
    ],
    [
      'an accelerator',
      item('service-accelerators/3650@office-proplus'),
      { services: { 'office-proplus': active }, accelerators: { 'office-proplus': 'rejected' } },
      [['accelerators.office-proplus', 'rejected', 'accepted']],
    ],
    [
      'already complete',
      item('csm-handshake/3731@teams'),
      { csm: { assigned: true }, services: { teams: active }, tasks: [{ id: '3731', service: 'teams', status: 'complete' }] },
      [['tasks.3731@teams.status', 'complete', 'not-started']],
    ],
  ])('%s', (_, asked, input, expected) => {
    expect(flipOf(asked, input).map(each => [each.fact, each.from, each.to])).toEqual(expected)
  })
})

test('a reason, a state and a flip, or nothing when there is no such item', () => {
  const { facts, history } = splitSheet(FactSheet.parse({ customer: { id: 'c', name: 'C' }, services: { teams: used(999) } }))
  expect(explain(playbook, facts, history, today, gate('review'))).toMatchObject({
    subject: { kind: 'gate', id: 'review', state: 'not-met' },
    because: { rule: expect.stringContaining('gate("active-usage").met') },
    flip: [{ fact: 'services.teams.usage.active', from: 999, to: 1000 }],
  })
  expect(explain(playbook, facts, history, today, gate('no-such-gate'))).toBeUndefined()
  expect(explain(playbook, facts, history, today, item('success-check-ins@exchange'))).toBeUndefined()
  expect(explain(playbook, facts, history, today, item('nothing'))).toBeUndefined()
})

test('decide agrees: with the facts changed the answer is another', () => {
  const states = (plan: Plan) =>
    new Map([
      ...plan.gates.map(each => [`gate ${each.id}`, each.state] as const),
      ...plan.processes.flatMap(each => each.steps.flatMap(step => step.items.map(one => [`item ${one.id}`, one.state] as const))),
    ])
  fc.assert(
    fc.property(factSheetArb, fc.nat(), (sheet, pick) => {
      const inputs = splitSheet(sheet)
      const before = states(decide(playbook, inputs.facts, inputs.history, today, { proofs: false }))
      const [name, state] = [...before][pick % before.size] ?? ['gate review', 'unknown']
      const [kind, id = ''] = name.split(' ')
      const changes = flip(playbook, inputs.facts, inputs.history, today, { kind: kind === 'gate' ? 'gate' : 'item', id })
      expect(changes.length).toBeLessThanOrEqual(2)
      if (changes.length === 0) return
      const after = changes.reduce(changed, inputs)
      expect(states(decide(playbook, after.facts, after.history, today, { proofs: false })).get(name)).not.toBe(state)
      // Each of two is needed.
      for (const one of changes.length === 2 ? changes : []) {
        const half = changed(inputs, one)
        const alone = states(decide(playbook, half.facts, half.history, today, { proofs: false })).get(name)
        const isWeak =
          alone === 'unknown' || (alone !== 'met' && alone !== 'due' && state !== 'met' && state !== 'due' && state !== 'unknown')
        expect(isWeak || alone === state, `${name}: ${state}, with ${one.fact} alone ${alone}`).toBe(true)
      }
    }),
    { numRuns: 150 },
  )
})
