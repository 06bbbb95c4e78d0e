import type { Browser, Page, Route } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from './browser.ts'
import { axeFaults, openPage, picture, signIn } from './page.ts'
import { type Served, serve } from './server.ts'
import { wordsOf } from './words.ts'

/** The list of customers as a lead works with it: several rows at once, somebody's customers, and what others do meanwhile. */

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

async function opened(account: string) {
  const made = await openPage(browser)
  await signIn(made.page, server.url, account)
  await made.page.getByRole('grid').getByRole('link').first().waitFor()
  return made
}
type Row = { id: string; name: string; owner: string | null }
const rowsOf = async (page: Page, query: string) =>
  (await (await page.request.get(`${server.url}/api/v1/portfolio?${query}`)).json()) as { rows: Row[]; total: number }

test('rows are chosen with x and given to somebody together, previewed first and taken back as one', async () => {
  const { page, complaints } = await opened('Demo · Lead')
  await page.getByRole('grid').focus()
  for (const key of ['x', 'j', 'x', 'j', 'x', 'x']) await page.keyboard.press(key)
  const bar = page.getByRole('region', { name: t('list.chosen.label') })
  await bar.getByText(say('list.chosen.count_other', { number: '2' })).waitFor()
  expect(await page.locator('[role="row"][aria-selected="true"]').count()).toBe(2)
  await picture(page, 'portfolio-chosen')
  expect(await axeFaults(page)).toEqual([])
  await bar.getByRole('button', { name: t('list.chosen.assign') }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(t('customers.bulk.kind')).selectOption('assign')
  await dialog.getByLabel(t('people.role')).selectOption('subject-matter-expert')
  await dialog.getByRole('combobox', { name: t('people.person') }).fill('Engineer')
  await dialog.getByRole('option', { name: /Demo · Engineer/ }).click()
  await dialog.getByRole('button', { name: t('customers.bulk.preview') }).click()
  await dialog.getByRole('table').getByRole('row').nth(2).waitFor()
  expect(await dialog.getByRole('rowheader').count()).toBe(2)
  await picture(page, 'portfolio-assign')
  expect(await axeFaults(page)).toEqual([])
  await dialog.getByRole('button', { name: say('customers.bulk.run_other', { count: '2', number: '2' }) }).click()
  await dialog.getByRole('button', { name: t('customers.undo.run') }).click()
  await dialog.getByRole('button', { name: t('close') }).click()
  await bar.getByRole('button', { name: t('list.chosen.clear') }).click()
  await bar.waitFor({ state: 'detached' })
  expect(await page.getByRole('grid').evaluate(element => element === document.activeElement)).toBe(true)
  expect(complaints).toEqual([])
})

test('the palette leads to the screens of the day; a team is chosen with arrow keys and saved once, by its button', async () => {
  const { page, complaints } = await opened('Demo · Lead')
  for (const screen of ['nav.today', 'nav.meetings', 'nav.requests']) {
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: t('palette.title') }).fill(t(screen))
    await page.getByRole('option', { name: `${t(screen)} ${t('palette.screen')}` }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: t(screen) }).waitFor()
  }
  const customer = (await rowsOf(page, 'limit=1')).rows[0]?.id
  const saved: (string | null)[] = []
  page.on('request', request => {
    if (request.method() === 'PUT' && request.url().endsWith('/team')) saved.push(request.postData())
  })
  await page.goto(`${server.url}/customers/${customer}/people`)
  const list = page.getByLabel(t('people.team'), { exact: true })
  const save = page.getByRole('button', { name: t('people.saveTeam') })
  await save.waitFor()
  const before = await list.inputValue()
  await list.focus()
  for (const key of ['End', 'Home', 'ArrowDown']) await page.keyboard.press(key)
  if ((await list.inputValue()) === before) await page.keyboard.press('ArrowUp')
  const chosen = await list.inputValue()
  expect(chosen).not.toBe(before)
  expect(saved).toEqual([])
  await page.keyboard.press('Tab')
  expect(await save.evaluate(element => element === document.activeElement)).toBe(true)
  await page.keyboard.press('Enter')
  await page.getByText(t('people.done.team')).first().waitFor()
  expect(saved.map(body => JSON.parse(body ?? '{}').team ?? '')).toEqual([chosen])
  expect(await list.inputValue()).toBe(chosen)
  expect(await axeFaults(page)).toEqual([])
  expect(complaints).toEqual([])
})

