import type { TFunction } from 'i18next'
import {
  ALIGNMENT_STATES,
  GAP_KINDS,
  MOMENTUM_KINDS,
  MOMENTUM_NAMES,
  MOMENTUM_STATES,
  PREREQUISITE_STATES,
  REVIEW_INTENTS,
  type ReviewList,
  USUAL_MOMENTUM,
} from '../../../model/review-record.ts'
import type { ReviewEntryView, ReviewRecordView, ReviewResource } from '../../../model/review-record-api.ts'
import type { Formats } from '../../ui/format.ts'
import { takeBackAdded, type Written } from './record-writes.ts'

/** The forms of the review's record: their fields, what stands in them first, and what is sent. */
export type Form = Readonly<{
  title: string
  fields: readonly FormField[]
  start: Values
  /** What somebody else saved, as the fields would show it. */
  shown: (saved: Readonly<Record<string, unknown>>) => Values
  writeOf: (values: Values) => Written | Fault
}>
export type Values = Readonly<Record<string, string>>
export type Fault = Readonly<{ fault: string; field: string }>
export type Choice = Readonly<{ value: string; label: string }>
export type FormField = Readonly<{
  name: string
  label: string
  type: 'text' | 'long' | 'date' | 'choice'
  hint?: string
  choices?: readonly Choice[]
  isRequired?: boolean
  most?: number
  latest?: string
  /** Absent: always asked for. */
  when?: (values: Values) => boolean
}>

export type Words = Readonly<{ t: TFunction; formats: Formats; today: string; services: readonly Choice[]; owners: readonly Choice[] }>

/** What the entries of each list say, in the order of the form. */
const FIELDS = {
  gap: ['kind', 'what', 'service', 'approach', 'owner', 'due', 'closedOn'],
  prerequisite: ['what', 'service', 'state', 'owner', 'due'],
  step: ['what', 'owner', 'due', 'closedOn'],
  momentum: ['kind', 'what', 'state', 'reason', 'resources', 'owner', 'due'],
  alignment: ['what', 'owner', 'closedOn', 'state'],
} as const satisfies Record<ReviewList, readonly (keyof ReviewEntryView)[]>
type FieldName = (typeof FIELDS)[ReviewList][number]

/** An entry as it is sent. */
export const entryBody = (entry: ReviewEntryView): Readonly<Record<string, unknown>> => ({
  list: entry.list,
  ...Object.fromEntries(FIELDS[entry.list].map(name => [name, name === 'owner' ? sentOwner(entry.owner) : entry[name]])),
})

const sentOwner = (owner: ReviewEntryView['owner']) =>
  owner === null ? null : 'person' in owner ? { person: owner.person } : { contact: owner.contact }

export function entryForm(words: Words, list: ReviewList, entry: ReviewEntryView | null): Form {
  const { t } = words
  const path = entry ? ['entries', entry.id] : ['entries']
  return {
    title: t(entry ? `record.change.${list}` : `record.add.${list}`),
    fields: FIELDS[list].map(name => fieldOf(words, list, name, entry)),
    start: entry ? shownEntry(list, entry) : { kind: firstKind(list), state: firstState(list) },
    shown: saved => shownEntry(list, saved),
    writeOf: values => {
      const isOwn = values.kind === 'other'
      if (list === 'momentum' && isOwn && !values.what?.trim()) return { field: 'what', fault: t('record.needed') }
      if (list === 'momentum' && values.state === 'not-needed' && !values.reason?.trim())
        return { field: 'reason', fault: t('record.needed') }
      const resources = readResources(values.resources ?? '')
      if (resources === undefined) return { field: 'resources', fault: t('record.badResources') }
      const sent: Record<FieldName, unknown> = {
        kind: values.kind,
        what: list === 'momentum' && !isOwn ? null : orNull(values.what),
        service: orNull(values.service),
        approach: orNull(values.approach),
        state: orNull(values.state),
        reason: values.state === 'not-needed' ? orNull(values.reason) : null,
        resources,
        owner: readOwner(values.owner ?? ''),
        due: orNull(values.due),
        closedOn: orNull(values.closedOn),
      }
      return {
        method: entry ? 'PUT' : 'POST',
        path,
        body: { list, ...Object.fromEntries(FIELDS[list].map(name => [name, sent[name]])) },
        done: t('record.saved'),
        undo: entry ? [{ method: 'PUT', path, body: entryBody(entry) }] : takeBackAdded,
      }
    },
  }
}

