import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Report } from '../src/model/report-api.ts'
import { launchBrowser } from './browser.ts'
import { axeFaults, LOOKS, openPage, picture, signIn } from './page.ts'
import { type Served, serve } from './server.ts'
import { wordsOf } from './words.ts'

const t = wordsOf('en')
const REPORTS = ['milestones', 'at-risk', 'silent', 'past-due', 'handshakes'] as const

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

async function open(account: string): Promise<{ page: Page; complaints: string[] }> {
  const opened = await openPage(browser)
  await signIn(opened.page, server.url, account)
  return opened
}

type Row = Readonly<{ customer: string; customerName: string }>
async function ask(page: Page, path: string): Promise<Report<Row, unknown>> {
  const answer = await page.request.get(`${server.url}/api/v1${path}`)
  expect(answer.status()).toBe(200)
  // What the route's contract says.
  return (await answer.json()) as Report<Row, unknown>
}

/** Names of the rows that the table shows; a name may be followed by that of a service. */
const shown = (page: Page, label: string) => page.getByRole('table', { name: label }).getByRole('rowheader').allInnerTexts()

async function downloaded(page: Page): Promise<Record<string, string>[]> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: t('portfolio.export'), exact: true }).click(),
  ])
  return parse(readFileSync(await file.path(), 'utf8'), { bom: true, columns: true }) as Record<string, string>[]
}

test('the list leads to every report; each has its definition, a chart, and the same rows in screen, file and API', async () => {
  const { page, complaints } = await open('Demo · Lead')
  await page
    .getByRole('link', { name: t('nav.reports'), exact: true })
    .first()
    .click()
  await page.getByText(t('reports.about.silent')).waitFor()
  await picture(page, 'reports')
  for (const id of REPORTS) {
    await page
      .getByRole('heading', { name: t(`reportName.${id}`), exact: true })
      .getByRole('link')
      .click()
    await page.getByRole('heading', { level: 1, name: t(`reports.title.${id}`) }).waitFor()
    await page.getByRole('table', { name: t(`reports.title.${id}`) }).waitFor()
    await page.getByRole('heading', { name: t('reports.counted') }).waitFor()
    expect(await page.locator('dl').count()).toBeGreaterThan(0)
    const { rows, total } = await ask(page, `/reports/${id}`)
    const names = await shown(page, t(`reports.title.${id}`))
    expect([id, names.map((name, at) => name.includes(rows[at]?.customerName ?? '?'))]).toEqual([id, rows.map(() => true)])
    const lines = await downloaded(page)
    expect([id, lines.length, lines.slice(0, rows.length).map(line => line.customer)]).toEqual([id, total, rows.map(row => row.customer)])
    await picture(page, `report-${id}`)
    expect(await axeFaults(page)).toEqual([])
    await page.getByRole('link', { name: t('reports.all') }).click()
    await page.getByText(t('reports.about.silent')).waitFor()
  }
  await page.context().close()
  expect(complaints).toEqual([])
})

test('filters stand in the address, empty says why, and a row leads to where it is dealt with', async () => {
  const { page, complaints } = await open('Demo · Lead')
  await page.goto(`${server.url}/reports/at-risk`)
  const table = page.getByRole('table', { name: t('reports.title.at-risk') })
  await table.waitFor()
  await page.getByRole('combobox', { name: t('reports.column.reason') }).selectOption('silent')
  await page.waitForURL(/reason=silent/)
  await page.reload()
  const { rows } = await ask(page, '/reports/at-risk?reason=silent')
  await table.waitFor()
  expect(await shown(page, t('reports.title.at-risk'))).toEqual(rows.map(row => row.customerName))
  await page.getByRole('combobox', { name: t('reports.filter.segment') }).selectOption('nonprofit')
  await page.getByRole('combobox', { name: t('reports.column.reason') }).selectOption('tasks-late')
  await page.getByText(t('reports.noMatch')).waitFor()
  await page.getByRole('button', { name: t('portfolio.clear') }).click()
  await table.waitFor()
  expect(new URL(page.url()).search).toBe('')
  // An owner is one of those who own what one sees.
  const owner = page.getByRole('combobox', { name: t('reports.filter.owner') })
  await owner.selectOption({ index: 1 })
  await page.waitForURL(/owner=/)
  const named = await ask(page, `/reports/at-risk?owner=${new URL(page.url()).searchParams.get('owner')}`)
  await expect.poll(() => shown(page, t('reports.title.at-risk'))).toEqual(named.rows.map(row => row.customerName))

  await page.goto(`${server.url}/reports/silent`)
  const silent = await ask(page, '/reports/silent')
  await page.getByRole('rowheader').getByRole('link', { name: silent.rows[0]!.customerName }).click()
  await page.waitForURL(/\/notes$/)
  await page.goto(`${server.url}/reports/handshakes?late=true`)
  await page.getByRole('checkbox', { name: t('reports.waiting.onlyLate'), checked: true }).waitFor()
  await page.getByRole('rowheader').getByRole('link').first().click()
  await page.waitForURL(/\/requests/)
  await page.context().close()
  expect(complaints).toEqual([])
})

test('who sees few customers sees few rows, and the load of everybody is for those who give out work', async () => {
  const { page, complaints } = await open('Demo · FastTrack Manager')
  for (const id of REPORTS) {
    const { rows, total } = await ask(page, `/reports/${id}`)
    await page.goto(`${server.url}/reports/${id}`)
    await page.getByRole('heading', { level: 1, name: t(`reports.title.${id}`) }).waitFor()
    if (rows.length === 0) continue
    await page.getByRole('table', { name: t(`reports.title.${id}`) }).waitFor()
    expect([id, (await shown(page, t(`reports.title.${id}`))).length]).toEqual([id, Math.min(100, total)])
  }
  await page.goto(`${server.url}/reports/load`)
  await page.getByText(t('load.refused')).waitFor()
  expect(await page.getByRole('button', { name: t('portfolio.export') }).count()).toBe(0)
  await page.context().close()
  const lead = await open('Demo · Lead')
  await lead.page.goto(`${server.url}/reports/load`)
  await lead.page.getByRole('table', { name: t('load.title') }).waitFor()
  expect((await downloaded(lead.page)).length).toBe(
    await lead.page
      .getByRole('table', { name: t('load.title') })
      .getByRole('rowheader')
      .count(),
  )
  await picture(lead.page, 'report-load')
  await lead.page.context().close()
  expect([...complaints, ...lead.complaints]).toEqual([])
})

test('on a phone and in Portuguese every report is read without scrolling sideways', async () => {
  const narrow = LOOKS.find(look => look.width === 360 && look.language === 'pt-BR') ?? LOOKS[0]!
  const { page, complaints } = await openPage(browser, narrow)
  await signIn(page, server.url, 'Demo · Lead', narrow.language)
  const words = wordsOf(narrow.language)
  for (const id of REPORTS) {
    await page.goto(`${server.url}/reports/${id}`)
    await page.getByRole('table', { name: words(`reports.title.${id}`) }).waitFor()
    await picture(page, `report-${id}`, narrow)
    expect([id, await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)]).toEqual([id, true])
    expect(await axeFaults(page)).toEqual([])
  }
  await page.context().close()
  expect(complaints).toEqual([])
})
