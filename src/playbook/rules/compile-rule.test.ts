import { describe, expect, test } from 'vitest'
import { SERVICES } from '../../model/services.ts'
import { compileRule, type RuleScope } from './compile-rule.ts'

const place = { file: 'page.md', line: 7, column: 11 }
const scope: RuleScope = {
  returns: 'bool',
  perService: true,
  tasks: new Set(['3731', '3735']),
  gates: new Set(['review']),
  services: new Set(SERVICES.map(each => each.id)),
}
const faults = (source: string, change: Partial<RuleScope> = {}) =>
  compileRule(source, place, { ...scope, ...change }).diagnostics.map(
    each => `${each.line}:${each.column} ${each.code} ${each.message}${each.help ? ` (${each.help})` : ''}`,
  )

describe('a rule that can be answered compiles', () => {
  test.each([
    'csm.assigned && service.activated',
    'service.family == "modern-communications"',
    'service.handshake != "declined" || !csm.assigned',
    '"enterprise" == customer.segment',
    'customer.segment in ["enterprise", "education"]',
    '"rfa" in customer.initiatives',
    'service.usage.percent >= 10',
    'service.usage.percent >= 9.5',
    'service.usage.percent < service.threshold',
    'service.usage.percent > 100',
    'service.daysActive >= thresholds.acceleratorAfterDays',
    'intendedServices.all(s, s.usage.percent >= s.threshold)',
    'services.exists(s, s.intended && s.activated)',
    'successPlan.allMet || gate("review").met',
    'task("3735").done',
    'accelerator(service).accepted',
    'csm.since < "2026-01-01"',
    'today > daysAfter(service.activatedOn, 60)',
    'csm.assigned ? service.activated : false',
    'service.usage.active + 10 > service.entitled * 2',
    'service.id == "teams"',
    'true',
  ])('%s', source => expect(faults(source)).toEqual([]))
})

describe('a rule that cannot is refused with the place and the nearest word', () => {
  test.each([
    ['csm.asigned', '7:15 rule/unknown-name Unexpected field "asigned" of Csm (did you mean "assigned"?)'],
    ['cms.assigned', '7:11 rule/unknown-name Unexpected name "cms" (did you mean "csm"?)'],
    ['activated', '7:11 rule/unknown-name Unexpected name "activated"'],
    ['csm.assigned &&', '7:26 rule/syntax Unexpected token: EOF'],
    ['task("3753").done', '7:16 rule/unknown-name Unexpected task "3753" (did you mean "3735"?)'],
    ['gate("revue").met', '7:16 rule/unknown-name Unexpected gate "revue" (did you mean "review"?)'],
    ['service.id == "team"', '7:25 rule/impossible Unexpected service "team" (did you mean "teams"?)'],
    ['csm.since < "2026-02-30"', '7:23 rule/impossible Unexpected "2026-02-30", expected a day that exists, "YYYY-MM-DD"'],
    ['service.usage', '7:11 rule/type Unexpected a Usage with percent, active, asOf, ageDays, expected yes or no'],
    ['service.usage.percent', '7:11 rule/type Unexpected a percent, expected yes or no'],
    ['csm.assigned == "yes"', '7:27 rule/type Unexpected a text, expected yes or no'],
    ['service.usage.percent >= "10"', '7:36 rule/type Unexpected a text, expected a percent'],
    ['service.usage.percent < 0', '7:35 rule/impossible Unexpected "< 0": a percent is never below 0, so the answer never changes'],
    ['1 < 2', '7:11 rule/impossible Unexpected comparison of two literals: it never changes'],
    ['service.handshake < "offered"', '7:11 rule/type Unexpected "<": one of "none", "offered", "accepted", "declined" has no order'],
    [
      'has(csm.assigned)',
      '7:11 rule/unsupported Unexpected function "has" (its answer over unknown facts would be a guess; rules have all() and exists())',
    ],
    [
      'services.filter(s, s.activated)',
      '7:20 rule/unsupported Unexpected "filter()" (its answer over unknown facts would be a guess; rules have all() and exists())',
    ],
    [
      'csm.since == null',
      '7:24 rule/unsupported Unexpected literal, expected a number, a text in quotes, true or false (a fact that is absent is unknown, and a comparison with it is unknown too)',
    ],
    ['customer.segment in []', '7:31 rule/impossible Unexpected empty list: nothing is in it'],
    [
      'services[0].activated',
      '7:11 rule/unsupported Unexpected "[]", which rules do not have (rules have && || ! == != < <= > >= in + - * ?: all() exists())',
    ],
    ['today + 5 > today', '7:11 rule/type Unexpected a date, expected a number (use daysAfter(date, n) or workingDays(date, n))'],
    ['customer.constructor', '7:20 rule/unknown-name Unexpected field "constructor" of Customer (it has segment, initiatives, assignedOn)'],
  ])('%s', (source, fault) => expect(faults(source)).toEqual([fault]))
})

test('a wrong member of an enumeration is named with the nearest right one', () => {
  const [fault] = compileRule('service.handshake == "decline"', place, scope).diagnostics
  expect(fault).toMatchObject({ code: 'rule/impossible', help: 'did you mean "declined"?', column: 32 })
})

test('a position inside a wrapped rule counts lines', () => {
  const [fault] = compileRule('csm.assigned &&\n  csm.sinze', place, scope).diagnostics
  expect(fault).toMatchObject({ line: 8, column: 7 })
})

test('"service" is refused where nothing is per service', () => {
  expect(faults('service.activated', { perService: false })).toHaveLength(1)
  expect(faults('services.exists(s, s.activated)', { perService: false })).toEqual([])
})

test('a due rule is a date', () => {
  expect(faults('workingDays(customer.assignedOn, 2)', { returns: 'date' })).toEqual([])
  expect(faults('"2026-12-31"', { returns: 'date' })).toEqual([])
  expect(faults('csm.assigned', { returns: 'date' })).toEqual(['7:11 rule/type Unexpected yes or no, expected a date'])
})

test('the expression is plain JSON with offsets into the source', () => {
  const { expression } = compileRule('services.all(s, s.usage.active >= 100)', place, scope)
  expect(JSON.parse(JSON.stringify(expression))).toEqual({
    op: 'all',
    from: 0,
    to: 38,
    of: { op: 'name', name: 'services', from: 0, to: 8 },
    bind: 's',
    where: {
      op: 'compare',
      by: '>=',
      from: 16,
      to: 37,
      left: {
        op: 'field',
        name: 'active',
        from: 16,
        to: 30,
        of: { op: 'field', name: 'usage', from: 16, to: 23, of: { op: 'name', name: 's', from: 16, to: 17 } },
      },
      right: { op: 'value', value: 100, from: 34, to: 37 },
    },
  })
})

test.each(['('.repeat(5000), `${'!'.repeat(5000)}true`, Array(2000).fill('csm.assigned').join(' && '), '', '"', '\u0000'])(
  'a hostile text is a fault, not a crash (%#)',
  source => expect(faults(source).length).toBeGreaterThan(0),
)
