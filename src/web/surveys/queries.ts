import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { CustomerSurvey, SurveyReport, SurveySettingsView } from '../../model/survey-api.ts'
import { customerPath } from '../customer/queries.ts'
import { get } from '../ui/http.ts'
import type { SurveySearch } from './search.ts'

export const surveyQuery = (customer: string) =>
  queryOptions({
    queryKey: ['customer', customer, 'survey'],
    queryFn: ({ signal }) => get<CustomerSurvey>(customerPath(customer, 'survey'), {}, signal),
  })

export const surveyReportQuery = ({ by, service, owner, from, until }: SurveySearch) =>
  queryOptions({
    queryKey: ['survey-report', { by, service, owner, from, until }],
    queryFn: ({ signal }) => get<SurveyReport>('/reports/survey', { by, service, owner, from, until }, signal),
    placeholderData: keepPreviousData,
  })

export const surveySettingsQuery = queryOptions({
  queryKey: ['survey-settings'],
  queryFn: ({ signal }) => get<SurveySettingsView>('/survey/settings', {}, signal),
})
