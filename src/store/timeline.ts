import { sql } from 'kysely'
import { type EventGroup, KINDS_OF } from '../model/event-groups.ts'
import type { Day } from '../model/words.ts'
import type { Db } from './database.ts'
import type { Row } from './tables.ts'

export type EventFilter = Readonly<{
  group?: EventGroup | undefined
  person?: string | undefined
  service?: string | undefined
  from?: Day | undefined
  until?: Day | undefined
}>
export type TimelineRow = Row<'event'> & Readonly<{ name: string }>

/** Events of a customer that pass, those next to a place first: older ones newest first, newer ones oldest first. */
export async function findTimeline(
  db: Db,
  customerId: string,
  filter: EventFilter,
  { than, way, limit }: Readonly<{ than: number | undefined; way: 'older' | 'newer'; limit: number }>,
): Promise<TimelineRow[]> {
  let query = db
    .selectFrom('event')
    .innerJoin('person', 'person.id', 'event.who')
    .selectAll('event')
    .select('person.name as name')
    .where('customer_id', '=', customerId)
    .orderBy('seq', way === 'older' ? 'desc' : 'asc')
    .limit(limit)
  if (than !== undefined) query = query.where('seq', way === 'older' ? '<' : '>', than)
  const { group, person, service, from, until } = filter
  if (group !== undefined) {
    const kinds = group === 'other' ? Object.values(KINDS_OF).flat() : KINDS_OF[group]
    const matches = sql<boolean>`kind like any (${kinds.map(each => `${each}%`)}::text[])`
    query = query.where(group === 'other' ? sql<boolean>`not ${matches}` : matches)
  }
  if (person !== undefined) query = query.where('who', '=', person)
  if (from !== undefined) query = query.where('at', '>=', `${from}T00:00:00Z`)
  if (until !== undefined) query = query.where(sql<boolean>`at < ${until}::date + 1`)
  if (service !== undefined) {
    // Items name their service at the end of their id; other things in a part of its own, now or before.
    query = query.where(
      sql<boolean>`${service} in (body::json #>> '{data,service}', body::json #>> '{data,after,service}', body::json #>> '{data,before,service}',
        split_part(body::json #>> '{data,item}', '@', 2))`,
    )
  }
  return query.execute()
}

/** Everybody on the record of a customer, by name. */
export const peopleOnRecord = (db: Db, customerId: string) =>
  db
    .selectFrom('event')
    .innerJoin('person', 'person.id', 'event.who')
    .select(['person.id', 'person.name'])
    .distinct()
    .where('customer_id', '=', customerId)
    .orderBy('person.name')
    .orderBy('person.id')
    .execute()
