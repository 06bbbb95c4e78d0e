import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from './browser.ts'
import { axeFaults, openPage, picture, signIn } from './page.ts'
import { type Served, serve } from './server.ts'
import { wordsOf } from './words.ts'

const t = wordsOf('en')
let server: Served
let browser: Browser
beforeAll(async () => {
  server = await serve()
  browser = await launchBrowser()
}, 200_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

const rowsOf = (page: Page, part: string) => page.getByRole('list', { name: t(part) }).getByRole('listitem')

test('who comes finds today, goes through it by keys, looks why, finishes two tasks at once and takes it back', async () => {
  const { page, complaints } = await openPage(browser)
  await signIn(page, server.url)
  await page.goto(server.url)
  await page.getByRole('heading', { level: 1, name: t('nav.today') }).waitFor()
  await page.getByLabel(t('today.whose')).selectOption('all')
  const rows = rowsOf(page, 'today.part.week')
  await rows.first().waitFor()
  expect(await axeFaults(page)).toEqual([])
  await picture(page, 'today-all')

  await rows.first().focus()
  await page.keyboard.press('e')
  await page.getByRole('heading', { level: 2, name: t('explain.title') }).waitFor()
  await page.keyboard.press('Escape')
  const before = await rows.count()
  const first = await rows.first().getAttribute('data-today-row')
  await rows.first().focus()
  await page.keyboard.press('x')
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await page.getByRole('button', { name: t('today.complete') }).click()
  await page.getByText(t('today.completed_other').replace('{{count}}', '2')).first().waitFor()
  await page.locator(`[data-today-row="${first}"]`).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: t('today.undo') }).click()
  await page.locator(`[data-today-row="${first}"]`).waitFor()
  expect(await rows.count()).toBe(before)

  await rows.first().focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/customers\/[^/]+\/plan/)
  await page.keyboard.press('g')
  await page.keyboard.press('t')
  await page.waitForURL(/\/today/)
  expect(complaints).toEqual([])
  await page.context().close()
})

test('what somebody else changes appears without a reload, and the focus stays', async () => {
  const mine = (await openPage(browser)).page
  await signIn(mine, server.url)
  const grid = mine.getByRole('grid', { name: t('portfolio.grid') })
  await grid.getByRole('rowheader').first().getByRole('link').waitFor()
  // The stream is open before the other one writes.
  await mine.waitForTimeout(1500)
  await grid.focus()
  await mine.keyboard.press('j')
  const other = (await openPage(browser)).page
  await signIn(other, server.url, 'Demo · Administrator')
  const list = await (await other.request.get(`${server.url}/api/v1/portfolio?limit=5`)).json()
  const { id, name } = list.rows[4]
  const answer = await other.request.put(`${server.url}/api/v1/customers/${id}/priority`, {
    data: { priority: 999, reason: 'The sponsor leaves', until: '2099-01-01' },
    headers: { origin: server.url },
  })
  // A year is the most: the day is refused, and nothing changed.
  expect(answer.status()).toBe(400)
  const session = await (await other.request.get(`${server.url}/api/v1/session`)).json()
  const set = await other.request.put(`${server.url}/api/v1/customers/${id}/priority`, {
    data: { priority: 999, reason: 'The sponsor leaves', until: session.today },
    headers: { origin: server.url },
  })
  expect(set.status()).toBe(200)
  await grid.getByText('The sponsor leaves').waitFor()
  expect(await grid.getByRole('rowheader').first().getByRole('link').textContent()).toBe(name)
  expect(await mine.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid')
  await mine.context().close()
  await other.context().close()
})

test('the priority is explained in its parts; columns, groups and a view that is kept and opened again', async () => {
  const { page, complaints } = await openPage(browser)
  await signIn(page, server.url)
  const grid = page.getByRole('grid', { name: t('portfolio.grid') })
  await grid.getByRole('rowheader').first().getByRole('link').waitFor()
  await grid.focus()
  await page.keyboard.press('y')
  await page.getByRole('progressbar', { name: t('list.part.lateness') }).waitFor()
  expect(await axeFaults(page)).toEqual([])
  await picture(page, 'portfolio-priority')
  await page.keyboard.press('Escape')
  await page.getByLabel(t('list.columns')).selectOption('work')
  await page.getByLabel(t('list.groupBy')).selectOption('segment')
  await grid.getByRole('columnheader', { name: t('list.column.blockers') }).waitFor()
  await grid
    .getByRole('rowheader', { name: /\(\d+\)$/ })
    .first()
    .waitFor()
  expect(await axeFaults(page)).toEqual([])
  await picture(page, 'portfolio-grouped')
  await page.getByRole('button', { name: t('list.views.title') }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(t('list.views.name')).fill('Work by segment')
  await dialog.getByRole('button', { name: t('list.views.save') }).click()
  const begin = dialog.getByRole('button', { name: 'Begin with Work by segment' })
  await begin.click()
  await dialog.getByRole('button', { name: 'Begins with Work by segment' }).waitFor()
  await picture(page, 'portfolio-views')
  await page.keyboard.press('Escape')
  await page.goto(`${server.url}/portfolio`)
  await page.waitForURL(/columns=work/)
  expect(complaints.filter(each => !each.includes('400'))).toEqual([])
  await page.context().close()
})
