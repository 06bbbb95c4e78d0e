import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from './browser.ts'
import { axeFaults, openPage, picture, signIn } from './page.ts'
import { type Served, serve } from './server.ts'
import { wordsOf } from './words.ts'

const t = wordsOf('en')
const MANAGER = 'Demo · FastTrack Manager'
const EXPERT = 'Demo · Subject-matter expert'
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

type Request = { id: string; customer: { id: string; isVisible: boolean }; state: string; version: number; expert: { name: string } | null }

async function open(account: string): Promise<{ page: Page; complaints: string[] }> {
  const opened = await openPage(browser)
  await signIn(opened.page, server.url, account)
  return opened
}
/** Refusals are answers too. */
const expectQuiet = (complaints: readonly string[]) => expect(complaints.filter(each => !/status of (404|409)/.test(each))).toEqual([])
async function listOf(page: Page, query: string): Promise<Request[]> {
  const answer = await page.request.get(`${server.url}/api/v1/expert-requests?${query}`)
  return ((await answer.json()) as { rows: Request[] }).rows
}
const cardOf = (page: Page, id: string): Locator => page.locator(`[data-request="${id}"]`)
const press = (within: Page | Locator, key: string) =>
  within
    .getByRole('button', { name: t(key) })
    .first()
    .click()

/** A customer that the manager sees and the expert does not. */
async function hiddenFrom(expert: Page, manager: Page): Promise<string> {
  const answer = await manager.request.get(`${server.url}/api/v1/portfolio?limit=200`)
  const { rows } = (await answer.json()) as { rows: { id: string }[] }
  for (const { id } of rows) {
    const status = (await expert.request.get(`${server.url}/api/v1/customers/${id}`)).status()
    const plan = status === 404 ? await manager.request.get(`${server.url}/api/v1/customers/${id}/expert-requests`) : undefined
    const view = (await plan?.json()) as { may?: { ok: boolean }; requests?: unknown[] } | undefined
    if (view?.may?.ok && view.requests?.length === 0) return id
  }
  throw new Error('the demo expert sees every customer of the manager')
}

test('a manager asks, an expert from the queue asks back, accepts, sees the customer and is done', async () => {
  const manager = await open(MANAGER)
  const expert = await open(EXPERT)
  const customer = await hiddenFrom(expert.page, manager.page)

  await manager.page.goto(`${server.url}/customers/${customer}/review`)
  await press(manager.page, 'experts.askOne')
  const asking = manager.page.getByRole('dialog')
  await asking.getByRole('button', { name: t('experts.ask'), exact: true }).click()
  await asking.getByText(t('experts.skillNeeded')).waitFor()
  await asking.getByLabel(t('experts.skill')).selectOption('security')
  await asking.getByLabel(t('experts.service')).selectOption('teams')
  await asking.getByLabel(t('experts.language')).selectOption('pt')
  await asking.getByText('knows Security, knows Teams, speaks Portuguese', { exact: false }).first().waitFor()
  await asking.getByLabel(t('experts.purpose')).fill('Guests of suppliers, before the architects decide.')
  await picture(manager.page, 'expert-ask')
  expect(await axeFaults(manager.page)).toEqual([])
  await asking.getByLabel(t('experts.purpose')).press('Control+Enter')
  await asking.waitFor({ state: 'detached' })
  await manager.page.locator('[data-request] [data-state="open"]').waitFor()
  const [made] = (await listOf(manager.page, 'box=outbox')).filter(each => each.customer.id === customer)
  if (!made) throw new Error('nothing was asked for')

  const { page } = expert
  await page.goto(`${server.url}/requests?list=experts`)
  const card = cardOf(page, made.id)
  await card.getByText('Guests of suppliers', { exact: false }).waitFor()
  // What the request says, and no way to the customer.
  expect(await card.getByRole('link').count()).toBe(0)
  await picture(page, 'expert-inbox')
  expect(await axeFaults(page)).toEqual([])
  await press(card, 'experts.action.write')
  const dialog = page.getByRole('dialog')
  await press(dialog, 'experts.action.write')
  await dialog.getByText(t('experts.needed.message')).waitFor()
  await dialog.getByLabel(t('experts.message')).fill('Which suppliers?')
  await page.keyboard.press('Control+Enter')
  await card.locator('[data-state="needs-detail"]').waitFor()

  await manager.page.goto(`${server.url}/requests?list=experts`)
  await press(cardOf(manager.page, made.id), 'experts.action.write')
  await manager.page.getByRole('dialog').getByLabel(t('experts.message')).fill('Those of the two plants.')
  await manager.page.keyboard.press('Control+Enter')
  await cardOf(manager.page, made.id).waitFor({ state: 'detached' })

  await page.reload()
  await card.getByText('Those of the two plants.').waitFor()
  await press(card, 'experts.action.accept')
  await press(dialog, 'experts.action.accept')
  await card.locator('[data-state="accepted"]').waitFor()
  await card.getByRole('link').click()
  await page.getByRole('heading', { name: t('experts.title') }).waitFor()
  await picture(page, 'expert-of-customer')
  await press(card, 'experts.action.done')
  await dialog.getByLabel(t('experts.note')).fill('They keep suppliers in a tenant of their own.')
  await picture(page, 'expert-done')
  expect(await axeFaults(page)).toEqual([])
  await press(dialog, 'experts.action.done')
  await card.locator('[data-state="done"]').waitFor()
  for (const each of [manager, expert]) {
    await each.page.context().close()
    expectQuiet(each.complaints)
  }
})

