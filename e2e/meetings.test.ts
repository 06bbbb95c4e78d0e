import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from './browser.ts'
import { axeFaults, openPage, picture, signIn } from './page.ts'
import { type Served, serve } from './server.ts'
import { wordsOf } from './words.ts'

const t = wordsOf('en')
const LEAD = 'Demo · Lead'

let server: Served
let browser: Browser
beforeAll(async () => {
  server = await serve()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

/** A customer without a series, whose contact is overdue. */
async function overdueCustomer(page: Page): Promise<string> {
  const answer = await page.request.get(`${server.url}/api/v1/meetings/overdue`)
  const { customers } = (await answer.json()) as { customers: { id: string }[] }
  const [first] = customers
  if (!first) throw new Error('nobody in the demo waits for a contact')
  return first.id
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

test('a customer that waits for a contact gets a series, and a meeting of it is moved, held and followed up', async () => {
  const { page, complaints } = await openPage(browser)
  await signIn(page, server.url, LEAD)
  await page.goto(`${server.url}/meetings?view=overdue`)
  await page.getByRole('table', { name: t('meetings.view.overdue') }).waitFor()
  const customer = await overdueCustomer(page)
  await page.goto(`${server.url}/customers/${customer}/meetings`)

  await page.getByRole('button', { name: t('meetings.begin'), exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: t('meetings.form.sendInvitation') }).click()
  await dialog.getByText(t('meetings.form.titleNeeded')).waitFor()
  await dialog.getByText(t('meetings.form.startNeeded')).waitFor()
  await dialog.getByLabel(t('meetings.form.title')).fill('Check-in on usage')
  await dialog.getByLabel(t('meetings.form.start')).fill(`${inDays(3)}T10:00`)
  await dialog.getByLabel(t('meetings.form.zone')).fill('America/Sao_Paulo')
  await dialog.locator('[role="status"] li').first().waitFor()
  await picture(page, 'meetings-series')
  expect(await axeFaults(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await dialog.waitFor({ state: 'detached' })
  await page.locator('[data-cadence]').getByText('Check-in on usage').waitFor()

  await page.locator('[data-meeting]').getByRole('link', { name: 'Check-in on usage' }).first().click()
  await page.getByRole('heading', { name: 'Check-in on usage' }).waitFor()
  await page.getByText(t('meetings.agendaFromData')).waitFor()
  await page.getByRole('button', { name: t('meetings.change'), exact: true }).click()
  await dialog.getByLabel(t('meetings.form.start')).fill(`${inDays(4)}T15:30`)
  await page.keyboard.press('Control+Enter')
  await dialog.waitFor({ state: 'detached' })
  await page.getByText(t('meetings.movedFrom')).waitFor()

  await page.getByRole('button', { name: t('meetings.addFollowUp') }).click()
  await dialog.getByLabel(t('meetings.followUpTitle')).fill('Send the launch kit')
  await page.keyboard.press('Control+Enter')
  await dialog.waitFor({ state: 'detached' })
  await page
    .getByRole('region', { name: t('meetings.followUps') })
    .getByText('Send the launch kit')
    .waitFor()

  // What lies ahead cannot have taken place.
  expect(await page.getByRole('button', { name: t('meetings.held'), exact: true }).getAttribute('aria-disabled')).toBe('true')

  await page.getByRole('link', { name: t('meetings.back') }).click()
  await page.getByRole('button', { name: t('meetings.plan'), exact: true }).click()
  await dialog.getByLabel(t('meetings.form.title')).fill('A talk that was')
  await dialog.getByLabel(t('meetings.form.start')).fill(`${inDays(-1)}T10:00`)
  await page.keyboard.press('Control+Enter')
  await dialog.waitFor({ state: 'detached' })
  await page.locator('[data-meeting]').getByRole('link', { name: 'A talk that was' }).click()
  await page.getByRole('button', { name: t('meetings.held'), exact: true }).click()
  await dialog.getByLabel(t('meetings.outcome')).fill('Training agreed')
  await page.keyboard.press('Control+Enter')
  await dialog.waitFor({ state: 'detached' })
  await page.getByText(t('meetings.state.held'), { exact: true }).first().waitFor()
  await picture(page, 'meeting-held')
  expect(await axeFaults(page)).toEqual([])
  expect(complaints).toEqual([])
})
