import { afterAll, beforeAll, expect, test } from 'vitest'
import { surveyToken } from '../app/surveys/token.ts'
import { SURVEY_LANGUAGES } from '../model/survey.ts'
import type { CustomerSurvey } from '../model/survey-api.ts'
import { testOwner } from '../store/testing-text.ts'
import { SURVEY_PAGE_WORDS } from './survey-page-words.ts'
import { type TestApi, testApi } from './testing.ts'

const ORIGIN = 'http://localhost:4100'
const PT = SURVEY_PAGE_WORDS['pt-BR']
let api: TestApi
let made = 0
beforeAll(async () => {
  api = await testApi()
  await testOwner(
    api.urls.owner,
    `insert into fact (customer_id, name, service, value, source, recorded_at) values ('contoso', 'review.meetingHeldOn', '', '"2026-11-02"', 'test', now())`,
  )
})
afterAll(() => api?.close())

/** The path of the link of somebody new. */
async function link(name = '<b>Eve</b>'): Promise<{ path: string; invitation: string }> {
  const contact = `00000000-0000-4000-8000-${String(++made).padStart(12, '0')}`
  await change(
    'delete from survey_answer',
    'delete from survey_invitation',
    `delete from fact where name = 'survey.completed'`,
    `insert into contact (customer_id, id, name, email, country, language, services, survey_eligible, version)
      values ('contoso', '${contact}', '${name}', 'eve${made}@example.org', 'BR', 'pt-BR', '{teams}', true, 1)`,
  )
  const response = await api.send('post', { path: '/customers/contoso/survey/invitations', body: { contacts: [contact] } }, 'administrator')
  if (!response.ok) throw new Error(await response.text())
  const { invitations } = (await response.json()) as CustomerSurvey
  const id = invitations.find(each => each.contact?.id === contact)?.id ?? ''
  return { path: `/survey/${surveyToken(api.context, id)}`, invitation: id }
}
/** Several statements, one after the other. */
async function change(...statements: readonly string[]): Promise<void> {
  for (const statement of statements) await testOwner(api.urls.owner, statement)
}
const get = (path: string) => api.app.request(`${ORIGIN}${path}`)
const post = (path: string, form: Record<string, string>) =>
  api.app.request(`${ORIGIN}${path}`, { method: 'POST', body: new URLSearchParams(form) })
const answers = () => testOwner(api.urls.owner, `select row_to_json(a)::text from survey_answer a`)

test('the form is in the language of the contact, without a script or a cookie; opening it changes nothing', async () => {
  const { path } = await link()
  const response = await get(path)
  const text = await response.text()
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'.*form-action 'self'/)
  expect([response.headers.get('set-cookie'), response.headers.get('referrer-policy')]).toEqual([null, 'same-origin'])
  expect(text).toContain('<html lang="pt-BR">')
  expect(text).toContain('&lt;b&gt;Eve&lt;/b&gt;')
  expect([/<script|javascript:|\son\w+=/i.test(text), text.includes(PT.questions.overall)]).toEqual([false, true])
  expect(await answers()).toEqual([])
})

test.each(SURVEY_LANGUAGES)('one may read it in %s by a link', async language => {
  const { path } = await link()
  const text = await (await get(`${path}?lang=${language}`)).text()
  // The day too.
  expect(/dezembro|diciembre|december/i.exec(text)?.[0].toLowerCase()).toBe(
    { en: 'december', 'pt-BR': 'dezembro', es: 'diciembre' }[language],
  )
  expect(text).toContain(`<html lang="${language}">`)
  for (const other of SURVEY_LANGUAGES) expect(text.includes(`href="?lang=${other}"`)).toBe(other !== language)
})

