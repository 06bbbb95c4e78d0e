import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ServiceId } from '../model/services.ts'
import {
  type Activation,
  type DailyCount,
  type MailDomain,
  type PeriodTotal,
  type ServiceUsage,
  type Subscriptions,
  USAGE_REPORTS,
  type UsageProblem,
  type UsageReading,
  type UsageReport,
  type UsageReportKind,
} from '../model/usage.ts'
import { never } from '../model/words.ts'
import type { DateOrder } from './cells.ts'
import { type Duck, type DuckOptions, openDuck } from './duck.ts'
import { readHead } from './header.ts'
import { percentOf } from './percent.ts'
import { type CountsReading, readCounts } from './read-counts.ts'
import { readJson } from './read-json.ts'
import { type Counts, type ReportReading, readReport } from './read-report.ts'
import { type Chosen, chooseSources, countTogether, isBound } from './sources.ts'
import { type Staged, sha256Of, stage } from './stage.ts'
import { groupByTenant } from './tenants.ts'
import { crossCheck, fallbacks, totalsOf, usageOfTotal } from './totals.ts'

export type UsageFile = Readonly<{
  path: string
  /** What problems call the file, for uploads kept under another name; the path when absent. */
  name?: string
  /** `YYYY-MM-DD`: the report was asked for this one day (`date=`), so that it tells who was active on it and nothing else. */
  asDay?: string
}>

export type UsageOptions = Readonly<{
  /** Days, the refresh date being the last of them. */
  window: number
  /** Where working files go; a folder of our own is made in it and removed again. */
  tempFolder: string
  /** Entitled seats per service. */
  entitlements?: Readonly<Record<ServiceId, number>>
  /** Most bytes one gzip file may unpack to. */
  maxBytes?: number
  /** How dates other than `YYYY-MM-DD` are meant; without it such a file is refused. */
  dates?: DateOrder
  /** `YYYY-MM-DD` for files that do not say theirs; without it they are refused. */
  refreshDate?: string
  duck?: DuckOptions
}>

/** One file of a reading, for who keeps what was imported. */
export type ReadFile = Readonly<{
  name: string
  /** Of the file's content, unpacked. */
  sha256: string
  /** Null when the file is not a report that is known. */
  report: UsageReport | null
  kind: UsageReportKind
  refreshDate: string | null
  /** Days of the report's own period, where it says. */
  period: number | null
  concealed: boolean
  rows: UsageReading['rows']
  /** What this file alone says of each service by its people; empty for every other kind, and for a file of one day. */
  services: Readonly<Record<ServiceId, ServiceUsage>>
  /** From counts reports, and from a file of one day. */
  daily: readonly DailyCount[]
  /** Over the report's period: a cross-check, and what speaks for a service that no report about people speaks of. */
  totals: readonly PeriodTotal[]
  activations: readonly Activation[]
  /** Most users first, at most ten; empty when names are concealed. A hint which tenant the file is of. */
  domains: readonly MailDomain[]
  /** From `subscribedSkus`. */
  subscriptions: Subscriptions | null
  /** The one day that the file was asked for. */
  requestedDay?: string
}>

/** 4 GiB: twice the largest report we know how to make. */
export const MAX_BYTES = 4 * 1024 ** 3

/** Current usage of one tenant from any mix of its reports. The order of the files does not matter. */
export async function readUsage(files: readonly UsageFile[], options: UsageOptions): Promise<UsageReading> {
  return inWorkingFolder(options, async folder => (await read(files, options, folder)).reading)
}

/** As `readUsage`, and what an import keeps of every file. */
export async function readUsageFiles(
  files: readonly UsageFile[],
  options: UsageOptions,
): Promise<{ reading: UsageReading; files: readonly ReadFile[] }> {
  return inWorkingFolder(options, async folder => {
    const { reading, parts } = await read(files, options, folder)
    const kept: ReadFile[] = []
    for (const part of parts) kept.push(await toReadFile(part, options))
    return { reading, files: kept }
  })
}

type Part = Readonly<{
  name: string
  path: string
  staged: Staged | null
  asDay: string | null
  kind: UsageReportKind
  people: ReportReading | null
  counts: CountsReading | null
  subscriptions: Subscriptions | null
  problems: readonly UsageProblem[]
}>

async function read(
  files: readonly UsageFile[],
  options: UsageOptions,
  folder: string,
): Promise<{ reading: UsageReading; parts: readonly Part[] }> {
  // A fixed order, so that every order given reads the same.
  const ordered = [...files].sort((a, b) => compare(nameOf(a), nameOf(b)) || compare(a.path, b.path))
  const staged = await Promise.all(ordered.map((file, at) => stage(file.path, folder, `file${at}`, options.maxBytes ?? MAX_BYTES)))
  const targets = staged.flatMap(each => ('fault' in each ? [] : [each.target]))
  const duck = await openDuck(folder, targets, options.duck)
  try {
    const parts: Part[] = []
    for (const [at, file] of ordered.entries()) parts.push(await readPart(duck, file, staged[at]!, `f${at}`, options, folder))
    return { reading: await combine(duck, parts, options), parts }
  } finally {
    duck.close()
  }
}

