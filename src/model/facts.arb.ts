import fc from 'fast-check'
import { ITEM_STATUSES, SEGMENTS } from './choices.ts'
import { FactSheet } from './facts.ts'
import { SERVICES } from './services.ts'
import { ACCELERATOR_STATES, Day, HANDSHAKES, INITIATIVES, OUTCOMES, PROGRAM_STATES } from './words.ts'

/** The day generated facts are read on; dates lie some months around it. */
export const ARB_TODAY = Day.parse('2026-11-21')

const dayArb = (from: number, to: number) =>
  fc
    .integer({ min: from, max: to })
    .map(days => Day.parse(new Date(Date.parse(`${ARB_TODAY}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)))

const maybe = <T>(arb: fc.Arbitrary<T>) => fc.option(arb, { nil: undefined })

/** Around the target as often as far from it, so that gates are met, missed by one and missed by far. */
const usageArb = fc.record({
  active: maybe(fc.oneof(fc.integer({ min: 0, max: 1200 }), fc.constantFrom(9, 10, 11, 99, 100, 101))),
  asOf: maybe(dayArb(-40, 3)),
  rows: maybe(fc.constantFrom(0, 1, 500)),
  doubt: fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constant('sudden-zero' as const) }),
})

const serviceArb = fc.record({
  intended: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  entitled: maybe(fc.constantFrom(0, 1, 100, 999, 1000)),
  activatedOn: fc.oneof(maybe(dayArb(-200, 10)), fc.constant(null)),
  usage: maybe(usageArb),
  threshold: maybe(fc.constantFrom(5, 9.99, 10, 12.5)),
  handshake: maybe(fc.constantFrom(...HANDSHAKES)),
  owner: fc.option(fc.constantFrom('Ana', 'Rita', null), { nil: undefined }),
})

const serviceIds = SERVICES.map(each => each.id)
const serviceIdArb = fc.constantFrom('teams', 'exchange', 'yammer', 'onedrive', 'office-proplus', 'outlook-mobile', 'core-onboarding')

const metricArb = fc.record({
  name: fc.constant('A metric'),
  baseline: maybe(fc.integer({ min: 0, max: 20 })),
  target: fc.integer({ min: 0, max: 20 }),
  current: maybe(fc.integer({ min: 0, max: 20 })),
  asOf: maybe(dayArb(-120, 2)),
  direction: maybe(fc.constantFrom('up' as const, 'down' as const)),
})

const statusArb = fc.constantFrom(...ITEM_STATUSES)

/** Any facts file that can be written, tasks of the shipped playbook and some that nobody knows among them. */
export const factSheetArb: fc.Arbitrary<FactSheet> = fc
  .record({
    customer: fc.record({
      id: fc.constant('generated'),
      name: fc.constant('Generated'),
      segment: maybe(fc.constantFrom(...SEGMENTS)),
      initiatives: fc.uniqueArray(fc.constantFrom(...INITIATIVES), { maxLength: 2 }),
      assignedOn: maybe(dayArb(-90, 5)),
    }),
    csm: maybe(fc.record({ assigned: maybe(fc.boolean()), since: maybe(dayArb(-90, 0)) })),
    services: fc.dictionary(
      fc.oneof({ weight: 5, arbitrary: serviceIdArb }, fc.constantFrom(...serviceIds, 'no-such-service')),
      serviceArb,
      {
        maxKeys: 5,
      },
    ),
    metrics: fc.array(metricArb, { maxLength: 3 }).map(list => list.map((metric, at) => ({ id: `m${at}`, ...metric }))),
    programs: fc.record({ 'onedrive-adoption': maybe(fc.constantFrom(...PROGRAM_STATES)) }),
    accelerators: fc.dictionary(serviceIdArb, fc.constantFrom(...ACCELERATOR_STATES), { maxKeys: 2 }),
    review: fc.record({
      meetingHeldOn: fc.oneof(maybe(dayArb(-20, 5)), fc.constant(null)),
      outcomes: fc.uniqueArray(fc.constantFrom(...OUTCOMES), { maxLength: 2 }),
      wantsMore: maybe(fc.boolean()),
      wantsUsageReports: maybe(fc.boolean()),
      readyForMaintenance: maybe(fc.boolean()),
    }),
    history: fc.record({ measuringSuccessDiscussed: fc.boolean() }),
    survey: fc.record({ completed: fc.boolean() }),
    transitions: fc.array(
      fc.record({ to: fc.constantFrom('conduct-success-review', 'maintenance', 'nowhere'), reason: maybe(fc.constant('agreed')) }),
      { maxLength: 2 },
    ),
    tasks: fc.array(
      fc.record({
        id: fc.constantFrom('3731', '3732', '3735', '3740', '3650', '994', '404'),
        service: fc.option(serviceIdArb),
        status: statusArb,
      }),
      { maxLength: 4 },
    ),
    steps: fc.array(
      fc.record({
        step: fc.constantFrom('support-success-execution/success-check-ins', 'conduct-success-review/usage-reports', 'no/step'),
        service: fc.option(serviceIdArb),
        status: statusArb,
      }),
      { maxLength: 2 },
    ),
  })
  // Through the schema and JSON: an absent key, not one that is undefined, as in a file.
  .map(sheet => FactSheet.parse(JSON.parse(JSON.stringify(sheet))))

/** The same sheet with some facts not known: what is left out is unknown, nothing is made up. */
export const hiddenFactsArb = (sheet: FactSheet): fc.Arbitrary<FactSheet> =>
  fc.infiniteStream(fc.boolean()).map(coins => {
    const isHidden = () => coins.next().value === true
    const hide = <T extends object>(of: T, keys: readonly (keyof T)[]): T => {
      const hidden = new Set<PropertyKey>(keys.filter(isHidden))
      return Object.fromEntries(Object.entries(of).filter(([key]) => !hidden.has(key))) as T
    }
    const { csm, ...rest } = sheet
    const services = Object.entries(sheet.services).map(([id, service]) => {
      const { usage, ...left } = hide(service, ['entitled', 'activatedOn', 'usage', 'owner'])
      if (!usage) return [id, left]
      const { active, ...others } = hide(usage, ['asOf'])
      if (active === undefined || !isHidden()) return [id, { ...left, usage: { ...others, active } }]
      // Of several tenants one may be known: a lower bound of the whole.
      return [id, { ...left, usage: isHidden() ? others : { ...others, activeAtLeast: Math.floor(active / 2) } }]
    })
    return FactSheet.parse({
      ...rest,
      ...(csm && !isHidden() ? { csm: hide(csm, ['assigned', 'since']) } : {}),
      customer: hide(sheet.customer, ['segment', 'assignedOn']),
      services: Object.fromEntries(services),
      metrics: sheet.metrics.map(metric => hide(metric, ['current', 'asOf'])),
      review: hide(sheet.review, ['wantsMore', 'wantsUsageReports', 'readyForMaintenance']),
    })
  })
