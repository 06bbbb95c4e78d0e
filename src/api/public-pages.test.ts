import { afterAll, beforeAll, expect, test } from 'vitest'
import { answerToken } from '../app/meetings/token.ts'
import type { CalendarFeed, CustomerMeetings, MeetingView } from '../model/meeting-api.ts'
import { testOwner } from '../store/testing-text.ts'
import { type TestApi, testApi } from './testing.ts'

const ORIGIN = 'http://localhost:4100'
let api: TestApi
let token: string
const EVE = '00000000-0000-4000-8000-000000000001'
beforeAll(async () => {
  api = await testApi()
  await testOwner(
    api.urls.owner,
    `insert into contact (customer_id, id, name, email, language, version)
    values ('contoso', '${EVE}', 'Eve', 'eve@example.org', 'pt-BR', 1)`,
  )
  const body = {
    kind: 'customer',
    title: '<b>Check-in</b>',
    startsLocal: '2026-12-01T10:00',
    timeZone: 'America/Sao_Paulo',
    minutes: 30,
    attendees: [{ contact: EVE }],
  }
  const response = await api.send('post', { path: '/customers/contoso/meetings', body }, 'administrator')
  if (!response.ok) throw new Error(await response.text())
  const meeting = (await response.json()) as MeetingView
  token = answerToken(api.context, meeting.attendees[0]?.id ?? '')
})
afterAll(() => api?.close())

const get = (path: string, headers: Record<string, string> = {}) => api.app.request(`${ORIGIN}${path}`, { headers })
const post = (path: string, form: Record<string, string>) =>
  api.app.request(`${ORIGIN}${path}`, { method: 'POST', body: new URLSearchParams(form) })

test('who has the link answers without an account, in their language; opening the page changes nothing', async () => {
  const response = await get(`/answer/${token}`)
  const text = await response.text()
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none'.*form-action 'self'/)
  expect(text).toContain('<html lang="pt-BR">')
  expect(text).toContain('&lt;b&gt;Check-in&lt;/b&gt;')
  expect([text.includes('<script'), text.includes('aria-pressed="true"')]).toEqual([false, false])
  const answered = await post(`/answer/${token}`, { answer: 'declined', comment: '<i>away</i>' })
  expect([answered.status, await answered.text()]).toEqual([200, expect.stringContaining('Você recusou.')])
  expect(await (await get(`/answer/${token}`)).text()).toContain('&lt;i&gt;away&lt;/i&gt;')
})

test('an answer that is none of the three changes nothing', async () => {
  const before = await (await get(`/answer/${token}`)).text()
  for (const form of [{ answer: 'perhaps' }, {}, { answer: 'accepted', comment: 'x'.repeat(1001) }])
    expect((await post(`/answer/${token}`, form as Record<string, string>)).status).toBe(400)
  expect(await (await get(`/answer/${token}`)).text()).toBe(before)
})

test('who is asked to a series answers for one of its meetings alone', async () => {
  const body = {
    kind: 'customer',
    title: 'Series',
    rule: 'FREQ=WEEKLY',
    startsLocal: '2099-12-01T10:00',
    timeZone: 'America/Sao_Paulo',
    minutes: 30,
    attendees: [{ contact: EVE }],
  }
  const response = await api.send('post', { path: '/customers/contoso/cadences', body }, 'administrator')
  const { cadences } = (await response.json()) as CustomerMeetings
  const series = cadences.find(each => each.title === 'Series')
  const path = `/answer/${answerToken(api.context, series?.attendees[0]?.id ?? '')}`
  const start = '2099-12-01T13:00:00Z'
  await testOwner(
    api.urls.owner,
    `insert into meeting (customer_id, id, cadence_id, occurrence, kind, title, starts_at, ends_at, time_zone, organizer_id, uid, made_by, version)
    select customer_id, gen_random_uuid(), id, '${start}', kind, title, '${start}', '2099-12-01T13:30:00Z', time_zone, organizer_id, uid, organizer_id, 1
    from cadence where id = '${series?.id}'`,
  )
  const occurrence = new Date(start).toISOString()
  expect(await (await get(path)).text()).toContain(`<option value="${occurrence}">2099-12-01 10:00 (America/Sao_Paulo)</option>`)
  const answered = await post(path, { answer: 'tentative', comment: '', occurrence })
  expect([answered.status, await answered.text()]).toEqual([
    200,
    expect.stringContaining('Só para 2099-12-01 10:00 (America/Sao_Paulo): Você disse talvez.'),
  ])
  expect((await post(path, { answer: 'accepted', occurrence: '2099-12-02T13:00:00.000Z' })).status).toBe(400)
  expect((await post(path, { answer: 'accepted', occurrence: 'x' })).status).toBe(400)
})

test('links that are nobody’s are answered alike, whatever they look like', async () => {
  const wrong = ['x', 'A'.repeat(43), `${token.slice(0, -1)}${token.endsWith('A') ? 'E' : 'A'}`, "'; drop table attendee --", '%00']
  const pages = await Promise.all(
    wrong.flatMap(each => [
      get(`/answer/${encodeURIComponent(each)}`),
      post(`/answer/${encodeURIComponent(each)}`, { answer: 'accepted' }),
      get(`/calendar/${encodeURIComponent(each)}.ics`),
    ]),
  )
  const said = await Promise.all(pages.map(async page => [page.status, await page.text()]))
  expect(new Set(said.map(each => JSON.stringify(each))).size).toBe(1)
  expect(said[0]?.[0]).toBe(404)
})

test('a calendar is read by its address with a tag, until it is ended', async () => {
  const made = (await (await api.send('post', { path: '/me/calendar-feed' }, 'administrator')).json()) as CalendarFeed
  const path = new URL(made.url ?? '').pathname
  const first = await get(path)
  expect([first.status, first.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8'])
  expect(await first.text()).toContain('SUMMARY:<b>Check-in</b> (Contoso)')
  const tag = first.headers.get('etag') ?? ''
  expect((await get(path, { 'if-none-match': tag })).status).toBe(304)
  const shown = (await (await api.send('get', { path: '/me/calendar-feed' }, 'administrator')).json()) as CalendarFeed
  expect([shown.url, shown.readAt === null]).toEqual([null, false])
  await api.send('delete', { path: '/me/calendar-feed' }, 'administrator')
  expect((await get(path)).status).toBe(404)
})
