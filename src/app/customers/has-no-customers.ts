import { hasRealCustomers } from '../../store/bulk.ts'
import { countCustomers } from '../../store/customers.ts'
import type { Context } from '../context.ts'

/** True for an installation that has just been made. */
export const hasNoCustomers = async ({ db }: Pick<Context, 'db'>): Promise<boolean> => (await countCustomers(db)) === 0

/** True while nobody's real data is here: no customers, or invented ones only. */
export const hasOnlyDemoCustomers = async ({ db }: Pick<Context, 'db'>): Promise<boolean> => !(await hasRealCustomers(db))