const firstKind = (list: ReviewList) => (list === 'gap' ? GAP_KINDS[0] : list === 'momentum' ? 'other' : '')
const firstState = (list: ReviewList) => (list === 'prerequisite' ? 'open' : list === 'momentum' ? 'planned' : '')

function fieldOf(
  { t, formats, today, services, owners }: Words,
  list: ReviewList,
  name: FieldName,
  entry: ReviewEntryView | null,
): FormField {
  const none = { value: '', label: t('record.none') }
  const of = (key: string, values: readonly string[]) => values.map(value => ({ value, label: t(`record.${key}.${value}`) }))
  const long = { type: 'long' as const, most: 4000 }
  switch (name) {
    case 'kind':
      return {
        name,
        label: t('record.field.kind'),
        type: 'choice',
        choices:
          list === 'gap' ? of('gapKind', GAP_KINDS) : MOMENTUM_KINDS.map(value => ({ value, label: momentumName(t, formats, value) })),
      }
    case 'what': {
      const label = t(`record.field.what-${list}`)
      if (list === 'momentum') return { name, label, type: 'text', isRequired: true, most: 200, when: values => values.kind === 'other' }
      return { name, label, type: 'text', isRequired: true, most: 500 }
    }
    case 'service':
      return { name, label: t('record.field.service'), type: 'choice', choices: [none, ...services] }
    case 'approach':
      return { name, label: t('record.field.approach'), ...long }
    case 'state': {
      const label = t(`record.field.state-${list}`)
      if (list === 'prerequisite') return { name, label, type: 'choice', choices: of('prerequisite', PREREQUISITE_STATES) }
      if (list === 'momentum') return { name, label, type: 'choice', choices: of('momentum', MOMENTUM_STATES) }
      return { name, label, type: 'choice', choices: [{ value: '', label: t('record.notSaid') }, ...of('alignment', ALIGNMENT_STATES)] }
    }
    case 'reason':
      return {
        name,
        label: t('record.field.reason'),
        type: 'long',
        most: 1000,
        isRequired: true,
        when: values => values.state === 'not-needed',
      }
    case 'resources':
      return { name, label: t('record.field.resources'), type: 'long', most: 8000, hint: t('record.field.resourcesHint') }
    case 'owner': {
      const own = entry?.owner ? { value: ownerValue(entry.owner), label: entry.owner.name } : undefined
      // Whoever has it may be nobody one could choose now.
      const missing = own && !owners.some(each => each.value === own.value) ? [own] : []
      return {
        name,
        label: t(list === 'alignment' ? 'record.field.who' : 'record.field.owner'),
        type: 'choice',
        choices: [none, ...owners, ...missing],
      }
    }
    case 'due':
      return { name, label: t('record.field.due'), type: 'date' }
    case 'closedOn':
      return { name, label: t(`record.field.closedOn-${list}`), type: 'date', latest: today }
  }
}

/** A part of a momentum plan by its usual name, or what stands for an own one. */
export function momentumName(t: TFunction, formats: Formats, kind: string | null): string {
  const usual = USUAL_MOMENTUM.find(each => each === kind)
  return usual ? formats.text(MOMENTUM_NAMES[usual]) : t('record.ownPart')
}

const ownerValue = (owner: object): string =>
  'person' in owner ? `person:${owner.person}` : 'contact' in owner ? `contact:${owner.contact}` : ''
const readOwner = (value: string) =>
  value.startsWith('person:') ? { person: value.slice(7) } : value.startsWith('contact:') ? { contact: value.slice(8) } : null

