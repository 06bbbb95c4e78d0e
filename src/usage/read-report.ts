import { join } from 'node:path'
import type { ServiceId } from '../model/services.ts'
import type { Activation, DailyCount, MailDomain, UsageProblem } from '../model/usage.ts'
import { dayAfter } from './cells.ts'
import type { Duck } from './duck.ts'
import type { Head, Layout } from './header.ts'
import { quotesStayInLines } from './lines.ts'
import { isBeyond } from './row-check.ts'
import { activationsOf, countPeople, domainsOf, peopleTable, repeatsOf, type Source, statsOf } from './sql.ts'
import { copyGoodRows, type LineFault, survey } from './survey.ts'

/** One service counted in one report. */
export type Counts = Readonly<{ active: number; assigned: number | null; activeUnlicensed: number | null }>

/** What one file holds. `counts` is null when it holds nothing that may be counted; the problems say why. */
export type ReportReading = Readonly<{
  file: string
  layout: Layout
  refreshDate: string | null
  /** Days of the report's period; null where the report does not say. */
  period: number | null
  concealed: boolean
  /** `read` counts every row met; the others are some of those. */
  rows: Readonly<{ read: number; rejected: number; deleted: number; duplicates: number }>
  counts: ReadonlyMap<ServiceId, Counts> | null
  /** What a file of one day tells; then `counts` is empty. */
  daily: readonly DailyCount[]
  activations: readonly Activation[]
  domains: readonly MailDomain[]
  problems: readonly UsageProblem[]
  source: Source | null
}>

type Stats = Readonly<Record<string, string | number | boolean | null>>
type Scan = Readonly<{ source: Source; stats: Stats; rows: number; faults: readonly LineFault[] }>
export type ReportInput = Readonly<{
  file: string
  path: string
  head: Head
  window: number
  /** The one day that the report was asked for. */
  onDay: string | null
  folder: string
  name: string
}>

/** Reads and counts one recognised report. The fast way is one typed pass; whatever stops it leads to a reading line by line. */
export async function readReport(duck: Duck, input: ReportInput): Promise<ReportReading> {
  if (input.head.isHeaderOnly) return nothingIn(input, { rows: 0, faults: [] }, noData(input))
  let scan: Scan | Lines
  try {
    // Days that are not written YYYY-MM-DD are written so in a copy.
    const isRowPerLine = input.head.layout.dates === null && (await quotesStayInLines(input.path, input.head.layout.delimiter))
    const direct = isRowPerLine ? ((await scanFast(duck, input)) ?? (await scanAroundFaults(duck, input))) : null
    scan = direct ?? (await scanCopy(duck, input))
  } catch (error) {
    return nothingIn(input, { rows: 0, faults: [] }, problem(input, 'unreadable-file', `cannot be read: ${firstWords(error)}`))
  }
  if (scan.stats === undefined) return nothingIn(input, scan, noData(input))
  const unfit = whyUnfit(scan, input.head.layout)
  if (unfit) return nothingIn(input, scan, problem(input, unfit.code, unfit.message))
  return count(duck, input, scan)
}

/** Null when the file needs the tolerant way. */
async function scanFast(duck: Duck, { path, head, window, onDay }: ReportInput): Promise<Scan | null> {
  const { layout, refreshDate } = head
  if (refreshDate === null) return null
  const source = { layout, path, skip: layout.headerLine, since: firstDay(refreshDate, window), onDay, skipsFaults: false }
  try {
    const stats = await duck.row(statsOf(source))
    return isStrange(stats, layout) ? null : { source, stats, rows: number(stats.rows), faults: [] }
  } catch {
    // The message names one fault of perhaps many, and not always the first; the survey names them in order.
    return null
  }
}

/** No row was good. */
type Lines = Readonly<{ rows: number; faults: readonly LineFault[]; stats?: undefined }>

