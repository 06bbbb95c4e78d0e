import type { Reason } from '../model/success-plan-api.ts'
import type { Db, Trx } from './database.ts'
import type { Row } from './tables.ts'

/** The newest list of reasons that this installation made; undefined while it uses the one that ships. */
export const findNewestReasons = async (db: Db): Promise<{ version: number; reasons: readonly Reason[] } | undefined> =>
  asReasons(await db.selectFrom('reason_list').select(['version', 'reasons']).orderBy('version', 'desc').limit(1).execute())[0]

/** Lists as they were, by version. */
export async function findReasonsAsOf(db: Db, versions: readonly number[]): Promise<ReadonlyMap<number, readonly Reason[]>> {
  if (versions.length === 0) return new Map()
  const rows = await db.selectFrom('reason_list').select(['version', 'reasons']).where('version', 'in', versions).execute()
  return new Map(asReasons(rows).map(row => [row.version, row.reasons]))
}

// What was written was parsed as a list of reasons.
const asReasons = (rows: readonly Pick<Row<'reason_list'>, 'version' | 'reasons'>[]) =>
  rows as readonly { version: number; reasons: readonly Reason[] }[]

export type ReasonListVersion = Readonly<{ version: number; by: string; at: string }>

/** Which lists there were, newest first, with who made them. */
export const findReasonVersions = (db: Db, limit: number): Promise<ReasonListVersion[]> =>
  db
    .selectFrom('reason_list')
    .innerJoin('person', 'person.id', 'reason_list.made_by')
    .select(['version', 'person.name as by', 'made_at as at'])
    .orderBy('version', 'desc')
    .limit(limit)
    .execute()

/** With who made it; undefined when there was none of this version. */
export async function findReasonList(db: Db, version: number): Promise<(ReasonListVersion & { reasons: readonly Reason[] }) | undefined> {
  const row = await db
    .selectFrom('reason_list')
    .innerJoin('person', 'person.id', 'reason_list.made_by')
    .select(['version', 'reasons', 'person.name as by', 'made_at as at'])
    .where('version', '=', version)
    .executeTakeFirst()
  // What was written was parsed as a list of reasons.
  return row && { ...row, reasons: row.reasons as readonly Reason[] }
}

/** Throws a violation of the key when somebody else added the same version meanwhile. */
export async function addReasonList(
  trx: Trx,
  list: { version: number; reasons: readonly Reason[]; by: string; at: string },
): Promise<void> {
  const { version, reasons, by, at } = list
  await trx
    .insertInto('reason_list')
    .values({ version, reasons: JSON.stringify(reasons), made_by: by, made_at: at })
    .execute()
}

export type TemplateKind = Row<'template'>['kind']

export const findTemplates = (db: Db, kind: TemplateKind): Promise<Row<'template'>[]> =>
  db.selectFrom('template').selectAll().where('kind', '=', kind).orderBy('title').orderBy('id').execute()

export const findTemplate = (db: Db, kind: TemplateKind, id: string): Promise<Row<'template'> | undefined> =>
  db.selectFrom('template').selectAll().where('kind', '=', kind).where('id', '=', id).executeTakeFirst()

/** Locks the template until the transaction ends. */
export const lockTemplate = (trx: Trx, kind: TemplateKind, id: string): Promise<Row<'template'> | undefined> =>
  trx.selectFrom('template').selectAll().where('kind', '=', kind).where('id', '=', id).forUpdate().executeTakeFirst()

export async function saveTemplate(trx: Trx, row: Row<'template'>): Promise<void> {
  const { kind: _, id: __, ...changed } = row
  await trx
    .insertInto('template')
    .values(row)
    .onConflict(conflict => conflict.columns(['kind', 'id']).doUpdateSet(changed))
    .execute()
}

export async function removeTemplate(trx: Trx, kind: TemplateKind, id: string): Promise<void> {
  await trx.deleteFrom('template').where('kind', '=', kind).where('id', '=', id).execute()
}

export type TemplateText = Readonly<{ title: string; language: string; body: string }>

/** Keeps how it is now; null: it is removed. Throws a violation of the key when somebody else kept one meanwhile. */
export async function addTemplateVersion(
  trx: Trx,
  { kind, id, content, by, at }: { kind: TemplateKind; id: string; content: TemplateText | null; by: string; at: string },
): Promise<void> {
  const last = await trx
    .selectFrom('template_version')
    .select(eb => eb.fn.max('seq').as('seq'))
    .where('kind', '=', kind)
    .where('id', '=', id)
    .executeTakeFirst()
  const seq = (last?.seq ?? 0) + 1
  const { title, language, body } = content ?? { title: null, language: null, body: null }
  await trx.insertInto('template_version').values({ kind, id, seq, title, language, body, made_by: by, made_at: at }).execute()
}

export type TemplateVersion = Readonly<{ seq: number; content: TemplateText | null; by: string; at: string }>

/** How a template was, newest first, also after it was removed. */
export async function findTemplateVersions(db: Db, kind: TemplateKind, id: string, limit: number): Promise<readonly TemplateVersion[]> {
  const rows = await db
    .selectFrom('template_version')
    .innerJoin('person', 'person.id', 'template_version.made_by')
    .select(['seq', 'title', 'language', 'body', 'person.name as by', 'made_at as at'])
    .where('kind', '=', kind)
    .where('template_version.id', '=', id)
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ seq, title, language, body, by, at }) => ({
    seq,
    content: title === null || language === null || body === null ? null : { title, language, body },
    by,
    at,
  }))
}
