import { deckOf } from '../../deck/content.ts'
import { deckFile } from '../../deck/files.ts'
import { type Deck, type DeckExtras, type DeckFormat, type DeckLocale, SLIDE_KINDS, type SlideKind } from '../../model/deck.ts'
import type { ChangeDeck, DeckView, TakeData } from '../../model/deck-api.ts'
import { AppError } from '../../model/errors.ts'
import type { Playbook } from '../../model/playbook.ts'
import type { Text } from '../../model/words.ts'
import { savePeople } from '../../store/customers.ts'
import type { Db, Trx } from '../../store/database.ts'
import { findEngagement } from '../../store/follow-ups.ts'
import { type Known, loadKnown } from '../../store/known.ts'
import { findRelease } from '../../store/releases.ts'
import { findReviewDeck, type ReviewDeck, saveReviewDeck } from '../../store/review-decks.ts'
import type { DeckSnapshot } from '../../store/tables.ts'
import { type Context, todayOf } from '../context.ts'
import { factsOf } from '../customers/sheet.ts'
import { lockForChange, visibleCustomer } from '../customers/visible.ts'
import { recordCustomer } from '../events/record.ts'
import type { Download } from '../exports/download.ts'
import { invalidField } from '../invalid-field.ts'
import { planOf } from '../plans/recompute.ts'
import { type Actor, authorizeService, writeAccess } from '../policy.ts'
import { knownExtras } from './known-extras.ts'
import { sourceNamesIn } from './source-names.ts'

type Of = Readonly<{ customerId: string }>

/** The deck of the newest engagement as it would be written: from the data that was kept, else from that of today. */
export async function getDeck(context: Context, actor: Actor, customerId: string): Promise<DeckView> {
  const { ties } = await visibleCustomer(context, actor, customerId)
  const { deck, kept, engagementId } = await build(context, customerId)
  const shown = deck.slides.map(slide => slide.kind)
  return {
    customer: customerId,
    engagement: engagementId,
    version: kept?.version ?? 0,
    locale: deck.locale,
    slides: deck.slides,
    left: SLIDE_KINDS.filter(kind => !shown.includes(kind)),
    narratives: kept?.narratives ?? {},
    date: deck.date,
    taken: kept?.taken_at ? { by: kept.by ?? '', at: kept.taken_at } : null,
    canBuild: writeAccess(actor, 'build-deck', ties),
  }
}

/** Which slides in which order, in which language, and the texts typed for them. Throws `conflict` when it was changed since `version`. */
export async function changeDeck(context: Context, actor: Actor, input: ChangeDeck & Of): Promise<DeckView> {
  const { customerId, locale, narratives } = input
  const slides = input.slides.filter(kind => kind !== 'sources')
  if (new Set(slides).size < slides.length) throw invalidField('slides', 'a slide stands in the deck once')
  if (slides.length === 0) throw invalidField('slides', 'expected one besides the sources')
  await context.db.transaction().execute(async trx => {
    const { kept, row } = await lockDeck(trx, context, actor, input)
    await saveReviewDeck(trx, { ...row, ...dataOf(kept), locale, slides, narratives: JSON.stringify(narratives) })
    await recordCustomer(trx, context, actor, { customerId, kind: 'deck-changed', data: { locale, slides } })
  })
  return getDeck(context, actor, customerId)
}

/** What is known now is what the deck is made from, until it is taken anew: the same review gives the same file. */
export async function takeDeckData(context: Context, actor: Actor, input: TakeData & Of): Promise<DeckView> {
  const { customerId } = input
  await context.db.transaction().execute(async trx => {
    const { kept, row, known } = await lockDeck(trx, context, actor, input)
    const locale = kept?.locale ?? localeOf(known)
    const snapshot = JSON.stringify(await snapshotNow(trx, context, known, locale))
    const data = { snapshot, playbook_hash: context.playbook.playbook.hash, taken_at: row.changed_at, taken_by: actor.personId }
    const slides = kept?.slides ?? SLIDE_KINDS.filter(kind => kind !== 'sources')
    await saveReviewDeck(trx, { ...row, ...data, locale, slides, narratives: JSON.stringify(kept?.narratives ?? {}) })
    await recordCustomer(trx, context, actor, { customerId, kind: 'deck-data-taken', data: { date: todayOf(context) } })
  })
  return getDeck(context, actor, customerId)
}

const TYPES = {
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  pdf: 'application/pdf',
} as const

/** The file. Throws `conflict` while no data was taken: it could not be made again. */
export async function downloadDeck(
  context: Context,
  actor: Actor,
  { customerId, format }: Of & Readonly<{ format: DeckFormat }>,
): Promise<Download<Uint8Array>> {
  await visibleCustomer(context, actor, customerId)
  const file = await keptDeckFile(context, { customerId, format })
  if (!file) {
    const reason = {
      en: 'Take the data first: the same review gives the same file.',
      'pt-BR': 'Registre os dados antes: a mesma revisão gera o mesmo arquivo.',
    }
    throw new AppError('conflict', reason.en, { details: { reason } })
  }
  return { fileName: file.fileName, contentType: file.contentType, body: once(file.bytes) }
}

export type DeckFile = Readonly<{ fileName: string; contentType: string; bytes: Uint8Array; version: number }>

