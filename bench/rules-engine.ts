import { type ConditionProperties, Engine, type NestedCondition } from 'json-rules-engine'
import { DEFAULT_THRESHOLDS } from '../src/model/playbook.ts'
import type { Truth } from '../src/model/words.ts'
import type { Customer } from './customers.ts'

/** The gates of the shipped playbook as json-rules-engine would have them: two rules, and one that asks for either. */
const GATES = ['active-usage', 'success-metrics', 'review'] as const

type PeerFacts = Readonly<Record<string, unknown>>

const IDS = ['exchange', 'teams', 'onedrive', 'sharepoint', 'office-proplus', 'outlook-mobile', 'yammer', 'copilot']

/**
 * Made before the clock starts, and kinder to the other side than to ours: shares are multiplied out, the age of figures is not asked for
 * (all are of today), the metrics' direction is settled.
 */
export function peerFacts({ facts }: Customer): PeerFacts {
  const unknown = Object.keys(facts.services).filter(id => !IDS.includes(id))
  if (unknown.length > 0) throw new Error(`no rule for ${unknown.join(', ')}`)
  const usual = facts.thresholds.activeUsagePercent ?? DEFAULT_THRESHOLDS.activeUsagePercent
  const services = IDS.flatMap((id): readonly (readonly [string, boolean | number])[] => {
    const service = facts.services[id]
    if (!service?.intended) return [[`${id}.intended`, false]]
    return [
      [`${id}.intended`, true],
      [`${id}.score`, 100 * (service.usage?.active ?? 0)],
      [`${id}.needed`, (service.threshold ?? usual) * (service.entitled ?? 0)],
    ]
  })
  const metrics = facts.metrics.map(({ current = 0, target, baseline, direction }) => {
    const isDown = direction === 'down' || (direction === undefined && baseline !== undefined && baseline > target)
    return isDown ? target - current : current - target
  })
  const values = new Map(services)
  const gaps = IDS.filter(id => values.get(`${id}.intended`)).map(
    id => Number(values.get(`${id}.score`)) - Number(values.get(`${id}.needed`)),
  )
  return { ...Object.fromEntries(services), gaps, metrics }
}

const reaches = (id: string): NestedCondition => ({
  any: [
    { fact: `${id}.intended`, operator: 'equal', value: false },
    { fact: `${id}.score`, operator: 'greaterThanInclusive', value: { fact: `${id}.needed` } },
  ],
})
/** How a rule about every service is written: as conditions, or hidden in an operator made of JavaScript, which is quicker and says less. */
const USAGE = {
  conditions: { all: IDS.map(reaches) },
  operators: { fact: 'gaps', operator: 'allReached', value: 0 },
} satisfies Record<string, NestedCondition>
const METRICS: ConditionProperties = { fact: 'metrics', operator: 'allReached', value: 0 }

/** Answers of all gates, in the playbook's order. */
export function peerEngine(written: keyof typeof USAGE): (facts: PeerFacts) => Promise<Truth[]> {
  const engine = new Engine([], { allowUndefinedFacts: true })
  engine.addOperator<number[], number>('allReached', (gaps, least) => gaps.length > 0 && gaps.every(gap => gap >= least))
  engine.addRule({ conditions: { all: [USAGE[written]] }, event: { type: 'active-usage' } })
  engine.addRule({ conditions: { all: [METRICS] }, event: { type: 'success-metrics' } })
  engine.addRule({ conditions: { any: [METRICS, USAGE[written]] }, event: { type: 'review' } })
  return async facts => {
    const { events } = await engine.run(facts)
    return GATES.map(gate => (events.some(event => event.type === gate) ? 'yes' : 'no'))
  }
}
