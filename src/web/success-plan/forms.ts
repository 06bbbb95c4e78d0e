import type { TFunction } from 'i18next'
import type { KickoffView, MetricView, ObjectiveView, SuccessPlanView } from '../../model/success-plan-api.ts'
import type { Choice, FormField, Values } from './FieldsDialog.tsx'
import { numberOf } from './FieldsDialog.tsx'
import type { Written } from './plan-writes.ts'

/** The forms of this screen: their fields, what stands in them first, and what is sent. */
export type Form = Readonly<{
  title: string
  fields: readonly FormField[]
  start: Values
  writeOf: (values: Values) => Written | Readonly<{ fault: string; field: string }>
}>

type Words = Readonly<{ t: TFunction; services: readonly Choice[]; people: readonly Choice[] }>

const orNull = (text: string | undefined): string | null => (text === undefined || text.trim() === '' ? null : text.trim())
const shown = (value: number | string | null): string => (value === null ? '' : String(value))
const any = (t: TFunction): Choice => ({ value: '', label: t('success.none') })

export function objectiveForm({ t, services, people }: Words, objective: ObjectiveView | null): Form {
  // Whoever owns it may be nobody one could choose now.
  const owner = objective?.owner
  const choices = owner && !people.some(each => each.value === owner.id) ? [...people, { value: owner.id, label: owner.name }] : people
  return {
    title: t(objective ? 'success.changeObjective' : 'success.addObjective'),
    fields: [
      { name: 'title', label: t('success.field.title'), type: 'text', isRequired: true, most: 200 },
      { name: 'description', label: t('success.field.description'), type: 'long', most: 4000 },
      { name: 'service', label: t('success.field.service'), type: 'choice', choices: [any(t), ...services] },
      { name: 'owner', label: t('success.field.owner'), type: 'choice', choices: [any(t), ...choices] },
      { name: 'targetDate', label: t('success.field.targetDate'), type: 'date', hint: t('success.field.objectiveDateHint') },
    ],
    start: {
      title: objective?.title ?? '',
      description: shown(objective?.description ?? null),
      service: shown(objective?.service ?? null),
      owner: shown(owner?.id ?? null),
      targetDate: shown(objective?.targetDate ?? null),
    },
    writeOf: values => ({
      method: objective ? 'PUT' : 'POST',
      path: objective ? ['objectives', objective.id] : ['objectives'],
      body: {
        title: values.title,
        description: orNull(values.description),
        service: orNull(values.service),
        owner: orNull(values.owner),
        targetDate: orNull(values.targetDate),
      },
      done: t('success.saved'),
    }),
  }
}

export const objectiveBody = ({ title, description, service, owner, targetDate }: ObjectiveView) => ({
  title,
  description,
  service,
  owner: owner?.id ?? null,
  targetDate,
})

export const metricBody = (metric: MetricView) => ({
  objective: metric.objective,
  name: metric.name,
  kind: metric.kind,
  service: metric.service,
  unit: metric.unit,
  baseline: metric.baseline,
  baselineOn: metric.baselineOn,
  target: metric.target,
  direction: metric.isDirectionSet ? metric.direction : null,
  targetDate: metric.targetDate,
})