async function readPart(
  duck: Duck,
  file: UsageFile,
  staged: Awaited<ReturnType<typeof stage>>,
  table: string,
  options: UsageOptions,
  folder: string,
): Promise<Part> {
  const name = nameOf(file)
  const nothing: Part = {
    name,
    path: file.path,
    staged: 'fault' in staged ? null : staged,
    asDay: file.asDay ?? null,
    kind: 'people',
    people: null,
    counts: null,
    subscriptions: null,
    problems: [],
  }
  const told = (severity: UsageProblem['severity'], fault: { code: string; message: string; line?: number | null }): Part => ({
    ...nothing,
    problems: [{ code: fault.code, severity, message: fault.message, file: name, line: fault.line ?? null }],
  })
  if ('fault' in staged) return told('error', staged.fault)
  const found = await readHead(staged.path, options)
  switch (found.kind) {
    case 'fault':
      return told('error', found.fault)
    case 'silent':
      return { ...told('info', { ...silent(found.report), line: found.line }), kind: 'counts' }
    case 'json': {
      const json = await readJson(staged.path)
      return 'fault' in json ? told('error', json.fault) : { ...nothing, kind: 'seats', subscriptions: json.subscriptions }
    }
    case 'counts': {
      const counts = await readCounts(staged.path, found.layout, name)
      return { ...nothing, kind: found.layout.shape.rowIs === 'product' ? 'activations' : 'counts', counts, problems: counts.problems }
    }
    case 'people': {
      const where = { path: staged.path, window: options.window, onDay: file.asDay ?? null, folder, name: table }
      const people = await readReport(duck, { file: name, head: found.head, ...where })
      return { ...nothing, kind: found.head.layout.activations ? 'activations' : 'people', people, problems: people.problems }
    }
    default:
      return never(found)
  }
}

const silent = (report: string) => ({
  code: 'tells-no-usage',
  message: `${report} is known and tells nothing of who uses a service; nothing of it is counted`,
})

/** Reports whose people speak for services: not activations, and not those of one day. */
const speaking = (parts: readonly Part[]) =>
  parts.flatMap(part => (part.people && part.kind === 'people' && part.asDay === null ? [part.people] : []))

async function combine(duck: Duck, parts: readonly Part[], options: UsageOptions): Promise<UsageReading> {
  const services: Record<ServiceId, ServiceUsage> = {}
  const problems = parts.flatMap(part => part.problems)
  const totals = parts.flatMap(part => (part.counts ? totalsOf(part.name, part.counts) : []))
  const entitlements = { ...parts.find(part => part.subscriptions)?.subscriptions?.seats, ...options.entitlements }
  const known = { window: options.window, entitlements }
  const chosenOfAll = chooseSources(speaking(parts), options.window)
  for (const chosen of chosenOfAll) {
    const usage = await serviceUsage(duck, chosen, known)
    services[chosen.service] = usage
    problems.push(...problemsOf(chosen, usage), ...(await crossCheck(duck, chosen, totals)))
  }
  for (const total of fallbacks(totals, new Set(chosenOfAll.map(each => each.service)), options.window)) {
    const usage = usageFrom(total.service, usageOfTotal(total), known)
    services[total.service] = usage
    problems.push(...overSeats(total.service, usage, total.file))
  }
  problems.push(...severalTenants(parts))
  const dates = Object.values(services).flatMap(each => each.asOf ?? [])
  const rows = parts.flatMap(part => [...(part.people ? [part.people.rows] : []), ...(part.counts ? [part.counts.rows] : [])])
  const sum = (count: (rows: UsageReading['rows']) => number) => rows.reduce((total, each) => total + count(each), 0)
  const daily = newestDaily(parts)
  const activations = newestActivations(parts)
  return {
    tenant: null,
    refreshDate: dates.sort()[0] ?? null,
    window: options.window,
    services,
    concealed: parts.some(part => part.people?.concealed),
    rows: {
      read: sum(each => each.read),
      rejected: sum(each => each.rejected),
      deleted: sum(each => each.deleted),
      duplicates: sum(each => each.duplicates),
    },
    problems: problems.sort((a, b) => compare(a.file, b.file) || (a.line ?? Infinity) - (b.line ?? Infinity) || 0),
    ...(daily.length > 0 ? { daily } : {}),
    ...(activations.length > 0 ? { activations } : {}),
  }
}

const refreshDateOf = (part: Part) => part.people?.refreshDate ?? part.counts?.refreshDate ?? null
const dailyOf = (part: Part) => part.people?.daily ?? part.counts?.daily ?? []
const activationsOf = (part: Part) => part.people?.activations ?? part.counts?.activations ?? []
const byRefreshDate = (parts: readonly Part[]) => [...parts].sort((a, b) => compare(refreshDateOf(a) ?? '', refreshDateOf(b) ?? ''))

/** Each day of a service as the newest report tells it. */
function newestDaily(parts: readonly Part[]): DailyCount[] {
  const days = new Map(byRefreshDate(parts).flatMap(part => dailyOf(part).map(each => [`${each.service} ${each.day}`, each] as const)))
  return [...days.keys()].sort().flatMap(key => days.get(key) ?? [])
}

