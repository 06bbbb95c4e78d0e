import {
  type AtRiskQuery,
  type AtRiskRow,
  type AtRiskSummary,
  type MilestoneRow,
  type MilestonesQuery,
  type MilestonesSummary,
  PAST_DUE_REASONS,
  type PastDueQuery,
  type PastDueRow,
  type PastDueSummary,
  SILENT_FOR,
  type SilentQuery,
  type SilentRow,
  type SilentSummary,
  type WaitingQuery,
  type WaitingRow,
  type WaitingSummary,
} from '../../model/report-api.ts'
import type { Day } from '../../model/words.ts'
import {
  findReached,
  findSilent,
  findWaitingHandshakes,
  type OfCustomer,
  sumReached,
  sumSilent,
  sumWaitingHandshakes,
} from '../../store/reports.ts'
import { findAtRisk, findPastDue, sumAtRisk, sumPastDue } from '../../store/risk-reports.ts'
import type { Columns } from '../exports/csv.ts'
import { mandatoryTasks } from '../playbooks/mandatory-tasks.ts'
import type { ReportKind } from './report.ts'

type Asked<Query> = Omit<Query, 'limit'>

const ofCustomer = ({ customer_id, customer, owner }: OfCustomer) => ({ customer: customer_id, customerName: customer, owner })
const CUSTOMER: Columns<{ customer: string; customerName: string; owner: string | null }> = [
  { name: 'customer', of: row => row.customer },
  { name: 'customer_name', of: row => row.customerName },
  { name: 'owner', of: row => row.owner },
]
const sumOf = (rows: readonly { count: number }[]) => rows.reduce((sum, { count }) => sum + count, 0)

export const MILESTONES_REPORT: ReportKind<Asked<MilestonesQuery>, MilestoneRow, MilestonesSummary> = {
  name: 'milestones',
  find: async (db, { months, ...query }, { today }, page) =>
    (await findReached(db, { ...query, from: monthsUntil(today, months)[0] ?? today }, page)).map(row => ({
      ...ofCustomer(row),
      service: row.service,
      milestone: row.milestone,
      percent: row.percent,
      reachedOn: row.reached_on,
      isFirstFigure: row.is_first_figure,
      targetDate: row.target_date,
    })),
  sum: async (db, { months: count, ...query }, { today }) => {
    const months = monthsUntil(today, count)
    const rows = await sumReached(db, { ...query, from: months[0] ?? today })
    const atFirstFigure = sumOf(rows.filter(row => row.month === null))
    const counts = rows.flatMap(({ month, ...row }) => (month === null ? [] : [{ month, ...row }]))
    return { total: sumOf(rows), summary: { months, counts, atFirstFigure } }
  },
  columns: [
    ...CUSTOMER,
    { name: 'service', of: row => row.service },
    { name: 'milestone', of: row => row.milestone },
    { name: 'percent', of: row => row.percent },
    { name: 'reached_on', of: row => row.reachedOn },
    { name: 'at_first_figure', of: row => row.isFirstFigure },
    { name: 'target_date', of: row => row.targetDate },
  ],
}

/** First days of this month and those before it, so many in all, oldest first. */
function monthsUntil(today: Day, count: string): readonly Day[] {
  const [year = 0, month = 1] = today.split('-').map(Number)
  return Array.from({ length: Number(count) }, (_, index) => {
    const back = Number(count) - 1 - index
    // Written as a day is.
    return new Date(Date.UTC(year, month - 1 - back, 1)).toISOString().slice(0, 10) as Day
  })
}

export const AT_RISK_REPORT: ReportKind<Asked<AtRiskQuery>, AtRiskRow, AtRiskSummary> = {
  name: 'at-risk',
  find: async (db, query, { context }, page) =>
    (await findAtRisk(db, { ...query, mandatory: mandatoryTasks(context.playbook) }, page)).map(row => ({
      ...ofCustomer(row),
      usageFell: row.usage_fell,
      blockersLate: row.blockers_late,
      tasksLate: row.tasks_late,
      silentSince: row.silent_since,
      fellBack: row.fell_back,
      unknown: row.unknown,
    })),
  sum: async (db, query, { context }) => {
    const { total, customers, cannot_tell, by_reason } = await sumAtRisk(db, { ...query, mandatory: mandatoryTasks(context.playbook) })
    return { total, summary: { customers, cannotTell: cannot_tell, byReason: by_reason } }
  },
  columns: [
    ...CUSTOMER,
    { name: 'usage_fell', of: row => row.usageFell.join(' ') },
    { name: 'blockers_late', of: row => row.blockersLate },
    { name: 'mandatory_tasks_late', of: row => row.tasksLate },
    { name: 'silent_since', of: row => row.silentSince },
    { name: 'fell_back', of: row => row.fellBack },
    { name: 'cannot_tell', of: row => row.unknown.join(' ') },
  ],
}