test('who is quick is taken at the word: a link right after typing, and Enter before the palette has its answer', async () => {
  const { page, complaints } = await opened('Demo · Lead')
  const slowly = (route: Route) => new Promise(resolve => setTimeout(resolve, 1000)).then(() => route.continue())
  const { rows } = await rowsOf(page, 'limit=2')
  const [first, second] = rows
  if (!first || !second) throw new Error('the demo has too few customers')
  await page.route('**/api/v1/customers/**', slowly)
  const link = page.getByRole('grid').getByRole('link', { name: first.name, exact: true })
  await link.waitFor()
  await page.getByRole('searchbox', { name: t('find.label') }).fill(first.name)
  await link.click()
  await page.getByRole('heading', { level: 1, name: first.name }).waitFor()
  await page.unrouteAll({ behavior: 'wait' })

  await page.route('**/api/v1/portfolio?*', slowly)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: t('palette.title') }).fill(second.name)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: second.name }).waitFor()
  await page.unrouteAll({ behavior: 'wait' })
  expect(complaints).toEqual([])
})

test('the palette leads to the customers that a colleague owns, and so does the report of the load', async () => {
  const { page, complaints } = await opened('Demo · Lead')
  const owner = (await rowsOf(page, 'limit=100')).rows.find(row => row.owner !== null)?.owner ?? ''
  const { total } = await rowsOf(page, `limit=100&owner=${encodeURIComponent(owner)}`)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: t('palette.title') }).fill(`@${owner}`)
  // Not those of the filter by owner.
  await page.getByRole('listbox').getByRole('option', { name: owner }).first().click()
  const filter = page.getByRole('search', { name: t('portfolio.filters') }).getByLabel(t('column.owner'))
  await expect.poll(() => filter.inputValue()).toBe(owner)
  await page
    .getByText(new RegExp(`^${total} customers?$`))
    .first()
    .waitFor()
  await page.getByRole('button', { name: t('portfolio.clear') }).click()
  await expect.poll(() => filter.inputValue()).toBe('')

  await page.goto(`${server.url}/reports/load`)
  const person = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: owner }) })
  await person.getByRole('link').first().click()
  await expect.poll(() => filter.inputValue()).toBe(owner)
  expect(complaints).toEqual([])
})

test('what a colleague changes is marked where it stands, in the list and at the customer', async () => {
  const { page, complaints } = await opened('Demo · Lead')
  const other = await openPage(browser)
  await signIn(other.page, server.url, 'Demo · Administrator')
  const [row] = (await rowsOf(page, 'limit=1')).rows
  if (!row) throw new Error('the demo has no customers')
  const write = async (body: string) => {
    const answer = await other.page.request.post(`${server.url}/api/v1/customers/${row.id}/notes`, {
      data: { body, subject: null },
      headers: { origin: server.url },
    })
    expect(answer.ok()).toBe(true)
  }
  const changed = say('live.changed', { name: 'Demo · Administrator' })
  await write('First word')
  const cell = page
    .getByRole('grid')
    .getByRole('rowheader')
    .filter({ has: page.getByRole('link', { name: row.name, exact: true }) })
  await cell.getByTitle(changed).waitFor()
  await page
    .getByRole('status')
    .filter({ hasText: `${row.name}: ${changed}` })
    .waitFor({ state: 'attached' })
  await picture(page, 'portfolio-changed')
  expect(await axeFaults(page)).toEqual([])

  // Also what changes after the page was read and before the stream of changes opens.
  const written = Promise.withResolvers<void>()
  await page.route('**/api/v1/changes*', async route => {
    await written.promise
    await route.continue()
  })
  await page.goto(`${server.url}/customers/${row.id}/timeline`)
  await page.getByRole('heading', { level: 1, name: row.name }).waitFor()
  await write('Second word')
  written.resolve()
  await page.locator('header').getByText(changed).first().waitFor()
  expect(complaints).toEqual([])
})
