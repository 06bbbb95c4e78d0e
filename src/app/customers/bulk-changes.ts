import { BULK_KINDS, type BulkChanges, type BulkUndone } from '../../model/customer-api.ts'
import { AppError } from '../../model/errors.ts'
import type { Text } from '../../model/words.ts'
import { type Assignment, raiseVersions } from '../../store/assignments.ts'
import { assignmentsOfMany, writeAssignments } from '../../store/bulk-assignments.ts'
import { findBulkChanges, lockBulkChange, markUndone } from '../../store/bulk-changes.ts'
import { changeCustomer, namesOf, removeService, saveServices } from '../../store/customers.ts'
import type { Trx } from '../../store/database.ts'
import { canonical } from '../../store/events.ts'
import { archiveAll, findForImport, type ImportedCustomer, removeTenants, setTeams } from '../../store/portfolio-import.ts'
import { type AssignmentsContent, applySteps, type Step } from '../assignments/bulk-assign.ts'
import type { Context } from '../context.ts'
import { recordCustomers, recordInstallation } from '../events/record.ts'
import { recompute } from '../plans/recompute.ts'
import { type Actor, authorize } from '../policy.ts'
import type { ImportContent, ImportedChange } from './import/import-customers.ts'

const LISTED = 50
const BATCH = 500

type Content = AssignmentsContent | ImportContent

/** Changes of many customers at once, the newest first. */
export async function getBulkChanges(context: Context, actor: Actor): Promise<BulkChanges> {
  authorize(actor, 'manage-customers')
  const rows = await findBulkChanges(context.db, BULK_KINDS, LISTED)
  const contents = rows.map(row => row.content as Content)
  const names = await namesOf(
    context.db,
    contents.flatMap(each => ('change' in each ? peopleIn(each) : [])),
  )
  return {
    changes: rows.map((row, index) => {
      // One for each row; only this program writes them.
      const content = contents[index]!
      return {
        id: row.id,
        kind: 'change' in content ? ('assignments' as const) : ('customer-import' as const),
        what: { ...whatOf(content, names) },
        customers: content.customers.length,
        by: row.maker,
        at: row.made_at,
        undone: row.undone_at === null ? null : { by: row.undoer ?? '', at: row.undone_at },
      }
    }),
  }
}

const peopleIn = ({ change }: AssignmentsContent) => (change.is === 'replace' ? [change.from, change.to] : [change.person])

function whatOf(content: Content, names: ReadonlyMap<string, string>): Text {
  if (!('change' in content)) return { en: `Portfolio file ${content.file}`, 'pt-BR': `Arquivo de carteira ${content.file}` }
  const { change } = content
  const name = (id: string) => names.get(id) ?? id
  switch (change.is) {
    case 'replace':
      return {
        en: `${name(change.to)} takes the place of ${name(change.from)} from ${change.since}`,
        'pt-BR': `${name(change.to)} assume o lugar de ${name(change.from)} a partir de ${change.since}`,
      }
    case 'assign':
      return {
        en: `${name(change.person)} assigned from ${change.since}`,
        'pt-BR': `${name(change.person)} com atribuição a partir de ${change.since}`,
      }
    case 'end':
      return { en: `${name(change.person)} ends on ${change.until}`, 'pt-BR': `${name(change.person)} encerra em ${change.until}` }
  }
}

/**
 * Undoes a change of many customers. Customers that were changed since stay as they are and are named. Throws `conflict` when it was undone
 * before.
 */
export async function undoBulkChange(context: Context, actor: Actor, id: string): Promise<BulkUndone> {
  authorize(actor, 'manage-customers')
  // Each part by itself: a file of tens of thousands would hold more locks than the database has room for. What a stop leaves behind is
  // undone by asking again, which finds the rest.
  const parts = partsOf((await context.db.transaction().execute(trx => openOne(trx, id))).content as Content)
  const result: BulkUndone = { undone: 0, refused: [] }
  for (const [index, content] of parts.entries()) {
    await context.db.transaction().execute(async trx => {
      await openOne(trx, id)
      const done =
        'change' in content ? await undoAssignments(trx, context, actor, content, id) : await undoImport(trx, context, actor, content, id)
      result.undone += done.undone
      result.refused.push(...done.refused)
      if (index < parts.length - 1) return
      if (result.undone === 0) {
        throw new AppError('conflict', 'nothing of it can be undone: all of it was changed since', { details: { refused: result.refused } })
      }
      await markUndone(trx, id, { undone_by: actor.personId, undone_at: context.now().toISOString() })
      const data = { count: result.undone, before: { bulk: id }, after: { undone: result.undone, refused: result.refused.length } }
      await recordInstallation(trx, context, actor, { kind: 'bulk-undone', data })
    })
  }
  return result
}

async function openOne(trx: Trx, id: string) {
  const row = await lockBulkChange(trx, id)
  if (!row || !BULK_KINDS.some(kind => kind === row.kind)) throw new AppError('not-found', `there is no change ${id}`)
  if (row.undone_at !== null) throw new AppError('conflict', 'this change has been undone already')
  return row
}

function partsOf(content: Content): readonly Content[] {
  const { customers } = content
  if ('change' in content || customers.length <= BATCH) return [content]
  const starts = Array.from({ length: Math.ceil(customers.length / BATCH) }, (_, index) => index * BATCH)
  return starts.map(at => ({ ...content, customers: content.customers.slice(at, at + BATCH) }))
}

