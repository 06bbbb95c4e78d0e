import { type ChangeSettings, RETENTION_KINDS, type RetentionKind, type SettingsView } from '../../model/admin-api.ts'
import { AppError } from '../../model/errors.ts'
import { changeInstallation, getInstallation, type Installation, lockInstallation } from '../../store/installation.ts'
import type { Context } from '../context.ts'
import { recordInstallation } from '../events/record.ts'
import { RETENTION } from '../personal/retention.ts'
import { type Actor, authorize } from '../policy.ts'

/** What this installation chose, and the defaults beside it. */
export async function getSettings({ db }: Pick<Context, 'db'>, actor: Actor): Promise<SettingsView> {
  authorize(actor, 'change-settings')
  return viewOf(await getInstallation(db))
}

/** Changes what is given. Throws `conflict` with theirs and yours when somebody else changed settings after `version`. */
export function changeSettings(context: Context, actor: Actor, input: ChangeSettings): Promise<SettingsView> {
  authorize(actor, 'change-settings')
  return context.db.transaction().execute(async trx => {
    const now = await lockInstallation(trx)
    if (input.version > now.version) throw new AppError('invalid-input', `version ${input.version} is not yet there`)
    if (input.version < now.version) {
      const { version, ...yours } = input
      throw new AppError('conflict', 'somebody else changed the settings meanwhile', {
        details: { theirs: chosen(now), yours, version: now.version },
      })
    }
    const next = { unassigned: input.unassigned ?? now.unassigned, retention: retentionAfter(now.retention, input.retention ?? {}) }
    const [before, after] = [chosen(now), chosen(next)]
    if (JSON.stringify(before) === JSON.stringify(after)) return viewOf(now)
    await changeInstallation(trx, next)
    await recordInstallation(trx, context, actor, { kind: 'settings-changed', data: { before, after } })
    return viewOf(await getInstallation(trx))
  })
}

type Days = Readonly<Record<string, number>>
type Chosen = Readonly<{ unassigned: Installation['unassigned']; retention: Days }>

/** Only what was chosen: a default that a later version changes changes for those who left it alone. */
const chosen = ({ unassigned, retention }: Chosen): Chosen => ({
  unassigned,
  retention: Object.fromEntries(Object.entries(retention).sort(([a], [b]) => (a < b ? -1 : 1))),
})

function retentionAfter(before: Days, change: NonNullable<ChangeSettings['retention']>): Days {
  const merged: Partial<Record<RetentionKind, number | null>> = { ...before, ...change }
  return Object.fromEntries(Object.entries(merged).filter((entry): entry is [string, number] => typeof entry[1] === 'number'))
}

const viewOf = (row: Installation): SettingsView => ({
  unassigned: row.unassigned,
  retention: RETENTION_KINDS.map(kind => {
    const { title, days } = RETENTION[kind]
    return { kind, title: { ...title }, days: row.retention[kind] ?? days, defaultDays: days }
  }),
  version: row.version,
})
