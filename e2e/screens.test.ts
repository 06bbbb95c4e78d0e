import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from './browser.ts'
import { axeFaults, expectNoSideScroll, LOOKS, openBrowser, openPage, picture, signIn } from './page.ts'
import { type Served, serve } from './server.ts'
import { wordsOf } from './words.ts'

/** Cumulative layout shift a screen may have while its data arrives (issue 2). */
const MOST_SHIFT = 0.02

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

type Screen = { name: string; path: (customer: string) => string; ready: string }

/** `ready` is the key of a heading or label that stands once the data is there. */
const SCREENS: readonly Screen[] = [
  { name: 'portfolio', path: () => '/portfolio', ready: 'column.segment' },
  { name: 'portfolio-empty', path: () => '/portfolio?q=no-such-customer', ready: 'portfolio.noMatch' },
  { name: 'plan', path: customer => `/customers/${customer}/plan`, ready: 'plan.standing' },
  { name: 'plan-explain', path: customer => `/customers/${customer}/plan?explain=gate:review`, ready: 'explain.facts' },
  { name: 'usage', path: customer => `/customers/${customer}/usage`, ready: 'upload.title' },
  { name: 'timeline', path: customer => `/customers/${customer}/timeline`, ready: 'tab.timeline' },
  { name: 'playbooks', path: () => '/playbooks', ready: 'nav.playbooks' },
  { name: 'playbook-page', path: () => '/playbooks/conduct-success-review', ready: 'library.changes' },
  { name: 'not-found', path: () => '/customers/no-such-customer/plan', ready: 'error.notFound.title' },
]

/** Counts the shifts that no click caused, from the first paint on. */
const watchShifts = (page: Page) =>
  page.addInitScript(() => {
    const holder = globalThis as unknown as { shift: number }
    holder.shift = 0
    new PerformanceObserver(list => {
      for (const entry of list.getEntries() as unknown as { value: number; hadRecentInput: boolean }[])
        if (!entry.hadRecentInput) holder.shift += entry.value
    }).observe({ type: 'layout-shift', buffered: true })
  })

async function firstCustomer(page: Page): Promise<string> {
  const answer = await page.request.get(`${server.url}/api/v1/portfolio?limit=1`)
  const { rows } = (await answer.json()) as { rows: { id: string }[] }
  return rows[0]?.id ?? ''
}

describe.each(LOOKS)('in $language, $theme, $width px', look => {
  const t = wordsOf(look.language)
  let person: BrowserContext
  let customer: string

  beforeAll(async () => {
    person = await openBrowser(browser, look)
    const page = await person.newPage()
    await signIn(page, server.url, 'Demo · Lead', look.language)
    customer = await firstCustomer(page)
    await page.close()
  })

  afterAll(() => person?.close())

  test('sign-in is accessible', async () => {
    const { page } = await openPage(browser, look)
    await page.goto(`${server.url}/sign-in`)
    await page.getByRole('button', { name: t('signIn.submit'), exact: true }).waitFor()
    await picture(page, 'sign-in', look)
    expect(await axeFaults(page)).toEqual([])
    await expectNoSideScroll(page)
    await page.context().close()
  })

  test.each(SCREENS)('$name is accessible, steady and fits', async ({ name, path, ready }) => {
    const page = await person.newPage()
    await watchShifts(page)
    await page.goto(`${server.url}${path(customer)}`)
    await page
      .getByText(t(ready).split('{{')[0] ?? '')
      .first()
      .waitFor({ state: 'attached' })
    await page.waitForLoadState('networkidle')
    await picture(page, name, look)
    expect(await axeFaults(page)).toEqual([])
    await expectNoSideScroll(page)
    expect(await page.evaluate(() => (globalThis as unknown as { shift: number }).shift)).toBeLessThanOrEqual(MOST_SHIFT)
    await page.close()
  })
})
