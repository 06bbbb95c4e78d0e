import { AppError } from '../../model/errors.ts'
import type { Reason, ReasonsVersion, ReasonsView, SetReasons } from '../../model/success-plan-api.ts'
import { savePeople } from '../../store/customers.ts'
import { violationOf } from '../../store/database.ts'
import { addReasonList, findReasonList, findReasonVersions } from '../../store/lists.ts'
import type { Context } from '../context.ts'
import { recordInstallation } from '../events/record.ts'
import { invalidField } from '../invalid-field.ts'
import { type Actor, authorize } from '../policy.ts'
import { currentReasons } from './reasons.ts'
import { SHIPPED_REASONS } from './shipped-reasons.ts'

const MOST_VERSIONS = 50

/** The list of reasons in force, and which lists there were. */
export async function getReasons(context: Context, actor: Actor): Promise<ReasonsView> {
  authorize(actor, 'see-customer')
  return { ...(await currentReasons(context.db)), versions: await findReasonVersions(context.db, MOST_VERSIONS) }
}

/** The list as it was. Throws `not-found` for a version that there was not. */
export async function getReasonsVersion(context: Context, actor: Actor, version: number): Promise<ReasonsVersion> {
  authorize(actor, 'see-customer')
  if (version === 0) return { version, reasons: SHIPPED_REASONS, by: null, at: null }
  const found = await findReasonList(context.db, version)
  if (!found) throw new AppError('not-found', `there is no version ${version} of the list of reasons`)
  return found
}

/**
 * Makes a new version of the list; what was given a reason by an older one keeps it as it was. Throws `conflict` with both lists when
 * somebody else made one after `version`, `invalid-input` when a reason is missing or stands there twice.
 */
export async function setReasons(context: Context, actor: Actor, { reasons, version }: SetReasons): Promise<ReasonsView> {
  authorize(actor, 'change-lists')
  const at = context.now().toISOString()
  try {
    await context.db.transaction().execute(async trx => {
      const current = await currentReasons(trx)
      if (JSON.stringify(current.reasons) === JSON.stringify(reasons)) return
      if (version > current.version) throw new AppError('invalid-input', `version ${version} is not yet there`)
      if (version < current.version) throw changedMeanwhile(current, reasons)
      refuseLost(current.reasons, reasons)
      await savePeople(trx, [{ id: actor.personId, name: actor.name }])
      await addReasonList(trx, { version: version + 1, reasons, by: actor.personId, at })
      await recordInstallation(trx, context, actor, {
        kind: 'reasons-changed',
        data: { version: version + 1, ...difference(current.reasons, reasons) },
      })
    })
  } catch (error) {
    if (violationOf(error)?.constraint !== 'reason_list_pkey') throw error
    throw changedMeanwhile(await currentReasons(context.db), reasons)
  }
  return getReasons(context, actor)
}

const changedMeanwhile = (current: Readonly<{ version: number; reasons: readonly Reason[] }>, yours: readonly Reason[]) =>
  new AppError('conflict', 'somebody else changed the reasons meanwhile', {
    details: { theirs: current.reasons, yours, version: current.version },
  })

/** Ids are kept for good: rows of customers point at them. */
function refuseLost(before: readonly Reason[], after: readonly Reason[]): void {
  const ids = after.map(each => each.id)
  const twice = ids.find((id, index) => ids.indexOf(id) !== index)
  if (twice !== undefined) throw invalidField('reasons', `"${twice}" stands there twice`)
  const lost = before.find(each => !ids.includes(each.id))
  if (lost) throw invalidField('reasons', `"${lost.id}" is missing: retire a reason instead of deleting it`)
}

/** Before and after of what is different, by id. */
function difference(before: readonly Reason[], after: readonly Reason[]) {
  const same = (reason: Reason) => before.some(each => JSON.stringify(each) === JSON.stringify(reason))
  const changed = after.filter(each => !same(each))
  return { before: before.filter(each => changed.some(other => other.id === each.id)), after: changed }
}