const newestActivations = (parts: readonly Part[]): readonly Activation[] =>
  byRefreshDate(parts)
    .map(activationsOf)
    .filter(each => each.length > 0)
    .at(-1) ?? []

/** Files of one call are of one tenant; where mail domains say otherwise, a person must look. */
function severalTenants(parts: readonly Part[]): UsageProblem[] {
  const groups = groupByTenant(parts.map(part => ({ name: part.name, domains: part.people?.domains ?? [] })))
  if (groups.length < 2) return []
  const told = groups.map(({ files, domains }) => `${shorten(files)} (${shorten(domains)})`).join('; ')
  const message = `the files may be of several tenants, nobody's mail domain is in two of these: ${told}`
  return [{ code: 'several-tenants', severity: 'warning', message, file: groups[0]?.files[0] ?? '', line: null }]
}
const shorten = (names: readonly string[]) =>
  names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ')

type Known = Pick<UsageOptions, 'window' | 'entitlements'>
type Counted = Pick<ServiceUsage, 'active' | 'assigned' | 'activeUnlicensed' | 'asOf' | 'source' | 'window'>

async function serviceUsage(duck: Duck, chosen: Chosen, known: Known): Promise<ServiceUsage> {
  const counts = await countTogether(duck, chosen)
  const source = USAGE_REPORTS.filter(report => [...chosen.from, ...chosen.empty].some(each => each.layout.report === report))
  return usageFrom(chosen.service, countedOf(chosen, counts, source), known)
}

const countedOf = (chosen: Chosen, counts: Counts | null, source: readonly UsageReport[]): Counted => ({
  active: counts?.active ?? null,
  assigned: counts?.assigned ?? null,
  activeUnlicensed: counts?.activeUnlicensed ?? null,
  asOf: chosen.from[0]?.refreshDate ?? null,
  source,
  ...(chosen.window === null ? {} : { window: chosen.window }),
})

function usageFrom(service: ServiceId, { window, ...counted }: Counted, known: Known): ServiceUsage {
  const entitled = known.entitlements?.[service] ?? null
  const { active, assigned, activeUnlicensed, asOf, source } = counted
  return {
    active,
    assigned,
    activeUnlicensed,
    entitled,
    ...percentOf(active, entitled, assigned),
    asOf,
    source,
    ...(window !== undefined && window !== known.window ? { window } : {}),
  }
}

function problemsOf(chosen: Chosen, usage: ServiceUsage): UsageProblem[] {
  const file = (chosen.from[0] ?? chosen.empty[0])?.file ?? ''
  const warning = (code: string, message: string): UsageProblem => ({ code, severity: 'warning', message, file, line: null })
  return [
    ...overSeats(chosen.service, usage, file),
    ...(chosen.isMixed
      ? [warning('concealed-mixed', `${chosen.service}: files with and without user names cannot be matched; only some of them count`)]
      : []),
    ...(chosen.from[0] && isBound(chosen.from[0], chosen.service) && chosen.window === null
      ? [warning('no-period', `${chosen.service}: the report does not say which period it covers`)]
      : []),
  ]
}

function overSeats(service: ServiceId, usage: ServiceUsage, file: string): UsageProblem[] {
  if (usage.percent === null || usage.percent <= 100) return []
  const message = `${service}: ${usage.active} active users of ${usage.entitled ?? usage.assigned} seats`
  return [{ code: 'over-100-percent', severity: 'warning', message, file, line: null }]
}

async function toReadFile(part: Part, options: UsageOptions): Promise<ReadFile> {
  const { people, counts } = part
  const services: Record<ServiceId, ServiceUsage> = {}
  for (const chosen of chooseSources(speaking([part]), options.window)) {
    const own = people?.counts?.get(chosen.service) ?? null
    const { asOf, ...counted } = countedOf(chosen, own, people ? [people.layout.report] : [])
    services[chosen.service] = usageFrom(chosen.service, { ...counted, asOf: people?.refreshDate ?? asOf }, options)
  }
  return {
    name: part.name,
    sha256: await sha256Of(part.staged?.path ?? part.path),
    report: people?.layout.report ?? counts?.report ?? (part.subscriptions ? 'subscribedSkus' : null),
    kind: part.kind,
    refreshDate: refreshDateOf(part),
    period: people?.period ?? counts?.period ?? null,
    concealed: people?.concealed ?? false,
    rows: people?.rows ?? counts?.rows ?? { read: 0, rejected: 0, deleted: 0, duplicates: 0 },
    services,
    daily: dailyOf(part),
    totals: counts?.totals ?? [],
    activations: activationsOf(part),
    domains: people?.domains ?? [],
    subscriptions: part.subscriptions,
    ...(part.asDay === null ? {} : { requestedDay: part.asDay }),
  }
}

async function inWorkingFolder<T>(options: UsageOptions, work: (folder: string) => Promise<T>): Promise<T> {
  await mkdir(options.tempFolder, { recursive: true })
  const folder = await mkdtemp(join(options.tempFolder, 'usage-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const nameOf = (file: UsageFile) => file.name ?? file.path
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
