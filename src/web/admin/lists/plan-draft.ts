import type { PlanTemplate } from '../../../model/success-plan-api.ts'

/** A template of a success plan as it stands in the form: texts, as typed. `key` tells parts apart while they move. */
export type MetricDraft = Readonly<{
  key: number
  name: string
  kind: 'usage' | 'own'
  service: string
  unit: string
  target: string
  direction: '' | 'up' | 'down'
  days: string
}>
export type ObjectiveDraft = Readonly<{ key: number; title: string; description: string; metrics: readonly MetricDraft[] }>
export type PlanDraft = Readonly<{ description: string; objectives: readonly ObjectiveDraft[] }>

export const newMetric = (key: number): MetricDraft => ({
  key,
  name: '',
  kind: 'own',
  service: '',
  unit: '',
  target: '',
  direction: '',
  days: '',
})
export const newObjective = (key: number): ObjectiveDraft => ({ key, title: '', description: '', metrics: [] })

/** Larger than every key of the draft. */
export const nextKey = ({ objectives }: PlanDraft): number =>
  Math.max(0, ...objectives.flatMap(({ key, metrics }) => [key, ...metrics.map(each => each.key)])) + 1

export const EMPTY_PLAN: PlanDraft = { description: '', objectives: [newObjective(1)] }

/** From the body of a template, which the server has read before it kept it. */
export function planDraftOf(body: string): PlanDraft {
  const { description, objectives } = JSON.parse(body) as PlanTemplate
  let key = 0
  return {
    description: description ?? '',
    objectives: objectives.map(objective => ({
      key: ++key,
      title: objective.title,
      description: objective.description ?? '',
      metrics: objective.metrics.map(metric => ({
        key: ++key,
        name: metric.name,
        kind: metric.kind,
        service: metric.service ?? '',
        unit: metric.unit ?? '',
        target: String(metric.target),
        direction: metric.direction ?? '',
        days: metric.days === null ? '' : String(metric.days),
      })),
    })),
  }
}

export type Faults = ReadonlyMap<string, 'needed' | 'no-number' | 'no-percent' | 'no-days' | 'no-service' | 'none'>

/** What is wrong, by the key of the part and the name of the field; nothing: it can be sent. */
export function faultsOf({ objectives }: PlanDraft): Faults {
  const faults = new Map<string, 'needed' | 'no-number' | 'no-percent' | 'no-days' | 'no-service' | 'none'>()
  if (objectives.length === 0) faults.set('objectives', 'none')
  for (const { key, title, metrics } of objectives) {
    if (title.trim() === '') faults.set(`${key}.title`, 'needed')
    for (const metric of metrics) {
      const target = numberOf(metric.target)
      if (metric.name.trim() === '') faults.set(`${metric.key}.name`, 'needed')
      if (target === undefined) faults.set(`${metric.key}.target`, 'no-number')
      else if (metric.kind === 'usage' && (target < 0 || target > 100)) faults.set(`${metric.key}.target`, 'no-percent')
      if (metric.kind === 'usage' && metric.service === '') faults.set(`${metric.key}.service`, 'no-service')
      const days = metric.days.trim()
      if (days !== '' && !(/^\d{1,4}$/.test(days) && Number(days) >= 1 && Number(days) <= MOST_DAYS))
        faults.set(`${metric.key}.days`, 'no-days')
    }
  }
  return faults
}

/** Ten years (`PlanTemplate`). */
const MOST_DAYS = 3660

/** What is sent of a draft without faults. */
export const planBodyOf = ({ description, objectives }: PlanDraft): string =>
  JSON.stringify({
    description: orNull(description),
    objectives: objectives.map(({ title, description, metrics }) => ({
      title: title.trim(),
      description: orNull(description),
      metrics: metrics.map(({ name, kind, service, unit, target, direction, days }) => ({
        name: name.trim(),
        kind,
        service: orNull(service),
        unit: orNull(unit),
        target: numberOf(target) ?? 0,
        direction: direction === '' ? null : direction,
        days: days.trim() === '' ? null : Number(days),
      })),
    })),
  })

/** A plan as lines to read and to compare. */
export const planLines = (body: string, nameOf: (service: string) => string): string => {
  const { description, objectives } = JSON.parse(body) as PlanTemplate
  const lines = objectives.flatMap(objective => [
    `# ${objective.title}`,
    ...(objective.description ? [objective.description] : []),
    ...objective.metrics.map(({ name, service, unit, target, direction, days }) =>
      [
        `- ${name}: ${{ up: '≥ ', down: '≤ ', auto: '' }[direction ?? 'auto']}${target}${unit ? ` ${unit}` : ''}`,
        ...(service ? [nameOf(service)] : []),
        ...(days === null ? [] : [`${days} d`]),
      ].join(' · '),
    ),
  ])
  return [...(description ? [description] : []), ...lines].join('\n')
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())

/** A number as people type it, with a comma or a point. */
const numberOf = (typed: string): number | undefined =>
  /^[+-]?\d{1,12}([.,]\d{1,10})?$/.test(typed.trim()) ? Number(typed.trim().replace(',', '.')) : undefined
