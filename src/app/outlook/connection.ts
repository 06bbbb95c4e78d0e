import type { Calendars, Credential } from '../../graph/types.ts'
import type { CalendarConnection, CalendarTest } from '../../model/calendar-api.ts'
import { AppError } from '../../model/errors.ts'
import type { SetConnection } from '../../model/usage-api.ts'
import {
  type CalendarConnectionRow,
  findCalendarConnection,
  removeCalendarConnection,
  saveCalendarConnection,
  saveCalendarStanding,
} from '../../store/calendar-connection.ts'
import type { Db } from '../../store/database.ts'
import { lockInstallation } from '../../store/installation.ts'
import { addMissingPerson } from '../../store/person-traces.ts'
import type { Connecting, ConnectingContext } from '../connections/connecting.ts'
import { standingOf } from '../connections/connection-view.ts'
import { faceOf } from '../connections/credential.ts'
import { LOCKED, SIMULATOR_MISSING } from '../connections/test-connection.ts'
import { type Context, todayOf } from '../context.ts'
import { recordInstallation } from '../events/record.ts'
import { seal, unseal } from '../events/sealing.ts'
import { invalidField } from '../invalid-field.ts'
import { everyPerson } from '../people/every-person.ts'
import type { Directory } from '../people/leads.ts'
import { type Actor, authorize } from '../policy.ts'

/** Tied to its purpose: at a customer's tenant it does not open. */
const PLACE = 'graph calendar'

/** The way to the organization's own calendars, without its credential. */
export async function getCalendarConnection(context: ConnectingContext, actor: Actor): Promise<CalendarConnection> {
  authorize(actor, 'change-settings')
  return viewOf(await findCalendarConnection(context.db), context.graph)
}

/**
 * Connects the organization's own tenant, or changes how it is. Throws `conflict` with theirs and yours when somebody else changed it after
 * `version`, `invalid-input` for a new one, another tenant, cloud or application without a credential, or a certificate that cannot be used.
 */
export function setCalendarConnection(context: ConnectingContext, actor: Actor, input: SetConnection): Promise<CalendarConnection> {
  authorize(actor, 'change-settings')
  return context.db.transaction().execute(async trx => {
    // One at a time.
    await lockInstallation(trx)
    if (!context.graph.clouds.includes(input.cloud)) throw invalidField('cloud', `${input.cloud} is not offered by this installation`)
    const before = await findCalendarConnection(trx)
    refuseOutdated(before, input, context.graph)
    if (!before && !input.credential) throw invalidField('credential', 'a new connection needs one')
    const isElsewhere =
      before !== undefined && (before.cloud !== input.cloud || before.directory.toLowerCase() !== input.directory.toLowerCase())
    if (isElsewhere && !input.credential)
      throw invalidField('credential', 'another tenant or cloud needs it anew: the one that is kept is for where it was given')
    const changed = changesOf(before, input)
    if (changed.length > 0) {
      await addMissingPerson(trx, { id: actor.personId, name: actor.name })
      const at = context.now().toISOString()
      const isAnother = changed.some(each => each !== 'enabled')
      await saveCalendarConnection(
        trx,
        {
          cloud: input.cloud,
          directory: input.directory,
          client_id: input.clientId,
          ...credentialAfter(context, before, input),
          is_enabled: input.enabled,
          state: isAnother ? 'untested' : (before?.state ?? 'untested'),
          state_since: isAnother ? at : (before?.state_since ?? at),
          made_by: actor.personId,
          made_at: at,
          version: (before?.version ?? 0) + 1,
        },
        JSON.stringify(isAnother ? [] : (before?.findings ?? [])),
      )
      const data = { cloud: input.cloud, enabled: input.enabled, changed: before ? changed : ['connection'] }
      await recordInstallation(trx, context, actor, { kind: 'calendar-connection-set', data })
    }
    return viewOf(await findCalendarConnection(trx), context.graph)
  })
}

function credentialAfter(context: ConnectingContext, before: CalendarConnectionRow | undefined, { credential }: SetConnection) {
  if (credential) return { ...faceOf(credential, todayOf(context)), sealed: seal(context.sealKey, PLACE, credential) }
  if (!before) throw new Error('a new connection has a credential: it was asked for before')
  const { credential_hint, credential_ends, sealed } = before
  return { credential: before.credential, credential_hint, credential_ends, sealed }
}