export function metricForm({ t, services }: Words, plan: SuccessPlanView, metric: MetricView | null, objective: string | null): Form {
  const objectives = plan.objectives.map(each => ({ value: each.id, label: each.title }))
  return {
    title: t(metric ? 'success.changeMetric' : 'success.addMetric'),
    fields: [
      { name: 'name', label: t('success.field.name'), type: 'text', isRequired: true, most: 200 },
      {
        name: 'kind',
        label: t('success.field.kind'),
        type: 'choice',
        choices: [
          { value: 'own', label: t('success.kind.own') },
          { value: 'usage', label: t('success.kind.usage') },
        ],
      },
      {
        name: 'service',
        label: t('success.field.service'),
        type: 'choice',
        choices: [any(t), ...services],
        hint: t('success.field.usageHint'),
      },
      { name: 'objective', label: t('success.field.objective'), type: 'choice', choices: [any(t), ...objectives] },
      { name: 'unit', label: t('success.field.unit'), type: 'text', most: 40 },
      { name: 'baseline', label: t('success.field.baseline'), type: 'number', hint: t('success.field.baselineHint') },
      { name: 'baselineOn', label: t('success.field.baselineOn'), type: 'date', hint: t('success.field.baselineOnHint') },
      { name: 'target', label: t('success.field.target'), type: 'number', isRequired: true },
      {
        name: 'direction',
        label: t('success.field.direction'),
        type: 'choice',
        choices: [
          { value: '', label: t('success.direction.auto') },
          { value: 'up', label: t('success.direction.up') },
          { value: 'down', label: t('success.direction.down') },
        ],
      },
      { name: 'targetDate', label: t('success.field.targetDate'), type: 'date' },
    ],
    start: {
      name: metric?.name ?? '',
      kind: metric?.kind ?? 'own',
      service: shown(metric?.service ?? null),
      objective: shown(metric?.objective ?? objective),
      unit: shown(metric?.unit ?? null),
      baseline: shown(metric?.baseline ?? null),
      baselineOn: shown(metric?.baselineOn ?? null),
      target: shown(metric?.target ?? null),
      direction: metric?.isDirectionSet ? metric.direction : '',
      targetDate: shown(metric?.targetDate ?? null),
    },
    writeOf: values => {
      if (values.kind === 'usage' && !values.service) return { field: 'service', fault: t('success.needed') }
      return {
        method: metric ? 'PUT' : 'POST',
        path: metric ? ['metrics', metric.id] : ['metrics'],
        body: {
          name: values.name,
          kind: values.kind,
          service: orNull(values.service),
          objective: orNull(values.objective),
          unit: orNull(values.unit),
          baseline: numberOf(values.baseline ?? ''),
          ...(values.baselineOn ? { baselineOn: values.baselineOn } : {}),
          target: numberOf(values.target ?? ''),
          direction: orNull(values.direction),
          targetDate: orNull(values.targetDate),
        },
        done: t('success.saved'),
        ...(metric ? { undo: { method: 'PUT', path: ['metrics', metric.id], body: metricBody(metric) } as const } : {}),
      }
    },
  }
}

export function readingForm({ t }: Words, plan: SuccessPlanView, metric: MetricView): Form {
  return {
    title: t('success.addReading', { metric: metric.name }),
    fields: [
      { name: 'day', label: t('success.field.day'), type: 'date', isRequired: true },
      { name: 'value', label: t('success.field.value'), type: 'number', isRequired: true },
      { name: 'note', label: t('success.field.note'), type: 'long', most: 1000 },
    ],
    start: { day: plan.today, value: '', note: '' },
    writeOf: values => {
      const day = values.day ?? ''
      if (day > plan.today) return { field: 'day', fault: t('success.inFuture') }
      const path = ['metrics', metric.id, 'readings', day]
      const before = metric.readings.find(each => each.day === day)
      return {
        method: 'PUT',
        path,
        body: { value: numberOf(values.value ?? ''), note: orNull(values.note) },
        done: t('success.saved'),
        undo: before ? { method: 'PUT', path, body: { value: before.value, note: before.note } } : { method: 'DELETE', path },
      }
    },
  }
}

export function dibsForm({ t }: Words, dibs: KickoffView['services'][number], name: string): Form {
  const parts = { plannedOn: dibs.plannedOn, intent: dibs.intent, businessReason: dibs.businessReason, successOwner: dibs.successOwner }
  return {
    title: t('success.changeDibs', { service: name }),
    fields: [
      { name: 'plannedOn', label: t('success.dibs.plannedOn'), type: 'date' },
      { name: 'intent', label: t('success.dibs.intent'), type: 'long', most: 4000 },
      { name: 'businessReason', label: t('success.dibs.businessReason'), type: 'long', most: 4000 },
      { name: 'successOwner', label: t('success.dibs.successOwner'), type: 'text', most: 200, hint: t('success.ownerHint') },
    ],
    start: textsOf(parts),
    writeOf: values => ({
      method: 'PUT',
      path: ['services', dibs.service, 'kickoff'],
      body: nullsOf(values),
      done: t('success.saved'),
      undo: { method: 'PUT', path: ['services', dibs.service, 'kickoff'], body: parts },
    }),
  }
}

export function ssatForm({ t }: Words, kickoff: KickoffView): Form {
  const { stakeholders, scenarios, awarenessPlan, trainingPlan } = kickoff
  const parts = { stakeholders, scenarios, awarenessPlan, trainingPlan }
  return {
    title: t('success.changeSsat'),
    fields: Object.keys(parts).map(name => ({ name, label: t(`success.ssat.${name}`), type: 'long' as const, most: 4000 })),
    start: textsOf(parts),
    writeOf: values => ({
      method: 'PUT',
      path: ['kickoff'],
      body: nullsOf(values),
      done: t('success.saved'),
      undo: { method: 'PUT', path: ['kickoff'], body: parts },
    }),
  }
}

const textsOf = (parts: Readonly<Record<string, string | null>>): Values =>
  Object.fromEntries(Object.entries(parts).map(([name, value]) => [name, shown(value)]))
const nullsOf = (values: Values) => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, orNull(value)]))
