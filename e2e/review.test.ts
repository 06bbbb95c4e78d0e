import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ReviewView } from '../src/model/review-api.ts'
import { launchBrowser } from './browser.ts'
import { axeFaults, openPage, picture, signIn } from './page.ts'
import { type Served, serve } from './server.ts'
import { wordsOf } from './words.ts'

/** From the gate to what was agreed and the next cycle, in its order, with each refusal where it stands. */

let server: Served
let browser: Browser
const t = wordsOf('en')
const say = (key: string, values: Readonly<Record<string, string>>) => t(key).replace(/\{\{(\w+)\}\}/g, (_, name) => values[name] ?? '')

beforeAll(async () => {
  server = await serve()
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

const api = (page: Page, path: string) => page.request.get(`${server.url}/api/v1${path}`)

/** The first customer whose review stands like this. */
async function customerWhere(page: Page, isIt: (view: ReviewView) => boolean): Promise<ReviewView> {
  const { rows } = (await (await api(page, '/portfolio?limit=100')).json()) as { rows: { id: string }[] }
  for (const { id } of rows) {
    const view = (await (await api(page, `/customers/${id}/review`)).json()) as ReviewView
    if (isIt(view)) return view
  }
  throw new Error('the demo has no such customer')
}

test('meeting, task, outcome: each waits for the one before; then a new cycle begins, and a lead corrects', async () => {
  const { page, complaints } = await openPage(browser)
  await signIn(page, server.url, 'Demo · Lead')
  const { customer } = await customerWhere(
    page,
    view => view.opened !== null && view.engagement.state === 'open' && view.meetingHeldOn === null && view.task?.isDone === false,
  )
  await page.goto(`${server.url}/customers/${customer}/review`)
  const part = page.getByRole('region', { name: t('review.outcome'), exact: true })
  const record = part.getByRole('button', { name: t('review.record') })
  await record.waitFor()
  expect(await record.getAttribute('aria-disabled')).toBe('true')
  await part.getByText('The review meeting is not on record as held.').first().waitFor()
  await picture(page, 'review-before')
  expect(await axeFaults(page)).toEqual([])
  const refused = await page.request.post(`${server.url}/api/v1/customers/${customer}/review/outcomes`, {
    data: { outcomes: ['disengage'], version: 0 },
    headers: { origin: server.url },
  })
  expect([refused.status(), (await refused.json()).details.reason.en]).toEqual([409, 'The review meeting is not on record as held.'])

  const dialog = page.getByRole('dialog')
  await part.getByRole('button', { name: t('review.tellHeld') }).click()
  await dialog.getByRole('button', { name: t('review.save') }).click()
  await dialog.waitFor({ state: 'detached' })
  expect(await record.getAttribute('aria-disabled')).toBe('true')
  await part.getByRole('button', { name: t('review.finishTask') }).click()
  await dialog.getByRole('button', { name: t('review.finishTask') }).click()
  await dialog.waitFor({ state: 'detached' })
  await expect.poll(() => record.getAttribute('aria-disabled')).not.toBe('true')

  await record.click()
  await dialog.getByRole('button', { name: t('review.complete') }).click()
  await dialog.getByText(t('review.oneNeeded')).waitFor()
  await dialog.getByRole('checkbox', { name: t('review.is.disengage') }).check()
  await picture(page, 'review-outcomes')
  expect(await axeFaults(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await dialog.waitFor({ state: 'detached' })
  await part.getByText(t('review.engagement.complete'), { exact: true }).waitFor()

  await part.getByRole('button', { name: t('review.correct') }).click()
  await dialog.getByRole('checkbox', { name: t('review.is.disengage') }).uncheck()
  await dialog.getByRole('checkbox', { name: t('review.is.activate-workloads') }).check()
  await dialog.getByLabel(t('review.reason')).fill('They asked for SharePoint')
  await page.keyboard.press('Control+Enter')
  await dialog.waitFor({ state: 'detached' })
  await part
    .getByRole('list', { name: t('review.corrections') })
    .getByText('They asked for SharePoint')
    .waitFor()

  await part.getByRole('button', { name: t('review.begin') }).click()
  await dialog.getByRole('checkbox', { name: 'SharePoint', exact: true }).check()
  await picture(page, 'review-cycle')
  expect(await axeFaults(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await dialog.waitFor({ state: 'detached' })
  await part.getByRole('heading', { name: 'Cycle 2' }).waitFor()
  await part.getByText('1 earlier cycle').click()
  await picture(page, 'review-second-cycle')
  expect(await axeFaults(page)).toEqual([])

  // The record of the first cycle is read by an address of its own, and the newest one by none.
  const cycle = page.getByRole('combobox', { name: t('record.engagement') })
  const [second = '', first = ''] = await cycle
    .locator('option')
    .evaluateAll(options => options.map(each => each.getAttribute('value') ?? ''))
  await cycle.focus()
  await cycle.selectOption(first)
  await page.getByText(t('record.earlier')).waitFor()
  expect([new URL(page.url()).searchParams.get('engagement'), await cycle.evaluate(it => it === document.activeElement)]).toEqual([
    first,
    true,
  ])
  await page.reload()
  await page.getByText(t('record.earlier')).waitFor()
  await cycle.selectOption(second)
  await page.getByText(t('record.earlier')).waitFor({ state: 'detached' })
  expect(new URL(page.url()).search).toBe('')
  expect(complaints.filter(each => !each.includes('409'))).toEqual([])
})

test('the deck is chosen slide by slide, gets its words, keeps its data and is downloaded as both files', async () => {
  const { page, complaints } = await openPage(browser)
  await signIn(page, server.url, 'Demo · Lead')
  const { customer } = await customerWhere(page, view => view.opened !== null)
  await page.goto(`${server.url}/customers/${customer}/review`)
  await page.getByRole('link', { name: t('review.deck') }).click()
  const part = page.getByRole('region', { name: t('deck.title') })
  const slides = part.getByRole('list', { name: t('deck.slides') })
  await slides.getByRole('button', { name: t('deck.slide.usage'), exact: true }).click()
  const pptx = part.getByRole('button', { name: t('deck.pptx') })
  expect(await pptx.getAttribute('aria-disabled')).toBe('true')
  await picture(page, 'deck')
  expect(await axeFaults(page)).toEqual([])

  await slides.getByRole('checkbox', { name: say('deck.shown', { slide: t('deck.slide.options') }) }).click()
  await part
    .getByRole('list', { name: t('deck.left') })
    .getByText(t('deck.slide.options'))
    .waitFor()
  await slides.getByRole('button', { name: say('deck.up', { slide: t('deck.slide.usage') }) }).click()
  await expect.poll(() => slides.getByRole('listitem').nth(2).innerText()).toContain(t('deck.slide.usage'))
  await part.getByLabel(t('deck.narrative')).fill('Teams leads the way.')
  await part.getByRole('button', { name: t('deck.save'), exact: true }).click()
  await part.getByRole('article').getByText('Teams leads the way.').waitFor()
  await part.getByRole('button', { name: t('deck.take') }).click()
  await part.getByRole('button', { name: t('deck.takeAgain') }).waitFor()
  for (const format of ['pptx', 'pdf'] as const) {
    const download = page.waitForEvent('download')
    await part.getByRole('button', { name: t(`deck.${format}`) }).click()
    const file = readFileSync(await (await download).path())
    expect([format, file.subarray(0, 2).toString(), file.length > 10_000]).toEqual([format, format === 'pptx' ? 'PK' : '%P', true])
  }
  await picture(page, 'deck-kept')
  expect(await axeFaults(page)).toEqual([])
  await page.setViewportSize({ width: 360, height: 800 })
  await picture(page, 'deck-phone')
  expect(await axeFaults(page)).toEqual([])
  expect(complaints).toEqual([])
})

test('a reader sees how the review stands, and why nothing can be changed', async () => {
  const { page, complaints } = await openPage(browser)
  await signIn(page, server.url, 'Demo · Reader')
  const { customer } = await customerWhere(page, view => view.engagement.state === 'complete')
  await page.goto(`${server.url}/customers/${customer}/review`)
  const part = page.getByRole('region', { name: t('review.outcome'), exact: true })
  const correct = part.getByRole('button', { name: t('review.correct') })
  await correct.waitFor()
  expect(await correct.getAttribute('aria-disabled')).toBe('true')
  expect(await axeFaults(page)).toEqual([])
  expect(complaints).toEqual([])
})
