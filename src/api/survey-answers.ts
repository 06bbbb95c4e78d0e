import type { z } from 'zod'
import { ContactSurveys, CustomerSurvey, SurveyReport, SurveySettingsView } from '../model/survey-api.ts'
import { writeAccess } from './blocker-answers.ts'

export const SURVEY_ANSWERS = {
  CustomerSurvey: CustomerSurvey.extend({ canSend: writeAccess }),
  ContactSurveys,
  SurveyReport,
  SurveySettings: SurveySettingsView,
} as const satisfies Record<string, z.ZodType>
