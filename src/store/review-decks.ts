import type { DeckTemplates } from '../model/deck.ts'
import type { Db, Trx } from './database.ts'
import type { EngagementKey } from './reviews.ts'
import type { NewRow, Row } from './tables.ts'

export type ReviewDeck = Row<'review_deck'> & Readonly<{ by: string | null }>

export const findReviewDeck = (db: Db, { customerId, engagementId }: EngagementKey): Promise<ReviewDeck | undefined> =>
  db
    .selectFrom('review_deck')
    .leftJoin('person', 'person.id', 'review_deck.taken_by')
    .selectAll('review_deck')
    .select('person.name as by')
    .where('customer_id', '=', customerId)
    .where('engagement_id', '=', engagementId)
    .executeTakeFirst()

export async function saveReviewDeck(trx: Trx, { customer_id, engagement_id, ...row }: NewRow<'review_deck'>): Promise<void> {
  await trx
    .insertInto('review_deck')
    .values({ customer_id, engagement_id, ...row })
    .onConflict(conflict => conflict.columns(['customer_id', 'engagement_id']).doUpdateSet(row))
    .execute()
}

/** Meetings with the customer that were held since the engagement began, oldest first. */
export const findHeldMeetings = (db: Db, customerId: string, since: string) =>
  db
    .selectFrom('meeting')
    .select(['title', 'starts_at'])
    .where('customer_id', '=', customerId)
    .where('kind', '=', 'customer')
    .where('state', '=', 'held')
    .where('starts_at', '>=', since)
    .orderBy('starts_at')
    .orderBy('id')
    .execute()

export const findReachedOf = (db: Db, customerId: string) =>
  db
    .selectFrom('milestone_reached')
    .selectAll()
    .where('customer_id', '=', customerId)
    .orderBy('reached_on')
    .orderBy('service')
    .orderBy('milestone')
    .execute()

export type DeckBrand = Row<'deck_brand'>

// The migration made the one row of this table.
export const getDeckBrand = (db: Db): Promise<DeckBrand> => db.selectFrom('deck_brand').selectAll().executeTakeFirstOrThrow()
export const lockDeckBrand = (trx: Trx): Promise<DeckBrand> =>
  trx.selectFrom('deck_brand').selectAll().forUpdate().executeTakeFirstOrThrow()

export const saveDeckBrand = (trx: Trx, change: Partial<Pick<DeckBrand, 'name' | 'colour' | 'logo' | 'logo_type'>>) =>
  trx
    .updateTable('deck_brand')
    .set(eb => ({ ...change, version: eb('version', '+', 1) }))
    .execute()

export const saveDeckTemplates = (trx: Trx, templates: DeckTemplates) =>
  trx
    .updateTable('deck_brand')
    .set(eb => ({ templates: JSON.stringify(templates), templates_version: eb('templates_version', '+', 1) }))
    .execute()
