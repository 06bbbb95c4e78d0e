import { describe, expect, test } from 'vitest'
import { compilePaths } from '../app/playbooks/files.ts'
import { FactSheet, splitSheet } from '../model/facts.ts'
import type { Plan } from '../model/plan.ts'
import { Day } from '../model/words.ts'
import { decide, faultsIn } from './decide.ts'

const { playbook } = compilePaths(['playbooks/microsoft-365-success'])
const today = Day.parse('2026-11-21')

type Input = Record<string, unknown>
const inputs = (input: Input) => splitSheet(FactSheet.parse({ customer: { id: 'contoso', name: 'Contoso' }, ...input }))
const plan = (input: Input): Plan => {
  const { facts, history } = inputs(input)
  return decide(playbook, facts, history, today)
}
const items = (made: Plan) => made.processes.flatMap(process => process.steps.flatMap(step => step.items))
const item = (made: Plan, id: string) => items(made).find(each => each.id.endsWith(id))
const gate = (made: Plan, id = 'review') => made.gates.find(each => each.id === id)
const warnings = (made: Plan) => made.warnings.map(each => (each.service ? `${each.code} ${each.service}` : each.code))

const active = { entitled: 10_000, activatedOn: '2026-03-01' }
const used = (users: number, asOf = '2026-11-19') => ({ ...active, usage: { active: users, asOf } })

describe('a CSM takes over modern communications (E2, E3)', () => {
  const services = { teams: active, exchange: active }

  test('assigned: the handshake is due, check-ins and tracking are suppressed for Teams and due for Exchange', () => {
    const made = plan({ csm: { assigned: true }, services })
    expect(item(made, 'csm-handshake/3731@teams')?.state).toBe('due')
    for (const step of ['success-check-ins', 'adoption-tracking']) {
      expect(item(made, `${step}@teams`)?.state).toBe('suppressed')
      expect(item(made, `${step}@exchange`)?.state).toBe('due')
    }
    expect(items(made).filter(each => each.state === 'suppressed')).toHaveLength(2)
  })

  test('each of them with rule, line and facts', () => {
    const made = plan({ csm: { assigned: true }, services })
    const suppressed = item(made, 'success-check-ins@teams')?.because
    expect(suppressed?.rule).toContain('csm.assigned')
    expect(suppressed?.file).toMatch(/support-success-execution\.md$/)
    expect(suppressed?.line).toBeGreaterThan(1)
    expect(suppressed?.facts.map(each => [each.name, each.path, each.value])).toContainEqual(['csm.assigned', 'csm.assigned', true])
    const due = item(made, 'success-check-ins@exchange')?.because
    expect(due?.rule).toBe('service.activated')
    expect(due?.facts).toContainEqual({
      name: 'service.activatedOn',
      path: 'services.exchange.activatedOn',
      value: '2026-03-01',
      why: null,
      source: null,
      asOf: null,
    })
  })

  test('nobody assigned: nothing to hand over, check-ins for both', () => {
    const made = plan({ csm: { assigned: false }, services })
    expect(item(made, '3731@teams')?.state).toBe('not-applicable')
    expect(['teams', 'exchange'].map(service => item(made, `success-check-ins@${service}`)?.state)).toEqual(['due', 'due'])
  })

  test('not known whether assigned: unknown, not due; Exchange does not hang on it', () => {
    const made = plan({ services })
    expect(item(made, '3731@teams')?.state).toBe('unknown')
    expect(item(made, 'success-check-ins@teams')?.state).toBe('unknown')
    expect(item(made, 'success-check-ins@exchange')?.state).toBe('due')
    expect(item(made, '3731@teams')?.because.text.en).toBe('Cannot tell: it is not known whether a CSM is assigned.')
  })

  test('a declined handshake leaves the steps with the success manager', () => {
    const made = plan({ csm: { assigned: true }, services: { teams: { ...active, handshake: 'declined' } } })
    expect(item(made, 'success-check-ins@teams')?.state).toBe('due')
  })

  test('a service not listed or not intended makes no item', () => {
    const made = plan({ csm: { assigned: true }, services: { teams: active, yammer: { ...active, intended: false } } })
    expect(items(made).filter(each => each.service !== null && each.service !== 'teams')).toEqual([])
  })

  test('the sentence says which facts, in both languages', () => {
    const made = plan({ csm: { assigned: true }, services })
    expect(item(made, '3731@teams')?.because.text).toEqual({
      en: 'Due: the CSM is assigned and Teams has been active since 2026-03-01.',
      'pt-BR': 'A fazer: o CSM está atribuído e Teams está ativo desde 2026-03-01.',
    })
  })
})