/** Counts without the faulty rows while the lines are looked through for them. Null when rows must be copied first. */
async function scanAroundFaults(duck: Duck, { path, head, window, onDay }: ReportInput): Promise<Scan | null> {
  const { layout, refreshDate } = head
  if (refreshDate === null) return null
  const source = { layout, path, skip: layout.headerLine, since: firstDay(refreshDate, window), onDay, skipsFaults: true }
  const [found, stats] = await Promise.all([survey(path, layout), duck.row(statsOf(source)).catch(() => null)])
  const isSound = stats !== null && !found.hasMixedEnds && number(stats.rows) <= found.rows && !isStrange(stats, layout)
  return isSound ? { source, stats, rows: found.rows, faults: found.faults } : null
}

/** The way that takes any file: the good rows are copied, and read from there. */
async function scanCopy(duck: Duck, { path, head, window, onDay, folder, name }: ReportInput): Promise<Scan | Lines> {
  const copy = join(folder, `${name}-rows.csv`)
  const { rows, faults, refreshDate } = await copyGoodRows(path, head.layout, copy)
  if (refreshDate === null) return { rows, faults }
  const source = { layout: head.layout, path: copy, skip: 0, since: firstDay(refreshDate, window), onDay, skipsFaults: false }
  return { source, stats: await duck.row(statsOf(source)), rows, faults }
}

async function count(duck: Duck, input: ReportInput, scan: Scan): Promise<ReportReading> {
  const { layout } = input.head
  const { stats, source } = scan
  const nameless = number(stats.nameless)
  const unknown = number(stats.unknown)
  const named = number(stats.rows) - nameless - unknown
  const people = number(stats.keys) - (nameless > 0 ? 1 : 0) - (unknown > 0 ? 1 : 0)
  const repeated = people < named && layout.activations === null ? await countRepeated(duck, input, source) : null
  const services = layout.services.filter(
    each => !each.columns.onlyIfUsed || typeof stats[`latest${layout.services.indexOf(each)}`] === 'string',
  )
  const counts = services.map(each => {
    const at = layout.services.indexOf(each)
    return [each.columns.service, repeated?.counts[at] ?? tally(stats, String(at), each.licence !== null)] as const
  })
  const { onDay } = input
  const concealed =
    (named > 0 && number(stats.pseudonyms) >= 0.9 * named) ||
    (number(stats.zero_ids) > 0 && number(stats.zero_ids) >= 0.9 * number(stats.rows))
  return {
    file: input.file,
    layout,
    refreshDate: String(stats.refresh_max),
    period: typeof stats.period_max === 'number' ? stats.period_max : null,
    concealed,
    rows: {
      read: scan.rows,
      rejected: scan.rows - number(stats.rows),
      deleted: repeated?.gone ?? number(stats.gone),
      duplicates: repeated?.duplicates ?? 0,
    },
    counts: new Map(onDay === null ? counts : []),
    daily: onDay === null ? [] : counts.map(([service, { active }]) => ({ service, day: onDay, active, atLeast: false })),
    activations: layout.activations ? (await duck.rows(activationsOf(source, layout.activations))).map(toActivation) : [],
    domains: concealed ? [] : domainsIn((people < named ? await duck.row(domainsOf(source)) : stats).domains),
    problems: [...rejections(input, scan, scan.rows - number(stats.rows)), ...(repeated ? repetitions(input, repeated) : [])],
    source,
  }
}

const toActivation = (row: Stats): Activation => ({
  product: String(row.product),
  assigned: number(row.assigned),
  activated: number(row.activated),
  sharedComputer: number(row.sharedComputer),
})

/** Counts and domains in turn, of the most users first. */
function domainsIn(text: Stats[string] | undefined): MailDomain[] {
  const words = typeof text === 'string' && text !== '' ? text.split(' ') : []
  const pairs = words.flatMap((word, at) => (at % 2 === 0 ? [{ users: Number(word), domain: words[at + 1] ?? '' }] : []))
  return pairs.sort((a, b) => b.users - a.users || (a.domain < b.domain ? -1 : 1))
}

type Repeated = Readonly<{ duplicates: number; otherRepeats: number; gone: number; counts: readonly Counts[] }>

/** People with several rows: counts over people, through a table. */
async function countRepeated(duck: Duck, input: ReportInput, source: Source): Promise<Repeated> {
  const table = `report_${input.name}`
  await duck.run(peopleTable(table, source))
  const repeats = await duck.row(repeatsOf(table))
  const counts: Counts[] = []
  for (const [at, service] of input.head.layout.services.entries())
    counts.push(tally(await duck.row(countPeople([{ table, at }])), '', service.licence !== null))
  await duck.run(`drop table ${table}`)
  const duplicates = number(repeats.duplicates)
  return { duplicates, otherRepeats: number(repeats.named) - number(repeats.people) - duplicates, gone: number(repeats.gone), counts }
}

