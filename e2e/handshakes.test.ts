import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from './browser.ts'
import { axeFaults, openPage, picture, signIn } from './page.ts'
import { type Served, serve } from './server.ts'
import { wordsOf } from './words.ts'

const t = wordsOf('en')
const CSM = 'Demo · Customer Success Manager'
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

type Handshake = { id: string; customer: { id: string }; service: string; state: string; version: number }

async function open(account: string): Promise<{ page: Page; complaints: string[] }> {
  const opened = await openPage(browser)
  await signIn(opened.page, server.url, account)
  return opened
}
/** A refusal is an answer too. */
const expectQuiet = (complaints: readonly string[]) => expect(complaints.filter(each => !each.includes('status of 409'))).toEqual([])
async function listOf(page: Page, query: string): Promise<Handshake[]> {
  const answer = await page.request.get(`${server.url}/api/v1/handshakes?${query}`)
  return ((await answer.json()) as { rows: Handshake[] }).rows
}
const cardOf = (page: Page, id: string): Locator => page.locator(`[data-handshake="${id}"]`)
const press = (within: Page | Locator, key: string) =>
  within
    .getByRole('button', { name: t(key) })
    .first()
    .click()

test('a CSM asks, accepts and declines from the inbox; the plan and the People tab say who leads', async () => {
  const { page, complaints } = await open(CSM)
  await page.goto(`${server.url}/requests`)
  const [first, second] = (await listOf(page, 'box=inbox')).filter(each => each.state === 'offered')
  if (!first || !second) throw new Error('the demo offers nothing to the CSM')
  await press(cardOf(page, first.id), 'requests.ask')
  const dialog = page.getByRole('dialog')
  await press(dialog, 'requests.ask')
  await dialog.getByText(t('requests.messageNeeded')).waitFor()
  await dialog.getByLabel(t('requests.message')).fill('Since when is it live?')
  await picture(page, 'handshake-ask')
  expect(await axeFaults(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await cardOf(page, first.id).locator('[data-state="asked"]').waitFor()
  await cardOf(page, first.id).getByText('Since when is it live?').waitFor()

  await press(cardOf(page, first.id), 'requests.accept')
  await dialog.getByText('the adoption of', { exact: false }).waitFor()
  await press(dialog, 'requests.accept')
  await cardOf(page, first.id).waitFor({ state: 'detached' })

  await press(cardOf(page, second.id), 'requests.decline')
  await press(dialog, 'requests.decline')
  await dialog.getByText(t('requests.reasonNeeded')).waitFor()
  await dialog.getByLabel(t('requests.reason')).fill('No capacity before spring')
  await press(dialog, 'requests.decline')
  await cardOf(page, second.id).waitFor({ state: 'detached' })

  await page.goto(`${server.url}/customers/${first.customer.id}/plan`)
  await cardOf(page, first.id).locator('[data-state="accepted"]').waitFor()
  await page
    .getByRole('button', { name: t('requests.handBack') })
    .first()
    .waitFor()
  await picture(page, 'handshake-plan')
  await page.getByRole('tab', { name: t('tab.people') }).click()
  const owners = page.locator('section').filter({ has: page.getByRole('heading', { name: t('requests.owners') }) })
  await owners.getByText(CSM).first().waitFor()
  await picture(page, 'handshake-owners')
  expect(await axeFaults(page)).toEqual([])
  await page.context().close()
  expectQuiet(complaints)
})

test('where somebody else answers first, both are shown and nothing is overwritten', async () => {
  const { page, complaints } = await open(CSM)
  await page.goto(`${server.url}/requests`)
  const [row] = await listOf(page, 'box=inbox')
  if (!row) throw new Error('the demo offers nothing more to the CSM')
  await press(cardOf(page, row.id), 'requests.decline')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(t('requests.reason')).fill('No time')
  const lead = await open(LEAD)
  const answered = await lead.page.request.post(`${server.url}/api/v1/customers/${row.customer.id}/handshakes/${row.id}/answer`, {
    data: { answer: 'accept', version: row.version },
    headers: { origin: server.url },
  })
  expect(answered.status()).toBe(200)
  await press(dialog, 'requests.decline')
  await dialog.getByText(LEAD).waitFor()
  await picture(page, 'handshake-conflict')
  expect(await axeFaults(page)).toEqual([])
  await dialog.getByRole('button', { name: t('cancel') }).click()
  const [now] = (await listOf(page, `box=all&state=answered&service=${row.service}`)).filter(each => each.id === row.id)
  expect(now?.state).toBe('accepted')
  await lead.page.context().close()
  await page.context().close()
  expectQuiet(complaints)
})

test('a lead offers what was declined again from the plan, several services at once, and takes it back', async () => {
  const { page, complaints } = await open(LEAD)
  const [row] = (await listOf(page, 'box=all&state=answered')).filter(each => each.state === 'declined')
  if (!row) throw new Error('the demo has nothing that was declined')
  await page.goto(`${server.url}/customers/${row.customer.id}/plan`)
  await press(page, 'requests.offerTo')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(t('requests.message')).fill('They are ready now.')
  await picture(page, 'handshake-offer')
  expect(await axeFaults(page)).toEqual([])
  await dialog.getByRole('button', { name: t('requests.offer'), exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.locator('[data-handshake] [data-state="offered"]').first().waitFor()
  await press(page, 'plan.undo')
  await page.locator('[data-handshake] [data-state="offered"]').first().waitFor({ state: 'detached' })
  expect((await listOf(page, 'box=outbox&state=open')).filter(each => each.customer.id === row.customer.id)).toEqual([])
  await page.context().close()
  expectQuiet(complaints)
})

test('an administrator sets when a team works', async () => {
  const { page, complaints } = await open('Demo · Administrator')
  await page.goto(`${server.url}/admin/teams`)
  await page
    .getByRole('button', { name: t('workCalendar.open') })
    .or(page.getByRole('button', { name: /^Working days of / }))
    .first()
    .click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(t('workCalendar.timeZone')).fill('America/Sao_Paulo')
  await dialog.getByLabel(t('workCalendar.holidayDay')).fill('2026-12-25')
  await dialog.getByLabel(t('workCalendar.holidayName')).fill('Christmas')
  await press(dialog, 'workCalendar.add')
  await dialog.getByText('Christmas').waitFor()
  await picture(page, 'team-calendar')
  expect(await axeFaults(page)).toEqual([])
  await press(dialog, 'save')
  await dialog.waitFor({ state: 'detached' })
  await page.context().close()
  expectQuiet(complaints)
})
