import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from './browser.ts'
import { openPage, signIn } from './page.ts'
import { type Served, serve } from './server.ts'
import { wordsOf } from './words.ts'

/** What is promised of a large portfolio and of the first visit. */
const CUSTOMERS = 5000
const MOST_EXTRA_ROWS = 20
const MOST_SCRIPT_BYTES = 300 * 1024
const ROW_HEIGHT = 40

const dataFolder = mkdtempSync(join(tmpdir(), 'impulso-large-'))
const t = wordsOf('en')
let server: Served
let browser: Browser

beforeAll(async () => {
  execFileSync(process.execPath, ['bin/impulso.js', 'demo', '--customers', String(CUSTOMERS)], {
    env: { ...process.env, IMPULSO_DATA: dataFolder },
    stdio: 'ignore',
  })
  server = await serve({ dataFolder })
  browser = await launchBrowser()
}, 400_000)

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  rmSync(dataFolder, { recursive: true, force: true })
})

test(`the grid of ${CUSTOMERS} customers draws only what is in sight, wherever one scrolls`, async () => {
  const { page } = await openPage(browser)
  await signIn(page, server.url)
  const grid = page.getByRole('grid', { name: t('portfolio.grid') })
  await grid.getByRole('rowheader').first().getByRole('link').waitFor()
  expect(Number(await grid.getAttribute('aria-rowcount'))).toBe(CUSTOMERS + 1)
  const height = (await grid.boundingBox())?.height ?? 0
  for (const share of [0, 0.5, 1]) {
    await grid.evaluate((element, at) => element.scrollTo({ top: element.scrollHeight * at }), share)
    await grid.getByRole('rowheader').last().getByRole('link').waitFor()
    expect(await grid.getByRole('row').count()).toBeLessThanOrEqual(Math.ceil(height / ROW_HEIGHT) + MOST_EXTRA_ROWS)
  }
  await page.context().close()
})

test('up to the first screen after sign-in, at most 300 KB of gzipped scripts are loaded', async () => {
  const { page } = await openPage(browser)
  const scripts = new Set<string>()
  page.on('response', response => {
    if (response.request().resourceType() === 'script') scripts.add(new URL(response.url()).pathname)
  })
  await signIn(page, server.url)
  await page.getByRole('rowheader').first().getByRole('link').waitFor()
  await page.waitForLoadState('networkidle')
  const bytes = [...scripts].reduce((sum, path) => sum + gzipSync(readFileSync(join('dist/web', path))).length, 0)
  expect(scripts.size).toBeGreaterThan(0)
  expect(bytes).toBeLessThanOrEqual(MOST_SCRIPT_BYTES)
  await page.context().close()
})
