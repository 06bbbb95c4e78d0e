import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import type { UsageProblem, UsageReading } from '../../model/usage.ts'
import type { Day } from '../../model/words.ts'
import type { Row } from '../../store/tables.ts'
import { seatsOf } from '../../store/usage.ts'
import {
  addMailDomains,
  dropKept,
  findImportsOf,
  insertImports,
  keptImports,
  newestTold,
  type ReportService,
} from '../../store/usage-imports.ts'
import { type ReadFile, readUsageFiles } from '../../usage/read-usage.ts'
import { saveSubscriptions } from '../sync/import-subscriptions.ts'
import { settleActivations } from './activations.ts'
import { type Batch, type Named, refuse } from './batch.ts'
import { dailyOf, settleCounts } from './daily-counts.ts'
import { dropReport, keepReport, reportPath } from './kept-files.ts'
import { generations, WINDOW } from './newest.ts'
import { otherDomain, refuseSeveralTenants } from './other-tenant.ts'
import { licencesChanged, qualityGates } from './quality-gates.ts'
import { settleFigures } from './settle.ts'

type Import = Row<'usage_import'>
/** A file that was not imported before, and its row. */
export type Fresh = Readonly<{ file: ReadFile; row: Import }>

/** Answers what to do once the transaction is through: files that are kept no longer go. */
export async function importUsage(batch: Batch, files: readonly Named[]): Promise<() => Promise<void>> {
  const { trx, context, input } = batch
  const { reading, files: read } = await readUsageFiles(files, { window: WINDOW, tempFolder: context.temp })
  refuse(reading.problems.filter(problem => read.find(file => file.name === problem.file)?.report === null))
  // A connection reads one tenant, whatever domains its people have.
  if (!input.sameTenant && input.origin !== 'graph') refuseSeveralTenants(read)
  await importSeats(batch, read, reading.problems)
  const fresh = await writeImports(batch, read, reading.problems)
  if (fresh.length === 0) return async () => {}
  const at = context.now().toISOString()
  const change = { customerId: input.customerId, tenantId: input.tenantId, at, why: 'restated' as const }
  const isFresh = new Set(fresh.map(each => each.row.id))
  const before = (await keptImports(trx, input)).filter(row => !isFresh.has(row.id))
  const { dropped } = generations([...before, ...fresh.map(each => each.row).filter(row => row.is_kept)])
  const pathIn = new Map(fresh.map(({ file, row }) => [row.id, files.find(each => each.name === file.name)?.path]))
  const pathOf = (row: Import) => pathIn.get(row.id) ?? keptPath(context.reports, row)
  await settleFigures({ trx, context, change, days: daysOf(fresh), pathOf, together: togetherOf(reading, fresh, read.length) })
  await settleCounts(trx, change, fresh.flatMap(dailyOf))
  await settleActivations(trx, change, fresh)
  const domains = [...new Set(fresh.flatMap(({ file }) => file.domains.map(each => each.domain)))]
  if (domains.some(domain => !batch.tenant.mail_domains.includes(domain))) await addMailDomains(trx, input, domains)
  await dropKept(
    trx,
    input.customerId,
    dropped.map(row => row.id),
  )
  if (input.preview) return async () => {}
  // Before the transaction ends: what it records must be there whatever happens next.
  for (const { row } of fresh) {
    const path = pathIn.get(row.id)
    if (path !== undefined && row.is_kept && !dropped.includes(row)) await keepReport(context.reports, row, path)
  }
  return async () => {
    for (const row of before) if (dropped.includes(row)) await dropReport(context.reports, row)
  }
}

/** Where the file of an import is kept; undefined when it is gone. */
export function keptPath(reports: string, row: Import): string | undefined {
  const path = reportPath(reports, row)
  return row.is_kept && existsSync(path) ? path : undefined
}

/** Days that the files tell rolling figures of. */
const daysOf = (fresh: readonly Fresh[]): readonly Day[] => [
  ...new Set(
    fresh.flatMap(({ file, row }) =>
      row.refresh_date !== null && (Object.keys(file.services).length > 0 || file.totals.length > 0) ? [row.refresh_date] : [],
    ),
  ),
]

/** What the files of this import, read together, say: a union that need not be read again when no other file belongs to it. */
const togetherOf = (reading: UsageReading, fresh: readonly Fresh[], fileCount: number) =>
  // With a file among them that was imported before, the reading is of more than the fresh ones.
  fresh.length < fileCount ? undefined : { reading, imports: fresh.map(each => each.row) }

/** Seats are no figures of a day: the newest answer of the directory stands for itself. */
async function importSeats(batch: Batch, read: readonly ReadFile[], problems: readonly UsageProblem[]): Promise<void> {
  for (const file of read) {
    if (file.subscriptions === null) continue
    const before = Object.fromEntries(await seatsOf(batch.trx, batch.input))
    const changed = licencesChanged(file.subscriptions.seats, before, file.name)
    const told = await saveSubscriptions(batch.trx, batch.context, batch.input, file.subscriptions)
    if (told) batch.events.push({ ...told, data: { ...told.data, file: file.name } })
    batch.results.set(file.name, {
      ...resultOf(file, [...problems, ...changed]),
      unchanged: told === undefined,
      services: Object.keys(file.subscriptions.seats),
    })
  }
}