/** Names of fields, and nothing of what is in them. */
function changesOf(before: CalendarConnectionRow | undefined, input: SetConnection): readonly string[] {
  const parts = {
    cloud: before?.cloud !== input.cloud,
    directory: before?.directory !== input.directory,
    clientId: before?.client_id !== input.clientId,
    credential: input.credential !== undefined,
    enabled: before?.is_enabled !== input.enabled,
  }
  return Object.entries(parts).flatMap(([name, isChanged]) => (isChanged ? [name] : []))
}

function refuseOutdated(now: CalendarConnectionRow | undefined, { credential, ...yours }: SetConnection, graph: Connecting): void {
  const version = now?.version ?? 0
  if (yours.version === version) return
  if (now && yours.version > version) throw invalidField('version', `version ${yours.version} is not yet there`)
  throw new AppError('conflict', 'somebody else changed the connection to the calendars meanwhile', {
    details: { theirs: viewOf(now, graph).connection, yours: { ...yours, credential: credential?.kind ?? null }, version },
  })
}

/** Takes the connection away with its credential; events stay in the calendars as they are. Throws `not-found` where there is none. */
export function dropCalendarConnection(context: ConnectingContext, actor: Actor): Promise<CalendarConnection> {
  authorize(actor, 'change-settings')
  return context.db.transaction().execute(async trx => {
    if (!(await removeCalendarConnection(trx))) throw notConnected()
    await recordInstallation(trx, context, actor, { kind: 'calendar-connection-removed', data: {} })
    return viewOf(undefined, context.graph)
  })
}

/**
 * Writes an entry to the calendar of the one who asks and takes it away again, and keeps what came of it. Throws `not-found` where there
 * is no connection.
 */
export async function testCalendarConnection(context: ConnectingContext, directory: Directory, actor: Actor): Promise<CalendarTest> {
  authorize(actor, 'change-settings')
  const row = await findCalendarConnection(context.db)
  if (!row) throw notConnected()
  // Beforehand: the credential goes out, whatever comes of it.
  await context.db
    .transaction()
    .execute(trx => recordInstallation(trx, context, actor, { kind: 'calendar-connection-tested', data: { cloud: row.cloud } }))
  const person = (await everyPerson(directory)).find(each => each.id === actor.personId)
  const way = openRow(context, row)
  const { state, findings } =
    'finding' in way ? { state: 'failed' as const, findings: [way.finding] } : await way.calendars.test(person?.email ?? actor.personId)
  await saveCalendarStanding(context.db, row.version, { state, findings, at: context.now().toISOString() })
  return { state, findings }
}

/** The calendars, when meetings are to be put there; undefined: they are off. The system asks. */
export async function wayToCalendars(
  context: Pick<Context, 'sealKey'> & Readonly<{ db: Db; graph: Connecting }>,
): Promise<Way | undefined> {
  const row = await findCalendarConnection(context.db)
  return row?.is_enabled ? openRow(context, row) : undefined
}

export type Way = Readonly<{ calendars: Calendars }> | Readonly<{ finding: typeof LOCKED }>

function openRow({ graph, sealKey }: Pick<Context, 'sealKey'> & Readonly<{ graph: Connecting }>, row: CalendarConnectionRow): Way {
  const { cloud, directory, client_id: clientId, sealed } = row
  if (!graph.clouds.includes(cloud)) return { finding: SIMULATOR_MISSING }
  const credential = opened(sealKey, sealed)
  return credential ? { calendars: graph.calendars({ cloud, directory, clientId, credential }) } : { finding: LOCKED }
}

function opened(sealKey: Uint8Array, sealed: string): Credential | undefined {
  try {
    // Only `setCalendarConnection` writes there.
    return unseal(sealKey, PLACE, sealed) as Credential
  } catch {
    // The cause would tell nothing but that decrypting failed.
    return undefined
  }
}

const notConnected = () => new AppError('not-found', 'the calendars are not connected')

const viewOf = (row: CalendarConnectionRow | undefined, { clouds }: Connecting): CalendarConnection => ({
  connection: row ? standingOf(row) : null,
  clouds: [...clouds],
})
