import { countCustomers } from '../../store/customers.ts'
import type { Context } from '../context.ts'

/** True for an installation that has just been made. */
export const hasNoCustomers = async ({ db }: Pick<Context, 'db'>): Promise<boolean> => (await countCustomers(db)) === 0
