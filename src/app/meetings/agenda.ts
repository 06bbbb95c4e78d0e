import { percentOf, type SeatPoint } from '../../forecast/series.ts'
import type { Plan } from '../../model/plan.ts'
import type { Text } from '../../model/words.ts'
import { findBlockers } from '../../store/blockers.ts'
import type { Db } from '../../store/database.ts'
import { findFollowUps } from '../../store/follow-ups.ts'
import { findItems } from '../../store/items.ts'
import { loadKnown } from '../../store/known.ts'
import { findPlan } from '../../store/plans.ts'
import type { Row } from '../../store/tables.ts'
import { type Context, todayOf } from '../context.ts'
import { loadServices } from '../milestones/known.ts'
import { itemTitle } from '../plans/item-words.ts'

type Locale = 'en' | 'pt-BR'
export const localeOf = (language: string): Locale => (language.toLowerCase().startsWith('pt') ? 'pt-BR' : 'en')

const WORDS = {
  en: {
    usage: 'Usage',
    plan: 'Success plan',
    blockers: 'Open blockers',
    items: 'Due now',
    next: 'Next steps',
    since: 'since',
    noReading: 'no reading yet',
    target: 'target',
    due: 'due',
    unknown: 'not known',
  },
  'pt-BR': {
    usage: 'Uso',
    plan: 'Plano de sucesso',
    blockers: 'Bloqueios em aberto',
    items: 'A fazer agora',
    next: 'Próximos passos',
    since: 'desde',
    noReading: 'ainda sem leitura',
    target: 'meta',
    due: 'até',
    unknown: 'não conhecido',
  },
} as const satisfies Record<Locale, Record<string, string>>

/** A list in an agenda is cut here: a meeting has no time for more. */
const MOST = 10
/** Usage is compared with what it was so many days before. */
const COMPARED_DAYS = 28

/**
 * The agenda of a meeting in Markdown, in the customer's language, from usage and what changed, the success plan, open blockers and what is
 * due; of its services where it has some. Sections without anything are left out.
 */
export async function makeAgenda(
  db: Db,
  context: Pick<Context, 'now' | 'playbook'>,
  meeting: Pick<Row<'meeting'>, 'customer_id' | 'services'> & Readonly<{ language: string }>,
): Promise<string> {
  const locale = localeOf(meeting.language)
  const words = WORDS[locale]
  const isOfIts = (service: string | null) => meeting.services.length === 0 || service === null || meeting.services.includes(service)
  const sections: readonly (readonly [string, readonly string[]])[] = [
    [words.usage, await usageLines(db, context, meeting.customer_id, isOfIts, locale)],
    [words.plan, await metricLines(db, meeting.customer_id, isOfIts, locale)],
    [words.blockers, await blockerLines(db, meeting.customer_id, isOfIts, locale)],
    [words.items, await itemLines(db, context, meeting.customer_id, isOfIts, locale)],
    [words.next, ['']],
  ]
  return sections
    .filter(([, lines]) => lines.length > 0)
    .map(
      ([title, lines]) =>
        `## ${title}\n\n${lines
          .slice(0, MOST)
          .map(line => `- ${line}`.trimEnd())
          .join('\n')}`,
    )
    .join('\n\n')
    .concat('\n')
}

type IsOfIts = (service: string | null) => boolean
const inLocale = (text: Text | undefined, locale: Locale): string | undefined => text?.[locale] ?? text?.en

/** Words of people stand in Markdown as they are written, on one line. */
const plain = (text: string) =>
  text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]<>#|~]/g, '\\$&')

async function usageLines(
  db: Db,
  { now, playbook }: Pick<Context, 'now' | 'playbook'>,
  customerId: string,
  isOfIts: IsOfIts,
  locale: Locale,
): Promise<string[]> {
  const services = await loadServices(db, [customerId], todayOf({ now }))
  return services
    .filter(each => each.intended && isOfIts(each.service) && each.points.length > 0)
    .map(({ service, points }) => {
      const name = inLocale(playbook.services.find(each => each.id === service)?.name, locale) ?? service
      return `${name}: ${changeOf(points, locale)}`
    })
}