/** Counts from a row of sums; `suffix` tells the services of one row apart. */
export function tally(sums: Stats, suffix: string, hasLicence: boolean): Counts {
  const any = number(sums[`active_any${suffix}`])
  if (!hasLicence) return { active: any, assigned: null, activeUnlicensed: null }
  const active = number(sums[`active_licensed${suffix}`])
  return { active, assigned: number(sums[`assigned${suffix}`]), activeUnlicensed: any - active }
}

/** First day of the window: it ends with, and includes, the refresh date. */
export const firstDay = (refreshDate: string, window: number) => dayAfter(refreshDate, 1 - window)

/** DuckDB takes "infinity" and years of five digits for dates; a person would not. */
const isStrange = (stats: Stats, layout: Layout) =>
  layout.services.some((_, at) => {
    const latest = stats[`latest${at}`]
    return typeof latest === 'string' && isBeyond(latest, String(stats.refresh_max))
  })

function whyUnfit({ stats }: Scan, layout: Layout): { code: string; message: string } | null {
  const { refresh_min: first, refresh_max: last } = stats
  if (first !== last)
    return { code: 'mixed-refresh-dates', message: `holds rows of several refresh dates, ${first} to ${last}; a report has one` }
  if (typeof last !== 'string' || !/^(19[89]|2[01])\d*-/.test(last))
    return { code: 'bad-refresh-date', message: `the refresh date ${last} cannot be` }
  if (layout.services.some(each => each.columns.activityIs === 'used') && stats.period_min !== stats.period_max)
    return { code: 'mixed-periods', message: `holds rows of several periods, ${stats.period_min} and ${stats.period_max} days` }
  return null
}

function nothingIn(input: ReportInput, met: Scan | Lines, why: UsageProblem): ReportReading {
  const rejected = met.rows - number(met.stats?.rows)
  return {
    file: input.file,
    layout: input.head.layout,
    refreshDate: null,
    period: null,
    concealed: false,
    rows: { read: met.rows, rejected, deleted: 0, duplicates: 0 },
    counts: null,
    daily: [],
    activations: [],
    domains: [],
    problems: [...rejections(input, met, rejected), why],
    source: null,
  }
}

const problem = (input: ReportInput, code: string, message: string): UsageProblem => ({
  code,
  severity: 'error',
  message,
  file: input.file,
  line: null,
})

const noData = (input: ReportInput): UsageProblem => ({
  ...problem(input, 'no-data', `${input.head.layout.report} holds no row that can be used: nothing is known, which is not zero`),
  severity: 'warning',
})

function rejections(input: ReportInput, { faults }: { faults: readonly LineFault[] }, rejected: number): UsageProblem[] {
  const listed = faults.map(fault => ({ ...problem(input, 'rejected-row', fault.message), line: fault.line }))
  if (rejected <= listed.length) return listed
  return [...listed, problem(input, 'rejected-rows', `${rejected} rows rejected, ${listed.length} of them named with their line`)]
}

function repetitions(input: ReportInput, { duplicates, otherRepeats }: Repeated): UsageProblem[] {
  const found: UsageProblem[] = []
  if (duplicates > 0)
    found.push({ ...problem(input, 'duplicate-rows', `${rows(duplicates)} repeated word for word and counted once`), severity: 'warning' })
  if (otherRepeats > 0)
    found.push({
      ...problem(input, 'several-rows-per-user', `${rows(otherRepeats)} beyond the first of the same user, taken together`),
      severity: 'info',
    })
  return found
}

const rows = (count: number) => `${count} row${count === 1 ? '' : 's'}`
const number = (value: Stats[string] | undefined) => (typeof value === 'number' ? value : 0)
/** Without what a message quotes: paths of this machine. */
const firstWords = (error: unknown) => (error instanceof Error ? error.message : String(error)).split(/["'\n]/, 1)[0]?.trim()
