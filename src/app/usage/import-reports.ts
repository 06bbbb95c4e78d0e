import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { ImportResult } from '../../model/api.ts'
import { AppError } from '../../model/errors.ts'
import type { Plan } from '../../model/plan.ts'
import type { UsageProblem, UsageReading } from '../../model/usage.ts'
import type { Day } from '../../model/words.ts'
import { findTenants, raiseVersion, savePeople } from '../../store/customers.ts'
import type { Trx } from '../../store/database.ts'
import { appendEvents, type NewEvent } from '../../store/events.ts'
import { type Known, loadKnown } from '../../store/known.ts'
import type { Row } from '../../store/tables.ts'
import { dropKept, findImport, insertImport, keptImports, replaceCurrent, saveEntitlements, saveUsageDays } from '../../store/usage.ts'
import { parseEntitlements } from '../../usage/entitlements.ts'
import { type ReadFile, readUsage, readUsageFiles, type UsageFile } from '../../usage/read-usage.ts'
import { type Context, todayOf } from '../context.ts'
import { factsOf } from '../customers/sheet.ts'
import { lockForChange } from '../customers/visible.ts'
import { cellsOf } from '../plans/cells.ts'
import { recomputeOne, upToDate } from '../plans/recompute.ts'
import type { Actor } from '../policy.ts'
import { isEntitlements } from './entitlements-file.ts'
import { dropReport, keepReport, reportPath } from './kept-files.ts'
import { newestOfEach } from './newest.ts'

/** Days over which somebody counts as active, when the report leaves the choice. */
const WINDOW = 28

export type ImportInput = Readonly<{ customerId: string; tenantId: string; files: readonly UsageFile[]; preview?: boolean }>

/**
 * Imports reports and entitlements of one tenant: all of them or, when one cannot be read, none. The order of files and of imports does
 * not matter: what counts is the newest of each report, read together. A file imported before changes nothing and leaves no event.
 */
export async function importReports(context: Context, actor: Actor, input: ImportInput): Promise<readonly ImportResult[]> {
  const settled: { after: () => Promise<void> } = { after: async () => {} }
  let results: readonly ImportResult[] = []
  try {
    await context.db.transaction().execute(async trx => {
      results = await importIn(trx, context, actor, input, settled)
      if (input.preview) throw new Previewed()
    })
  } catch (error) {
    if (!(error instanceof Previewed)) throw error
  }
  await settled.after()
  return results
}

/** One file, as an upload. Throws `invalid-input` when it is no report that is known. */
export async function importReport(
  context: Context,
  actor: Actor,
  input: { customerId: string; tenantId: string; fileName: string; path: string; preview: boolean },
): Promise<ImportResult> {
  const { customerId, tenantId, preview, path, fileName } = input
  const [result] = await importReports(context, actor, { customerId, tenantId, preview, files: [{ path, name: fileName }] })
  if (!result) throw new Error('an import of one file has one result')
  return result
}

/** A preview is the import itself, taken back. */
class Previewed extends Error {}

async function importIn(
  trx: Trx,
  context: Context,
  actor: Actor,
  input: ImportInput,
  settled: { after: () => Promise<void> },
): Promise<readonly ImportResult[]> {
  const { customerId, tenantId } = input
  const customer = await lockForChange(trx, actor, 'import-usage', customerId)
  if (!(await findTenants(trx, customerId)).some(tenant => tenant.id === tenantId)) {
    throw new AppError('not-found', `customer ${customerId} has no tenant ${tenantId}`)
  }
  const opened = await upToDate(trx, context, customerId)
  const batch: Batch = { trx, context, actor, input, events: [], results: new Map() }
  await savePeople(trx, [{ id: actor.personId, name: actor.name }])
  const named = withNames(input.files)
  const lists = await pick(named, file => isEntitlements(file.path))
  for (const file of lists) await importEntitlements(batch, file)
  const reports = named.filter(file => !lists.includes(file))
  if (reports.length > 0) settled.after = await importUsage(batch, reports)
  const isChanged = batch.events.length > 0
  const version = isChanged ? await raiseVersion(trx, customerId) : customer.version
  await appendEvents(trx, customerId, batch.events)
  const made = isChanged ? await recomputeOne(trx, context, customerId) : opened
  const told = difference(context, opened, made)
  return named.map(file => {
    const own = batch.results.get(file.name)
    if (!own) throw new Error(`${file.name} was neither imported nor refused`)
    return { ...own, preview: input.preview === true, version, ...told(own.services) }
  })
}

