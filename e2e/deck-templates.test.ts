import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DeckView } from '../src/model/deck-api.ts'
import { launchBrowser } from './browser.ts'
import { axeFaults, openPage, picture, signIn, tabTo } from './page.ts'
import { type Served, serve } from './server.ts'
import { wordsOf } from './words.ts'

/** An installation puts its own words and slides into every review deck. */

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

test('a title and a slide of the installation stand in the deck of a customer, and go back to what is shipped', async () => {
  const { page, complaints } = await openPage(browser)
  await signIn(page, server.url, 'Demo · Administrator')
  const customer = await deckNotKept()
  await page.goto(`${server.url}/admin/settings`)
  const part = page.getByRole('region', { name: t('deck-brand.slides.title') })
  const dialog = page.getByRole('dialog')
  const usage = part.getByRole('button', { name: 'Active usage per service' })
  await tabTo(page, usage)
  await page.keyboard.press('Enter')
  const english = dialog.getByRole('group', { name: 'English', exact: true })
  await english.getByText(say('deck-brand.slides.asShippedIs', { text: 'Active usage per service' })).waitFor()
  await english.getByLabel(t('deck-brand.slides.slideTitle'), { exact: true }).fill('Who uses what')
  await english.getByLabel(t('deck-brand.slides.lead')).fill('Of the last month.')
  await picture(page, 'deck-templates-slide')
  expect(await axeFaults(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await dialog.waitFor({ state: 'detached' })
  await part.getByText(say('deck-brand.slides.changedIn', { languages: 'English' })).waitFor()
  await expect.poll(() => usage.evaluate(element => element === document.activeElement)).toBe(true)

  await part.getByRole('button', { name: t('deck-brand.slides.add') }).click()
  await dialog.getByRole('button', { name: t('deck-brand.save'), exact: true }).click()
  await dialog.getByText(t('deck-brand.slides.titleNeeded')).waitFor()
  await english.getByLabel(t('deck-brand.slides.slideTitle'), { exact: true }).fill('About us')
  await english.getByLabel(t('deck-brand.slides.text')).fill('We are many.\n- Adoption\n- Training')
  await picture(page, 'deck-templates-own')
  expect(await axeFaults(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await dialog.waitFor({ state: 'detached' })
  await part.getByRole('button', { name: 'About us', exact: true }).waitFor()
  expect(await axeFaults(page)).toEqual([])
  await part.scrollIntoViewIfNeeded()
  await picture(page, 'deck-templates')

  await page.goto(`${server.url}/customers/${customer}/review/deck`)
  const slides = page.getByRole('list', { name: t('deck.slides') })
  await slides.getByRole('button', { name: t('deck.slide.usage'), exact: true }).click()
  await page.getByRole('heading', { name: 'Who uses what' }).waitFor()
  await page.getByText('Of the last month.').waitFor()
  expect(await slides.getByRole('listitem').nth(1).innerText()).toContain('About us')
  await slides.getByRole('button', { name: 'About us' }).click()
  await page.getByRole('heading', { name: 'About us' }).waitFor()
  await page.getByRole('article').getByRole('listitem').getByText('Training').waitFor()
  await picture(page, 'deck-own-slide')
  expect(await axeFaults(page)).toEqual([])

  await page.setViewportSize({ width: 360, height: 740 })
  await page.goto(`${server.url}/admin/settings`)
  await usage.click()
  await picture(page, 'deck-templates-phone')
  await dialog.getByRole('button', { name: say('deck-brand.slides.asShipped', { language: 'English' }) }).click()
  await page.keyboard.press('Control+Enter')
  await dialog.waitFor({ state: 'detached' })
  await part.getByText(say('deck-brand.slides.changedIn', { languages: 'English' })).waitFor({ state: 'detached' })
  await part.getByRole('button', { name: say('deck-brand.slides.removeOf', { slide: 'About us' }) }).click()
  await part.getByText(t('deck-brand.slides.noOwn')).waitFor()
  await page.getByRole('button', { name: t('deck-brand.slides.undo') }).click()
  await part.getByRole('button', { name: 'About us', exact: true }).waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  expect(complaints).toEqual([])

  /** A customer of which no data is kept, in English. */
  async function deckNotKept(): Promise<string> {
    const api = (path: string) => page.request.get(`${server.url}/api/v1${path}`)
    const { rows } = (await (await api('/portfolio?limit=100')).json()) as { rows: { id: string }[] }
    for (const { id } of rows) {
      const answer = await api(`/customers/${id}/review/deck`)
      const view = answer.ok() ? ((await answer.json()) as DeckView) : undefined
      if (view?.taken === null && view.locale === 'en') return id
    }
    throw new Error('the demo has no such customer')
  }
})
