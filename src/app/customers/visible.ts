import { AppError } from '../../model/errors.ts'
import { findCustomer, lockCustomer } from '../../store/customers.ts'
import type { Db, Trx } from '../../store/database.ts'
import { type Action, type Actor, authorize, canSee } from '../policy.ts'

const missing = (id: string) => new AppError('not-found', `there is no customer ${id}`)

/** The customer, if it is there and the actor may see it; `not-found` either way. */
export async function visibleCustomer(db: Db, actor: Actor, id: string) {
  const customer = canSee(actor, id) ? await findCustomer(db, id) : undefined
  if (!customer) throw missing(id)
  return customer
}

/** The customer locked for a change that the actor may make. */
export async function lockForChange(trx: Trx, actor: Actor, action: Action, id: string) {
  const customer = canSee(actor, id) ? await lockCustomer(trx, id) : undefined
  if (!customer) throw missing(id)
  authorize(actor, action)
  return customer
}
