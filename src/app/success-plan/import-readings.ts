import { readFile } from 'node:fs/promises'
import { AppError } from '../../model/errors.ts'
import type { ReadingsImport, SuccessPlanView } from '../../model/success-plan-api.ts'
import type { Day } from '../../model/words.ts'
import { findEvent, findMetrics, findReadingsOn, removeReadings, saveReadings, touchMetric } from '../../store/success-plan.ts'
import type { Row } from '../../store/tables.ts'
import { type Context, todayOf } from '../context.ts'
import { visibleCustomer } from '../customers/visible.ts'
import { type Actor, authorizeService, writeAccess } from '../policy.ts'
import { type Changing, changeIn } from './change.ts'
import { getSuccessPlan } from './get-success-plan.ts'
import { readReadings } from './read-readings.ts'

/** One value that an import wrote; null: there was none before. Stands in the record, which is what undoing goes by. */
type Written = Readonly<{ metric: string; day: Day; before: number | null; after: number }>

const KIND = 'readings-imported'

/** Throws what an import would throw of who imports and where; for asking before a file is taken in. */
export async function mayImportReadings(context: Context, actor: Actor, customerId: string): Promise<void> {
  const { ties } = await visibleCustomer(context, actor, customerId)
  authorizeService(writeAccess(actor, 'set-success-plan', ties), null)
}

/**
 * Readings of many metrics from a CSV: all of them or, when a row cannot be read, none. A preview says the same and keeps nothing; the same
 * file twice changes nothing. The notes of readings that are replaced stay.
 */
export async function importReadings(
  context: Context,
  actor: Actor,
  { customerId, path, preview }: Readonly<{ customerId: string; path: string; preview: boolean }>,
): Promise<ReadingsImport> {
  const text = await readFile(path, 'utf8')
  let result: Omit<ReadingsImport, 'undo'> | undefined
  const events = await context.db.transaction().execute(trx =>
    changeIn(trx, context, actor, customerId, async changing => {
      const metrics = (await findMetrics(trx, customerId)).filter(each => each.removed_at === null)
      const { rows, readings, faults } = readReadings(text, metrics, todayOf(context))
      const there = keyed(await findReadingsOn(trx, customerId, [...new Set(readings.map(each => each.day))]))
      const written = readings.flatMap(({ metric, day, value }): Written[] => {
        const before = there.get(keyOf(metric, day))?.value ?? null
        return before === value ? [] : [{ metric, day, before, after: value }]
      })
      const changed = written.filter(each => each.before !== null).length
      result = { preview, rows, added: written.length - changed, changed, same: readings.length - written.length, errors: faults }
      if (preview || faults.length > 0 || written.length === 0) return []
      await write(changing, written, there)
      return [{ kind: KIND, data: { count: written.length, readings: written } }]
    }),
  )
  if (!result) throw new Error('an import has a result')
  return { ...result, undo: events[0] ?? null }
}

/**
 * Takes an import of readings back: what was there before is there again, but for values that somebody changed since. Throws `not-found` when
 * that event is no import.
 */
export async function undoImport(
  context: Context,
  actor: Actor,
  { customerId, event }: Readonly<{ customerId: string; event: number }>,
): Promise<SuccessPlanView> {
  await context.db.transaction().execute(trx =>
    changeIn(trx, context, actor, customerId, async changing => {
      const written = await writtenBy(changing, customerId, event)
      const there = keyed(await findReadingsOn(trx, customerId, [...new Set(written.map(each => each.day))]))
      const untouched = written.filter(each => there.get(keyOf(each.metric, each.day))?.value === each.after)
      if (untouched.length === 0) return []
      const gone = untouched.filter(each => each.before === null)
      await removeReadings(
        trx,
        gone.map(({ metric, day }) => ({ customer_id: customerId, metric_id: metric, day })),
      )
      const back = untouched.flatMap(({ metric, day, before, after }): Written[] =>
        before === null ? [] : [{ metric, day, before: after, after: before }],
      )
      await write(changing, back, there)
      for (const metric of new Set(gone.map(each => each.metric))) await touchMetric(trx, customerId, metric, changing.version)
      return [{ kind: 'readings-import-undone', data: { import: event, count: untouched.length, kept: written.length - untouched.length } }]
    }),
  )
  return getSuccessPlan(context, actor, customerId)
}

async function write({ trx, actor, known, at, version }: Changing, written: readonly Written[], there: ReadingsByKey): Promise<void> {
  const customer_id = known.customer.id
  await saveReadings(
    trx,
    written.map(({ metric, day, after }) => ({
      customer_id,
      metric_id: metric,
      day,
      value: after,
      note: there.get(keyOf(metric, day))?.note ?? null,
      source: 'csv' as const,
      recorded_by: actor.personId,
      recorded_at: at,
    })),
  )
  for (const metric of new Set(written.map(each => each.metric))) await touchMetric(trx, customer_id, metric, version)
}

async function writtenBy({ trx }: Changing, customerId: string, seq: number): Promise<readonly Written[]> {
  const row = await findEvent(trx, customerId, seq)
  if (row?.kind !== KIND) throw new AppError('not-found', `customer ${customerId} has no import of readings ${seq}`)
  // An event of this kind was written above.
  return (JSON.parse(row.body) as { data: { readings: readonly Written[] } }).data.readings
}

type ReadingsByKey = ReadonlyMap<string, Row<'metric_reading'>>
const keyOf = (metric: string, day: Day): string => `${day} ${metric}`
const keyed = (rows: readonly Row<'metric_reading'>[]): ReadingsByKey => new Map(rows.map(row => [keyOf(row.metric_id, row.day), row]))
