import type { Db, Trx } from './database.ts'

/** What was changed at many customers at once; `content` is the kind's own and tells how to undo it. */
export const insertBulkChange = (
  trx: Trx,
  { content, ...row }: Readonly<{ id: string; kind: string; made_by: string; made_at: string; content: unknown }>,
) =>
  trx
    .insertInto('bulk_change')
    .values({ ...row, content: JSON.stringify(content) })
    .execute()

/** The newest of these kinds, with who made and undid them. */
export const findBulkChanges = (db: Db, kinds: readonly string[], limit: number) =>
  db
    .selectFrom('bulk_change')
    .innerJoin('person as maker', 'maker.id', 'bulk_change.made_by')
    .leftJoin('person as undoer', 'undoer.id', 'bulk_change.undone_by')
    .selectAll('bulk_change')
    .select(['maker.name as maker', 'undoer.name as undoer'])
    .where('kind', 'in', kinds)
    .orderBy('made_at', 'desc')
    .orderBy('bulk_change.id')
    .limit(limit)
    .execute()

/** Locked until the transaction ends, so that it is undone once. */
export const lockBulkChange = (trx: Trx, id: string) =>
  trx.selectFrom('bulk_change').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

export const markUndone = (trx: Trx, id: string, undone: Readonly<{ undone_by: string; undone_at: string }>) =>
  trx.updateTable('bulk_change').set(undone).where('id', '=', id).execute()
