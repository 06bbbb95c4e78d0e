import { randomUUID } from 'node:crypto'
import { firstOf, occurrences, parseRule, printRule, type Rule, type Series } from '../../calendar/rule.ts'
import { ruleText } from '../../calendar/rule-words.ts'
import { type Instant, instantOf, isShown, isTimeZone, plusDays, plusMinutes } from '../../calendar/zone.ts'
import { type CadencePreview, PLANNED_DAYS, type PreviewCadence } from '../../model/meeting-api.ts'
import type { Trx } from '../../store/database.ts'
import { insertMeetings, openCadences } from '../../store/meetings.ts'
import type { Row } from '../../store/tables.ts'
import type { Context } from '../context.ts'
import { invalidField } from '../invalid-field.ts'
import { type Actor, authorize } from '../policy.ts'

type Timing = Readonly<{ rule: string; startsLocal: string; timeZone: string }>

/** A series as it is kept; it was checked when it was. */
export const seriesOf = (row: Pick<Row<'cadence'>, 'rule' | 'starts_local' | 'time_zone'>): Series => ({
  rule: ruleOf(row.rule),
  startsLocal: row.starts_local,
  timeZone: row.time_zone,
})

/** The first meeting of a series that is kept. */
export const firstOfRow = (row: Pick<Row<'cadence'>, 'rule' | 'starts_local' | 'time_zone'>): Instant | undefined => firstOf(seriesOf(row))

export function ruleOf(text: string): Rule {
  const parsed = parseRule(text)
  if (!parsed.ok) throw new Error(`a rule that was kept cannot be read: ${parsed.message}`)
  return parsed.rule
}

/** A series as somebody wants it. Throws `invalid-input` naming the field and, of the rule, the part. */
export function readSeries({ rule: text, startsLocal, timeZone }: Timing): Series {
  readStart({ startsLocal, timeZone })
  const parsed = parseRule(text)
  if (!parsed.ok) throw invalidField('rule', `${parsed.part}: ${parsed.message}`)
  const series = { rule: parsed.rule, startsLocal, timeZone }
  const first = firstOf(series)
  if (first === undefined) throw invalidField('rule', 'no day is ever like this')
  if (first !== instantOf(startsLocal, timeZone)) {
    const day = new Date(first).toLocaleDateString('sv-SE', { timeZone })
    throw invalidField('startsLocal', `the rule has no meeting on ${startsLocal.slice(0, 10)}; its first day after that is ${day}`)
  }
  return series
}

/** An instant from a local time that somebody gave. Throws `invalid-input` for an unknown zone and for a time that clocks there leave out. */
export function readStart({ startsLocal, timeZone }: Omit<Timing, 'rule'>): Instant {
  if (!isTimeZone(timeZone)) throw invalidField('timeZone', `"${timeZone}" is not a time zone, like America/Sao_Paulo`)
  if (!isShown(startsLocal, timeZone))
    throw invalidField('startsLocal', `clocks in ${timeZone} are put forward and leave ${startsLocal} out`)
  return instantOf(startsLocal, timeZone)
}

/** How many meetings of a series are shown ahead. */
const SHOWN = 5

export const nextOf = (series: Series, from: Instant): readonly Instant[] => occurrences(series, { from, limit: SHOWN })

/** What a rule means, before anything is kept. */
export function previewCadence(actor: Actor, input: PreviewCadence): CadencePreview {
  authorize(actor, 'see-customer')
  const series = readSeries(input)
  return {
    rule: printRule(series.rule),
    ruleText: ruleText(series.rule),
    next: [...nextOf(series, instantOf(input.startsLocal, input.timeZone))],
  }
}

/** Sets down the meetings of a series from now until `PLANNED_DAYS` ahead. Those that are there stay as they are; may run twice. */
export async function planMeetings(trx: Trx, { now }: Pick<Context, 'now'>, cadence: Row<'cadence'>, version: number): Promise<number> {
  const from = now().toISOString()
  const found = occurrences(seriesOf(cadence), { from, before: plusDays(from, PLANNED_DAYS), limit: PLANNED_DAYS })
  await insertMeetings(
    trx,
    found.map(at => ({
      customer_id: cadence.customer_id,
      id: randomUUID(),
      cadence_id: cadence.id,
      occurrence: at,
      kind: cadence.kind,
      title: cadence.title,
      starts_at: at,
      ends_at: plusMinutes(at, cadence.minutes),
      time_zone: cadence.time_zone,
      organizer_id: cadence.organizer_id,
      location: cadence.location,
      services: cadence.services,
      uid: cadence.uid,
      made_by: cadence.organizer_id,
      version,
    })),
  )
  return found.length
}

const BATCH = 200

/** Goes through all series that go on, a batch per transaction. Answers how many there are. The system acts. */
export async function planAllMeetings(context: Context, isStopping: () => boolean = () => false): Promise<number> {
  let count = 0
  for (let after: Readonly<{ customerId: string; id: string }> | null = null; ; ) {
    if (isStopping()) throw new Error('stopped; goes on at the next start')
    const from: typeof after = after
    const rows = await context.db.transaction().execute(async trx => {
      const batch = await openCadences(trx, from, BATCH)
      for (const row of batch) await planMeetings(trx, context, row, row.version)
      return batch
    })
    const last = rows.at(-1)
    if (!last) return count
    count += rows.length
    after = { customerId: last.customer_id, id: last.id }
  }
}
