import { z } from 'zod'
import { rightsTo } from '../app/policy.ts'
import { askContacts } from '../app/surveys/ask.ts'
import { getContactSurveys, getCustomerSurvey } from '../app/surveys/get-survey.ts'
import { exportSurveyReport, getSurveyReport } from '../app/surveys/report.ts'
import { changeSurveyChoices, getSurveyChoices } from '../app/surveys/settings.ts'
import { withdrawInvitation } from '../app/surveys/withdraw.ts'
import { CustomerId } from '../model/api.ts'
import { AskContacts, ChangeSurveySettings, SurveyReportQuery } from '../model/survey-api.ts'
import { fileRoute, type Route, route } from './route.ts'

const customer = z.object({ id: CustomerId })

/** Asking contacts how they find the work together, and what they answered. They themselves answer at `/survey/:token`. */
export const SURVEY_ROUTES: readonly Route[] = [
  route({
    method: 'get',
    path: '/customers/:id/survey',
    summary: 'Whom of the customer one may ask and why not, who was asked, and what they answered',
    rights: rightsTo('see-customer'),
    params: customer,
    answer: 'CustomerSurvey',
    run: ({ context, actor, params }) => getCustomerSurvey(context.app, actor, params.id),
  }),
  route({
    method: 'post',
    path: '/customers/:id/survey/invitations',
    summary: 'Ask contacts of the customer: all of them, or none',
    rights: rightsTo('send-survey'),
    params: customer,
    body: AskContacts,
    answer: 'CustomerSurvey',
    run: ({ context, actor, params, body }) => askContacts(context.app, actor, { ...body, customerId: params.id }),
  }),
  route({
    method: 'post',
    path: '/customers/:id/survey/invitations/:invitation/withdrawal',
    summary: 'Take an open invitation back: its link leads nowhere any more',
    rights: rightsTo('send-survey'),
    params: customer.extend({ invitation: z.uuid('the id of an invitation') }),
    answer: 'CustomerSurvey',
    run: ({ context, actor, params }) => withdrawInvitation(context.app, actor, { customerId: params.id, invitation: params.invitation }),
  }),
  route({
    method: 'get',
    path: '/customers/:id/survey/contacts/:contact/export',
    summary: 'Everything that surveys keep of a contact, for the copy it may ask for',
    rights: rightsTo('export-customer'),
    params: customer.extend({ contact: z.uuid('the id of a contact') }),
    answer: 'ContactSurveys',
    run: ({ context, actor, params }) => getContactSurveys(context.app, actor, { customerId: params.id, contact: params.contact }),
  }),
  route({
    method: 'get',
    path: '/reports/survey',
    summary: 'Results of surveys by service, owner or quarter: how many answered, means, net promoter score with its interval',
    rights: rightsTo('see-customer'),
    query: SurveyReportQuery,
    answer: 'SurveyReport',
    run: ({ context, actor, query }) => getSurveyReport(context.app, actor, query),
  }),
  fileRoute({
    method: 'get',
    path: '/reports/survey/export',
    summary: 'The same as CSV',
    rights: rightsTo('export-customer'),
    query: SurveyReportQuery,
    run: ({ context, actor, query }) => exportSurveyReport(context.app, actor, query),
  }),
  route({
    method: 'get',
    path: '/survey/settings',
    summary: 'How this installation asks: days, languages, what counts as low',
    rights: rightsTo('change-settings'),
    answer: 'SurveySettings',
    run: ({ context, actor }) => getSurveyChoices(context.app, actor),
  }),
  route({
    method: 'put',
    path: '/survey/settings',
    summary: 'Change how this installation asks from now on',
    rights: rightsTo('change-settings'),
    body: ChangeSurveySettings,
    answer: 'SurveySettings',
    run: ({ context, actor, body }) => changeSurveyChoices(context.app, actor, body),
  }),
]