/** The deck of the newest engagement as a file, for whoever may see the customer; undefined while no data was taken. */
export async function keptDeckFile(
  { db, playbook }: Pick<Context, 'db' | 'playbook'>,
  { customerId, format }: Of & Readonly<{ format: DeckFormat }>,
): Promise<DeckFile | undefined> {
  const found = await findDeck(db, customerId)
  const deck = found && (await keptDeck(db, playbook, found.kept))
  if (!deck) return undefined
  return {
    fileName: `${customerId}-review-${deck.date}.${format}`,
    contentType: TYPES[format],
    bytes: await deckFile(deck, format),
    version: found.kept?.version ?? 0,
  }
}

/** Why the deck cannot be sent to anybody by those who may build it; null: it can. */
export const whyNoDeck = async (db: Db, customerId: string): Promise<Text | null> =>
  (await findDeck(db, customerId))?.kept?.taken_at
    ? null
    : {
        en: "The deck is sent once its data is kept: see “Keep today's data” on the page of the review deck.",
        'pt-BR': 'A apresentação é enviada depois de guardados os dados: veja “Guardar os dados de hoje” na página da apresentação.',
      }

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** What was kept of the data, to stay as it is. */
const dataOf = (kept: ReviewDeck | undefined) => ({
  snapshot: kept?.snapshot ? JSON.stringify(kept.snapshot) : null,
  playbook_hash: kept?.playbook_hash ?? null,
  taken_at: kept?.taken_at ?? null,
  taken_by: kept?.taken_by ?? null,
})

async function lockDeck(trx: Trx, context: Context, actor: Actor, { customerId, version }: Of & Readonly<{ version: number }>) {
  const { access } = await lockForChange(trx, context, actor, 'build-deck', customerId)
  authorizeService(access, null)
  const known = await knownOf(trx, customerId)
  const kept = await findReviewDeck(trx, { customerId, engagementId: known.engagement.id })
  const now = kept?.version ?? 0
  if (version > now) throw new AppError('invalid-input', `version ${version} is not yet there`)
  if (version < now) {
    const theirs = { locale: kept?.locale, slides: kept?.slides, narratives: kept?.narratives }
    throw new AppError('conflict', 'the deck was changed meanwhile', { details: { theirs, version: now } })
  }
  await savePeople(trx, [{ id: actor.personId, name: actor.name }])
  const row = {
    customer_id: customerId,
    engagement_id: known.engagement.id,
    changed_by: actor.personId,
    changed_at: context.now().toISOString(),
    version: now + 1,
  }
  return { known, kept, row }
}

type WithEngagement = Known & Readonly<{ engagement: NonNullable<Known['engagement']> }>
async function knownOf(db: Db, customerId: string): Promise<WithEngagement> {
  const [known] = await loadKnown(db, [customerId])
  if (!known?.engagement) throw new AppError('not-found', `no plan was made for customer ${customerId} yet`)
  return { ...known, engagement: known.engagement }
}

/** The customer's own language, where there are decks in it. */
const localeOf = ({ customer }: Known): DeckLocale => (customer.language.startsWith('pt') ? 'pt-BR' : 'en')

async function snapshotNow(db: Db, context: Context, known: WithEngagement, locale: DeckLocale): Promise<DeckSnapshot> {
  const today = todayOf(context)
  const { facts, history } = factsOf(known, today)
  const { plan } = planOf(known, context.playbook, today)
  const of = { customerId: known.customer.id, engagement: known.engagement, tenants: known.tenants.length, today, locale }
  return { facts, history, plan, extras: await knownExtras(db, of) }
}

async function build(context: Context, customerId: string): Promise<{ deck: Deck; kept: ReviewDeck | undefined; engagementId: string }> {
  const { db } = context
  const found = await findDeck(db, customerId)
  const kept = found?.kept
  const drawn = await keptDeck(db, context.playbook, kept)
  if (found && drawn) return { deck: drawn, kept, engagementId: found.engagementId }
  const chosen = chosenIn(kept)
  const known = await knownOf(db, customerId)
  const locale = kept?.locale ?? localeOf(known)
  const deck = written(context.playbook, await snapshotNow(db, context, known, locale), locale, chosen)
  return { deck, kept, engagementId: known.engagement.id }
}

/** What was chosen for the newest engagement; undefined without one. */
async function findDeck(db: Db, customerId: string): Promise<{ engagementId: string; kept: ReviewDeck | undefined } | undefined> {
  const engagement = await findEngagement(db, customerId)
  return engagement && { engagementId: engagement.id, kept: await findReviewDeck(db, { customerId, engagementId: engagement.id }) }
}

/** From the data that was kept, with the playbook of that day. */
async function keptDeck(db: Db, current: Playbook, kept: ReviewDeck | undefined): Promise<Deck | undefined> {
  if (!kept?.snapshot) return undefined
  const playbook = (await findRelease(db, kept.playbook_hash ?? '')) ?? current
  return written(playbook, kept.snapshot, kept.locale, chosenIn(kept))
}

const chosenIn = (kept: ReviewDeck | undefined): Chosen => ({ slides: kept?.slides, narratives: kept?.narratives ?? {} })

type Chosen = Readonly<{ slides: readonly SlideKind[] | undefined; narratives: NonNullable<DeckExtras['narratives']> }>

/** What somebody typed stands before what the record of the review says. */
function written(
  playbook: Playbook,
  { facts, history, plan, extras }: DeckSnapshot,
  locale: DeckLocale,
  { slides, narratives }: Chosen,
): Deck {
  const told = { ...extras, narratives: { ...extras.narratives, ...narratives }, ...(slides === undefined ? {} : { slides: [...slides] }) }
  return deckOf({ playbook, facts, history, plan, locale, extras: told, sourceNames: sourceNamesIn(locale) })
}
