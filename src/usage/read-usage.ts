import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ServiceId } from '../model/services.ts'
import { type ServiceUsage, USAGE_REPORTS, type UsageProblem, type UsageReading, type UsageReport } from '../model/usage.ts'
import { type Duck, type DuckOptions, openDuck } from './duck.ts'
import { readHead } from './header.ts'
import { percentOf } from './percent.ts'
import { type ReportReading, readReport } from './read-report.ts'
import { type Chosen, chooseSources, countTogether } from './sources.ts'
import { type Staged, sha256Of, stage } from './stage.ts'

export type UsageFile = Readonly<{
  path: string
  /** What problems call the file, for uploads kept under another name; the path when absent. */
  name?: string
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
  duck?: DuckOptions
}>

/** One file of a reading, for who keeps what was imported. */
export type ReadFile = Readonly<{
  name: string
  /** Of the file's content, unpacked. */
  sha256: string
  /** Null when the file is not a report that is known. */
  report: UsageReport | null
  refreshDate: string | null
  /** Days of the report's own period, where it says. */
  period: number | null
  concealed: boolean
  rows: UsageReading['rows']
  /** What this file alone says of each service. */
  services: Readonly<Record<ServiceId, ServiceUsage>>
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

type Part = Readonly<{ name: string; staged: Staged | null; path: string; report: ReportReading | null; problems: readonly UsageProblem[] }>

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
    for (const [at, file] of ordered.entries()) parts.push(await readPart(duck, file, staged[at]!, at, options.window, folder))
    return { reading: await combine(duck, parts, options), parts }
  } finally {
    duck.close()
  }
}

async function readPart(
  duck: Duck,
  file: UsageFile,
  staged: Awaited<ReturnType<typeof stage>>,
  at: number,
  window: number,
  folder: string,
): Promise<Part> {
  const name = nameOf(file)
  const refused = (fault: { code: string; message: string; line?: number | null }, stagedAs: Staged | null): Part => ({
    name,
    path: file.path,
    staged: stagedAs,
    report: null,
    problems: [{ code: fault.code, severity: 'error', message: fault.message, file: name, line: fault.line ?? null }],
  })
  if ('fault' in staged) return refused(staged.fault, null)
  const head = await readHead(staged.path)
  if ('fault' in head) return refused(head.fault, staged)
  const report = await readReport(duck, { file: name, path: staged.path, head, window, folder, name: `f${at}` })
  return { name, path: file.path, staged, report, problems: report.problems }
}

async function combine(duck: Duck, parts: readonly Part[], options: UsageOptions): Promise<UsageReading> {
  const reports = parts.flatMap(part => part.report ?? [])
  const services: Record<ServiceId, ServiceUsage> = {}
  const problems = parts.flatMap(part => part.problems)
  for (const chosen of chooseSources(reports, options.window)) {
    const usage = await serviceUsage(duck, chosen, options)
    services[chosen.service] = usage
    problems.push(...problemsOf(chosen, usage))
  }
  const dates = Object.values(services).flatMap(each => each.asOf ?? [])
  const sum = (count: (rows: UsageReading['rows']) => number) => reports.reduce((total, report) => total + count(report.rows), 0)
  return {
    tenant: null,
    refreshDate: dates.sort()[0] ?? null,
    window: options.window,
    services,
    concealed: reports.some(report => report.concealed),
    rows: {
      read: sum(rows => rows.read),
      rejected: sum(rows => rows.rejected),
      deleted: sum(rows => rows.deleted),
      duplicates: sum(rows => rows.duplicates),
    },
    problems: problems.sort((a, b) => compare(a.file, b.file) || (a.line ?? Infinity) - (b.line ?? Infinity) || 0),
  }
}

async function serviceUsage(duck: Duck, chosen: Chosen, options: UsageOptions): Promise<ServiceUsage> {
  const entitled = options.entitlements?.[chosen.service] ?? null
  const counts = chosen.from.length === 0 ? null : await countTogether(duck, chosen)
  const source = USAGE_REPORTS.filter(report => [...chosen.from, ...chosen.empty].some(each => each.layout.report === report))
  return {
    active: counts?.active ?? null,
    assigned: counts?.assigned ?? null,
    activeUnlicensed: counts?.activeUnlicensed ?? null,
    entitled,
    ...percentOf(counts?.active ?? null, entitled, counts?.assigned ?? null),
    asOf: chosen.from[0]?.refreshDate ?? null,
    source,
    ...(chosen.window !== null && chosen.window !== options.window ? { window: chosen.window } : {}),
  }
}

function problemsOf(chosen: Chosen, usage: ServiceUsage): UsageProblem[] {
  const file = (chosen.from[0] ?? chosen.empty[0])?.file ?? ''
  const warning = (code: string, message: string): UsageProblem => ({ code, severity: 'warning', message, file, line: null })
  return [
    ...(usage.percent !== null && usage.percent > 100
      ? [warning('over-100-percent', `${chosen.service}: ${usage.active} active users of ${usage.entitled ?? usage.assigned} seats`)]
      : []),
    ...(chosen.isMixed
      ? [warning('concealed-mixed', `${chosen.service}: files with and without user names cannot be matched; only some of them count`)]
      : []),
    ...(chosen.from.length > 0 && chosen.from[0]?.layout.services.some(each => each.columns.activityIs === 'used') && chosen.window === null
      ? [warning('no-period', `${chosen.service}: the report does not say which period it covers`)]
      : []),
  ]
}

async function toReadFile(part: Part, options: UsageOptions): Promise<ReadFile> {
  const report = part.report
  const services: Record<ServiceId, ServiceUsage> = {}
  for (const chosen of report ? chooseSources([report], options.window) : []) {
    const counts = report?.counts?.get(chosen.service) ?? null
    const entitled = options.entitlements?.[chosen.service] ?? null
    services[chosen.service] = {
      active: counts?.active ?? null,
      assigned: counts?.assigned ?? null,
      activeUnlicensed: counts?.activeUnlicensed ?? null,
      entitled,
      ...percentOf(counts?.active ?? null, entitled, counts?.assigned ?? null),
      asOf: report?.refreshDate ?? null,
      source: report ? [report.layout.report] : [],
      ...(chosen.window !== null && chosen.window !== options.window ? { window: chosen.window } : {}),
    }
  }
  return {
    name: part.name,
    sha256: await sha256Of(part.staged?.path ?? part.path),
    report: report?.layout.report ?? null,
    refreshDate: report?.refreshDate ?? null,
    period: report?.period ?? null,
    concealed: report?.concealed ?? false,
    rows: report?.rows ?? { read: 0, rejected: 0, deleted: 0, duplicates: 0 },
    services,
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
