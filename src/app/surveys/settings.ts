import { AppError } from '../../model/errors.ts'
import type { ChangeSurveySettings, SurveySettingsView } from '../../model/survey-api.ts'
import { getSurveySettings, lockSurveySettings, type SurveySettings, saveSurveySettings } from '../../store/surveys.ts'
import type { Context } from '../context.ts'
import { recordInstallation } from '../events/record.ts'
import { type Actor, authorize } from '../policy.ts'

/** How this installation asks. */
export async function getSurveyChoices({ db }: Pick<Context, 'db'>, actor: Actor): Promise<SurveySettingsView> {
  authorize(actor, 'change-settings')
  return viewOf(await getSurveySettings(db))
}

/** For invitations from now on: what was asked keeps its days. Throws `conflict` with theirs and yours. */
export function changeSurveyChoices(context: Context, actor: Actor, input: ChangeSurveySettings): Promise<SurveySettingsView> {
  authorize(actor, 'change-settings')
  return context.db.transaction().execute(async trx => {
    const before = viewOf(await lockSurveySettings(trx))
    const { version, ...chosen } = input
    if (version !== before.version) {
      const { version: current, ...theirs } = before
      throw new AppError('conflict', 'somebody else changed these settings meanwhile', {
        details: { theirs, yours: chosen, version: current },
      })
    }
    const words = Object.fromEntries(Object.entries(chosen.words).filter(([, text]) => text !== ''))
    const after: SurveySettingsView = { ...chosen, words, languages: [...new Set(chosen.languages)], version }
    if (JSON.stringify(before) === JSON.stringify(after)) return before
    await saveSurveySettings(trx, rowOf({ ...after, version: version + 1 }))
    await recordInstallation(trx, context, actor, { kind: 'survey-settings-changed', data: { before, after } })
    return { ...after, version: version + 1 }
  })
}

const viewOf = (row: SurveySettings): SurveySettingsView => ({
  isAutomatic: row.is_automatic,
  remindAfter: row.remind_after,
  expireAfter: row.expire_after,
  coolDown: row.cool_down,
  lowOverall: row.low_overall,
  lowRecommend: row.low_recommend,
  languages: [...row.languages],
  words: row.words,
  version: row.version,
})

const rowOf = (view: SurveySettingsView): SurveySettings => ({
  is_automatic: view.isAutomatic,
  remind_after: view.remindAfter,
  expire_after: view.expireAfter,
  cool_down: view.coolDown,
  low_overall: view.lowOverall,
  low_recommend: view.lowRecommend,
  languages: view.languages,
  words: view.words,
  version: view.version,
})