describe('the review gate (R1)', () => {
  test.each<[string, Input, string]>([
    ['exactly 10.0 %', { teams: used(1000) }, 'met'],
    ['9.99 %', { teams: used(999) }, 'not-met'],
    ['over 100 %', { teams: used(10_001) }, 'met'],
    ['two at target', { teams: used(1000), exchange: used(2000) }, 'met'],
    ['one missing, the other at target', { teams: active, exchange: used(2000) }, 'unknown'],
    ['one stale, the other at target', { teams: used(5000, '2026-11-06'), exchange: used(2000) }, 'unknown'],
    ['one 14 days old is not stale', { teams: used(5000, '2026-11-07'), exchange: used(2000) }, 'met'],
    ['one missing, another surely below', { teams: active, exchange: used(999) }, 'not-met'],
    ['one dated tomorrow', { teams: used(5000, '2026-11-22') }, 'unknown'],
    ['one without a date', { teams: { ...active, usage: { active: 5000 } } }, 'unknown'],
    ['an empty report', { teams: { ...active, usage: { active: 5000, rows: 0, asOf: '2026-11-19' } } }, 'unknown'],
    ['no seats known', { teams: { activatedOn: '2026-03-01', usage: { active: 10, asOf: '2026-11-19' } } }, 'unknown'],
    ['0 seats', { teams: { ...used(10), entitled: 0 } }, 'unknown'],
    ['a known part that reaches the target', { teams: { ...active, usage: { activeAtLeast: 1000, asOf: '2026-11-19' } } }, 'met'],
    ['a known part that does not', { teams: { ...active, usage: { activeAtLeast: 999, asOf: '2026-11-19' } } }, 'unknown'],
    ['a target of its own', { teams: { ...used(999), threshold: 9.99 } }, 'met'],
    ['one below that is not intended', { teams: used(1000), exchange: { ...used(1), intended: false } }, 'met'],
    ['no intended service', { teams: { ...used(1000), intended: false } }, 'unknown'],
    ['what no usage belongs to does not count', { teams: used(1000), 'core-onboarding': {} }, 'met'],
  ])('%s: usage alone', (_, services, state) => {
    const made = plan({ services })
    expect([gate(made, 'active-usage')?.state, gate(made)?.state]).toEqual([state, state])
  })

  const met = { id: 'm1', name: 'Tickets', target: 40, current: 40, asOf: '2026-11-18' }
  test.each<[string, Input[], string]>([
    ['met exactly', [met], 'met'],
    ['one of two missed', [met, { ...met, id: 'm2', current: 39 }], 'not-met'],
    ['one of two without reading', [met, { ...met, id: 'm2', current: undefined }], 'unknown'],
    ['a reading 91 days old', [{ ...met, asOf: '2026-08-22' }], 'unknown'],
    ['a reading 90 days old', [{ ...met, asOf: '2026-08-23' }], 'met'],
    ['a reading without date', [{ ...met, asOf: undefined }], 'unknown'],
    ['down, by the baseline', [{ ...met, baseline: 60, current: 39 }], 'met'],
    ['down, by its direction', [{ ...met, direction: 'down', current: 41 }], 'not-met'],
    ['none', [], 'not-met'],
  ])('own metrics, %s', (_, metrics, state) => expect(gate(plan({ metrics }), 'success-metrics')?.state).toBe(state))

  test('own metrics open it although usage is below target, or not known', () => {
    expect(gate(plan({ services: { teams: used(1) }, metrics: [met] }))?.state).toBe('met')
    expect(gate(plan({ services: { teams: active }, metrics: [met] }))?.state).toBe('met')
  })

  test('thresholds of the customer count before those of the playbook', () => {
    const services = { teams: used(500) }
    expect(gate(plan({ services, thresholds: { activeUsagePercent: 5 } }))?.state).toBe('met')
    expect(gate(plan({ services: { teams: used(2000, '2026-11-01') }, thresholds: { usageMaxAgeDays: 20 } }))?.state).toBe('met')
  })

  test('the reason names service, seats, age and target', () => {
    expect(gate(plan({ services: { teams: used(999) } }), 'active-usage')?.because.text.en).toBe(
      'Not met: Teams is used by 999 of 10,000 seats (9.9 % on 2026-11-19, target 10 %).',
    )
    expect(gate(plan({ services: { teams: used(999, '2026-10-01') } }), 'active-usage')?.because.text['pt-BR']).toBe(
      'Não se sabe: o uso de Teams é de 2026-10-01, há 51 dias (limite 14).',
    )
  })
})

