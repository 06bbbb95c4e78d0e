import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { wordsOf } from './words.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const PICTURES = 'test-artefacts'

export type Look = { language: 'en' | 'pt-BR'; theme: 'light' | 'dark'; width: 1440 | 360 }
export const LOOKS: readonly Look[] = [
  { language: 'en', theme: 'light', width: 1440 },
  { language: 'pt-BR', theme: 'dark', width: 1440 },
  { language: 'pt-BR', theme: 'light', width: 360 },
  { language: 'en', theme: 'dark', width: 360 },
]
const FIRST_LOOK: Look = { language: 'en', theme: 'light', width: 1440 }

/** What a browser keeps of somebody who signed in. */
export type Session = Awaited<ReturnType<BrowserContext['storageState']>>
const NO_SESSION: Session = { cookies: [], origins: [] }

/** A browser as one person has it: language, theme and size, and signed in already where there is a session. */
export const openBrowser = (
  browser: Browser,
  { language, theme, width }: Look = FIRST_LOOK,
  session: Session = NO_SESSION,
): Promise<BrowserContext> =>
  browser.newContext({
    storageState: session,
    locale: language,
    colorScheme: theme,
    viewport: { width, height: width === 360 ? 740 : 900 },
    timezoneId: 'UTC',
  })

/** A page in a browser of its own; collects what the browser complains about. */
export async function openPage(browser: Browser, look: Look = FIRST_LOOK): Promise<{ page: Page; complaints: string[] }> {
  const context = await openBrowser(browser, look)
  const page = await context.newPage()
  return { page, complaints: complaintsOf(page) }
}

/** What the browser complains about from now on: errors of the page, and what it writes as an error into its console. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', error => complaints.push(error.message))
  page.on('console', message => {
    if (message.type() === 'error' && !isOwnScript(message.text())) complaints.push(message.text())
  })
  return complaints
}

/** Scripts of these tests go into every frame; that of a mail lets none run, and may say so. */
const isOwnScript = (complaint: string) => complaint.startsWith("Blocked script execution in 'about:srcdoc'")

/** Signs in with a demo account, as a person does: one click on its button. */
export async function signIn(page: Page, url: string, account = 'Demo · Lead', language = 'en'): Promise<void> {
  await page.goto(`${url}/sign-in?to=/portfolio`)
  await page.getByRole('button', { name: account }).click()
  await page.getByRole('heading', { level: 1, name: wordsOf(language)('nav.portfolio') }).waitFor()
}

/** Signs in once and keeps it, for browsers that are opened later: an address may sign in only so often a minute. */
export async function sessionOf(browser: Browser, url: string, account: string): Promise<Session> {
  const { page } = await openPage(browser)
  await signIn(page, url, account)
  const { cookies } = await page.context().storageState()
  await page.context().close()
  return { cookies, origins: [] }
}

/** Presses Tab until the thing has the focus: what cannot be reached this way fails. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor()
  for (let count = 0; count < MOST_TABS; count++) {
    if (await target.evaluate(element => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`${target} cannot be reached with the Tab key`)
}
const MOST_TABS = 60

/** What axe finds at WCAG 2.2 AA; run inside the page, so that its content security policy stays in force. */
export async function axeFaults(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  // Not `expect.poll`: some tests run two at a time. What never gets still is looked at as it is.
  for (let tries = 0; tries < 100 && !(await page.evaluate(isStill)); tries++) await page.waitForTimeout(100)
  return page.evaluate(async () => {
    type Axe = {
      run: (
        where: unknown,
        options: unknown,
      ) => Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>
    }
    // The script above put it there.
    const { axe } = globalThis as unknown as { axe: Axe }
    // Fluent's focus library puts invisible stops beside its groups, which hand the focus on at once; no person meets them.
    const { violations } = await axe.run(
      { exclude: ['[data-tabster-dummy]'] },
      { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
    )
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(node => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary.slice(0, 300)}`),
    )
  })
}

/** Whether nothing fades in or out any more, no colour is half-way, and the page behind a dialog that closed is back. */
function isStill(): boolean {
  // The clock of a passing message is an animation too, of many seconds; a spinner's has no end.
  const isMoving = document
    .getAnimations()
    .some(({ playState, effect }) => playState === 'running' && Number(effect?.getComputedTiming().endTime ?? 0) < 2_000)
  const isHidden = document.querySelector('#root[aria-hidden="true"], .fui-FluentProvider[aria-hidden="true"]') !== null
  const isCovered = document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]') !== null
  return !isMoving && (!isHidden || isCovered)
}

/** Keeps a picture for people to look at; not committed. */
export async function picture(page: Page, name: string, look: Look = FIRST_LOOK): Promise<void> {
  mkdirSync(PICTURES, { recursive: true })
  await page.screenshot({ path: join(PICTURES, `${name}-${look.language}-${look.theme}-${look.width}.png`) })
}

/**
 * Everything on the screen reachable without a horizontal scroll of the page itself. What scrolls sideways within it, a wide table or a row
 * of tabs, is there on purpose: then it has a name, or what it holds can have the focus.
 */
export async function expectNoSideScroll(page: Page): Promise<void> {
  const { inner, scroll, unnamed } = await page.evaluate(() => {
    const isNamed = (element: Element) => ['aria-label', 'aria-labelledby', 'role', 'tabindex'].some(name => element.hasAttribute(name))
    const scrolling = [...document.querySelectorAll('main, main *')].filter(
      element => element.scrollWidth > element.clientWidth + 1 && ['auto', 'scroll'].includes(getComputedStyle(element).overflowX),
    )
    const unnamed = scrolling.filter(element => !isNamed(element) && element.querySelector('a, button, [tabindex="0"]') === null)
    return {
      inner: window.innerWidth,
      scroll: document.documentElement.scrollWidth,
      unnamed: unnamed.map(element => element.outerHTML.slice(0, 160)),
    }
  })
  expect(scroll).toBeLessThanOrEqual(inner)
  expect(unnamed).toEqual([])
}