function shownEntry(list: ReviewList, saved: Readonly<Record<string, unknown>>): Values {
  const shownOf = (name: FieldName): string => {
    const value = saved[name]
    if (value === null || value === undefined) return ''
    if (name === 'owner' && typeof value === 'object') return ownerValue(value)
    if (name === 'resources' && Array.isArray(value))
      return (value as readonly ReviewResource[]).map(each => `${each.title} | ${each.url}`).join('\n')
    return String(value)
  }
  return Object.fromEntries(FIELDS[list].map(name => [name, shownOf(name)]))
}

/** A line each: `Title | https://…`, or the link alone; undefined where a line is neither. */
export function readResources(text: string): readonly ReviewResource[] | undefined {
  const lines = text
    .split('\n')
    .map(each => each.trim())
    .filter(Boolean)
  const read = lines.map(line => {
    const at = line.search(/https:\/\/\S+$/)
    if (at < 0) return undefined
    const url = line.slice(at)
    const title = line.slice(0, at).replace(/[\s|]+$/, '')
    return { title: title === '' ? new URL(url).hostname : title, url }
  })
  return read.some(each => each === undefined) ? undefined : read.filter(each => each !== undefined)
}

export function talkForm({ t }: Words, { intent, achievements, scenarios }: ReviewRecordView): Form {
  const body = { intent, achievements, scenarios }
  const shown = (saved: Readonly<Record<string, unknown>>) => ({
    intent: String(saved.intent ?? ''),
    achievements: String(saved.achievements ?? ''),
    scenarios: Array.isArray(saved.scenarios) ? saved.scenarios.join('\n') : '',
  })
  return {
    title: t('record.changeTalk'),
    fields: [
      {
        name: 'intent',
        label: t('record.intentTitle'),
        type: 'choice',
        choices: [
          { value: '', label: t('record.intent.none') },
          ...REVIEW_INTENTS.map(value => ({ value, label: t(`record.intent.${value}`) })),
        ],
      },
      { name: 'achievements', label: t('record.achievements'), type: 'long', most: 8000, hint: t('record.markdown') },
      { name: 'scenarios', label: t('record.scenarios'), type: 'long', most: 15_000, hint: t('record.linePerScenario') },
    ],
    start: shown(body),
    shown,
    writeOf: values => {
      const lines = (values.scenarios ?? '')
        .split('\n')
        .map(each => each.trim())
        .filter(Boolean)
      if (lines.length > 30 || lines.some(each => each.length > 500)) return { field: 'scenarios', fault: t('record.tooManyScenarios') }
      return {
        method: 'PUT',
        path: ['talk'],
        body: { intent: orNull(values.intent), achievements: orNull(values.achievements), scenarios: lines },
        done: t('record.saved'),
        undo: [{ method: 'PUT', path: ['talk'], body }],
      }
    },
  }
}

export function expectationsForm({ t }: Words, { expectations }: ReviewRecordView): Form {
  const names = ['experience', 'reducedSupport', 'reducedSupportWhy'] as const
  const isEmpty = names.every(name => expectations[name] === null)
  const shown = (saved: Readonly<Record<string, unknown>>) => Object.fromEntries(names.map(name => [name, String(saved[name] ?? '')]))
  return {
    title: t('record.changeExpectations'),
    fields: names.map(name => ({ name, label: t(`record.${name}`), type: 'long' as const, most: 8000 })),
    // Something to begin with; nothing is kept until it is saved.
    start: isEmpty ? Object.fromEntries(names.map(name => [name, t(`record.usual.${name}`)])) : shown(expectations),
    shown,
    writeOf: values => ({
      method: 'PUT',
      path: ['expectations'],
      body: Object.fromEntries(names.map(name => [name, orNull(values[name])])),
      done: t('record.saved'),
      undo: [{ method: 'PUT', path: ['expectations'], body: { ...expectations } }],
    }),
  }
}

const orNull = (text: string | undefined): string | null => (text === undefined || text.trim() === '' ? null : text.trim())
