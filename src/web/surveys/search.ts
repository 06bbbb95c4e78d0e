import { oneOf, searchOf, text } from '../ui/search.ts'

/** Without one, by quarter. */
export const SURVEY_BY = ['service', 'owner'] as const

const day = (value: unknown) => {
  const given = text(value)
  return given !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(given) && !Number.isNaN(Date.parse(given)) ? given : undefined
}
export const SurveySearch = searchOf({ by: oneOf(SURVEY_BY), service: text, owner: text, from: day, until: day })
export type SurveySearch = ReturnType<typeof SurveySearch>
