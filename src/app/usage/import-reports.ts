import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { ImportResult } from '../../model/api.ts'
import { AppError } from '../../model/errors.ts'
import { findTenants, raiseVersion, savePeople } from '../../store/customers.ts'
import type { Db, Trx } from '../../store/database.ts'
import type { Row } from '../../store/tables.ts'
import { fillSeats, saveEntitlements, seatsOf } from '../../store/usage.ts'
import { parseEntitlements } from '../../usage/entitlements.ts'
import type { UsageFile } from '../../usage/read-usage.ts'
import { type Context, todayOf } from '../context.ts'
import { lockForChange, visibleCustomer } from '../customers/visible.ts'
import { recordCustomerEvents } from '../events/record.ts'
import { recomputeOne, upToDate } from '../plans/recompute.ts'
import { type Actor, authorizeService, writeAccess } from '../policy.ts'
import { type Batch, type ImportInput, type Named, refuse } from './batch.ts'
import { difference } from './difference.ts'
import { isEntitlements } from './entitlements-file.ts'
import { importUsage } from './import-usage.ts'
import { licencesChanged } from './quality-gates.ts'

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

/** Throws what an import would throw of who imports and where; for asking before a file is taken in. */
export async function mayImport(context: Context, actor: Actor, where: { customerId: string; tenantId: string }): Promise<void> {
  const { ties } = await visibleCustomer(context, actor, where.customerId)
  authorizeService(writeAccess(actor, 'import-usage', ties), null)
  await getTenant(context.db, where)
}

async function getTenant(db: Db, { customerId, tenantId }: { customerId: string; tenantId: string }): Promise<Row<'tenant'>> {
  const found = (await findTenants(db, customerId)).find(tenant => tenant.id === tenantId)
  if (!found) throw new AppError('not-found', `customer ${customerId} has no tenant ${tenantId}`)
  return found
}

async function importIn(
  trx: Trx,
  context: Context,
  actor: Actor,
  input: ImportInput,
  settled: { after: () => Promise<void> },
): Promise<readonly ImportResult[]> {
  const { customerId } = input
  const { customer, access } = await lockForChange(trx, context, actor, 'import-usage', customerId)
  // A report speaks of many services, and which ones is known only after reading it.
  authorizeService(access, null)
  const tenant = await getTenant(trx, input)
  const opened = await upToDate(trx, context, customerId)
  const batch: Batch = { trx, context, actor, input, tenant, events: [], results: new Map() }
  await savePeople(trx, [{ id: actor.personId, name: actor.name }])
  const named = withNames(input.files)
  const lists = await pick(named, file => isEntitlements(file.path))
  for (const file of lists) await importEntitlements(batch, file)
  const reports = named.filter(file => !lists.includes(file))
  if (reports.length > 0) settled.after = await importUsage(batch, reports)
  const isChanged = batch.events.length > 0
  const version = isChanged ? await raiseVersion(trx, customerId) : customer.version
  await recordCustomerEvents(trx, context, actor, customerId, batch.events)
  const made = isChanged ? await recomputeOne(trx, context, customerId) : opened
  const told = difference(context, opened, made)
  return named.map(file => {
    const own = batch.results.get(file.name)
    if (!own) throw new Error(`${file.name} was neither imported nor refused`)
    return { ...own, preview: input.preview === true, version, ...told(own.services) }
  })
}

const NO_ROWS = { read: 0, rejected: 0, deleted: 0, duplicates: 0 }

async function importEntitlements({ trx, context, input, events, results }: Batch, file: Named): Promise<void> {
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
  const before = Object.fromEntries(await seatsOf(trx, input))
  const changed = await saveEntitlements(trx, rows)
  if (changed > 0) {
    await fillSeats(trx, input)
    const data = { tenant: tenantId, file: file.name, after: seats }
    events.push({ kind: 'entitlements-imported', data })
  }
  const count = rows.length
  const rowCounts = { ...NO_ROWS, read: count }
  const own = {
    file: file.name,
    import: null,
    unchanged: changed === 0,
    report: null,
    refreshDate: null,
    rows: rowCounts,
    domains: [],
    problems: [...problems, ...licencesChanged(seats, before, file.name)],
  }
  results.set(file.name, { ...own, services: Object.keys(seats) })
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
