import { raiseVersions } from '../../store/assignments.ts'
import { lockCustomers } from '../../store/customers.ts'
import type { Trx } from '../../store/database.ts'
import { enqueue } from '../../store/jobs.ts'
import { endInvitations, findEnding, findSilent, setReminded } from '../../store/surveys.ts'
import type { Context } from '../context.ts'
import { recordCustomers, type Told } from '../events/record.ts'
import { SYSTEM } from '../policy.ts'
import { askAll } from './ask.ts'

const BATCH = 250

/** The night's round: ends what is over or may stand no longer, reminds the silent, asks where that is on. The system acts. */
export async function keepSurveys(context: Context, isStopping: () => boolean = () => false): Promise<void> {
  const ended = await endSurveys(context, isStopping)
  const reminded = await remindSilent(context, isStopping)
  const asked = await askAll(context, isStopping)
  // Also what an earlier run was cut off from writing.
  await context.db.transaction().execute(trx => enqueue(trx, 'write-surveys', {}))
  if (ended + reminded + asked > 0) context.log('info', `surveys: ended ${ended}, reminded ${reminded}, asked ${asked}`)
}

/** Ends invitations whose time is over, and withdraws those of contacts that may not be asked any more. Answers how many. */
export const endSurveys = (context: Context, isStopping: () => boolean = () => false): Promise<number> =>
  inBatches(
    context,
    isStopping,
    db => findEnding(db, context.now().toISOString(), BATCH),
    async (trx, rows) => {
      const ended = await endInvitations(trx, rows, context.now().toISOString())
      const expired = countByCustomer(ended.filter(each => each.because === null)).map(each => ({ ...each, kind: 'survey-expired' }))
      const withdrawn = ended
        .filter(each => each.because !== null)
        .map(({ customer_id: customerId, contact_id: contact, because }) => ({
          customerId,
          kind: 'survey-withdrawn',
          data: { contact, because },
        }))
      return { done: ended.length, told: [...expired, ...withdrawn] }
    },
  )

/** Reminds, once, whoever has not answered by then. Answers how many. */
export const remindSilent = (context: Context, isStopping: () => boolean = () => false): Promise<number> =>
  inBatches(
    context,
    isStopping,
    db => findSilent(db, context.now().toISOString(), BATCH),
    async (trx, rows) => {
      const reminded = await setReminded(trx, rows, context.now().toISOString())
      return { done: reminded.length, told: countByCustomer(reminded).map(each => ({ ...each, kind: 'survey-reminded' })) }
    },
  )

type Of = Readonly<{ customer_id: string; id: string }>
type ToldOf = Told & Readonly<{ customerId: string }>

/** Batch after batch until none is left; what somebody else changed meanwhile is left to the next round. */
async function inBatches<Row extends Of>(
  context: Context,
  isStopping: () => boolean,
  find: (db: Context['db']) => Promise<readonly Row[]>,
  change: (trx: Trx, rows: readonly Row[]) => Promise<{ done: number; told: readonly ToldOf[] }>,
): Promise<number> {
  for (let count = 0; ; ) {
    if (isStopping()) throw new Error('stopped; goes on at the next start')
    const rows = await find(context.db)
    if (rows.length === 0) return count
    const done = await context.db.transaction().execute(async trx => {
      const ids = [...new Set(rows.map(row => row.customer_id))].sort()
      await lockCustomers(trx, ids)
      const { done, told } = await change(trx, rows)
      const versions = await raiseVersions(trx, [...new Set(told.map(each => each.customerId))].sort())
      await recordCustomers(
        trx,
        context,
        SYSTEM,
        told.map(each => ({ ...each, data: { ...each.data, version: versions.get(each.customerId) ?? 0 } })),
      )
      return done
    })
    count += done
    if (done === 0) return count
  }
}

const countByCustomer = (rows: readonly Of[]) =>
  [...Map.groupBy(rows, row => row.customer_id)].map(([customerId, own]) => ({ customerId, data: { count: own.length } }))
