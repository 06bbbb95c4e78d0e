import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from './browser.ts'
import { axeFaults, expectNoSideScroll, LOOKS, openBrowser, picture, type Session, sessionOf } from './page.ts'
import { type Served, serve } from './server.ts'
import { wordsOf } from './words.ts'

/** Cumulative layout shift a screen may have while its data arrives (issue 2). */
const MOST_SHIFT = 0.02

let server: Served
let browser: Browser

const ACCOUNTS = {
  lead: 'Demo · Lead',
  administrator: 'Demo · Administrator',
  manager: 'Demo · FastTrack Manager',
  expert: 'Demo · Subject-matter expert',
  reader: 'Demo · Reader',
} as const
type Who = keyof typeof ACCOUNTS | 'nobody'

/** One each for all looks: an address may sign in only so often a minute. */
const sessions = new Map<Who, Session>()
/** What the paths need to know of the demo. */
const ids = { customer: '', limited: '', covered: '', person: '', mail: '' }

beforeAll(async () => {
  server = await serve()
  browser = await launchBrowser()
  for (const who of Object.keys(ACCOUNTS) as (keyof typeof ACCOUNTS)[])
    sessions.set(who, await sessionOf(browser, server.url, ACCOUNTS[who]))
  await findIds()
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

type Screen = { name: string; path: () => string; ready: string; who?: Who }

/** `ready` is the key of a heading or label that stands once the data is there; `who` looks at it, the lead unless said. */
const SCREENS: readonly Screen[] = [
  { name: 'sign-in', path: () => '/sign-in', ready: 'signIn.submit', who: 'nobody' },
  { name: 'forgot', path: () => '/forgot', ready: 'signIn.forgotSend', who: 'nobody' },
  { name: 'reset-without-token', path: () => '/reset', ready: 'signIn.noLink', who: 'nobody' },
  { name: 'invitation-without-token', path: () => '/invitation', ready: 'signIn.noLink', who: 'nobody' },
  { name: 'set-up-already', path: () => '/setup', ready: 'setup.doneAlready', who: 'nobody' },
  { name: 'portfolio', path: () => '/portfolio', ready: 'column.segment' },
  { name: 'portfolio-empty', path: () => '/portfolio?q=no-such-customer', ready: 'portfolio.noMatch' },
  { name: 'portfolio-mine', path: () => '/portfolio?mine=true', ready: 'portfolio.clear', who: 'manager' },
  { name: 'plan', path: () => `/customers/${ids.customer}/plan`, ready: 'plan.standing' },
  { name: 'plan-explain', path: () => `/customers/${ids.customer}/plan?explain=gate:review`, ready: 'explain.facts' },
  { name: 'plan-read-only', path: () => `/customers/${ids.customer}/plan`, ready: 'customer.readOnly', who: 'reader' },
  { name: 'plan-limited', path: () => `/customers/${ids.limited}/plan`, ready: 'customer.limited', who: 'expert' },
  { name: 'plan-covering', path: () => `/customers/${ids.covered}/plan`, ready: 'customer.standIn', who: 'manager' },
  { name: 'usage', path: () => `/customers/${ids.customer}/usage`, ready: 'upload.title' },
  { name: 'customer-people', path: () => `/customers/${ids.customer}/people`, ready: 'people.teamHint' },
  { name: 'timeline', path: () => `/customers/${ids.customer}/timeline`, ready: 'tab.timeline' },
  { name: 'playbooks', path: () => '/playbooks', ready: 'nav.playbooks' },
  { name: 'playbook-page', path: () => '/playbooks/conduct-success-review', ready: 'library.changes' },
  { name: 'account', path: () => '/account', ready: 'account.keptLead', who: 'expert' },
  { name: 'admin-people', path: () => '/admin/people', ready: 'admin.people.lastSignIn', who: 'administrator' },
  { name: 'admin-person', path: () => `/admin/people?person=${ids.person}`, ready: 'admin.people.inviteAgain', who: 'administrator' },
  { name: 'admin-teams', path: () => '/admin/teams', ready: 'admin.teams.members', who: 'administrator' },
  { name: 'admin-settings', path: () => '/admin/settings', ready: 'admin.settings.retention', who: 'administrator' },
  { name: 'admin-jobs', path: () => '/admin/jobs', ready: 'admin.jobs.failedTitle', who: 'administrator' },
  { name: 'admin-mail', path: () => '/admin/mail', ready: 'admin.mail.subject', who: 'administrator' },
  { name: 'admin-one-mail', path: () => `/admin/mail?mail=${ids.mail}`, ready: 'admin.mail.written', who: 'administrator' },
  { name: 'admin-checks', path: () => '/admin/checks', ready: 'admin.checks.again', who: 'administrator' },
  { name: 'admin-audit', path: () => '/admin/audit', ready: 'admin.audit.from', who: 'administrator' },
  { name: 'no-permission', path: () => '/admin/people', ready: 'error.forbidden.title', who: 'reader' },
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

/** A new demo, plus somebody invited, so that no screen of Admin is empty. */
async function findIds(): Promise<void> {
  const first = async (who: Who, path: string) => {
    const answer = await ask(who, page => page.get(`${server.url}/api/v1${path}`))
    return ((await answer.json()) as { rows: { id: string }[] }).rows[0]?.id ?? ''
  }
  ids.customer = await first('lead', '/portfolio?limit=1')
  ids.limited = await first('expert', '/portfolio?limit=1')
  ids.covered = await first('manager', '/portfolio?limit=1&mine=true')
  const data = { email: 'invited@example.com', name: 'Invited Person', right: 'engineer', scope: 'customers', locale: 'en' }
  const invited = await ask('administrator', page => page.post(`${server.url}/api/v1/people`, { data, headers: { origin: server.url } }))
  ids.person = ((await invited.json()) as { person: { id: string } }).person.id
  const mails = await ask('administrator', page => page.get(`${server.url}/api/v1/mail`))
  ids.mail = ((await mails.json()) as { mails: { id: string }[] }).mails[0]?.id ?? ''
}

async function ask<A>(who: Who, run: (request: Page['request']) => Promise<A>): Promise<A> {
  const person = await openBrowser(browser, LOOKS[0], sessions.get(who))
  return run(person.request)
}

describe.each(LOOKS)('in $language, $theme, $width px', look => {
  const t = wordsOf(look.language)
  const people = new Map<Who, BrowserContext>()

  beforeAll(async () => {
    for (const who of [...sessions.keys(), 'nobody'] as const) people.set(who, await openBrowser(browser, look, sessions.get(who)))
  })

  afterAll(async () => {
    for (const person of people.values()) await person.close()
  })

  // Two at a time: a page waits for the network most of the while.
  test.concurrent.each(SCREENS)('$name is accessible, steady and fits', async ({ name, path, ready, who = 'lead' }) => {
    const page = await people.get(who)?.newPage()
    if (!page) throw new Error(`nobody is signed in as ${who}`)
    await watchShifts(page)
    await page.goto(`${server.url}${path()}`)
    await page
      .getByText(t(ready).split('{{')[0] ?? '')
      .first()
      .waitFor({ state: 'attached' })
    await page.waitForLoadState('networkidle')
    await picture(page, name, look)
    expect(await axeFaults(page)).toEqual([])
    await expectNoSideScroll(page)
    expect(await page.evaluate(() => (globalThis as unknown as { shift: number }).shift)).toBeLessThanOrEqual(MOST_SHIFT)
    // Tabs, histories and screen readers tell screens apart by their titles.
    expect(await page.title()).toMatch(/^.+ · Impulso$/)
    expect(await page.getAttribute('html', 'lang')).toBe(look.language)
    await page.close()
  })
})
