import { SERVICES, type ServiceId } from '../model/services.ts'
import { USAGE_REPORTS } from '../model/usage.ts'
import type { Duck } from './duck.ts'
import { type Counts, type ReportReading, tally } from './read-report.ts'
import { countPeople, peopleTable } from './sql.ts'

/** Which files speak for a service. */
export type Chosen = Readonly<{
  service: ServiceId
  /** Files counted together, all of one refresh date; none when no file has usable rows. */
  from: readonly ReportReading[]
  /** Files that would have spoken, had they held anything; listed only when nothing else speaks. */
  empty: readonly ReportReading[]
  /** Some files of the date were left out because their user names are concealed and those of others are not. */
  isMixed: boolean
  /** Days, where the report itself fixes them. */
  window: number | null
}>

/** For each service the files of its newest refresh date. In the order of the catalogue of services. */
export function chooseSources(reports: readonly ReportReading[], window: number): Chosen[] {
  const chosen: Chosen[] = []
  for (const { id } of SERVICES) {
    const full = reports.filter(report => report.counts?.has(id))
    const newest = full
      .map(report => report.refreshDate ?? '')
      .sort()
      .at(-1)
    const ofDate = nearestPeriod(
      full.filter(report => report.refreshDate === newest),
      id,
      window,
    )
    const empty = full.length > 0 ? [] : reports.filter(report => report.counts === null && wouldSpeakOf(report, id))
    if (ofDate.length + empty.length === 0) continue
    const from = sameConcealment(ofDate, id)
    chosen.push({
      service: id,
      from,
      empty,
      isMixed: from.length < ofDate.length,
      window: from[0] && isBound(from[0], id) ? from[0].period : null,
    })
  }
  return chosen
}

/** Counts a service over the people of several files; one file has its counts already. */
export async function countTogether(duck: Duck, chosen: Chosen): Promise<Counts | null> {
  const [first, ...others] = chosen.from
  if (first === undefined) return null
  return others.length === 0 ? (first.counts?.get(chosen.service) ?? null) : countOverPeople(duck, chosen)
}

/** Counts a service over the people of its files, read again. */
export async function countOverPeople(duck: Duck, chosen: Chosen): Promise<Counts> {
  const parts: { table: string; at: number }[] = []
  for (const [index, report] of chosen.from.entries()) {
    if (report.source === null) continue
    await duck.run(peopleTable(`part${index}`, report.source))
    parts.push({ table: `part${index}`, at: report.layout.services.findIndex(each => each.columns.service === chosen.service) })
  }
  const counts = tally(
    await duck.row(countPeople(parts)),
    '',
    chosen.from.some(report => hasLicence(report, chosen.service)),
  )
  for (const { table } of parts) await duck.run(`drop table ${table}`)
  return counts
}

const serviceOf = (report: ReportReading, service: ServiceId) => report.layout.services.find(each => each.columns.service === service)
const hasLicence = (report: ReportReading, service: ServiceId) => serviceOf(report, service)?.licence != null
/** Whether the report tells of its own period and no other. */
export const isBound = (report: ReportReading, service: ServiceId) => serviceOf(report, service)?.columns.activityIs === 'used'
const wouldSpeakOf = (report: ReportReading, service: ServiceId) =>
  serviceOf(report, service)?.columns.onlyIfUsed === undefined && serviceOf(report, service) !== undefined

/** A flag holds for its report's own period: of several periods only the one nearest the window counts, the longer of two. */
function nearestPeriod(reports: readonly ReportReading[], service: ServiceId, window: number): readonly ReportReading[] {
  if (!reports.some(report => isBound(report, service))) return reports
  const distance = (report: ReportReading) => (report.period === null ? Infinity : Math.abs(report.period - window) - report.period / 1e6)
  const least = Math.min(...reports.map(distance))
  return reports.filter(report => distance(report) === least)
}

/** Pseudonyms and names never match: keep the files that are like the best one, which has licences. */
function sameConcealment(reports: readonly ReportReading[], service: ServiceId): readonly ReportReading[] {
  const rank = (report: ReportReading) => (hasLicence(report, service) ? 0 : 100) + USAGE_REPORTS.indexOf(report.layout.report)
  const best = [...reports].sort((a, b) => rank(a) - rank(b) || Number(a.concealed) - Number(b.concealed))[0]
  return reports.filter(report => report.concealed === best?.concealed)
}