describe('processes', () => {
  const state = (made: Plan, id: string) => made.processes.find(each => each.id === id)?.state

  test('success execution opens by activation and finishes when the review is taken', () => {
    expect(state(plan({ services: { teams: { ...active, activatedOn: null } } }), 'support-success-execution')).toBe('closed')
    expect(state(plan({ services: { teams: {} } }), 'support-success-execution')).toBe('unknown')
    expect(state(plan({ services: { teams: { ...active, activatedOn: '2026-11-22' } } }), 'support-success-execution')).toBe('closed')
    expect(state(plan({ services: { teams: active } }), 'support-success-execution')).toBe('open')
    const moved = plan({ services: { teams: used(1000) }, transitions: [{ to: 'conduct-success-review', on: '2026-11-01' }] })
    expect(state(moved, 'support-success-execution')).toBe('finished')
    expect(moved.transitions[0]).toMatchObject({ state: 'available', taken: true })
  })

  test('what waits for a closed process waits, and says so', () => {
    const made = plan({ services: { teams: used(999) } })
    expect(state(made, 'conduct-success-review')).toBe('closed')
    expect(item(made, '/3735')).toMatchObject({
      id: 'conduct-success-review/success-review-meeting/3735',
      state: 'waiting',
      mandatory: true,
    })
    expect(item(made, '/3735')?.because.text.en).toMatch(/^Waiting: .* is not open yet; Teams is used by 999 of 10,000 seats/)
  })

  test('data never closes what a transition opened; that the gate fell is a warning', () => {
    const made = plan({ services: { teams: used(1) }, transitions: [{ to: 'conduct-success-review', on: '2026-11-01' }] })
    expect(state(made, 'conduct-success-review')).toBe('open')
    expect(item(made, '/3735')?.state).toBe('due')
    expect(warnings(made)).toEqual(['gate-no-longer-met'])
  })

  test('nor what work opened', () => {
    const made = plan({ services: { teams: used(1) }, tasks: [{ id: '3735', status: 'in-progress' }] })
    expect(state(made, 'conduct-success-review')).toBe('open')
    expect(warnings(made)).toEqual(['gate-no-longer-met'])
  })

  test('the step that led to this cycle is not held against what is not yet reached in it', () => {
    const made = plan({ services: { teams: used(1) }, transitions: [{ to: 'conduct-customer-kickoff', on: '2026-11-01' }] })
    expect(made.transitions.find(each => each.to === 'conduct-customer-kickoff')?.taken).toBe(true)
    expect(warnings(made)).toEqual([])
  })

  test('a transition taken against its gate stays visible', () => {
    const transitions = [{ to: 'conduct-success-review', on: '2026-11-01', by: 'Rita', reason: 'agreed with the customer' }]
    expect(plan({ services: { teams: used(1) }, transitions }).transitions[0]).toMatchObject({ state: 'blocked', taken: true })
    expect(warnings(plan({ services: { teams: used(1) }, transitions }))).toEqual(['forced-transition'])
    expect(warnings(plan({ services: { teams: used(1000) }, transitions }))).toEqual(['forced-transition'])
  })
})

