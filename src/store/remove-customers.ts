import type { Db, Trx } from './database.ts'
import type { Database } from './tables.ts'

/** Every table that belongs to customers, in the order that foreign keys ask for. A test holds it against the catalogue. */
export const CUSTOMER_TABLES = [
  'notification',
  'mail',
  'plan_change',
  'review_deck',
  'review',
  'engagement_fact',
  'priority_override',
  'follow_up',
  'review_letter',
  'review_entry',
  'review_record',
  'attendee',
  'meeting',
  'cadence',
  'adoption_owner',
  'expert_request_message',
  'expert_request',
  'handshake_message',
  'handshake',
  'decision',
  'evidence',
  'value_discussion',
  'usage_discussion',
  'blocker',
  'seat_intent',
  'seat_split',
  'metric_reading',
  'metric',
  'objective',
  'kickoff',
  'kickoff_service',
  'survey_answer',
  'survey_invitation',
  'note_version',
  'note',
  'contact',
  'forecast',
  'milestone_change',
  'milestone_reached',
  'milestone',
  'sync_step',
  'sync_run',
  'graph_request',
  'graph_secret',
  'graph_connection',
  'subscription',
  'usage_activation',
  'usage_version',
  'usage_count',
  'usage_union',
  'usage_report_service',
  'usage_current',
  'usage_day',
  'usage_import',
  'entitlement',
  'fact',
  'customer_service',
  'outcome',
  'gate_state',
  'plan',
  'item',
  'engagement',
  'tenant',
  'assignment',
  'event',
] as const satisfies readonly (keyof Database)[]

/** Some demo customers, locked, in the order of their ids; archived ones too. */
export const lockDemoCustomers = async (trx: Trx, limit: number): Promise<readonly string[]> => {
  const rows = await trx.selectFrom('customer').select('id').where('is_demo', '=', true).orderBy('id').limit(limit).forUpdate().execute()
  return rows.map(row => row.id)
}

export const countDemoCustomers = async (db: Db): Promise<number> => {
  const { count } = await db
    .selectFrom('customer')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where('is_demo', '=', true)
    .executeTakeFirstOrThrow()
  return count
}

/** Takes demo customers away with everything that is known of them. The database refuses to drop the record of any other. */
export async function removeDemoCustomers(trx: Trx, ids: readonly string[]): Promise<void> {
  for (const table of CUSTOMER_TABLES) await trx.deleteFrom(table).where('customer_id', 'in', ids).execute()
  await trx.deleteFrom('customer').where('id', 'in', ids).where('is_demo', '=', true).execute()
}

/** Takes away those of these teams that no customer belongs to. */
export const removeEmptyTeams = (trx: Trx, ids: readonly string[]) =>
  trx
    .deleteFrom('team')
    .where('id', 'in', ids)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('customer').select('customer.id').whereRef('customer.team_id', '=', 'team.id'))),
    )
    .execute()
