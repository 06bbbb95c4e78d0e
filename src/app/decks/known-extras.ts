import { dayAt, dayNumber } from '../../forecast/days.ts'
import type { DeckExtras, DeckLocale } from '../../model/deck.ts'
import { MOMENTUM_NAMES, USUAL_MOMENTUM } from '../../model/review-record.ts'
import type { Day } from '../../model/words.ts'
import { findBlockers } from '../../store/blockers.ts'
import type { Db } from '../../store/database.ts'
import { findHeldMeetings, findReachedOf, getDeckBrand } from '../../store/review-decks.ts'
import { findReviewEntries, findReviewRecord, type ReviewEntry } from '../../store/review-record.ts'
import type { Row } from '../../store/tables.ts'
import { weeklyUsage } from '../../store/usage.ts'
import { seriesOf } from '../plans/weeks.ts'
import { brandOf } from './brand.ts'

/** Half a year. */
const WEEKS = 26
const MOST = 500

type Of = Readonly<{ customerId: string; engagement: Row<'engagement'>; tenants: number; today: Day; locale: DeckLocale }>

/** What the portal knows besides facts and plan: what happened in the engagement, what stands in the way, and what the review agreed. */
export async function knownExtras(db: Db, { customerId, engagement, tenants, today, locale }: Of): Promise<DeckExtras> {
  const key = { customerId, engagementId: engagement.id }
  const record = await findReviewRecord(db, key)
  const entries = await findReviewEntries(db, key, { left: true })
  const of = (list: ReviewEntry['list']) => entries.filter(entry => entry.list === list)
  const meetings = await findHeldMeetings(db, customerId, engagement.opened_at)
  const reached = await findReachedOf(db, customerId)
  const since = engagement.opened_at.slice(0, 10)
  // One that was resolved before the engagement began is of another one.
  const blockers = (await findBlockers(db, customerId)).filter(each => each.resolved_at === null || each.resolved_at.slice(0, 10) >= since)
  const brand = await getDeckBrand(db)
  return {
    brand: brandOf(brand),
    templates: brand.templates,
    meetings: meetings.slice(-MOST).map(({ title, starts_at: at }) => ({ what: title, on: dayOf(at) })),
    milestones: reached.slice(0, MOST).map(({ service, percent, reached_on: on }) => ({ what: `${Number(percent)} %`, service, on })),
    blockers: blockers.slice(0, MOST).map(each => ({
      what: each.title,
      service: each.services[0] ?? null,
      state: each.resolved_at === null ? 'open' : 'resolved',
      seats: each.seats,
      since: dayOf(each.opened_at),
      resolvedOn: each.resolved_at === null ? null : dayOf(each.resolved_at),
      step: each.resolution ?? each.next_action,
    })),
    momentum: of('momentum').flatMap(entry => momentumOf(entry, locale)),
    options: [
      ...(record?.scenarios ?? []).map(what => ({ choice: 'expand' as const, what })),
      ...of('gap')
        .filter(gap => gap.closed_on === null && gap.approach !== null)
        .map(gap => ({ choice: 'sustain' as const, what: [gap.what, gap.approach].join(': ') })),
    ].slice(0, MOST),
    nextSteps: of('step')
      .filter(step => step.closed_on === null)
      .map(step => ({ what: step.what ?? '', owner: ownerOf(step), due: step.due })),
    history: await historyOf(db, customerId, tenants, today),
    ...(record?.achievements ? { narratives: { achievements: record.achievements.slice(0, 2000) } } : {}),
  }
}

const dayOf = (moment: string): Day => moment.slice(0, 10) as Day // ISO moments begin with their day in UTC
const ownerOf = ({ person_name: person, contact_name: contact }: ReviewEntry): string | null => person ?? contact

const KINDS = {
  'best-practices': 'other',
  'self-service-support': 'self-service-support',
  'champions-community': 'champions',
  'track-progress': 'progress',
  'training-sources': 'training',
  'new-training': 'training',
  'wider-community': 'community',
} as const
const STATES = { planned: 'planned', 'in-place': 'already-in-place', done: 'done', 'not-needed': 'dropped' } as const

function momentumOf(entry: ReviewEntry, locale: DeckLocale): NonNullable<DeckExtras['momentum']> {
  const usual = USUAL_MOMENTUM.find(kind => kind === entry.kind)
  const state = Object.entries(STATES).find(([name]) => name === entry.state)?.[1]
  const what = entry.what ?? (usual && MOMENTUM_NAMES[usual][locale])
  if (state === undefined || what === undefined) return []
  return [{ kind: usual ? KINDS[usual] : 'other', what, owner: ownerOf(entry), due: entry.due, state }]
}

/** Weeks in which every tenant has a figure, oldest first. */
async function historyOf(db: Db, customerId: string, tenants: number, today: Day): Promise<NonNullable<DeckExtras['history']>> {
  const points = await weeklyUsage(db, [customerId], today, WEEKS)
  const series = seriesOf(points, new Map([[customerId, tenants]]))
  return Object.fromEntries(
    [...series].flatMap(([key, weeks]) => {
      const told = [...weeks.values()]
        .filter(({ seats }) => seats !== null && seats > 0)
        .sort((one, other) => other.week - one.week)
        // Weeks have seats: those without were left out.
        .map(({ week, active, seats }) => ({ day: dayAt(dayNumber(today) - 7 * week), active, seats: seats as number, source: 'usage' }))
      return told.length === 0 ? [] : [[key.slice(customerId.length + 1), told] as const]
    }),
  )
}
