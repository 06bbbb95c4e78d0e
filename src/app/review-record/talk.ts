import type { ReviewRecordView, SetExpectations, SetReviewTalk } from '../../model/review-record-api.ts'
import { findReviewRecord, type ReviewRecordRow, saveReviewRecord } from '../../store/review-record.ts'
import type { Context } from '../context.ts'
import { personal } from '../events/personal-value.ts'
import type { Actor } from '../policy.ts'
import { refuseLostUpdate } from '../success-plan/change.ts'
import { type Changing, changeRecord, refuseOver } from './change.ts'

type Of = Readonly<{ customerId: string }>
type Talk = Omit<SetReviewTalk, 'version'>
type Expectations = Omit<SetExpectations, 'version'>

/** Intent, achievements and new business scenarios (R1, R2). Throws `conflict` when somebody else changed them after `version`. */
export const setReviewTalk = (
  context: Context,
  actor: Actor,
  { customerId, version, ...input }: SetReviewTalk & Of,
): Promise<ReviewRecordView> =>
  changeRecord(context, actor, customerId, async changing => {
    const row = await recordRow(changing)
    const before: Talk = { intent: row?.intent ?? null, achievements: row?.achievements ?? null, scenarios: row?.scenarios ?? [] }
    if (isSame(before, input)) return []
    refuseOver(changing)
    refuseLostUpdate(changing, version, row && { version: row.talk_version }, { theirs: before, yours: input, what: 'the review' })
    await saveReviewRecord(changing.trx, {
      ...keyOf(changing),
      intent: input.intent,
      achievements: input.achievements,
      scenarios: input.scenarios,
      talk_version: changing.version,
    })
    const told = ({ intent, achievements, scenarios }: Talk) => ({ intent, texts: personal(actor.personId, { achievements, scenarios }) })
    return [{ kind: 'review-talk-set', data: { engagement: changing.engagement.id, before: told(before), after: told(input) } }]
  })

/** What the customer is told to expect afterwards (R4). Throws `conflict` when somebody else changed it after `version`. */
export const setExpectations = (
  context: Context,
  actor: Actor,
  { customerId, version, ...input }: SetExpectations & Of,
): Promise<ReviewRecordView> =>
  changeRecord(context, actor, customerId, async changing => {
    const row = await recordRow(changing)
    const before: Expectations = {
      experience: row?.experience ?? null,
      reducedSupport: row?.reduced_support ?? null,
      reducedSupportWhy: row?.reduced_support_why ?? null,
    }
    if (isSame(before, input)) return []
    refuseOver(changing)
    const seen = row && { version: row.expectations_version }
    refuseLostUpdate(changing, version, seen, { theirs: before, yours: input, what: 'what is expected' })
    await saveReviewRecord(changing.trx, {
      ...keyOf(changing),
      experience: input.experience,
      reduced_support: input.reducedSupport,
      reduced_support_why: input.reducedSupportWhy,
      expectations_version: changing.version,
    })
    const told = (texts: Expectations) => personal(actor.personId, texts)
    return [{ kind: 'review-expectations-set', data: { engagement: changing.engagement.id, before: told(before), after: told(input) } }]
  })

const keyOf = ({ customer, engagement }: Changing) => ({ customer_id: customer.id, engagement_id: engagement.id })

const recordRow = ({ trx, customer, engagement }: Changing): Promise<ReviewRecordRow | undefined> =>
  findReviewRecord(trx, { customerId: customer.id, engagementId: engagement.id })

/** Both have the same names, in whatever order. */
const isSame = <T extends object>(a: T, b: T): boolean =>
  (Object.keys(a) as (keyof T)[]).every(name => JSON.stringify(a[name]) === JSON.stringify(b[name]))