type Named = UsageFile & { name: string }
type OwnResult = Omit<ImportResult, 'preview' | 'version' | 'gates' | 'services'> & { services: readonly string[] }
type Batch = Readonly<{
  trx: Trx
  context: Context
  actor: Actor
  input: ImportInput
  events: NewEvent[]
  results: Map<string, OwnResult>
}>

const NO_ROWS = { read: 0, rejected: 0, deleted: 0, duplicates: 0 }

async function importEntitlements({ trx, context, actor, input, events, results }: Batch, file: Named): Promise<void> {
  const { seats, problems } = parseEntitlements(await readFile(file.path, 'utf8'), file.name)
  refuse(problems.filter(problem => problem.severity === 'error'))
  const { customerId, tenantId } = input
  const as_of = todayOf(context)
  const rows = Object.entries(seats).map(([service, count]) => ({
    customer_id: customerId,
    tenant_id: tenantId,
    service,
    seats: count,
    source: 'entitlements',
    as_of,
  }))
  const changed = await saveEntitlements(trx, rows)
  if (changed > 0) {
    const data = { tenant: tenantId, file: file.name, after: seats }
    events.push({ customerId, at: context.now().toISOString(), who: actor.personId, kind: 'entitlements-imported', data })
  }
  const count = rows.length
  const own = { file: file.name, unchanged: changed === 0, report: null, refreshDate: null, rows: { ...NO_ROWS, read: count }, problems }
  results.set(file.name, { ...own, services: Object.keys(seats) })
}

/** Answers what to do once the transaction is through: superseded files go. */
async function importUsage(batch: Batch, files: readonly Named[]): Promise<() => Promise<void>> {
  const { trx, context, input } = batch
  const options = { window: WINDOW, tempFolder: context.temp }
  const { reading, files: read } = await readUsageFiles(files, options)
  refuse(reading.problems.filter(problem => read.find(file => file.name === problem.file)?.report === null))
  const imported: Row<'usage_import'>[] = []
  const before = await keptImports(trx, input)
  const fresh = await writeImports(batch, read, reading.problems, imported)
  if (fresh.length === 0) return async () => {}
  const { kept, dropped } = newestOfEach(before, imported)
  const pathOf = (row: Row<'usage_import'>) =>
    files.find(file => fresh.some(each => each.sha256 === row.sha256 && each.name === file.name))?.path
  await dropKept(
    trx,
    input.customerId,
    dropped.map(row => row.id),
  )
  const current = await readUsage(
    kept.map(row => ({ path: pathOf(row) ?? reportPath(context.reports, row), name: `${row.file} (${row.report})` })),
    options,
  )
  await writeCurrent(batch, current, kept)
  await writeDays(batch, [...fresh.flatMap(file => Object.entries(file.services)), ...Object.entries(current.services)])
  // Before the transaction ends: what it records must be there whatever happens next.
  const isPreview = input.preview === true
  for (const row of kept) {
    const path = pathOf(row)
    if (path !== undefined && !isPreview) await keepReport(context.reports, row, path)
  }
  return async () => {
    if (!isPreview) for (const row of before) if (!kept.includes(row)) await dropReport(context.reports, row)
  }
}

/** Records files not imported before; answers those. */
async function writeImports(
  batch: Batch,
  read: readonly ReadFile[],
  problems: readonly UsageProblem[],
  imported: Row<'usage_import'>[],
): Promise<readonly ReadFile[]> {
  const { trx, context, actor, input, events, results } = batch
  const { customerId, tenantId } = input
  const fresh: ReadFile[] = []
  for (const file of read) {
    const unchanged = (await findImport(trx, input, file.sha256)) !== undefined
    const own = problems.filter(problem => problem.file === file.name)
    const { report, rows } = file
    // A report's refresh date is a day that was read as one.
    const refreshDate = file.refreshDate as Day | null
    results.set(file.name, { file: file.name, unchanged, report, refreshDate, rows, problems: own, services: Object.keys(file.services) })
    if (unchanged) continue
    fresh.push(file)
    const at = context.now().toISOString()
    const row: Row<'usage_import'> = {
      customer_id: customerId,
      id: randomUUID(),
      tenant_id: tenantId,
      file: file.name,
      sha256: file.sha256,
      report,
      refresh_date: refreshDate,
      period_days: file.period,
      rows_read: rows.read,
      rows_rejected: rows.rejected,
      rows_deleted: rows.deleted,
      rows_duplicate: rows.duplicates,
      is_concealed: file.concealed,
      is_kept: true,
      problems: own,
      imported_at: at,
      imported_by: actor.personId,
    }
    imported.push(row)
    await insertImport(
      trx,
      row,
      Object.entries(file.services).map(([service, usage]) => ({
        service,
        active: usage.active,
        assigned: usage.assigned,
        active_unlicensed: usage.activeUnlicensed,
        as_of: usage.asOf as Day | null,
      })),
    )
    const data = { tenant: tenantId, file: file.name, sha256: file.sha256, report, refreshDate, rows, after: activeOf(file) }
    events.push({ customerId, at, who: actor.personId, kind: 'report-imported', data })
  }
  return fresh
}

