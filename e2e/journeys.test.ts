import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { customerForReports, writeExampleReports } from '../src/app/demo/example-reports.ts'
import { Day } from '../src/model/words.ts'
import { launchBrowser } from './browser.ts'
import { openPage, picture, signIn } from './page.ts'
import { type Served, serve } from './server.ts'
import { wordsOf } from './words.ts'

let server: Served
let browser: Browser
const t = wordsOf('en')
const today = () => Day.parse(new Date().toISOString().slice(0, 10))

beforeAll(async () => {
  server = await serve()
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

/** A signed-in page, and at the end the proof that the browser had nothing to complain about. */
async function journey(account: string, walk: (page: Page) => Promise<void>): Promise<void> {
  const { page, complaints } = await openPage(browser)
  await signIn(page, server.url, account)
  await walk(page)
  await page.context().close()
  expect(complaints).toEqual([])
}

const grid = (page: Page) => page.getByRole('grid', { name: t('portfolio.grid') })
const dataRows = (page: Page) =>
  grid(page)
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader') })

/** Opens a customer by its name, as a person looks for it. */
async function openCustomer(page: Page, name: string): Promise<void> {
  await page.keyboard.press('/')
  await page.getByRole('searchbox', { name: t('find.label') }).fill(name)
  const row = dataRows(page).filter({ hasText: name }).first()
  await row.waitFor()
  await row.getByRole('link', { name }).click()
  await page.getByRole('heading', { level: 1, name }).waitFor()
}

test('a wrong password is refused with a sentence, the right one opens the day', async () => {
  const { page } = await openPage(browser)
  await page.goto(server.url)
  await page.getByLabel(t('signIn.email')).fill('lead@demo.example')
  await page.getByRole('textbox', { name: t('signIn.password'), exact: true }).fill('not the password')
  await page.getByRole('button', { name: t('signIn.submit'), exact: true }).click()
  await page
    .getByRole('alert')
    .filter({ hasText: t('signIn.wrong') })
    .waitFor()
  await page.getByRole('textbox', { name: t('signIn.password'), exact: true }).fill('impulso-demo')
  await page.getByRole('button', { name: t('signIn.submit'), exact: true }).click()
  await page.getByRole('heading', { level: 1, name: t('nav.today') }).waitFor()
  expect(new URL(page.url()).pathname).toBe('/today')
  await page.context().close()
})

test('the customer that needs attention stands first, and its reason is one key away', async () => {
  await journey('Demo · FastTrack Manager', async page => {
    const first = dataRows(page).first()
    await first.waitFor()
    await first.getByRole('link').waitFor()
    await grid(page).focus()
    await page.keyboard.press('e')
    const panel = page.getByRole('complementary', { name: t('explain.title') })
    await panel.getByRole('heading', { name: t('explain.facts') }).waitFor()
    await picture(page, 'explain')
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
  })
})

test('why an item is due: rule, file and line, facts with their age, and what would change it', async () => {
  await journey('Demo · Lead', async page => {
    await dataRows(page).first().getByRole('link').click()
    await page.getByRole('heading', { name: t('plan.standing') }).waitFor()
    await page
      .getByRole('button', { name: new RegExp(`^${t('plan.why')}`) })
      .first()
      .click()
    const panel = page.getByRole('complementary', { name: t('explain.title') })
    await panel.getByRole('heading', { name: t('explain.proof') }).waitFor()
    await panel.getByRole('heading', { name: t('explain.flip') }).waitFor()
    await panel
      .getByText(/playbook\.yaml|\.md/)
      .first()
      .waitFor()
  })
})

test('a task is completed, undone, and blocked with a reason and a note; all of it is on the timeline', async () => {
  await journey('Demo · FastTrack Manager', async page => {
    await dataRows(page).first().getByRole('link').click()
    await page.getByLabel(t('plan.state')).selectOption('due')
    const item = page.locator('li[data-item]').first()
    await item.waitFor()
    const id = await item.getAttribute('data-item')
    const row = page.locator(`li[data-item="${id}"]`)
    await page.getByLabel(t('plan.state')).selectOption('')
    await row.locator('[data-status-button]').click()
    await page.getByRole('menuitemradio', { name: t('status.complete') }).click()
    await row.getByText(t('state.done'), { exact: true }).waitFor()
    await page.keyboard.press('u')
    await row.getByText(t('state.due'), { exact: true }).waitFor()
    await row.locator('[data-status-button]').click()
    await page.getByRole('menuitemradio', { name: new RegExp(`^${t('status.blocked')}`) }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: t('save') }).click()
    await dialog.getByText(t('plan.reasonNeeded')).waitFor()
    await dialog.getByLabel(t('plan.reason')).selectOption('customer')
    await dialog.getByLabel(t('plan.note')).fill('The contact is away until next month')
    await page.keyboard.press('Control+Enter')
    await dialog.waitFor({ state: 'detached' })
    await row.getByText('The contact is away until next month').waitFor()
    await page.getByRole('tab', { name: t('tab.timeline') }).click()
    await page
      .getByText(/: blocked/)
      .first()
      .waitFor()
  })
})

test('a reader sees the plan, and why nothing can be changed', async () => {
  await journey('Demo · Reader', async page => {
    await dataRows(page).first().getByRole('link').click()
    await page.getByRole('heading', { name: t('plan.standing') }).waitFor()
    expect(await page.locator('[data-status-button]').count()).toBe(0)
    await page
      .getByText(t('customer.readOnly').split('{{')[0] ?? '')
      .first()
      .waitFor()
  })
})

test('reports are uploaded, the preview says what will change, and the review gate opens', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'impulso-reports-'))
  const reports = await writeExampleReports(folder, today())
  const { name } = customerForReports(today()).sheet.customer
  await journey('Demo · FastTrack Manager', async page => {
    await openCustomer(page, name)
    const gate = page.getByRole('listitem').filter({ has: page.getByText('Success review', { exact: true }) })
    await gate.getByText(t('gate.unknown'), { exact: true }).waitFor()
    await page.getByRole('tab', { name: t('tab.usage') }).click()
    await page.locator('input[type=file]').setInputFiles(reports.map(report => report.path))
    const start = page.getByRole('button', { name: new RegExp(`${reports.length}`) }).filter({ hasText: /import/i })
    await start.waitFor({ timeout: 60_000 })
    await picture(page, 'upload-preview')
    await start.click()
    const opened = t('upload.gate.met').replace('{{gate}}', 'Success review').split(',')[0] ?? ''
    await page.getByText(opened).waitFor({ timeout: 60_000 })
    await page.getByRole('tab', { name: t('tab.plan'), exact: true }).click()
    await gate.getByText(t('gate.met'), { exact: true }).waitFor()
  })
})

test('the language is switched without losing the place, and stays after a reload', async () => {
  await journey('Demo · Lead', async page => {
    const pt = wordsOf('pt-BR')
    await dataRows(page).first().getByRole('link').click()
    await page.getByRole('heading', { name: t('plan.standing') }).waitFor()
    const address = page.url()
    await page.getByRole('button', { name: t('frame.language') }).click()
    await page.getByRole('menuitemradio', { name: /Português/ }).click()
    await page.getByRole('heading', { name: pt('plan.standing') }).waitFor()
    expect(page.url()).toBe(address)
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('pt-BR')
    await page.reload()
    await page.getByRole('heading', { name: pt('plan.standing') }).waitFor()
  })
})