test('where a lead was first, both are shown and nothing is overwritten', async () => {
  const { page, complaints } = await open(EXPERT)
  await page.goto(`${server.url}/requests?list=experts`)
  const [row] = (await listOf(page, 'box=inbox')).filter(each => each.state === 'open' && each.expert !== null)
  if (!row) throw new Error('the demo asks nothing of the expert')
  await press(cardOf(page, row.id), 'experts.action.decline')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(t('experts.reason')).fill('No time')
  const lead = await open(LEAD)
  const answered = await lead.page.request.post(`${server.url}/api/v1/expert-requests/${row.id}/answer`, {
    data: { answer: 'accept', version: row.version },
    headers: { origin: server.url },
  })
  expect(answered.status()).toBe(200)
  await press(dialog, 'experts.action.decline')
  await dialog.getByText('Somebody else was first', { exact: false }).waitFor()
  await picture(page, 'expert-conflict')
  expect(await axeFaults(page)).toEqual([])
  await dialog.getByRole('button', { name: t('close') }).click()
  const [now] = (await listOf(page, 'box=all')).filter(each => each.id === row.id)
  expect(now?.state).toBe('accepted')
  await lead.page.context().close()
  await page.context().close()
  expectQuiet(complaints)
})

test('an expert says what they know, and a lead hands a request on to who fits', async () => {
  const { page, complaints } = await open(EXPERT)
  await page.goto(`${server.url}/account`)
  const section = page.locator('section').filter({ has: page.getByRole('heading', { name: t('experts.expertise.title') }) })
  await section.getByRole('button', { name: t('experts.expertise.change') }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('checkbox', { name: 'Training' }).check()
  await dialog.getByLabel(t('experts.atOnce')).fill('0')
  await dialog.getByRole('button', { name: t('save') }).click()
  await dialog.getByText(t('experts.expertise.atOnceFault')).waitFor()
  await dialog.getByLabel(t('experts.atOnce')).fill('7')
  await picture(page, 'expertise')
  expect(await axeFaults(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await dialog.waitFor({ state: 'detached' })
  await section.getByText('Training', { exact: false }).waitFor()
  await page.context().close()
  expectQuiet(complaints)

  const lead = await open(LEAD)
  await lead.page.goto(`${server.url}/requests`)
  await lead.page.getByRole('link', { name: t('requests.list.experts') }).click()
  await lead.page.getByRole('combobox', { name: t('requests.box'), exact: true }).selectOption('all')
  const [row] = (await listOf(lead.page, 'box=all')).filter(each => each.state === 'open' && each.expert === null)
  if (!row) throw new Error('the demo has nothing in the queue')
  await press(cardOf(lead.page, row.id), 'experts.action.handOn')
  const handing = lead.page.getByRole('dialog')
  await press(handing, 'experts.action.handOn')
  await handing.getByText(t('experts.needed.expert')).waitFor()
  await handing.getByRole('radio').first().check()
  await picture(lead.page, 'expert-hand-on')
  expect(await axeFaults(lead.page)).toEqual([])
  await press(handing, 'experts.action.handOn')
  await handing.waitFor({ state: 'detached' })
  await cardOf(lead.page, row.id).getByText('handed it to', { exact: false }).waitFor()
  await lead.page.goBack()
  await lead.page.context().close()
  expectQuiet(lead.complaints)
})
