import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSimulator } from '../src/graph/simulator/simulator.ts'
import { plainTenant } from '../src/graph/simulator/tenants.ts'
import { Day } from '../src/model/words.ts'
import { launchBrowser } from './browser.ts'
import { axeFaults, openPage, picture, signIn } from './page.ts'
import { type Served, serve } from './server.ts'
import { wordsOf } from './words.ts'

const t = wordsOf('en')
const today = Day.parse(new Date().toISOString().slice(0, 10))
const tenant = plainTenant({ index: 0, users: 20, today })
const soon = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10)

let simulator: Awaited<ReturnType<typeof startSimulator>>
let server: Served
let browser: Browser
beforeAll(async () => {
  simulator = await startSimulator({ tenants: [tenant], today })
  server = await serve({ env: { IMPULSO_GRAPH_SIMULATOR: simulator.url } })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await simulator?.close()
})

test('an administrator connects the Outlook calendars, and a meeting says that Outlook invited to it', async () => {
  const { page, complaints } = await openPage(browser)
  await signIn(page, server.url, 'Demo · Administrator')
  await page.goto(`${server.url}/admin/connections`)
  const card = page.getByRole('group', { name: t('connections.calendar.title') })
  await card.getByRole('button', { name: t('connections.calendar.connect') }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Calendars.ReadWrite').waitFor()
  await dialog.getByLabel(t('connections.cloud'), { exact: true }).selectOption('simulator')
  await dialog.getByLabel(t('connections.directory')).fill(tenant.directory)
  await dialog.getByLabel(t('connections.application')).fill(tenant.clientId)
  await dialog.getByLabel(t('connections.secretValue')).fill(tenant.secret)
  await picture(page, 'outlook-connect')
  expect(await axeFaults(page)).toEqual([])
  await dialog.getByRole('button', { name: t('connections.saveAndTest') }).click()
  await dialog.getByText(t('connections.state.ok')).first().waitFor()
  await page.keyboard.press('Escape')
  await card.getByText(t('connections.state.off')).waitFor()
  await card.getByText(t('connections.calendar.off')).waitFor()
  await card.getByRole('button', { name: t('connections.enableOf').replace('{{tenant}}', t('connections.calendar.name')) }).click()
  await card.getByText(t('connections.calendar.on')).waitFor()
  await picture(page, 'outlook-card')
  expect(await axeFaults(page)).toEqual([])

  const path = await page.evaluate(async day => {
    const customers = await (await fetch('/api/v1/meetings?limit=1')).json()
    const customer = customers.meetings[0].customer
    const { invitees } = await (await fetch(`/api/v1/customers/${customer}/meetings`)).json()
    const { contact, person } = invitees.find((each: { doNotContact: string | null }) => each.doNotContact === null)
    const body = {
      kind: 'customer',
      title: 'Into Outlook',
      startsLocal: `${day}T10:00`,
      timeZone: 'Europe/Lisbon',
      minutes: 30,
      attendees: [{ contact, person }],
    }
    const answer = await fetch(`/api/v1/customers/${customer}/meetings`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return `/customers/${customer}/meetings?meeting=${(await answer.json()).id}`
  }, soon)
  await expect.poll(() => simulator.calendar(tenant.directory).map(each => each.subject), { timeout: 20_000 }).toContain('Into Outlook')
  await page.goto(`${server.url}${path}`)
  await page.getByRole('heading', { name: 'Into Outlook' }).waitFor()
  await page.getByText(t('meetings.invitation.outlook.sent'), { exact: true }).waitFor()
  await picture(page, 'outlook-meeting')
  await page.context().close()
  expect(complaints).toEqual([])
})