const activeOf = (file: ReadFile) => Object.fromEntries(Object.entries(file.services).map(([service, usage]) => [service, usage.active]))

async function writeCurrent({ trx, input }: Batch, reading: UsageReading, kept: readonly Row<'usage_import'>[]): Promise<void> {
  await replaceCurrent(
    trx,
    input,
    Object.entries(reading.services).map(([service, usage]) => ({
      service,
      active: usage.active,
      assigned: usage.assigned,
      active_unlicensed: usage.activeUnlicensed,
      as_of: usage.asOf as Day | null,
      window_days: usage.window ?? reading.window,
      sources: [...usage.source],
      is_concealed: kept.some(row => row.is_concealed && (usage.source as readonly (string | null)[]).includes(row.report)),
    })),
  )
}

async function writeDays({ trx, input }: Batch, points: readonly (readonly [string, ReadFile['services'][string]])[]): Promise<void> {
  const { customerId, tenantId } = input
  const [known] = await loadKnown(trx, [customerId])
  const seats = new Map(known?.entitlements.filter(row => row.tenant_id === tenantId).map(row => [row.service, row.seats]))
  const days = new Map<string, Row<'usage_day'>>()
  for (const [service, { active, assigned, asOf }] of points) {
    if (active === null || asOf === null) continue
    const key = `${service} ${asOf}`
    const other = days.get(key)
    days.set(key, {
      customer_id: customerId,
      tenant_id: tenantId,
      service,
      day: asOf as Day,
      active: Math.max(active, other?.active ?? 0),
      assigned: assigned === null ? (other?.assigned ?? null) : Math.max(assigned, other?.assigned ?? 0),
      entitled: seats.get(service) ?? null,
    })
  }
  await saveUsageDays(trx, [...days.values()])
}

/** What an import changed, for the services of one file: their percents, and the gates. */
function difference(context: Context, before: { plan: Plan; known: Known }, after: { plan: Plan; known: Known }) {
  const cells = ({ known }: { known: Known }) =>
    new Map(cellsOf(known, factsOf(known).facts, context.playbook, todayOf(context)).map(cell => [cell.service, cell]))
  const [was, is] = [cells(before), cells(after)]
  const gates = after.plan.gates.map(gate => ({
    id: gate.id,
    before: before.plan.gates.find(each => each.id === gate.id)?.state ?? ('unknown' as const),
    after: gate.state,
  }))
  const sumOf = (service: string, of: 'active' | 'assigned') => {
    const rows = after.known.usage.filter(row => row.service === service).map(row => row[of])
    return rows.length === 0 || rows.includes(null) ? null : rows.reduce<number>((sum, each) => sum + (each ?? 0), 0)
  }
  return (services: readonly string[]) => ({
    gates,
    services: services.map(service => ({
      service,
      before: was.get(service)?.percent ?? null,
      after: is.get(service)?.percent ?? null,
      active: sumOf(service, 'active'),
      assigned: sumOf(service, 'assigned'),
      asOf: is.get(service)?.asOf ?? null,
    })),
  })
}

function refuse(problems: readonly UsageProblem[]): void {
  const [first] = problems
  if (!first) return
  const faults = problems.map(({ file, line, message }) => ({ path: line === null ? file : `${file}:${line}`, message }))
  throw new AppError('invalid-input', `${first.file}${first.line === null ? '' : `:${first.line}`}: ${first.message}`, { details: faults })
}

/** File names tell results and problems apart, so a second file of the same name gets a number. */
function withNames(files: readonly UsageFile[]): readonly Named[] {
  const seen = new Map<string, number>()
  return files.map(file => {
    const name = file.name ?? basename(file.path)
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return { ...file, name: count === 1 ? name : `${name} (${count})` }
  })
}

async function pick<T>(from: readonly T[], wanted: (each: T) => Promise<boolean>): Promise<readonly T[]> {
  const picked: T[] = []
  for (const each of from) if (await wanted(each)) picked.push(each)
  return picked
}
