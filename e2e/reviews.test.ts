import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DiscussionsView } from '../src/model/discussion-api.ts'
import type { ReviewsBoard } from '../src/model/reviews-board-api.ts'
import { launchBrowser } from './browser.ts'
import { axeFaults, expectNoSideScroll, openPage, picture, signIn } from './page.ts'
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

/** A refusal is an answer too. */
const expectQuiet = (complaints: readonly string[]) => expect(complaints.filter(each => !/status of 409/.test(each))).toEqual([])
async function get<A>(page: Page, path: string): Promise<A> {
  const answer = await page.request.get(`${server.url}/api/v1${path}`)
  expect(answer.status()).toBe(200)
  // What the route's contract says.
  return (await answer.json()) as A
}
const boardOf = (page: Page) => get<ReviewsBoard>(page, '/reviews')
const cardOf = async (page: Page, column: string) => {
  const card = (await boardOf(page)).columns.find(each => each.column === column)?.cards[0]
  if (!card) throw new Error(`nobody is in the column ${column}`)
  return card
}
const columnOf = (page: Page, column: string) => page.locator(`[data-column="${column}"]`)
/** Local time in UTC, as a field takes it. */
const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString().slice(0, 16)

test('from the board the review of a customer is planned, said to be held, and the customer moves on', async () => {
  const { page, complaints } = await openPage(browser)
  await signIn(page, server.url, LEAD)
  await page.getByRole('link', { name: t('nav.reviews'), exact: true }).click()
  await page.getByRole('heading', { level: 1, name: t('nav.reviews') }).waitFor()
  const { columns } = await boardOf(page)
  for (const { column, total } of columns)
    await page.getByRole('heading', { level: 2, name: `${t(`reviews.name.${column}`)} ${total}`, exact: true }).waitFor()
  await picture(page, 'reviews-board')
  expect(await axeFaults(page)).toEqual([])
  // The keys of the portfolio go from card to card.
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('l')
  const second = columns.filter(each => each.total > 0)[1]?.cards
  const focused = await page.evaluate(() => document.activeElement?.getAttribute('data-card'))
  expect(second?.map(card => card.customer)).toContain(focused)
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('A')

  const { name, customer } = await cardOf(page, 'ready')
  const card = page.getByRole('listitem', { name, exact: true })
  await card.getByRole('link', { name: t('reviews.to.plan') }).click()
  const dialog = page.getByRole('dialog')
  expect(await dialog.getByLabel(t('meetings.form.title')).inputValue()).toBe(t('meetings.about.review'))
  expect(await dialog.getByLabel(t('meetings.form.isReview')).isChecked()).toBe(true)
  await dialog.getByLabel(t('meetings.form.start')).fill(hoursAgo(2))
  await dialog.getByLabel(t('meetings.form.zone')).fill('UTC')
  await picture(page, 'review-meeting-dialog')
  await dialog.getByRole('button', { name: t('meetings.form.sendInvitation') }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('link', { name: t('nav.reviews'), exact: true }).click()
  const planned = columnOf(page, 'scheduled').getByRole('listitem', { name, exact: true })
  await planned.getByText(t('reviews.isOver')).waitFor()
  await planned.getByRole('link', { name: t('reviews.to.say') }).click()
  await page.getByRole('button', { name: t('meetings.held') }).click()
  expect(await dialog.getByLabel(t('meetings.form.wasReview')).isChecked()).toBe(true)
  await dialog.getByRole('button', { name: t('save') }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('link', { name: t('nav.reviews'), exact: true }).click()
  await columnOf(page, 'held')
    .getByRole('listitem', { name, exact: true })
    .getByRole('link', { name: t('reviews.to.outcome') })
    .waitFor()
  const { reviewHeldOn } = await get<DiscussionsView>(page, `/customers/${customer}/discussions`)
  expect(reviewHeldOn).toMatchObject({ value: hoursAgo(2).slice(0, 10), source: 'meeting' })

  // Where no service is named, one comes to name them.
  const nameless = (await boardOf(page)).columns.flatMap(each => each.cards).find(each => each.helps.includes('services'))
  await page
    .getByRole('listitem', { name: nameless?.name ?? '', exact: true })
    .getByRole('link', { name: t('reviews.to.services') })
    .click()
  await dialog.waitFor()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  expect(page.url()).not.toContain('change=')
  expectQuiet(complaints)
})

test('what was talked about is recorded by service; interest asks to say that the customer wants more', async () => {
  const { page, complaints } = await openPage(browser)
  await signIn(page, server.url, LEAD)
  const cards = (await boardOf(page)).columns.flatMap(each => each.cards)
  let view: DiscussionsView | undefined
  for (const { customer } of cards) {
    view = await get<DiscussionsView>(page, `/customers/${customer}/discussions`)
    if (view.proposesMore) break
  }
  const customer = view?.customer ?? ''
  await page.goto(`${server.url}/customers/${customer}/review`)
  const value = page.getByRole('region', { name: t('discussions.valueTitle') })
  await value.getByRole('button', { name: t('discussions.sayMore') }).click()
  const more = value.getByRole('radiogroup', { name: t('discussions.wantsMore') })
  await expect.poll(() => more.getByLabel(t('discussions.answer.yes')).isChecked()).toBe(true)
  await value.getByRole('button', { name: t('discussions.sayMore') }).waitFor({ state: 'detached' })

  const [proposed] = (view?.services ?? []).filter(each => each.discussion?.interest === true)
  const card = value.locator(`[data-discussion="${proposed?.service}"]`)
  await card.getByRole('button', { name: /^Change/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(t('discussions.statusLabel')).selectOption('held')
  await dialog.getByRole('button', { name: t('save') }).click()
  await dialog.getByText(t('discussions.heldNeeded')).waitFor()
  await dialog.getByLabel(t('discussions.heldOn')).fill(view?.today ?? '')
  await dialog.getByLabel(t('discussions.part.outcome')).fill('They begin in January')
  await picture(page, 'discussion-dialog')
  expect(await axeFaults(page)).toEqual([])
  // Somebody else says something meanwhile.
  const data = { interest: false, status: 'declined', version: proposed?.discussion?.version }
  const path = `${server.url}/api/v1/customers/${customer}/discussions/${proposed?.service}`
  expect((await page.request.put(path, { data, headers: { origin: server.url } })).status()).toBe(200)
  await dialog.getByRole('button', { name: t('save') }).click()
  await dialog.getByText(t('conflict.title')).waitFor()
  await picture(page, 'discussion-conflict')
  await dialog.getByRole('button', { name: t('conflict.saveMine') }).click()
  await dialog.waitFor({ state: 'detached' })
  await card.getByText('They begin in January').waitFor()

  await card.getByRole('button', { name: new RegExp(`^${t('discussions.followUp')}`) }).click()
  await dialog.getByLabel(t('discussions.followUpTitle')).fill('Send the guide')
  await dialog.getByRole('button', { name: t('save') }).click()
  await dialog.waitFor({ state: 'detached' })
  await card.getByRole('link', { name: 'Send the guide' }).waitFor()
  await card.getByRole('button', { name: /^Take back/ }).click()
  await card.getByText('They begin in January').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: t('discussions.undo') }).click()
  await card.getByText('They begin in January').waitFor()

  const usage = page.getByRole('region', { name: t('discussions.usageTitle') })
  await usage.getByText(t('discussions.notDiscussed')).waitFor()
  await usage.getByRole('button', { name: t('discussions.usageRecord') }).click()
  await dialog.getByLabel(t('discussions.links')).fill('not a link')
  await dialog.getByRole('button', { name: t('save') }).click()
  await dialog.getByText(t('discussions.linkNeeded')).waitFor()
  await dialog.getByLabel(t('discussions.links')).fill('https://files.example.com/deck')
  await dialog.getByRole('button', { name: t('save') }).click()
  await dialog.waitFor({ state: 'detached' })
  await usage.getByRole('link', { name: 'https://files.example.com/deck' }).waitFor()
  await usage.getByText(t('discussions.notDiscussed')).waitFor({ state: 'detached' })
  await usage.scrollIntoViewIfNeeded()
  await picture(page, 'discussions')
  expect(await axeFaults(page)).toEqual([])
  expectQuiet(complaints)
})

test('on a phone one column is shown at a time', async () => {
  const look = { language: 'pt-BR', theme: 'light', width: 360 } as const
  const words = wordsOf('pt-BR')
  const { page, complaints } = await openPage(browser, look)
  await signIn(page, server.url, LEAD, 'pt-BR')
  await page.goto(`${server.url}/reviews`)
  const shown = () => page.locator('[data-column]:visible').evaluateAll(all => all.map(each => each.getAttribute('data-column')))
  await expect.poll(shown).toEqual(['ready'])
  await page.getByLabel(words('reviews.column')).selectOption('cannot-tell')
  await expect.poll(shown).toEqual(['cannot-tell'])
  await expectNoSideScroll(page)
  await picture(page, 'reviews-phone', look)
  expect(await axeFaults(page)).toEqual([])
  expectQuiet(complaints)
})
