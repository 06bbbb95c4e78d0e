import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { USAGE_REPORTS, type UsageProblem, type UsageReading } from '../../model/usage.ts'
import type { Day } from '../../model/words.ts'
import { loadKnown } from '../../store/known.ts'
import type { Row } from '../../store/tables.ts'
import { dropKept, findCurrent, findImport, insertImport, keptImports, replaceCurrent, saveUsageDays } from '../../store/usage.ts'
import { type ReadFile, readUsage, readUsageFiles } from '../../usage/read-usage.ts'
import { type Batch, type Named, refuse } from './batch.ts'
import { dropReport, keepReport, reportPath } from './kept-files.ts'
import { newestOfEach } from './newest.ts'

/** Days over which somebody counts as active, when the report leaves the choice. */
const WINDOW = 28

/** Answers what to do once the transaction is through: superseded files go. */
export async function importUsage(batch: Batch, files: readonly Named[]): Promise<() => Promise<void>> {
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
  const isThere = (row: Row<'usage_import'>) => pathOf(row) !== undefined || existsSync(reportPath(context.reports, row))
  const current = await readUsage(
    kept.filter(isThere).map(row => ({ path: pathOf(row) ?? reportPath(context.reports, row), name: `${row.file} (${row.report})` })),
    options,
  )
  await writeCurrent(
    batch,
    current,
    kept,
    kept.filter(row => !isThere(row)),
  )
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
    events.push({ kind: 'report-imported', data })
  }
  return fresh
}

const activeOf = (file: ReadFile) => Object.fromEntries(Object.entries(file.services).map(([service, usage]) => [service, usage.active]))

/** A kept file that is gone (another disk, a restored database) leaves what was said with it before, until its report comes again. */
async function writeCurrent(
  { trx, context, input }: Batch,
  reading: UsageReading,
  kept: readonly Row<'usage_import'>[],
  lost: readonly Row<'usage_import'>[],
): Promise<void> {
  const rows = Object.entries(reading.services).map(([service, usage]) => ({
    service,
    active: usage.active,
    assigned: usage.assigned,
    active_unlicensed: usage.activeUnlicensed,
    as_of: usage.asOf as Day | null,
    window_days: usage.window ?? reading.window,
    sources: [...usage.source],
    is_concealed: kept.some(row => row.is_concealed && (usage.source as readonly (string | null)[]).includes(row.report)),
  }))
  for (const row of lost)
    context.log('warn', `the kept file of ${row.report ?? 'a report'} is gone`, { customer: row.customer_id, tenant: row.tenant_id })
  const left = (await findCurrent(trx, input)).filter(
    old =>
      (isFromNoReport(old) || old.sources.some(source => lost.some(row => row.report === source))) &&
      !rows.some(row => row.service === old.service && (row.as_of ?? '') >= (old.as_of ?? '')),
  )
  await replaceCurrent(trx, input, [...rows.filter(row => !left.some(old => old.service === row.service)), ...left])
}

/** The demo's figures have no file to be read again; a report of the same service and of no earlier day replaces them. */
const isFromNoReport = ({ sources }: Row<'usage_current'>): boolean => !USAGE_REPORTS.some(report => sources.includes(report))

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