function changeOf(points: readonly SeatPoint[], locale: Locale): string {
  const words = WORDS[locale]
  const newest = points.at(-1)
  if (!newest || newest.seats === null || newest.seats === 0) return words.unknown
  const show = (value: number) => value.toLocaleString(locale, { maximumFractionDigits: 1 })
  const now = percentOf({ ...newest, seats: newest.seats })
  const day = new Date(Date.parse(newest.day) - COMPARED_DAYS * 86_400_000).toISOString().slice(0, 10)
  const then = points.findLast(each => each.day <= day && each.seats !== null && each.seats > 0)
  if (!then?.seats) return `${show(now)} % (${newest.day})`
  const difference = Math.round((now - percentOf({ ...then, seats: then.seats })) * 10) / 10
  return `${show(now)} % (${newest.day}; ${difference > 0 ? '+' : difference < 0 ? '−' : '±'}${show(Math.abs(difference))} ${words.since} ${then.day})`
}

async function metricLines(db: Db, customerId: string, isOfIts: IsOfIts, locale: Locale): Promise<string[]> {
  const words = WORDS[locale]
  const [known] = await loadKnown(db, [customerId])
  return (known?.metrics ?? [])
    .filter(({ metric }) => metric.kind === 'own' && metric.removed_at === null && isOfIts(metric.service))
    .map(({ metric, reading }) => {
      const show = (value: number) => `${value.toLocaleString(locale)}${metric.unit ? ` ${plain(metric.unit)}` : ''}`
      const now = reading ? `${show(reading.value)} (${reading.day})` : words.noReading
      return `${plain(metric.name)}: ${now}, ${words.target} ${show(metric.target)}${metric.target_date ? ` (${metric.target_date})` : ''}`
    })
}

async function blockerLines(db: Db, customerId: string, isOfIts: IsOfIts, locale: Locale): Promise<string[]> {
  const words = WORDS[locale]
  return (await findBlockers(db, customerId))
    .filter(each => each.resolved_at === null && (each.services.length === 0 || each.services.some(isOfIts)))
    .map(each => {
      const next = each.next_action
        ? `: ${plain(each.next_action)}${each.next_action_on ? ` (${words.due} ${each.next_action_on})` : ''}`
        : ''
      return `${plain(each.title)}${next}`
    })
}

async function itemLines(
  db: Db,
  { playbook }: Pick<Context, 'playbook'>,
  customerId: string,
  isOfIts: IsOfIts,
  locale: Locale,
): Promise<string[]> {
  const words = WORDS[locale]
  const plan = await findPlan(db, customerId)
  if (!plan) return []
  const set = new Map((await findItems(db, customerId, plan.engagement_id)).map(item => [item.id, item.due_set]))
  const due = dueItems(plan.content)
    .filter(item => isOfIts(item.service))
    .map(item => ({ day: set.get(item.id) ?? item.due, text: inLocale(itemTitle(playbook, item.id), locale) ?? item.id }))
  const followUps = (await findFollowUps(db, customerId, plan.engagement_id))
    .filter(each => each.closed_at === null && isOfIts(each.service))
    .map(each => ({ day: each.due, text: plain(each.title) }))
  return [...followUps, ...due]
    .sort((a, b) => ((a.day ?? '9999') < (b.day ?? '9999') ? -1 : (a.day ?? '9999') > (b.day ?? '9999') ? 1 : 0))
    .map(({ day, text }) => `${text}${day ? ` (${words.due} ${day})` : ''}`)
}

const dueItems = (plan: Plan) =>
  plan.processes.flatMap(process => process.steps.flatMap(step => step.items)).filter(item => item.state === 'due')
