import type { MilestoneId } from '../model/usage-api.ts'
import type { Db, Trx } from './database.ts'
import type { Row } from './tables.ts'

/** Milestones that differ from the usual ones. */
export const findMilestones = (db: Db, customerIds: readonly string[]): Promise<Row<'milestone'>[]> =>
  customerIds.length === 0
    ? Promise.resolve([])
    : db.selectFrom('milestone').selectAll().where('customer_id', 'in', customerIds).orderBy('service').orderBy('id').execute()

export type MilestoneChange = Row<'milestone_change'> & Readonly<{ name: string }>

/** How the milestones of a customer came about, newest first, with who changed them. */
export const findMilestoneChanges = (db: Db, customerId: string): Promise<MilestoneChange[]> =>
  db
    .selectFrom('milestone_change')
    .innerJoin('person', 'person.id', 'milestone_change.changed_by')
    .selectAll('milestone_change')
    .select('person.name')
    .where('customer_id', '=', customerId)
    .orderBy('service')
    .orderBy('milestone')
    .orderBy('seq', 'desc')
    .execute()

type Key = Readonly<{ customerId: string; service: string; milestone: MilestoneId }>

export async function saveMilestone(trx: Trx, row: Row<'milestone'>): Promise<void> {
  const { percent, target_date, version } = row
  await trx
    .insertInto('milestone')
    .values(row)
    .onConflict(conflict => conflict.columns(['customer_id', 'service', 'id']).doUpdateSet({ percent, target_date, version }))
    .execute()
}

export async function removeMilestone(trx: Trx, { customerId, service, milestone }: Key): Promise<void> {
  await trx
    .deleteFrom('milestone')
    .where('customer_id', '=', customerId)
    .where('service', '=', service)
    .where('id', '=', milestone)
    .execute()
}

export const addMilestoneChange = (trx: Trx, row: Row<'milestone_change'>): Promise<void> =>
  trx
    .insertInto('milestone_change')
    .values(row)
    .execute()
    .then(() => {})
