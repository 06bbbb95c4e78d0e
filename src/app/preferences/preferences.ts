import { NOTIFICATION_KINDS, type NotificationKind, type TellWay } from '../../model/notification-kinds.ts'
import { type ChangePreferences, PREFERENCES, type PreferenceName, type PreferencesView, type Telling } from '../../model/preference-api.ts'
import { preferencesOf, savePreference } from '../../store/preferences.ts'
import type { Context } from '../context.ts'
import { KINDS } from '../notifications/kinds.ts'
import { type Actor, authorize } from '../policy.ts'

type Values = Readonly<Record<string, unknown>>

/** Of those who chose nothing: each kind as is usual for it, the digest at eight, mail at any hour. */
export const USUAL_TELLING: Telling = { ways: {}, digestHour: 8, quiet: null }
/** Of those who chose none. The server does not know where a person is. */
export const USUAL_TIME_ZONE = 'UTC'

/** How one person is told, in their own time. */
export type PersonTelling = Readonly<{ timeZone: string; telling: Telling }>

/** A value that an earlier or later version wrote and this one cannot read counts as not chosen. */
function read<N extends PreferenceName>(values: Values, name: N) {
  const parsed = PREFERENCES[name].safeParse(values[name])
  // The data is that of the schema of this name.
  return parsed.success ? (parsed.data as ReturnType<(typeof PREFERENCES)[N]['parse']>) : null
}

export const tellingOf = (values: Values = {}): PersonTelling => ({
  timeZone: read(values, 'time-zone') ?? USUAL_TIME_ZONE,
  telling: read(values, 'telling') ?? USUAL_TELLING,
})

/** How somebody with these choices is told of a kind; a kind that a later version made up is only shown. */
export function wayOf({ ways }: Telling, kind: string): TellWay {
  const known = NOTIFICATION_KINDS.find(each => each === kind)
  return known === undefined ? 'portal' : (ways[known] ?? KINDS[known].usual)
}

/** What the portal shows things by, with nothing where the browser decides. */
export async function chosenOf({ db }: Pick<Context, 'db'>, personId: string) {
  const values = (await preferencesOf(db, [personId])).get(personId) ?? {}
  return {
    timeZone: read(values, 'time-zone'),
    formats: read(values, 'formats'),
    singleKeys: read(values, 'keys.single'),
    planFilters: read(values, 'plan.filters'),
  }
}

export async function getPreferences({ db }: Pick<Context, 'db'>, actor: Actor): Promise<PreferencesView> {
  authorize(actor, 'see-own')
  return viewOf((await preferencesOf(db, [actor.personId])).get(actor.personId) ?? {})
}

/** Changes what is given: null is the default again. Only one's own. */
export async function changePreferences(context: Context, actor: Actor, change: ChangePreferences): Promise<PreferencesView> {
  authorize(actor, 'change-own')
  const { timeZone, formats, singleKeys, telling, planFilters } = change
  const named = {
    'time-zone': timeZone,
    formats,
    'keys.single': singleKeys,
    telling,
    'plan.filters': planFilters,
  } satisfies Record<PreferenceName, unknown>
  await context.db.transaction().execute(async trx => {
    for (const [name, value] of Object.entries(named)) {
      if (value !== undefined) await savePreference(trx, actor.personId, name, value ?? undefined)
    }
  })
  return getPreferences(context, actor)
}

function viewOf(values: Values): PreferencesView {
  return {
    timeZone: read(values, 'time-zone'),
    formats: read(values, 'formats'),
    singleKeys: read(values, 'keys.single') ?? true,
    telling: tellingOf(values).telling,
    planFilters: read(values, 'plan.filters'),
    kinds: NOTIFICATION_KINDS.map((kind: NotificationKind) => ({ kind, title: { ...KINDS[kind].title }, usual: KINDS[kind].usual })),
  }
}
