import { createHash, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { type AddLink, EVIDENCE_BYTES, EVIDENCE_TYPES, type EvidenceList, type EvidenceView } from '../../model/decision-api.ts'
import { AppError } from '../../model/errors.ts'
import { findBlocker } from '../../store/blockers.ts'
import { raiseVersion, savePeople } from '../../store/customers.ts'
import type { Trx } from '../../store/database.ts'
import { findFactsNamed } from '../../store/decisions.ts'
import {
  contentOf,
  countEvidence,
  type EvidenceRecord,
  findEvidence,
  findOneEvidence,
  insertEvidence,
  removeEvidence as removeRow,
} from '../../store/evidence.ts'
import { findItem } from '../../store/items.ts'
import type { Context } from '../context.ts'
import { lockForChange, visibleCustomer } from '../customers/visible.ts'
import { personal } from '../events/personal-value.ts'
import { recordCustomerEvents } from '../events/record.ts'
import type { Download } from '../exports/download.ts'
import { invalidField } from '../invalid-field.ts'
import { FIRST_ENGAGEMENT, upToDate } from '../plans/recompute.ts'
import { type Actor, authorizeService, writeAccess } from '../policy.ts'
import { fileNameFor, typeOfFile } from './file-type.ts'

/** Of one subject. More is a folder, and a folder has an address. */
const MOST_OF_ONE = 50

/** Links and files of a customer, oldest first, of one subject or of all. */
export async function getEvidence(context: Context, actor: Actor, customerId: string, subject?: string): Promise<EvidenceList> {
  await visibleCustomer(context, actor, customerId)
  const rows = await findEvidence(context.db, customerId, subject === undefined ? {} : { subject })
  return { customer: customerId, evidence: rows.map(evidenceView) }
}

export const evidenceView = (row: EvidenceRecord): EvidenceView => ({
  id: row.id,
  subject: row.subject,
  title: row.title,
  kept:
    row.href === null
      ? { kind: 'file', mediaType: row.media_type ?? '', bytes: row.bytes ?? 0, sha256: row.sha256 ?? '' }
      : { kind: 'link', href: row.href, host: URL.parse(row.href)?.host ?? '' },
  by: row.by,
  at: row.added_at,
})

/** Whoever chose the file reads this, so in every language. */
const NO_SUCH_TYPE = {
  en: 'This is none of PDF, PNG, JPEG, plain text, CSV, and Word, Excel or PowerPoint documents without macros',
  'pt-BR': 'Isto não é PDF, PNG, JPEG, texto simples, CSV nem documento do Word, Excel ou PowerPoint sem macros',
} as const

type At = Readonly<{ customerId: string }>

/** Adds an address where the evidence is. */
export async function addLink(context: Context, actor: Actor, { customerId, subject, title, href }: AddLink & At): Promise<EvidenceList> {
  await context.db.transaction().execute(async trx => {
    await mayAdd(trx, context, actor, customerId, subject)
    await addLinkIn(trx, context, actor, { customerId, subject, title, href })
    await raiseVersion(trx, customerId)
  })
  return getEvidence(context, actor, customerId, subject)
}

/** The same within a change of the customer: the customer is locked, and the actor may. */
export async function addLinkIn(
  trx: Trx,
  context: Context,
  actor: Actor,
  { customerId, subject, title, href }: AddLink & At,
): Promise<void> {
  await insert(trx, context, actor, { customerId, subject, title }, { href, media_type: null, content: null, sha256: null })
}

/** Throws for whom may add no evidence to the customer at all, before a byte of a file is read. */
export async function mayUpload(context: Context, actor: Actor, customerId: string): Promise<void> {
  const { ties } = await visibleCustomer(context, actor, customerId)
  const access = writeAccess(actor, 'add-evidence', ties)
  if (!access.ok) throw new AppError('forbidden', access.reason.en ?? '', { details: { reason: access.reason } })
}

/** Keeps a small file. What it is its content tells; one of another type, or that is empty, is refused. */
export async function addFile(
  context: Context,
  actor: Actor,
  { customerId, subject, title, path }: At & Readonly<{ subject: string; title: string; path: string }>,
): Promise<EvidenceList> {
  const content = await readFile(path)
  if (content.byteLength === 0) throw invalidField('file', 'the file is empty')
  if (content.byteLength > EVIDENCE_BYTES) throw new AppError('too-large', `at most ${EVIDENCE_BYTES.toLocaleString('en')} bytes`)
  const type = typeOfFile(content, title)
  if (!type) throw new AppError('invalid-input', `file: ${NO_SUCH_TYPE.en}`, { details: { reason: NO_SUCH_TYPE } })
  const sha256 = createHash('sha256').update(content).digest('hex')
  await context.db.transaction().execute(async trx => {
    await mayAdd(trx, context, actor, customerId, subject)
    await insert(trx, context, actor, { customerId, subject, title }, { href: null, media_type: type, content, sha256 })
    await raiseVersion(trx, customerId)
  })
  return getEvidence(context, actor, customerId, subject)
}

/** The file as it was added, to be saved. Throws `not-found` also for a link. */
export async function downloadEvidence(
  context: Context,
  actor: Actor,
  { customerId, id }: At & { id: string },
): Promise<Download<Uint8Array>> {
  await visibleCustomer(context, actor, customerId)
  const row = UUID.test(id) ? await contentOf(context.db, customerId, id) : undefined
  const type = EVIDENCE_TYPES.find(each => each === row?.media_type)
  if (!row?.content || !type) throw missing(customerId, id)
  const { content, title } = row
  return {
    fileName: fileNameFor(title, type),
    contentType: type.startsWith('text/') ? `${type}; charset=utf-8` : type,
    body: parts(content),
  }
}

async function* parts(content: Buffer): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(content)
}

