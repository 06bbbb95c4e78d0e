import type { Playbook } from '../../model/playbook.ts'
import type { SeatsView } from '../../model/success-plan-api.ts'
import type { Db } from '../../store/database.ts'
import type { Known } from '../../store/known.ts'
import { findSplits, type Split } from '../../store/success-plan.ts'
import { entitledOf } from '../customers/sheet.ts'
import { inOrder } from '../kick-off/kickoff-view.ts'
import { type GivenReason, reasonKey, reasonTexts } from '../lists/reasons.ts'

/** What the customer means to do with the seats of each service, in the playbook's order; of the customer's services, and of those split. */
export async function seatsView(db: Db, playbook: Playbook, known: Known): Promise<readonly SeatsView[]> {
  const splits = await findSplits(db, known.customer.id)
  const texts = await reasonTexts(
    db,
    [...splits.values()].flatMap(split => split.parts.flatMap(part => reasonOf(part) ?? [])),
  )
  const listed = inOrder(known, playbook).map(row => row.service)
  const services = [...listed, ...[...splits.keys()].filter(service => !listed.includes(service)).sort()]
  return services.map(service => {
    const entitled = entitledOf(known, service)
    const split = splits.get(service)
    const now = entitled?.seats ?? null
    return {
      service,
      entitled: now,
      entitledAsOf: entitled?.asOf ?? null,
      split: split ? splitView(split, texts) : null,
      changed: split && now !== null && split.seats !== now ? { was: split.seats, now } : null,
    }
  })
}

type Part = Split['parts'][number]

const reasonOf = ({ reason, reason_version }: Part): GivenReason | undefined =>
  // The two come together: the table says so.
  reason === null ? undefined : { reason, version: reason_version ?? 0 }

const splitView = (split: Split, texts: Awaited<ReturnType<typeof reasonTexts>>): NonNullable<SeatsView['split']> => ({
  seats: split.seats,
  asOf: split.as_of,
  by: split.by,
  at: split.changed_at,
  parts: split.parts.map(part => {
    const given = reasonOf(part)
    return {
      intent: part.intent,
      seats: part.seats,
      reason: part.reason,
      reasonText: given ? (texts.get(reasonKey(given)) ?? null) : null,
      note: part.note,
    }
  }),
})
