import type { Contacts } from '../model/customer-api.ts'
import type { CustomerSurvey, SurveySettingsView } from '../model/survey-api.ts'
import type { Sample } from './admin-routes.samples.ts'
import type { Sent, TestApi } from './testing.ts'

const HERE = '/customers/contoso/survey'
const NOBODY = '/customers/nobody/survey'
const NO_ID = '00000000-0000-4000-8000-000000000000'
let made = 0

async function ask<Answer>(api: TestApi, method: string, sent: Sent): Promise<Answer> {
  const response = await api.send(method, sent, 'administrator')
  if (!response.ok) throw new Error(`${method} ${sent.path}: ${await response.text()}`)
  // The tests hold each answer against its schema.
  return (await response.json()) as Answer
}

/** A contact that may be asked, of a customer whose review was held. */
async function askable(api: TestApi): Promise<string> {
  const name = `Survey contact ${++made}`
  const body = { name, email: `survey${made}@example.org`, services: ['teams'], language: 'es', country: 'ES', surveyEligible: true }
  const { contacts } = await ask<Contacts>(api, 'post', { path: '/customers/contoso/contacts', body })
  const fact = { name: 'review.meetingHeldOn', value: '2026-11-02', version: await api.version() }
  await ask(api, 'put', { path: '/customers/contoso/facts', body: fact })
  return contacts.find(each => each.name === name)?.id ?? NO_ID
}

async function invited(api: TestApi): Promise<string> {
  const contact = await askable(api)
  const { invitations } = await ask<CustomerSurvey>(api, 'post', { path: `${HERE}/invitations`, body: { contacts: [contact] } })
  return invitations.find(each => each.contact?.id === contact)?.id ?? NO_ID
}

const SETTINGS = {
  isAutomatic: false,
  remindAfter: 14,
  expireAfter: 30,
  coolDown: 90,
  lowOverall: 2,
  lowRecommend: 6,
  languages: ['en', 'pt-BR', 'es'],
  words: { en: 'It takes two minutes.' },
}
const settings = async (api: TestApi) => {
  const { version } = await ask<SurveySettingsView>(api, 'get', { path: '/survey/settings' })
  return { ...SETTINGS, version }
}
const wrong = (change: object): Sent => ({ path: '/survey/settings', body: { ...SETTINGS, version: 0, ...change } })

/** One entry per route of `survey-routes.ts`, for `routes.test.ts`. */
export const SURVEY_SAMPLES: Readonly<Record<string, Sample>> = {
  'get /customers/:id/survey': {
    good: () => ({ path: HERE }),
    bad: [{ path: '/customers/Con_toso/survey' }],
    missing: [{ path: NOBODY }],
  },
  'post /customers/:id/survey/invitations': {
    good: async api => ({ path: `${HERE}/invitations`, body: { contacts: [await askable(api)] } }),
    bad: [
      { path: `${HERE}/invitations`, body: { contacts: [] } },
      { path: `${HERE}/invitations`, body: { contacts: ['Ana'] } },
      { path: `${HERE}/invitations`, body: { contacts: [NO_ID] } },
      { path: `${HERE}/invitations`, body: { contacts: [NO_ID, NO_ID] } },
      { path: `${HERE}/invitations`, body: { contacts: [NO_ID], surprise: true } },
    ],
    missing: [{ path: `${NOBODY}/invitations`, body: { contacts: [NO_ID] } }],
  },
  'post /customers/:id/survey/invitations/:invitation/withdrawal': {
    good: async api => ({ path: `${HERE}/invitations/${await invited(api)}/withdrawal` }),
    bad: [{ path: `${HERE}/invitations/1/withdrawal` }],
    missing: [{ path: `${HERE}/invitations/${NO_ID}/withdrawal` }, { path: `${NOBODY}/invitations/${NO_ID}/withdrawal` }],
  },
  'get /customers/:id/survey/contacts/:contact/export': {
    good: async api => ({ path: `${HERE}/contacts/${await askable(api)}/export` }),
    bad: [{ path: `${HERE}/contacts/1/export` }],
    missing: [{ path: `${HERE}/contacts/${NO_ID}/export` }, { path: `${NOBODY}/contacts/${NO_ID}/export` }],
  },
  'get /reports/survey': {
    good: () => ({ path: '/reports/survey?by=service&service=teams&from=2026-01-01&until=2026-12-31' }),
    bad: [{ path: '/reports/survey?by=mood' }, { path: '/reports/survey?from=2026-02-30' }],
    missing: [],
  },
  'get /reports/survey/export': {
    good: () => ({ path: '/reports/survey/export?by=owner' }),
    bad: [{ path: '/reports/survey/export?by=mood' }],
    missing: [],
  },
  'get /survey/settings': { good: () => ({ path: '/survey/settings' }), bad: [], missing: [] },
  'put /survey/settings': {
    good: async api => ({ path: '/survey/settings', body: await settings(api) }),
    bad: [
      wrong({ languages: [] }),
      wrong({ languages: ['fr'] }),
      wrong({ remindAfter: 30 }),
      wrong({ remindAfter: 0 }),
      wrong({ coolDown: -1 }),
      wrong({ lowRecommend: 11 }),
      wrong({ words: { en: 'x'.repeat(401) } }),
      wrong({ surprise: true }),
    ],
    missing: [],
  },
}
