import { appendToMany } from '../../store/assignments.ts'
import type { Trx } from '../../store/database.ts'
import { appendEvents, type NewRecord, type Sealed } from '../../store/events.ts'
import { appendInstallationEvent } from '../../store/installation-events.ts'
import { noteChange } from '../../store/live.ts'
import type { KeyName } from '../../store/person-keys.ts'
import { addMissingPerson } from '../../store/person-traces.ts'
import type { Context } from '../context.ts'
import type { Actor } from '../policy.ts'
import { type Keys, placeOf, sealingKeys } from './keys.ts'
import { PersonalValue } from './personal-value.ts'
import { seal } from './sealing.ts'

export type Recording = Pick<Context, 'now' | 'sealKey'>
type Acting = Pick<Actor, 'personId' | 'name' | 'address'>
/** What happened; values about people are ids, or `personal`. */
export type Told = Readonly<{ kind: string; data?: Readonly<Record<string, unknown>> }>

/** Adds to the record of a customer, in the transaction of the change; answers the event's number. */
export async function recordCustomer(
  trx: Trx,
  context: Recording,
  actor: Acting,
  { customerId, ...told }: Told & Readonly<{ customerId: string }>,
): Promise<number> {
  const [seq] = await recordCustomerEvents(trx, context, actor, customerId, [told])
  // One event in, one number out.
  return seq as number
}

/** Several events of one customer, in order. */
export async function recordCustomerEvents(
  trx: Trx,
  context: Recording,
  actor: Acting,
  customerId: string,
  told: readonly Told[],
): Promise<readonly number[]> {
  const records = await recordsOf(trx, context, actor, told)
  const [first] = told
  if (first) await noteChange(trx, { customers: [customerId], who: actor.personId, kind: first.kind })
  return appendEvents(
    trx,
    customerId,
    records.map(record => ({ customerId, ...record })),
  )
}

/** Events of many customers, in a handful of statements; the rows of the customers must be locked. */
export async function recordCustomers(
  trx: Trx,
  context: Recording,
  actor: Acting,
  told: readonly (Told & Readonly<{ customerId: string }>)[],
): Promise<void> {
  const records = await recordsOf(trx, context, actor, told)
  await appendToMany(
    trx,
    // A record for each.
    records.map((record, index) => ({ customerId: told[index]!.customerId, ...record })),
  )
  const [first] = told
  if (first) await noteChange(trx, { customers: [...new Set(told.map(each => each.customerId))], who: actor.personId, kind: first.kind })
}

/**
 * Adds to the record of what belongs to no customer; answers the event's number. All who do wait for each other, so it comes last in a
 * transaction.
 */
export async function recordInstallation(trx: Trx, context: Recording, actor: Acting, told: Told): Promise<number> {
  const [record] = await recordsOf(trx, context, actor, [told])
  // One in, one out.
  return appendInstallationEvent(trx, record!)
}

async function recordsOf(trx: Trx, context: Recording, actor: Acting, told: readonly Told[]): Promise<readonly NewRecord[]> {
  if (told.length === 0) return []
  const at = context.now().toISOString()
  const who = actor.personId
  await addMissingPerson(trx, { id: who, name: actor.name })
  const from = actor.address ? new PersonalValue(who, actor.address, 'month') : null
  const month = at.slice(0, 7)
  const keys = await sealingKeys(trx, context, [...keyNames([from, ...told.map(each => each.data)], month)])
  return told.map(({ kind, data }) => ({
    at,
    who,
    kind,
    // A record in, a record out.
    data: sealed(data ?? {}, keys, month) as Readonly<Record<string, unknown>>,
    from: from && sealedOne(from, keys, month),
  }))
}

const keyNameOf = ({ personId, kept }: PersonalValue, month: string): KeyName => ({ personId, period: kept === 'month' ? month : '' })

function* keyNames(value: unknown, month: string): Generator<KeyName> {
  if (value instanceof PersonalValue) yield keyNameOf(value, month)
  else if (value !== null && typeof value === 'object') for (const each of Object.values(value)) yield* keyNames(each, month)
}

function sealed(value: unknown, keys: Keys, month: string): unknown {
  if (value instanceof PersonalValue) return sealedOne(value, keys, month)
  if (Array.isArray(value)) return value.map(each => sealed(each, keys, month))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, sealed(each, keys, month)]))
}

/** Of who was erased nothing is kept: the text is empty. */
function sealedOne(value: PersonalValue, keys: Keys, month: string): Sealed {
  const name = keyNameOf(value, month)
  const key = keys.get(placeOf(name))
  const text = key === undefined ? '' : seal(key, placeOf(name), value.value)
  return name.period === '' ? { sealed: name.personId, text } : { sealed: name.personId, period: name.period, text }
}