/** Records files not imported before; answers those. */
async function writeImports(batch: Batch, read: readonly ReadFile[], problems: readonly UsageProblem[]): Promise<readonly Fresh[]> {
  const { trx, context, actor, input, tenant, events, results } = batch
  const reports = read.filter(file => file.subscriptions === null)
  const known = new Map(
    (
      await findImportsOf(
        trx,
        input,
        reports.map(file => file.sha256),
      )
    ).map(row => [row.sha256, row.id]),
  )
  const unseen = reports.filter(file => !known.has(file.sha256))
  const gates = qualityGates(
    unseen,
    await newestTold(
      trx,
      input,
      unseen.flatMap(file => file.report ?? []),
    ),
  )
  const fresh: Fresh[] = []
  const services: ReportService[] = []
  for (const file of reports) {
    const own = [
      ...problems.filter(problem => problem.file === file.name),
      ...(batch.input.origin === 'graph' ? [] : otherDomain(file, tenant)),
      ...(gates.get(file.name) ?? []),
    ]
    const result = { ...resultOf(file, own), services: servicesOf(file) }
    const seen = known.get(file.sha256)
    if (seen !== undefined) {
      results.set(file.name, { ...result, unchanged: true, import: input.preview ? null : seen })
      continue
    }
    const row = rowOf(file, own, { batch, at: context.now().toISOString(), by: actor.personId })
    known.set(file.sha256, row.id)
    fresh.push({ file, row })
    services.push(...toldBy(file, row.id))
    results.set(file.name, { ...result, unchanged: false, import: input.preview ? null : row.id })
    const { report, rows } = file
    const data = {
      tenant: input.tenantId,
      import: row.id,
      file: file.name,
      sha256: file.sha256,
      report,
      refreshDate: row.refresh_date,
      rows,
    }
    events.push({ kind: 'report-imported', data: { ...data, after: activeOf(file) } })
  }
  await insertImports(
    trx,
    input.customerId,
    fresh.map(each => each.row),
    services,
  )
  return fresh
}

const resultOf = (file: ReadFile, problems: readonly UsageProblem[]) => ({
  file: file.name,
  import: null,
  report: file.report,
  // A report's refresh date is a day that was read as one.
  refreshDate: file.refreshDate as Day | null,
  rows: file.rows,
  domains: file.domains.map(each => each.domain),
  problems: problems.filter(problem => problem.file === file.name),
})

function rowOf(file: ReadFile, problems: readonly UsageProblem[], { batch, at, by }: { batch: Batch; at: string; by: string }): Import {
  const { rows } = file
  const isOfOneDay = file.requestedDay !== undefined
  return {
    customer_id: batch.input.customerId,
    id: randomUUID(),
    tenant_id: batch.input.tenantId,
    file: file.name,
    sha256: file.sha256,
    report: file.report,
    // Days that were read as such.
    refresh_date: (file.requestedDay ?? file.refreshDate) as Day | null,
    period_days: isOfOneDay ? 1 : file.period,
    rows_read: rows.read,
    rows_rejected: rows.rejected,
    rows_deleted: rows.deleted,
    rows_duplicate: rows.duplicates,
    is_concealed: file.concealed,
    // What a file of one day says is kept whole without it.
    is_kept: !isOfOneDay,
    problems,
    imported_at: at,
    imported_by: by,
    kind: file.kind,
    origin: batch.input.origin ?? 'upload',
    withdrawn_at: null,
    withdrawn_by: null,
  }
}

/** What the import alone says of services; of one day without a date, since it is no rolling figure. */
function toldBy(file: ReadFile, import_id: string): readonly ReportService[] {
  if (file.requestedDay !== undefined) {
    return file.daily.map(({ service, active }) => ({ import_id, service, active, assigned: null, active_unlicensed: null, as_of: null }))
  }
  const totals = file.totals.map(({ service, active, assigned }) => ({
    import_id,
    service,
    active,
    assigned,
    active_unlicensed: null,
    as_of: file.refreshDate as Day | null,
  }))
  const people = Object.entries(file.services).map(([service, usage]) => ({
    import_id,
    service,
    active: usage.active,
    assigned: usage.assigned,
    active_unlicensed: usage.activeUnlicensed,
    as_of: usage.asOf as Day | null,
  }))
  return [...people, ...totals]
}

const servicesOf = ({ services, daily, totals }: ReadFile): readonly string[] => [
  ...new Set([...Object.keys(services), ...totals.map(each => each.service), ...daily.map(each => each.service)]),
]

const activeOf = (file: ReadFile) => Object.fromEntries(Object.entries(file.services).map(([service, usage]) => [service, usage.active]))
