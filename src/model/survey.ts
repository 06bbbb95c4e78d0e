/** Words of the survey; without schemas, so that the screens' first load does without the schema library. */

/** In which contacts are asked. */
export const SURVEY_LANGUAGES = ['en', 'pt-BR', 'es'] as const
export type SurveyLanguage = (typeof SURVEY_LANGUAGES)[number]

/** `asked` and `reminded` are open; the others have ended. */
export const SURVEY_STATES = ['asked', 'reminded', 'answered', 'expired', 'withdrawn'] as const
export type SurveyState = (typeof SURVEY_STATES)[number]

/** Why an invitation was withdrawn. `refused`: the contact asked never to be asked again; `address`: it has another one since. */
export const SURVEY_WITHDRAWALS = [
  'do-not-contact',
  'refused',
  'not-eligible',
  'archived',
  'erased',
  'bounced',
  'address',
  'by-hand',
] as const
export type SurveyWithdrawal = (typeof SURVEY_WITHDRAWALS)[number]

/** Why a contact is not asked, the first that holds. */
export const SURVEY_REFUSALS = [
  'archived',
  'do-not-contact',
  'bounced',
  'not-eligible',
  'refused',
  'address',
  'completed',
  'not-ready',
  'open',
  'cool-down',
] as const
export type SurveyRefusal = (typeof SURVEY_REFUSALS)[number]

/** Questions from 1 (very dissatisfied) to 5 (very satisfied); only the first has to be answered. */
export const SURVEY_RATINGS = ['overall', 'responsiveness', 'expertise', 'usefulness'] as const
export type SurveyRating = (typeof SURVEY_RATINGS)[number]
export const SURVEY_COMMENT_LENGTH = 4000
