import type { UsageView } from '../../model/api.ts'
import { AppError } from '../../model/errors.ts'
import type { ImportsView, ImportView } from '../../model/usage-api.ts'
import type { Text } from '../../model/words.ts'
import { lockCustomer, raiseVersion } from '../../store/customers.ts'
import type { Trx } from '../../store/database.ts'
import type { Row } from '../../store/tables.ts'
import { findImport, importsPage, keptImports, markWithdrawn } from '../../store/usage-imports.ts'
import { readUsageFiles } from '../../usage/read-usage.ts'
import type { Context } from '../context.ts'
import { lockForChange, visibleCustomer } from '../customers/visible.ts'
import { recordCustomerEvents } from '../events/record.ts'
import { recomputeOne } from '../plans/recompute.ts'
import { type Actor, authorizeService, serviceRefusal, writeAccess } from '../policy.ts'
import { withdrawActivations } from './activations.ts'
import { dailyOf, withdrawCounts } from './daily-counts.ts'
import { getUsage } from './get-usage.ts'
import { keptPath } from './import-usage.ts'
import { dropReport } from './kept-files.ts'
import { WINDOW } from './newest.ts'
import { settleFigures } from './settle.ts'

type Import = Row<'usage_import'>

/** Why an import cannot be taken back, whoever asks; null when it can. */
function fixedBecause({ withdrawn_at, origin }: Pick<Import, 'withdrawn_at' | 'origin'>): Text | null {
  if (withdrawn_at !== null) return { en: 'it was taken back already', 'pt-BR': 'já foi desfeita' }
  if (origin === 'demo')
    return { en: 'it belongs to the demo, and nothing came in a file', 'pt-BR': 'faz parte da demonstração, e nada veio em um arquivo' }
  return null
}

const PAGE = 50

/** Imports of a customer, newest first, those taken back among them. */
export async function getImports(
  context: Context,
  actor: Actor,
  customerId: string,
  { tenant, cursor }: { tenant?: string | undefined; cursor?: string | undefined },
): Promise<ImportsView> {
  const { ties } = await visibleCustomer(context, actor, customerId)
  const refused = serviceRefusal(writeAccess(actor, 'import-usage', ties), null) ?? null
  const rows = await importsPage(context.db, customerId, {
    tenantId: tenant,
    after: cursor === undefined ? undefined : placeOf(cursor),
    limit: PAGE + 1,
  })
  const page = rows.slice(0, PAGE)
  const last = page.at(-1)
  return {
    imports: page.map(row => ({ ...viewOf(row), importedBy: row.importer, cannotUndo: fixedBecause(row) ?? refused })),
    next: rows.length > PAGE && last ? `${Date.parse(last.imported_at)}.${last.id}` : null,
  }
}

/** The place after which the next page begins: a moment and an id. */
function placeOf(cursor: string): { at: string; id: string } {
  const [, ms, id] = IMPORT_CURSOR.exec(cursor) ?? []
  if (ms === undefined || id === undefined) throw new AppError('invalid-input', 'the `next` of the page before')
  return { at: new Date(Number(ms)).toISOString(), id }
}
export const IMPORT_CURSOR = /^(\d{1,15})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

const viewOf = (row: Import): Omit<ImportView, 'importedBy' | 'cannotUndo'> => ({
  id: row.id,
  tenant: row.tenant_id,
  file: row.file,
  report: row.report,
  kind: row.kind,
  refreshDate: row.refresh_date,
  periodDays: row.period_days,
  rows: { read: row.rows_read, rejected: row.rows_rejected, deleted: row.rows_deleted, duplicates: row.rows_duplicate },
  concealed: row.is_concealed,
  importedAt: row.imported_at,
  origin: row.origin,
  withdrawnAt: row.withdrawn_at,
})

/**
 * Takes an import back: what it said counts no more, and figures, days and plan are as if it had never been imported. What was known in
 * between stays as versions. Throws `conflict` for one that cannot be taken back.
 */
export async function withdrawImport(context: Context, actor: Actor, input: { customerId: string; importId: string }): Promise<UsageView> {
  const gone = await context.db.transaction().execute(trx => withdrawIn(trx, context, actor, input))
  await dropUnlessKept(context, gone)
  return getUsage(context, actor, input.customerId, { days: SHOWN_DAYS })
}
const SHOWN_DAYS = 540

/** Deletes the file of an import taken back, unless the same file was imported again meanwhile: imports keep files while they hold the customer. */
const dropUnlessKept = (context: Context, { customer_id: customerId, tenant_id: tenantId, sha256 }: Import): Promise<void> =>
  context.db.transaction().execute(async trx => {
    await lockCustomer(trx, customerId)
    const kept = await keptImports(trx, { customerId, tenantId })
    if (!kept.some(row => row.sha256 === sha256))
      await dropReport(context.reports, { customer_id: customerId, tenant_id: tenantId, sha256 })
  })

async function withdrawIn(trx: Trx, context: Context, actor: Actor, input: { customerId: string; importId: string }): Promise<Import> {
  const { customerId, importId } = input
  const { access } = await lockForChange(trx, context, actor, 'import-usage', customerId)
  authorizeService(access, null)
  const found = await findImport(trx, customerId, importId)
  if (!found) throw new AppError('not-found', `customer ${customerId} has no import ${importId}`)
  const fixed = fixedBecause(found)
  if (fixed) throw new AppError('conflict', `${found.file} cannot be taken back: ${fixed.en}`, { details: { reason: fixed } })
  const at = context.now().toISOString()
  // Before it is marked: the one who took it back must be a person that is known.
  const data = {
    tenant: found.tenant_id,
    import: found.id,
    file: found.file,
    sha256: found.sha256,
    report: found.report,
    refreshDate: found.refresh_date,
  }
  await recordCustomerEvents(trx, context, actor, customerId, [{ kind: 'import-withdrawn', data }])
  await markWithdrawn(trx, customerId, importId, { at, by: actor.personId })
  const change = { customerId, tenantId: found.tenant_id, at, why: 'withdrawn' as const }
  const days = found.refresh_date === null || found.period_days === 1 ? [] : [found.refresh_date]
  const pathOf = (row: Import) => keptPath(context.reports, row)
  await settleFigures({ trx, context, change, days, pathOf })
  const again = await readKept(trx, context, found)
  await withdrawCounts(trx, change, importId, again.flatMap(dailyOf))
  if (found.kind === 'activations') await withdrawActivations(trx, change, again)
  await raiseVersion(trx, customerId)
  await recomputeOne(trx, context, customerId)
  return found
}

/** Kept files of counts and activations, read once more: only what tells of single days or products is needed of them. */
async function readKept(trx: Trx, context: Context, { customer_id, tenant_id, kind }: Import) {
  if (kind === 'people') return []
  const rows = (await keptImports(trx, { customerId: customer_id, tenantId: tenant_id })).filter(row => row.kind === kind)
  const files = rows.flatMap(row => {
    const path = keptPath(context.reports, row)
    return path === undefined ? [] : [{ row, path, name: row.id }]
  })
  if (files.length === 0) return []
  const read = await readUsageFiles(files, { window: WINDOW, tempFolder: context.temp })
  return files.flatMap(({ row, name }) => {
    const file = read.files.find(each => each.name === name)
    return file ? [{ file, row }] : []
  })
}
