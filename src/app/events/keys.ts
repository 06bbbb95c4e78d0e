import { AppError } from '../../model/errors.ts'
import type { Db, Trx } from '../../store/database.ts'
import { addKey, findKeys, type KeyName } from '../../store/person-keys.ts'
import type { Context } from '../context.ts'
import { newKey, unwrap, wrap } from './sealing.ts'

/** Where a key or a sealed value belongs, as text: what is moved elsewhere does not open. */
export const placeOf = ({ personId, period }: KeyName): string => `${personId}/${period}`

/** Keys of people by place. */
export type Keys = ReadonlyMap<string, Uint8Array>

/** Keys to seal with, made where there are none. Who was erased has none. */
export async function sealingKeys(trx: Trx, context: Pick<Context, 'now' | 'sealKey'>, names: readonly KeyName[]): Promise<Keys> {
  const wanted = new Map(names.map(name => [placeOf(name), name]))
  const found = new Map((await findKeys(trx, [...wanted.values()])).map(row => [placeOf(nameOf(row)), row.wrapped]))
  const keys = new Map<string, Uint8Array>()
  // In order, so that two writers who make the same keys never wait for each other.
  for (const place of [...wanted.keys()].sort()) {
    // The places are those of `wanted`.
    const text = found.get(place) ?? (await makeKey(trx, context, wanted.get(place)!))
    if (text !== undefined) keys.set(place, opened(context, place, text))
  }
  return keys
}

async function makeKey(trx: Trx, { now, sealKey }: Pick<Context, 'now' | 'sealKey'>, name: KeyName): Promise<string | undefined> {
  const wrapped = wrap(sealKey, placeOf(name), newKey())
  return addKey(trx, { person_id: name.personId, period: name.period, wrapped, made_at: now().toISOString() })
}

function opened({ sealKey }: Pick<Context, 'sealKey'>, place: string, text: string): Uint8Array {
  try {
    return unwrap(sealKey, place, text)
  } catch (cause) {
    // Going on with new keys would make what is there unreadable for ever, also when the right secret comes back.
    throw new AppError(
      'unavailable',
      'the secret (IMPULSO_SECRET, or the file "secret" in the data folder) is not the one the record was kept with',
      {
        cause,
      },
    )
  }
}

/** Keys to read with. One that is gone, or was made under another secret, is absent. */
export async function readingKeys(db: Db, { sealKey }: Pick<Context, 'sealKey'>, names: readonly KeyName[]): Promise<Keys> {
  const keys = new Map<string, Uint8Array>()
  for (const row of await findKeys(db, names)) {
    const place = placeOf(nameOf(row))
    try {
      keys.set(place, unwrap(sealKey, place, row.wrapped))
    } catch {
      // Reads as erased.
    }
  }
  return keys
}

const nameOf = (row: { person_id: string; period: string }): KeyName => ({ personId: row.person_id, period: row.period })
