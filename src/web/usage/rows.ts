import type { ForecastBand, MilestoneId, MilestoneView, UsagePoint } from '../../model/usage-api.ts'
import type { Day } from '../../model/words.ts'
import { mondayOf } from './days.ts'

/** How fine the table beside the chart is. */
export const GRAINS = ['month', 'week', 'day'] as const
export type Grain = (typeof GRAINS)[number]

/** What happened, or should happen, in the time that a row stands for. */
export type RowNote = Readonly<{ kind: 'restated' } | { kind: 'reached' | 'planned'; milestone: MilestoneId; percent: number; day: Day }>

export type TableRow = Readonly<{
  day: Day
  /** Null for days to come. */
  active: number | null
  percent: number | null
  expected: ForecastBand[number] | null
  notes: readonly RowNote[]
}>

const PERIOD: Readonly<Record<Grain, (day: Day) => string>> = { month: day => day.slice(0, 7), week: mondayOf, day: day => day }

type TableParts = Readonly<{ points: readonly UsagePoint[]; band: ForecastBand; milestones: readonly MilestoneView[]; grain: Grain }>

/**
 * The last known figure of each month, week or day, newest first; and what is to come, soonest first. Milestones stand where they belong.
 */
export function rowsOf({
  points,
  band,
  milestones,
  grain,
}: TableParts): Readonly<{ known: readonly TableRow[]; ahead: readonly TableRow[] }> {
  const periodOf = PERIOD[grain]
  const rows = new Map<string, TableRow>()
  for (const point of points) {
    const { day, active, percent } = point
    const isRestated = point.restated || rows.get(periodOf(day))?.notes.some(note => note.kind === 'restated')
    rows.set(periodOf(day), { day, active, percent, expected: null, notes: isRestated ? [{ kind: 'restated' }] : [] })
  }
  for (const expected of band) {
    const period = periodOf(expected.day)
    // What is known of a month stands, also when the month is not over.
    if (rows.get(period)?.expected === null) continue
    rows.set(period, { day: expected.day, active: null, percent: null, expected, notes: [] })
  }
  for (const { id: milestone, percent, reachedOn, targetDate } of milestones) {
    if (reachedOn) note(rows, periodOf(reachedOn), { kind: 'reached', milestone, percent, day: reachedOn })
    if (targetDate) note(rows, periodOf(targetDate), { kind: 'planned', milestone, percent, day: targetDate })
  }
  const all = [...rows.values()].toSorted((a, b) => (a.day < b.day ? -1 : 1))
  return { known: all.filter(row => row.active !== null).toReversed(), ahead: all.filter(row => row.active === null) }
}

function note(rows: Map<string, TableRow>, period: string, added: RowNote & { day: Day }): void {
  const row = rows.get(period)
  const newest = [...rows.values()].reduce((latest, { day }) => (day > latest ? day : latest), '')
  if (row) rows.set(period, { ...row, notes: [...row.notes, added] })
  // A target date far ahead has a row of its own; what lies before the time shown has none.
  else if (added.day > newest) rows.set(period, { day: added.day, active: null, percent: null, expected: null, notes: [added] })
}
