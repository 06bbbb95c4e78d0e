import type { SetSeats, SuccessPlanView } from '../../model/success-plan-api.ts'
import { findSplits, type Split, saveSplit } from '../../store/success-plan.ts'
import type { NewRow } from '../../store/tables.ts'
import { type Context, todayOf } from '../context.ts'
import { entitledOf } from '../customers/sheet.ts'
import { invalidField } from '../invalid-field.ts'
import { checkReason } from '../lists/reasons.ts'
import type { Actor } from '../policy.ts'
import { type Changing, changePlan, refuseLostUpdate } from './change.ts'
import { checkService } from './objectives.ts'

/**
 * Splits the seats of a service by what the customer means to do with them. Throws `conflict` when somebody else split them after `version`,
 * `invalid-input` when the customer has another number of seats now, or a reason cannot be chosen.
 */
export const setSeats = (
  context: Context,
  actor: Actor,
  { customerId, service, seats, parts, version }: SetSeats & Readonly<{ customerId: string; service: string }>,
): Promise<SuccessPlanView> =>
  changePlan(context, actor, customerId, async changing => {
    checkService(changing, service)
    const split = (await findSplits(changing.trx, customerId)).get(service)
    const before = split && toldSplit(split)
    const after = { seats, parts }
    if (before && JSON.stringify(before) === JSON.stringify(after)) return []
    refuseLostUpdate(changing, version, split, { theirs: before ?? null, yours: after, what: `the seats of ${service}` })
    const entitled = entitledOf(changing.known, service)?.seats
    if (entitled !== undefined && entitled !== seats)
      throw invalidField('seats', `${changing.known.customer.name} has ${entitled} seats of ${service} now`)
    const key = { customer_id: customerId, service }
    const rows: NewRow<'seat_intent'>[] = []
    for (const [index, part] of parts.entries()) {
      const reason_version = part.reason === null ? null : await versionOf(changing, split, part.reason, `parts.${index}.reason`)
      rows.push({ ...key, position: index + 1, ...part, reason_version })
    }
    const changed = { changed_by: actor.personId, changed_at: changing.at, version: changing.version }
    await saveSplit(changing.trx, { ...key, seats, as_of: todayOf(context), ...changed }, rows)
    return [{ kind: 'seats-split', data: { service, seats, before: before ? withoutNotes(before) : null, after: withoutNotes(after) } }]
  })

/** One that was retired may stay where it stands. */
async function versionOf({ trx }: Changing, split: Split | undefined, reason: string, path: string): Promise<number> {
  const kept = split?.parts.find(part => part.reason === reason)?.reason_version
  return kept ?? (await checkReason(trx, 'seats', reason, path))
}

type Told = Pick<SetSeats, 'seats' | 'parts'>

const toldSplit = (split: Split): Told => ({
  seats: split.seats,
  parts: split.parts.map(({ intent, seats, reason, note }) => ({ intent, seats, reason, note })),
})

/** Notes are free text and stay out of the record; the table keeps them. */
const withoutNotes = ({ seats, parts }: Told) => ({ seats, parts: parts.map(({ note: _, ...part }) => part) })
