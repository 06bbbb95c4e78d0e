import type { Db } from '../../store/database.ts'
import type { Sealed } from '../../store/events.ts'
import type { KeyName } from '../../store/person-keys.ts'
import type { Context } from '../context.ts'
import { type Keys, placeOf, readingKeys } from './keys.ts'
import { unseal } from './sealing.ts'

/** Stands where a value was sealed for somebody who was erased, or kept for its time. */
export type Erased = Readonly<{ erased: true }>
export const ERASED: Erased = { erased: true }

/** What a body says, sealed values in clear where their key is there. */
export type Revealed = Readonly<{ data: Readonly<Record<string, unknown>>; from: string | null }>

/** Opens the bodies of events, with one query for all of them. */
export async function reveal(db: Db, context: Pick<Context, 'sealKey'>, bodies: readonly string[]): Promise<readonly Revealed[]> {
  // The bodies were written by `record.ts`.
  const parsed = bodies.map(body => JSON.parse(body) as { data: Record<string, unknown>; from?: Sealed })
  const names = new Map([...keyNames(parsed)].map(name => [placeOf(name), name]))
  const keys = await readingKeys(db, context, [...names.values()])
  return parsed.map(({ data, from }) => {
    const address = from === undefined ? null : openOne(from, keys)
    return { data: open(data, keys) as Record<string, unknown>, from: typeof address === 'string' ? address : null }
  })
}

const isSealed = (value: object): value is Sealed =>
  'sealed' in value && 'text' in value && typeof value.sealed === 'string' && typeof value.text === 'string'
const nameOf = ({ sealed, period }: Sealed): KeyName => ({ personId: sealed, period: period ?? '' })

function* keyNames(value: unknown): Generator<KeyName> {
  if (value === null || typeof value !== 'object') return
  if (isSealed(value)) yield nameOf(value)
  else for (const each of Object.values(value)) yield* keyNames(each)
}

function open(value: unknown, keys: Keys): unknown {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(each => open(each, keys))
  if (isSealed(value)) return openOne(value, keys)
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, open(each, keys)]))
}

function openOne(value: Sealed, keys: Keys): unknown {
  const key = keys.get(placeOf(nameOf(value)))
  if (key === undefined || value.text === '') return ERASED
  try {
    return unseal(key, placeOf(nameOf(value)), value.text)
  } catch {
    // A key made anew after the old one was dropped.
    return ERASED
  }
}