/** Takes evidence away. That it was there, and the hash of a file, stay on record. */
export async function removeEvidence(context: Context, actor: Actor, { customerId, id }: At & { id: string }): Promise<EvidenceList> {
  const subject = await context.db.transaction().execute(async trx => {
    const { access } = await lockForChange(trx, context, actor, 'add-evidence', customerId)
    const row = UUID.test(id) ? await findOneEvidence(trx, customerId, id) : undefined
    if (!row) throw missing(customerId, id)
    for (const service of await servicesOf(trx, context, customerId, row.subject)) authorizeService(access, service)
    // A step was taken against its condition with this in hand.
    if (row.subject.startsWith('transition:') && (await isTaken(trx, customerId, row.subject)))
      throw new AppError('conflict', 'the step was taken on this evidence; it stays')
    await removeRow(trx, customerId, id)
    await record(trx, context, actor, customerId, 'evidence-removed', row)
    await raiseVersion(trx, customerId)
    return row.subject
  })
  return getEvidence(context, actor, customerId, subject)
}

const isTaken = async (trx: Trx, customerId: string, subject: string): Promise<boolean> =>
  (await findFactsNamed(trx, customerId, subject.replace(':', '.'))).some(row => row.name === subject.replace(':', '.'))

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const missing = (customerId: string, id: string) => new AppError('not-found', `customer ${customerId} has no evidence ${id}`)

async function mayAdd(trx: Trx, context: Context, actor: Actor, customerId: string, subject: string): Promise<void> {
  const { access } = await lockForChange(trx, context, actor, 'add-evidence', customerId)
  for (const service of await servicesOf(trx, context, customerId, subject)) authorizeService(access, service)
  if ((await countEvidence(trx, customerId, subject)) >= MOST_OF_ONE)
    throw new AppError('conflict', `${subject} has ${MOST_OF_ONE} links and files already; keep more in a folder and add its address`)
}

/** Of which services the subject is; null is the customer as a whole. Throws `invalid-input` for one that is not there. */
async function servicesOf(trx: Trx, context: Context, customerId: string, subject: string): Promise<readonly (string | null)[]> {
  const [kind, ...rest] = subject.split(':')
  const id = rest.join(':')
  const { playbook } = context
  if (kind === 'check' && playbook.processes.some(each => each.checks.some(check => check.id === id))) return [null]
  if (kind === 'transition' && playbook.transitions.some(each => each.to === id)) return [null]
  if (kind === 'blocker' && UUID.test(id)) {
    const row = await findBlocker(trx, customerId, id)
    if (row) return row.services.length === 0 ? [null] : row.services
  }
  if (kind === 'item') {
    const { known } = await upToDate(trx, context, customerId)
    const row = await findItem(trx, { customerId, engagementId: known.engagement?.id ?? FIRST_ENGAGEMENT, id })
    if (row) return [row.service]
  }
  throw invalidField('subject', `there is no ${subject}`)
}

type Content = Pick<Parameters<typeof insertEvidence>[1], 'href' | 'media_type' | 'content' | 'sha256'>

async function insert(
  trx: Trx,
  context: Context,
  actor: Actor,
  { customerId, subject, title }: At & Readonly<{ subject: string; title: string }>,
  content: Content,
): Promise<void> {
  await savePeople(trx, [{ id: actor.personId, name: actor.name }])
  const row = { customer_id: customerId, id: randomUUID(), subject, title, ...content }
  await insertEvidence(trx, { ...row, added_by: actor.personId, added_at: context.now().toISOString() })
  await record(trx, context, actor, customerId, 'evidence-added', { ...row, ...content })
}

type Told = Readonly<{ id: string; subject: string; title: string; href?: string | null | undefined; sha256?: string | null | undefined }>

/** Titles and addresses may name people. */
async function record(trx: Trx, context: Context, actor: Actor, customerId: string, kind: string, row: Told): Promise<void> {
  const title = personal(actor.personId, row.title)
  const told = { title, href: row.href == null ? null : personal(actor.personId, row.href), sha256: row.sha256 ?? null }
  const [before, after] = kind === 'evidence-added' ? [null, told] : [told, null]
  await recordCustomerEvents(trx, context, actor, customerId, [
    { kind, data: { evidence: row.id, subject: row.subject, title, before, after } },
  ])
}