export const SILENT_REPORT: ReportKind<Asked<SilentQuery>, SilentRow, SilentSummary> = {
  name: 'silent',
  find: async (db, query, { now }, page) =>
    (await findSilent(db, { ...query, now }, page)).map(row => ({
      ...ofCustomer(row),
      lastNote: row.last_note,
      lastMeeting: row.last_meeting,
      since: row.since,
      days: row.days,
      howLong: row.how_long,
      nextMeeting: row.next_meeting,
    })),
  sum: async (db, query, { now }) => {
    const rows = await sumSilent(db, { ...query, now })
    return {
      total: sumOf(rows),
      summary: {
        counts: countsOf(SILENT_FOR, id => rows.find(row => row.how_long === id)?.count),
        withMeeting: rows.reduce((sum, row) => sum + row.with_meeting, 0),
      },
    }
  },
  columns: [
    ...CUSTOMER,
    { name: 'silent_since', of: row => row.since },
    { name: 'days', of: row => row.days },
    { name: 'last_note', of: row => row.lastNote },
    { name: 'last_meeting', of: row => row.lastMeeting },
    { name: 'next_meeting', of: row => row.nextMeeting },
  ],
}

export const PAST_DUE_REPORT: ReportKind<Asked<PastDueQuery>, PastDueRow, PastDueSummary> = {
  name: 'past-due',
  find: async (db, query, _, page) =>
    (await findPastDue(db, query, page)).map(row => ({
      ...ofCustomer(row),
      service: row.service,
      milestone: row.milestone,
      percent: row.percent,
      targetDate: row.target_date,
      forecastFor: row.forecast_for,
      due: row.due,
      daysLate: row.days_late,
      reason: row.reason,
      expectedNow: row.expected_now,
      blockers: row.blockers,
    })),
  sum: async (db, query) => {
    const rows = await sumPastDue(db, query)
    const byReason = countsOf(PAST_DUE_REASONS, id => rows.find(row => row.by === 'reason' && row.reason === id)?.count)
    const byOwner = rows.filter(row => row.by === 'owner').map(({ id, name, count }) => ({ id, name, count }))
    return { total: sumOf(byOwner), summary: { byReason, byOwner } }
  },
  columns: [
    ...CUSTOMER,
    { name: 'service', of: row => row.service },
    { name: 'milestone', of: row => row.milestone },
    { name: 'percent', of: row => row.percent },
    { name: 'due', of: row => row.due },
    { name: 'days_late', of: row => row.daysLate },
    { name: 'target_date', of: row => row.targetDate },
    { name: 'forecast_for', of: row => row.forecastFor },
    { name: 'reason', of: row => row.reason },
    { name: 'expected_now', of: row => row.expectedNow },
    { name: 'open_blockers', of: row => row.blockers },
  ],
}

export const WAITING_REPORT: ReportKind<Asked<WaitingQuery>, WaitingRow, WaitingSummary> = {
  name: 'handshakes',
  find: async (db, query, { now }, page) =>
    (await findWaitingHandshakes(db, query, { ...page, now })).map(row => ({
      ...ofCustomer(row),
      handshake: row.id,
      service: row.service,
      state: row.state,
      offeredBy: row.offered_by,
      offeredTo: row.offered_to,
      offeredOn: row.offered_on,
      workingDays: row.working_days,
      remindOn: row.remind_on,
      isLate: row.is_late,
    })),
  sum: async (db, query) => {
    const byPerson = await sumWaitingHandshakes(db, query)
    const all = (what: 'waiting' | 'late') => byPerson.reduce((sum, person) => sum + person[what], 0)
    return { total: all('waiting'), summary: { late: all('late'), byPerson } }
  },
  columns: [
    ...CUSTOMER,
    { name: 'service', of: row => row.service },
    { name: 'state', of: row => row.state },
    { name: 'offered_by', of: row => row.offeredBy },
    { name: 'offered_to', of: row => row.offeredTo },
    { name: 'offered_on', of: row => row.offeredOn },
    { name: 'working_days', of: row => row.workingDays },
    { name: 'remind_on', of: row => row.remindOn },
    { name: 'late', of: row => row.isLate },
  ],
}

/** None of a kind is known to be none: all rows were counted. */
const countsOf = <Id extends string>(ids: readonly Id[], count: (id: Id) => number | undefined): Readonly<Record<Id, number>> =>
  // Every id of the list is a key of it.
  Object.fromEntries(ids.map(id => [id, count(id) ?? 0])) as Record<Id, number>
