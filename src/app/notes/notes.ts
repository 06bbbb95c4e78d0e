import { randomUUID } from 'node:crypto'
import { AppError } from '../../model/errors.ts'
import { type ChangeNote, type NotesPage, type NoteVersions, type NoteView, SILENT_DAYS, type WriteNote } from '../../model/note-api.ts'
import { namesOf, raiseVersion, savePeople } from '../../store/customers.ts'
import type { Db, Trx } from '../../store/database.ts'
import { noteKey } from '../../store/note-search.ts'
import {
  changeNote as changeRow,
  findNote,
  findNotes,
  findNoteVersions,
  insertNote,
  insertNoteVersion,
  lastContact,
  type NotePlace,
  type NoteRow,
} from '../../store/notes.ts'
import type { Auth } from '../auth/auth.ts'
import { type Context, todayOf } from '../context.ts'
import { lockForChange, visibleCustomer } from '../customers/visible.ts'
import { personal } from '../events/personal-value.ts'
import { recordCustomerEvents } from '../events/record.ts'
import { notify } from '../notifications/notify.ts'
import type { Actor } from '../policy.ts'
import { mentionable, mentionsIn } from './mentionable.ts'

/** As much of a note as its line on the timeline shows. */
const LINE = 200

const DAY_MS = 86_400_000

/** Notes of a customer, newest first, and how long ago somebody was in touch. */
export async function getNotes(
  context: Context,
  actor: Actor,
  customerId: string,
  { subject, cursor, limit }: Readonly<{ subject?: string | undefined; cursor?: string | undefined; limit: number }>,
): Promise<NotesPage> {
  await visibleCustomer(context, actor, customerId)
  const before = cursor === undefined ? undefined : placeOf(cursor)
  const rows = await findNotes(context.db, customerId, { subject, before, limit: limit + 1 })
  const shown = rows.slice(0, limit)
  const day = await lastContact(context.db, customerId)
  const days = day === null ? null : Math.round((Date.parse(todayOf(context)) - Date.parse(day)) / DAY_MS)
  const last = shown.at(-1)
  return {
    notes: await noteViews(context.db, shown),
    next: rows.length > limit && last ? cursorOf({ at: last.written_at, id: last.id }) : null,
    contact: { day, days, isSilent: days === null || days > SILENT_DAYS },
  }
}

export const cursorOf = ({ at, id }: NotePlace): string => `${Date.parse(at)}~${id}`
/** The reverse; the schema of the cursor let it through. */
export function placeOf(cursor: string): NotePlace {
  const [at = '', id = ''] = cursor.split('~')
  return { at: new Date(Number(at)).toISOString(), id }
}

async function noteViews(db: Db, rows: readonly NoteRow[]): Promise<NoteView[]> {
  const names = await namesOf(
    db,
    rows.flatMap(row => row.mentions),
  )
  return rows.map(row => ({
    id: row.id,
    subject: row.subject,
    body: row.body,
    mentions: row.mentions.map(id => ({ id, name: names.get(id) ?? id })),
    by: row.author,
    at: row.written_at,
    changedAt: row.changed_at,
    version: row.version,
  }))
}

type Writing = Readonly<{ customerId: string; note: string }>

/** A new note; those it mentions are told. */
export async function writeNote(
  context: Context,
  auth: Pick<Auth, 'listPeople'>,
  actor: Actor,
  { customerId, body, subject }: WriteNote & Readonly<{ customerId: string }>,
): Promise<NoteView> {
  const id = randomUUID()
  return context.db.transaction().execute(async trx => {
    await lockForChange(trx, context, actor, 'write-note', customerId)
    const mentions = mentionsIn(body, await mentionable(trx, context, auth, customerId)).map(each => each.id)
    const at = context.now().toISOString()
    await raiseVersion(trx, customerId)
    await savePeople(trx, [{ id: actor.personId, name: actor.name }])
    const written = { written_by: actor.personId, written_at: at }
    const row = { customer_id: customerId, id, subject, body, search_key: noteKey(body), mentions }
    await insertNote(trx, { ...row, ...written, changed_at: at, version: 1 })
    await insertNoteVersion(trx, { customer_id: customerId, note_id: id, seq: 1, body, ...written })
    await tell(trx, context, actor, { customerId, note: id }, 'note-written', { subject, text: body })
    await tellMentioned(trx, context, actor, { customerId, note: id }, mentions)
    return viewOf(trx, customerId, id)
  })
}

/**
 * Another text; the former stays as a version. A note that was removed comes back. Throws `conflict` with both texts when somebody else
 * changed it after `version`.
 */