describe('the end of the review (R6)', () => {
  const held = { meetingHeldOn: '2026-11-10' }
  const done = [{ id: '3735', status: 'complete' }]
  const services = { teams: used(1000) }
  test.each<[string, Input, string, boolean]>([
    ['nothing recorded', {}, 'open', false],
    ['the task complete, no outcome', { tasks: done, review: held }, 'completable', false],
    ['the task complete and an outcome', { tasks: done, review: { ...held, outcomes: ['disengage'] } }, 'complete', false],
    ['two outcomes', { tasks: done, review: { ...held, outcomes: ['disengage', 'activate-workloads'] } }, 'complete', false],
    ['an outcome before the task', { review: { ...held, outcomes: ['disengage'] } }, 'open', true],
    ['an outcome before the meeting', { tasks: done, review: { outcomes: ['disengage'] } }, 'open', true],
    ['a meeting planned for tomorrow', { tasks: done, review: { meetingHeldOn: '2026-11-22', outcomes: ['disengage'] } }, 'open', true],
  ])('%s', (_, input, state, isFault) => {
    const { facts, history } = inputs({ services, ...input })
    const made = decide(playbook, facts, history, today)
    expect(made.overall.state).toBe(state)
    expect(made.processes.find(each => each.id === 'conduct-success-review')?.state).toBe(state === 'complete' ? 'finished' : 'open')
    expect(faultsIn(playbook, facts, history, today).map(each => each.code)).toEqual(isFault ? ['facts/outcome-too-early'] : [])
    expect(warnings(made)).toEqual(isFault ? ['outcome-too-early'] : [])
  })

  test('outcomes a and b lead to a new cycle, c and d to maintenance, both where both hold', () => {
    const to = (outcomes: string[]) =>
      plan({ services, tasks: done, review: { ...held, outcomes } })
        .transitions.filter(each => each.state === 'available')
        .map(each => each.to)
    expect(to(['business-value-discussion'])).toEqual(['conduct-success-review', 'conduct-customer-kickoff'])
    expect(to(['transition-to-csm'])).toEqual(['conduct-success-review', 'maintenance'])
    expect(to(['activate-workloads', 'disengage'])).toEqual(['conduct-success-review', 'conduct-customer-kickoff', 'maintenance'])
  })
})

describe('what a person set', () => {
  const services = { teams: active, yammer: active }
  test('complete is done, not required and cancelled do not apply, the others leave the state alone', () => {
    const state = (status: string) => {
      const made = plan({ csm: { assigned: true }, services, tasks: [{ id: '3731', service: 'teams', status, reason: 'business' }] })
      return [item(made, '3731@teams')?.state, item(made, '3731@teams')?.status]
    }
    expect(state('complete')).toEqual(['done', 'complete'])
    expect(state('not-required')).toEqual(['not-applicable', 'not-required'])
    expect(state('cancelled')).toEqual(['not-applicable', 'cancelled'])
    for (const status of ['not-started', 'in-progress', 'paused', 'deferred', 'warning', 'blocked'])
      expect(state(status)).toEqual(['due', status])
  })

  test('a status without service holds for each service of the task or step', () => {
    const step = 'support-success-execution/success-check-ins'
    const made = plan({
      csm: { assigned: false },
      services,
      steps: [
        { step, status: 'complete' },
        { step, service: 'yammer', status: 'paused' },
      ],
    })
    expect(item(made, 'success-check-ins@teams')?.state).toBe('done')
    expect(item(made, 'success-check-ins@yammer')?.state).toBe('due')
  })

  test('says who set it and when', () => {
    const made = plan({
      services,
      tasks: [{ id: '3731', service: 'teams', status: 'not-required', by: 'Rita', on: '2026-11-02', note: 'no CSM' }],
    })
    expect(item(made, '3731@teams')?.because.text.en).toBe('Does not apply: Rita set it to “not required” on 2026-11-02 (no CSM).')
  })

  test('a status of something the playbook does not have is a warning', () => {
    const made = plan({
      services,
      tasks: [
        { id: '404', status: 'complete' },
        { id: '3731', service: 'exchange', status: 'complete' },
      ],
    })
    expect(warnings(made)).toEqual(['unknown-name', 'unknown-name'])
  })
})