const reversed = (steps: readonly Step[]): Step[] => steps.map(({ before, after }) => ({ before: after, after: before }))
const isRow = (a: Assignment | undefined, b: Assignment) => a !== undefined && canonical({ ...a }) === canonical({ ...b })

async function undoAssignments(trx: Trx, context: Context, actor: Actor, content: AssignmentsContent, bulk: string): Promise<BulkUndone> {
  const ids = content.customers.map(each => each.id)
  const there = await findForImport(trx, ids, true)
  const rows = Map.groupBy(await assignmentsOfMany(trx, ids), row => row.customer_id)
  const refused: BulkUndone['refused'] = []
  const undone = content.customers.filter(({ id, name, steps }) => {
    const why = there.get(id)?.row.archived_at === null ? undoRefusal(steps, rows.get(id) ?? []) : ARCHIVED
    if (why) refused.push({ id, name, why: { ...why } })
    return why === undefined
  })
  if (undone.length > 0)
    await applySteps(
      trx,
      context,
      actor,
      undone.map(each => ({ id: each.id, steps: reversed(each.steps) })),
      bulk,
    )
  return { undone: undone.length, refused }
}

/** Why the steps of one customer cannot be taken back: what they left is no longer as they left it. */
export function undoRefusal(steps: readonly Step[], rows: readonly Assignment[]): Text | undefined {
  for (const { before, after } of steps) {
    if (
      after &&
      !isRow(
        rows.find(row => row.id === after.id),
        after,
      )
    )
      return CHANGED_ASSIGNMENT
    if (!before?.is_primary) continue
    const gone = new Set(steps.flatMap(step => (step.before === null && step.after ? [step.after.id] : [])))
    const other = rows.some(row => row.role === before.role && row.is_primary && row.id !== before.id && !gone.has(row.id))
    const dropped = steps.some(step => step.before && !step.before.is_primary && step.after?.is_primary)
    if (other && !dropped) return OTHER_PRIMARY
  }
  return undefined
}

const CHANGED_ASSIGNMENT: Text = { en: 'the assignment was changed since', 'pt-BR': 'a atribuição foi alterada desde então' }
const OTHER_PRIMARY: Text = { en: 'somebody else is primary by now', 'pt-BR': 'outra pessoa já é a principal' }
const ARCHIVED: Text = { en: 'the customer was archived since', 'pt-BR': 'o cliente foi arquivado desde então' }
const CHANGED: Text = { en: 'the customer was changed since', 'pt-BR': 'o cliente foi alterado desde então' }

async function undoImport(trx: Trx, context: Context, actor: Actor, { file, customers }: ImportContent, bulk: string): Promise<BulkUndone> {
  const ids = customers.map(each => each.id)
  const there = await findForImport(trx, ids, true)
  const rows = Map.groupBy(await assignmentsOfMany(trx, ids), row => row.customer_id)
  const refused: BulkUndone['refused'] = []
  const good = customers.filter(change => {
    const known = there.get(change.id)
    const why = importRefusal(change, known, rows.get(change.id) ?? [])
    if (why) refused.push({ id: change.id, name: known?.row.name ?? change.id, why: { ...why } })
    return why === undefined
  })
  await takeBack(trx, context, actor, good, { file, bulk })
  return { undone: good.length, refused }
}

function importRefusal(change: ImportedChange, known: ImportedCustomer | undefined, rows: readonly Assignment[]): Text | undefined {
  if (!known || known.row.archived_at !== null) return ARCHIVED
  if (known.row.version !== change.version) return CHANGED
  return undoRefusal(change.steps ?? [], rows)
}

/** What was added is archived: the record of a customer is never taken away. */
async function takeBack(
  trx: Trx,
  context: Context,
  actor: Actor,
  changes: readonly ImportedChange[],
  { file, bulk }: Readonly<{ file: string; bulk: string }>,
): Promise<void> {
  if (changes.length === 0) return
  const versions = await raiseVersions(
    trx,
    changes.map(each => each.id),
  )
  for (const { id, row, services, tenants } of changes) {
    if (!row) continue
    const { team_id, ...columns } = row
    await changeCustomer(trx, id, columns)
    await setTeams(trx, id, team_id)
    for (const { before, after } of services ?? []) {
      if (before) await saveServices(trx, [{ ...before, customer_id: id }])
      else await removeService(trx, id, after.service)
    }
    if (tenants && tenants.length > 0) await removeTenants(trx, id, tenants)
  }
  await writeAssignments(
    trx,
    changes.flatMap(each => reversed(each.steps ?? [])),
  )
  const gone = changes.filter(each => each.state !== 'changed').map(each => each.id)
  await archiveAll(trx, gone, context.now().toISOString())
  await recordCustomers(
    trx,
    context,
    actor,
    changes.map(each => ({
      customerId: each.id,
      kind: each.state === 'changed' ? 'import-undone' : 'customer-archived',
      data: { file, bulk, version: versions.get(each.id) ?? 0, before: null, after: null },
    })),
  )
  const kept = changes.filter(each => each.state === 'changed').map(each => each.id)
  if (kept.length > 0) await recompute(trx, context, kept)
}