export async function changeNote(
  context: Context,
  auth: Pick<Auth, 'listPeople'>,
  actor: Actor,
  { customerId, note, body, version: seen }: ChangeNote & Writing,
): Promise<NoteView> {
  return context.db.transaction().execute(async trx => {
    await lockForChange(trx, context, actor, 'write-note', customerId)
    const before = await noteThere(trx, customerId, note)
    if (seen > before.version) throw new AppError('invalid-input', `version ${seen} is not yet there`)
    if (seen < before.version) await refuseLostUpdate(trx, before, body)
    const isBack = before.removed_at !== null
    if (before.body === body && !isBack) return viewOf(trx, customerId, note)
    const at = context.now().toISOString()
    const version = before.version + 1
    const mentions = mentionsIn(body, await mentionable(trx, context, auth, customerId)).map(each => each.id)
    await raiseVersion(trx, customerId)
    await savePeople(trx, [{ id: actor.personId, name: actor.name }])
    await changeRow(trx, before, { body, search_key: noteKey(body), mentions, changed_at: at, removed_at: null, version })
    await insertNoteVersion(trx, {
      ...{ customer_id: customerId, note_id: note, seq: version, body },
      ...{ written_by: actor.personId, written_at: at },
    })
    await tell(trx, context, actor, { customerId, note }, isBack ? 'note-restored' : 'note-changed', {
      subject: before.subject,
      text: body,
    })
    const told = new Set(before.mentions)
    await tellMentioned(
      trx,
      context,
      actor,
      { customerId, note },
      mentions.filter(id => !told.has(id)),
    )
    return viewOf(trx, customerId, note)
  })
}

/** A note that nobody reads or finds any more; its versions and the record stay. */
export async function removeNote(
  context: Context,
  actor: Actor,
  { customerId, note, version: seen }: Writing & Readonly<{ version: number }>,
): Promise<NoteView> {
  return context.db.transaction().execute(async trx => {
    await lockForChange(trx, context, actor, 'write-note', customerId)
    const before = await noteThere(trx, customerId, note)
    if (before.removed_at !== null) throw gone(customerId, note)
    if (seen > before.version) throw new AppError('invalid-input', `version ${seen} is not yet there`)
    if (seen < before.version) await refuseLostUpdate(trx, before, null)
    await raiseVersion(trx, customerId)
    await changeRow(trx, before, { removed_at: context.now().toISOString() })
    await tell(trx, context, actor, { customerId, note }, 'note-removed', { subject: before.subject, text: before.body })
    return viewOf(trx, customerId, note)
  })
}

/** How a note read before, newest first. */
export async function getNoteVersions(context: Context, actor: Actor, { customerId, note }: Writing): Promise<NoteVersions> {
  await visibleCustomer(context, actor, customerId)
  const rows = await findNoteVersions(context.db, customerId, note)
  if (rows.length === 0) throw gone(customerId, note)
  return { versions: rows.map(({ seq, body, author, written_at }) => ({ version: seq, body, by: author, at: written_at })) }
}

const gone = (customerId: string, note: string) => new AppError('not-found', `customer ${customerId} has no note ${note}`)

async function noteThere(trx: Trx, customerId: string, note: string): Promise<NoteRow> {
  const found = await findNote(trx, customerId, note)
  if (!found) throw gone(customerId, note)
  return found
}

async function viewOf(trx: Trx, customerId: string, note: string): Promise<NoteView> {
  const [view] = await noteViews(trx, [await noteThere(trx, customerId, note)])
  // One in, one out.
  return view!
}

async function refuseLostUpdate(trx: Trx, before: NoteRow, yours: string | null): Promise<never> {
  const [newest] = await findNoteVersions(trx, before.customer_id, before.id)
  const theirs = { body: before.body, by: newest?.author ?? before.author, at: before.changed_at, version: before.version }
  throw new AppError('conflict', 'somebody else changed this note meanwhile', { details: { theirs, yours } })
}

/** What people write is free text and may name anybody: it is on record for as long as the one who wrote is known. */
async function tell(
  trx: Trx,
  context: Context,
  actor: Actor,
  { customerId, note }: Writing,
  kind: string,
  { subject, text }: Readonly<{ subject: string | null; text: string }>,
): Promise<void> {
  const line = text.replace(/\s+/g, ' ').slice(0, LINE)
  await recordCustomerEvents(trx, context, actor, customerId, [{ kind, data: { note, subject, text: personal(actor.personId, line) } }])
}

async function tellMentioned(
  trx: Trx,
  context: Pick<Context, 'now'>,
  actor: Actor,
  { customerId, note }: Writing,
  people: readonly string[],
): Promise<void> {
  await notify(trx, context, {
    to: people.filter(id => id !== actor.personId),
    key: `mention ${customerId} ${note}`,
    kind: 'mention',
    customerId,
    path: `/customers/${customerId}/notes?note=${note}`,
    summary: { en: `${actor.name} mentioned you in a note`, 'pt-BR': `${actor.name} mencionou você em uma nota` },
  })
}
