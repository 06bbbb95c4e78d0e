import type { Day } from '../model/words.ts'
import type { Db, Trx } from './database.ts'
import type { NewRow, Row } from './tables.ts'

export type ValueDiscussionRow = Row<'value_discussion'> & Readonly<{ by: string }>

/** Of all engagements of a customer, by service, the newest engagement first. */
export const findValueDiscussions = (db: Db, customerId: string): Promise<ValueDiscussionRow[]> =>
  db
    .selectFrom('value_discussion')
    .innerJoin('person', 'person.id', 'value_discussion.changed_by')
    .innerJoin('engagement', join =>
      join
        .onRef('engagement.customer_id', '=', 'value_discussion.customer_id')
        .onRef('engagement.id', '=', 'value_discussion.engagement_id'),
    )
    .selectAll('value_discussion')
    .select('person.name as by')
    .where('value_discussion.customer_id', '=', customerId)
    .orderBy('service')
    .orderBy('engagement.cycle', 'desc')
    .execute()

type Key = Readonly<{ customerId: string; engagementId: string; service: string }>

export const findValueDiscussion = (db: Db, { customerId, engagementId, service }: Key) =>
  db
    .selectFrom('value_discussion')
    .selectAll()
    .where('customer_id', '=', customerId)
    .where('engagement_id', '=', engagementId)
    .where('service', '=', service)
    .executeTakeFirst()

export const saveValueDiscussion = (trx: Trx, row: NewRow<'value_discussion'>) => {
  const { customer_id: _, engagement_id: __, service: ___, ...changed } = row
  return trx
    .insertInto('value_discussion')
    .values(row)
    .onConflict(conflict => conflict.columns(['customer_id', 'engagement_id', 'service']).doUpdateSet(changed))
    .execute()
}

export const removeValueDiscussion = (trx: Trx, { customerId, engagementId, service }: Key) =>
  trx
    .deleteFrom('value_discussion')
    .where('customer_id', '=', customerId)
    .where('engagement_id', '=', engagementId)
    .where('service', '=', service)
    .execute()

export type UsageDiscussionRow = Row<'usage_discussion'> & Readonly<{ by: string }>

/** Newest first. */
export const findUsageDiscussions = (db: Db, customerId: string): Promise<UsageDiscussionRow[]> =>
  db
    .selectFrom('usage_discussion')
    .innerJoin('person', 'person.id', 'usage_discussion.recorded_by')
    .selectAll('usage_discussion')
    .select('person.name as by')
    .where('customer_id', '=', customerId)
    .orderBy('held_on', 'desc')
    .orderBy('recorded_at', 'desc')
    .orderBy('usage_discussion.id')
    .execute()

export const insertUsageDiscussion = (trx: Trx, row: NewRow<'usage_discussion'>) => trx.insertInto('usage_discussion').values(row).execute()

export const removeUsageDiscussion = (trx: Trx, customerId: string, id: string) =>
  trx.deleteFrom('usage_discussion').where('customer_id', '=', customerId).where('id', '=', id).execute()

/** The newest review meeting of the present engagement that was held: when it began, and where it was that time. */
export const findReviewHeld = (db: Db, customerId: string): Promise<Pick<Row<'meeting'>, 'starts_at' | 'time_zone'> | undefined> =>
  db
    .selectFrom('meeting')
    .select(['starts_at', 'time_zone'])
    .where('customer_id', '=', customerId)
    .where('about', '=', 'review')
    .where('state', '=', 'held')
    // A later cycle has a review of its own.
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('engagement')
            .select('engagement.id')
            .whereRef('engagement.customer_id', '=', 'meeting.customer_id')
            .where('engagement.cycle', '>', 1)
            .whereRef('engagement.opened_at', '>', 'meeting.starts_at'),
        ),
      ),
    )
    .orderBy('starts_at', 'desc')
    .limit(1)
    .executeTakeFirst()

export type FoundFact = Readonly<{ name: string; value: unknown; source: string; as_of: Day | null }>

/** What is told of the customer as a whole, by these names. */
export const findFacts = (db: Db, customerId: string, names: readonly string[]): Promise<FoundFact[]> =>
  db
    .selectFrom('fact')
    .select(['name', 'value', 'source', 'as_of'])
    .where('customer_id', '=', customerId)
    .where('service', '=', '')
    .where('name', 'in', names)
    .execute()
