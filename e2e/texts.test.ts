import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from './browser.ts'
import { openPage, signIn } from './page.ts'
import { type Served, serve } from './server.ts'
import { wordsOf } from './words.ts'

const en = wordsOf('en')
const pt = wordsOf('pt-BR')
const LIBRARY_TEXTS = /\/assets\/library-[\w-]+\.js$/
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

test('texts that do not come show the fault, and trying again brings the screen', async () => {
  const { page } = await openPage(browser)
  await signIn(page, server.url)
  await page.route(LIBRARY_TEXTS, route => route.abort())
  await page.goto(`${server.url}/playbooks`)
  const again = page.getByRole('button', { name: en('error.retry') })
  await again.waitFor()
  expect(await page.locator('main').innerText()).not.toMatch(/library\.\w/)
  await page.unroute(LIBRARY_TEXTS)
  await again.click()
  await page.getByRole('heading', { level: 1, name: en('nav.playbooks') }).waitFor()
  await page.context().close()
})

test('another language brings the texts of the screen that is open', async () => {
  const { page } = await openPage(browser)
  await signIn(page, server.url)
  await page.goto(`${server.url}/account`)
  await page.getByRole('heading', { name: en('account.profile'), exact: true }).waitFor()
  await page.getByRole('button', { name: en('frame.language') }).click()
  await page.getByRole('menuitemradio', { name: 'Português (Brasil)' }).click()
  await page.getByRole('heading', { name: pt('account.profile'), exact: true }).waitFor()
  await page.context().close()
})
