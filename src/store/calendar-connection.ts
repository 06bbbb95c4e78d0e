import type { ConnectionFinding, ConnectionState } from '../model/usage-api.ts'
import type { Db, Trx } from './database.ts'
import type { NewRow, Row } from './tables.ts'

export type CalendarConnectionRow = Row<'calendar_connection'>

/** The way to the organization's own calendars; undefined: there is none, or whoever asks may not see it. */
export const findCalendarConnection = (db: Db): Promise<CalendarConnectionRow | undefined> =>
  db.selectFrom('calendar_connection').selectAll().executeTakeFirst()

/** Writes it whole. */
export const saveCalendarConnection = (trx: Trx, row: Omit<NewRow<'calendar_connection'>, 'id' | 'findings'>, findings: string) =>
  trx
    .insertInto('calendar_connection')
    .values({ ...row, findings })
    .onConflict(conflict => conflict.column('id').doUpdateSet({ ...row, findings }))
    .execute()

/** False: there was none. */
export const removeCalendarConnection = async (trx: Trx): Promise<boolean> =>
  (await trx.deleteFrom('calendar_connection').executeTakeFirst()).numDeletedRows > 0n

export type CalendarStanding = Readonly<{ state: ConnectionState; findings: readonly ConnectionFinding[]; at: string }>

/** How it fares, unless it was changed after `version`. */
export const saveCalendarStanding = (db: Db, version: number, { state, findings, at }: CalendarStanding) =>
  db
    .updateTable('calendar_connection')
    .set({ state, findings: JSON.stringify(findings), state_since: at })
    .where('version', '=', version)
    .execute()