test('an answer is kept with what was left blank left blank; another changes nothing', async () => {
  const { path } = await link()
  const answered = await post(path, { overall: '4', expertise: '5', recommend: '0', comment: ' One\r\nTwo\u0007 ' })
  expect([answered.status, await answered.text()]).toEqual([200, expect.stringContaining(PT.kept)])
  const kept = { overall: 4, responsiveness: null, expertise: 5, usefulness: null, recommend: 0, comment: 'One\nTwo' }
  expect(JSON.parse(String((await answers())[0]))).toMatchObject(kept)
  expect(await (await post(path, { overall: '1' })).text()).toContain(PT.kept)
  expect(await (await post(path, {})).text()).toContain(PT.kept)
  expect(JSON.parse(String((await answers())[0]))).toMatchObject(kept)
  expect(await (await get(path)).text()).toContain(PT.once)
})

test.each([
  ['nothing', {}, ['overall']],
  ['no number', { overall: 'x', recommend: '11' }, ['overall', 'recommend']],
  ['0 and 6', { overall: '3', expertise: '0', usefulness: '6' }, ['expertise', 'usefulness']],
  ['a comment without end', { overall: '3', comment: 'x'.repeat(4001) }, ['comment']],
] as const)('%s is named in the page, what was chosen stays, and nothing is kept', async (_, form, faults) => {
  const { path } = await link()
  const response = await post(path, form)
  const text = await response.text()
  expect(response.status).toBe(400)
  for (const question of ['overall', 'responsiveness', 'expertise', 'usefulness', 'recommend', 'comment'] as const) {
    const isWrong = (faults as readonly string[]).includes(question)
    expect([question, text.includes(`href="#${question}"`), text.includes(`id="fault-${question}"`)]).toEqual([question, isWrong, isWrong])
  }
  if ('overall' in form && form.overall === '3') expect(text).toMatch(/name="overall" value="3" checked/)
  expect(await answers()).toEqual([])
})

test('links that are nobody’s, have ended or were withdrawn give the same page, whatever they look like', async () => {
  const expired = await link()
  await change(
    'alter table survey_invitation disable trigger user',
    `update survey_invitation set asked_at = '2020-01-01', remind_at = '2020-01-02', expires_at = '2020-01-03'`,
    'alter table survey_invitation enable trigger user',
  )
  const said: unknown[] = []
  const look = async (path: string) => {
    for (const response of [await get(path), await post(path, { overall: '5' })]) said.push([response.status, await response.text()])
  }
  await look(expired.path)
  const withdrawn = await link()
  await api.send('post', { path: `/customers/contoso/survey/invitations/${withdrawn.invitation}/withdrawal` }, 'administrator')
  await look(withdrawn.path)
  const refusing = await link()
  await testOwner(api.urls.owner, `update contact set do_not_contact = 'asked so'`)
  await look(refusing.path)
  for (const wrong of ['x', 'A'.repeat(43), `${'A'.repeat(42)}E`, "'; drop table survey_answer --", '%00'])
    await look(`/survey/${encodeURIComponent(wrong)}`)
  expect(new Set(said.map(each => JSON.stringify(each))).size).toBe(1)
  expect(said[0]).toEqual([404, expect.stringContaining(SURVEY_PAGE_WORDS.es.missing)])
})

test('never again is asked first, and done by sending it', async () => {
  const { path } = await link()
  const form = await (await get(path)).text()
  expect(form).toContain(`href="${path}/stop?lang=pt-BR"`)
  const asked = await get(`${path}/stop?lang=es`)
  expect([asked.status, await asked.text()]).toEqual([200, expect.stringContaining(SURVEY_PAGE_WORDS.es.stopAsk)])
  expect(await testOwner(api.urls.owner, 'select count(*)::int from survey_opt_out')).toEqual([0])
  expect(await (await post(`${path}/stop`, {})).text()).toContain(PT.stopped)
  expect(await testOwner(api.urls.owner, 'select count(*)::int from survey_opt_out')).toEqual([1])
  expect([(await get(path)).status, (await get(`${path}/stop`)).status, (await get('/survey/x/stop')).status]).toEqual([404, 200, 404])
})

test('too many requests from one address are refused', async () => {
  const { path } = await link()
  expect((await get(path)).headers.get('ratelimit')).toContain('"address"')
})