describe('initiatives (E11)', () => {
  const restricted = {
    ...playbook,
    processes: playbook.processes.map(process => ({
      ...process,
      steps: process.steps.map(step => ({ ...step, initiatives: ['rfa' as const] })),
    })),
  }
  test.each<[string[], string]>([
    [['rfa'], 'due'],
    [['targeting'], 'not-applicable'],
    [['targeting', 'rfa'], 'due'],
    [[], 'due'],
  ])('a step for RFA and a customer of %j: %s', (initiatives, state) => {
    const { facts, history } = inputs({ customer: { id: 'c', name: 'C', initiatives }, services: { exchange: active } })
    expect(item(decide(restricted, facts, history, today), 'success-check-ins@exchange')?.state).toBe(state)
  })
})

test('a service that nobody owns, usage that cannot be, and low targets are warnings', () => {
  const made = plan({
    thresholds: { activeUsagePercent: 8 },
    services: {
      exchange: { ...used(10_001), owner: null },
      teams: { ...used(5, '2026-10-01'), threshold: 5 },
      yammer: { ...active, activatedOn: null, owner: null, usage: { rows: 0, asOf: '2026-11-19' } },
      onedrive: used(5, '2026-11-22'),
      sharepoint: { ...active, usage: { doubt: 'sudden-zero', asOf: '2026-11-19' } },
    },
    metrics: [
      { id: 'm', name: 'M', target: 4, current: 4, asOf: '2026-11-22' },
      { id: 'n', name: 'N', target: 4, current: 4, asOf: '2026-11-01' },
    ],
  })
  expect(warnings(made)).toEqual([
    'service-without-owner exchange',
    'usage-over-100-percent exchange',
    'usage-stale teams',
    'low-threshold teams',
    'usage-doubtful sharepoint',
    'usage-date-in-future onedrive',
    'usage-empty-report yammer',
    'metric-date-in-future',
    'low-threshold',
  ])
})

test('a figure that is doubted is unknown, with its own reason, and never a no', () => {
  const doubted = { ...active, entitled: 100, usage: { doubt: 'sudden-zero', asOf: '2026-11-19' } }
  const gate = plan({ services: { exchange: doubted } }).gates.find(each => each.id === 'review')
  expect(gate?.state).toBe('unknown')
  expect(JSON.stringify(gate?.because)).toContain('the usage report of Exchange of 2026-11-19 tells of nobody active, which is doubted')
  expect(JSON.stringify(gate?.because)).toContain('o relatório de uso de Exchange de 2026-11-19 não mostra ninguém ativo, o que é duvidoso')
})

test('a checklist line without a rule waits for a person, with date and evidence', () => {
  const check = (input: Input) =>
    plan({ services: { teams: active }, ...input })
      .processes.flatMap(each => each.checklists.inputs)
      .find(each => each.id === 'availability-told')
  expect(check({})).toMatchObject({ state: 'unknown', because: { text: { en: 'Cannot tell: nobody has confirmed this yet.' } } })
  const checks = [{ id: 'availability-told', met: true, by: 'Rita', on: '2026-11-01', evidence: 'mail to all users' }]
  expect(check({ checks })).toMatchObject({
    state: 'met',
    because: { text: { en: 'Met: confirmed by Rita on 2026-11-01 (mail to all users).' } },
  })
  expect(check({ checks: [{ id: 'availability-told', met: false }] })?.state).toBe('not-met')
})

test('a deadline is a date where the rule gives one', () => {
  const dated = plan({ customer: { id: 'c', name: 'C', initiatives: ['rfa'], assignedOn: '2026-11-19' } })
  expect(item(dated, 'prepare-kickoff/3616')?.due).toBe('2026-11-23')
  expect(item(plan({}), 'prepare-kickoff/3616')?.due).toBeNull()
})

test('proofs can be left out, and nothing else changes', () => {
  const { facts, history } = inputs({ csm: { assigned: true }, services: { teams: used(999) } })
  const without = decide(playbook, facts, history, today, { proofs: false })
  const stripped = JSON.parse(JSON.stringify(decide(playbook, facts, history, today)), (key, value) => (key === 'proof' ? null : value))
  expect(without).toEqual(stripped)
})
