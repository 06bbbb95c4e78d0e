import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DEMO_MANAGERS } from '../src/app/demo/people.ts'
import { launchBrowser } from './browser.ts'
import { axeFaults, complaintsOf, expectNoSideScroll, LOOKS, openBrowser, picture, type Session, sessionOf } from './page.ts'
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
const ids = { customer: '', limited: '', covered: '', agreed: '', reviewed: '', person: '', mail: '' }

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

type Screen = { name: string; path: () => string; ready: string; who?: Who; refused?: 403 | 404 }

/**
 * `ready` is the key of a heading or label that stands once the data is there; `who` looks at it, the lead unless said. `refused`: what the
 * server answers on purpose, which the browser writes into its console.
 */
const SCREENS: readonly Screen[] = [
  { name: 'sign-in', path: () => '/sign-in', ready: 'signIn.submit', who: 'nobody' },
  { name: 'forgot', path: () => '/forgot', ready: 'signIn.forgotSend', who: 'nobody' },
  { name: 'reset-without-token', path: () => '/reset', ready: 'signIn.noLink', who: 'nobody' },
  { name: 'invitation-without-token', path: () => '/invitation', ready: 'signIn.noLink', who: 'nobody' },
  { name: 'set-up-already', path: () => '/setup', ready: 'setup.doneAlready', who: 'nobody' },
  { name: 'today', path: () => '/today?whose=all', ready: 'today.part.week' },
  { name: 'today-none', path: () => '/today', ready: 'today.none', who: 'reader' },
  { name: 'portfolio', path: () => '/portfolio', ready: 'column.segment' },
  { name: 'portfolio-work', path: () => '/portfolio?columns=work&group=phase', ready: 'list.column.blockers' },
  { name: 'portfolio-priority', path: () => `/portfolio?priority=${ids.customer}`, ready: 'list.priority.rule' },
  { name: 'portfolio-empty', path: () => '/portfolio?q=no-such-customer', ready: 'portfolio.noMatch' },
  { name: 'portfolio-mine', path: () => '/portfolio?mine=true', ready: 'portfolio.clear', who: 'manager' },
  { name: 'plan', path: () => `/customers/${ids.customer}/plan`, ready: 'plan.standing' },
  { name: 'plan-explain', path: () => `/customers/${ids.customer}/plan?explain=gate:review`, ready: 'explain.facts' },
  { name: 'plan-read-only', path: () => `/customers/${ids.customer}/plan`, ready: 'customer.readOnly', who: 'reader' },
  { name: 'plan-limited', path: () => `/customers/${ids.limited}/plan`, ready: 'customer.limited', who: 'expert' },
  { name: 'plan-covering', path: () => `/customers/${ids.covered}/plan`, ready: 'customer.standIn', who: 'manager' },
  { name: 'usage', path: () => `/customers/${ids.customer}/usage`, ready: 'upload.title' },
  { name: 'admin-connections', path: () => '/admin/connections', ready: 'admin.connections.none', who: 'administrator' },
  { name: 'customer-people', path: () => `/customers/${ids.customer}/people`, ready: 'contacts.heading' },
  { name: 'timeline', path: () => `/customers/${ids.customer}/timeline`, ready: 'tab.timeline' },
  { name: 'success-plan', path: () => `/customers/${ids.agreed}/success`, ready: 'success.looseMetrics' },
  { name: 'success-plan-read-only', path: () => `/customers/${ids.agreed}/success`, ready: 'success.looseMetrics', who: 'reader' },
  { name: 'review-record', path: () => `/customers/${ids.reviewed}/review`, ready: 'record.expectationsTitle' },
  { name: 'review-record-read-only', path: () => `/customers/${ids.reviewed}/review`, ready: 'record.expectationsTitle', who: 'reader' },
  { name: 'review-deck', path: () => `/customers/${ids.agreed}/review/deck`, ready: 'deck.narrative' },
  { name: 'review-deck-read-only', path: () => `/customers/${ids.agreed}/review/deck`, ready: 'deck.narrative', who: 'reader' },
  { name: 'blockers', path: () => `/customers/${ids.agreed}/blockers`, ready: 'blockers.add' },
  { name: 'blockers-report', path: () => '/reports/blockers', ready: 'blockers.reportTitle' },
  { name: 'reports', path: () => '/reports', ready: 'reports.lead' },
  { name: 'report-milestones', path: () => '/reports/milestones', ready: 'reports.months.title' },
  { name: 'report-at-risk', path: () => '/reports/at-risk', ready: 'reports.risk.byReason' },
  { name: 'report-silent', path: () => '/reports/silent', ready: 'reports.silent.since' },
  { name: 'report-past-due', path: () => '/reports/past-due', ready: 'reports.pastDue.byReason' },
  { name: 'report-past-due-none', path: () => '/reports/past-due?reason=blocked&segment=nonprofit', ready: 'reports.noMatch' },
  { name: 'report-handshakes', path: () => '/reports/handshakes', ready: 'reports.waiting.byPerson' },
  { name: 'load-report', path: () => '/reports/load', ready: 'load.dueSoon' },
  { name: 'report-survey', path: () => '/reports/survey', ready: 'survey.report.chart' },
  { name: 'report-survey-none', path: () => '/reports/survey?until=2020-01-01', ready: 'reports.noMatch' },
  { name: 'load-report-refused', path: () => '/reports/load', ready: 'load.refused', who: 'reader' },
  { name: 'notes', path: () => `/customers/${ids.customer}/notes`, ready: 'notes.write' },
  { name: 'search', path: () => '/search?q=pilot', ready: 'search.results' },
  { name: 'portfolio-charts', path: () => '/portfolio?view=charts', ready: 'multiples.sort' },
  { name: 'usage-past', path: () => `/customers/${ids.customer}/usage?knownOn=2026-01-31`, ready: 'usage.backToNow' },
  { name: 'forecasts', path: () => '/reports/forecasts', ready: 'forecasts.outcomesTitle' },
  { name: 'meetings', path: () => '/meetings', ready: 'meetings.filters' },
  { name: 'meetings-month', path: () => '/meetings?view=month', ready: 'meetings.monthNow' },
  { name: 'meetings-overdue', path: () => '/meetings?view=overdue', ready: 'meetings.dueBy' },
  { name: 'customer-meetings', path: () => `/customers/${ids.customer}/meetings`, ready: 'meetings.upcoming' },
  { name: 'requests', path: () => '/requests?box=all&state=any', ready: 'requests.remindOn' },
  { name: 'requests-empty', path: () => '/requests', ready: 'requests.seeAll' },
  { name: 'requests-load', path: () => '/requests?box=load', ready: 'requests.waiting' },
  { name: 'expert-requests', path: () => '/requests?list=experts&box=all&state=any', ready: 'experts.due.acknowledgeBy' },
  { name: 'expert-requests-inbox', path: () => '/requests?list=experts', ready: 'experts.action.accept', who: 'expert' },
  { name: 'expert-requests-none', path: () => '/requests?list=experts&q=no-such-customer', ready: 'experts.noMatch' },
  { name: 'expert-requests-load', path: () => '/requests?list=experts&box=load', ready: 'experts.atOnce' },
  { name: 'requests-no-load', path: () => '/requests?box=load', ready: 'requests.loadRefused', who: 'reader' },
  { name: 'reviews', path: () => '/reviews', ready: 'reviews.name.scheduled' },
  { name: 'reviews-empty', path: () => '/reviews?q=no-such-customer', ready: 'reviews.noMatch' },
  { name: 'review-discussions', path: () => `/customers/${ids.agreed}/review`, ready: 'discussions.usageTitle' },
  { name: 'playbooks', path: () => '/playbooks', ready: 'nav.playbooks' },
  { name: 'playbook-page', path: () => '/playbooks/conduct-success-review', ready: 'library.changes' },
  { name: 'account', path: () => '/account', ready: 'account.keptLead', who: 'expert' },
  { name: 'notifications', path: () => '/notifications', ready: 'notices.markAll' },
  { name: 'notifications-none', path: () => '/notifications', ready: 'notices.none', who: 'reader' },
  { name: 'admin-people', path: () => '/admin/people', ready: 'admin.people.lastSignIn', who: 'administrator' },
  { name: 'admin-person', path: () => `/admin/people?person=${ids.person}`, ready: 'admin.people.inviteAgain', who: 'administrator' },
  { name: 'admin-teams', path: () => '/admin/teams', ready: 'admin.teams.members', who: 'administrator' },
  { name: 'admin-customers-import', path: () => '/admin/customers', ready: 'customers.import.file' },
  { name: 'admin-customers-assign', path: () => '/admin/customers?part=assign', ready: 'customers.bulk.preview' },
  { name: 'admin-customers-changes', path: () => '/admin/customers?part=changes', ready: 'customers.changes.none' },
  { name: 'admin-customers-archived', path: () => '/admin/customers?part=archived', ready: 'customers.archived.none' },
  { name: 'admin-lists', path: () => '/admin/lists', ready: 'lists.shipped' },
  { name: 'admin-lists-notes', path: () => '/admin/lists?list=notes', ready: 'lists.shippedHelp.note' },
  { name: 'admin-lists-plans', path: () => '/admin/lists?list=plans', ready: 'lists.shippedHelp.success-plan' },
  { name: 'admin-lists-read-only', path: () => '/admin/lists', ready: 'lists.readOnly', who: 'reader' },
  { name: 'admin-settings', path: () => '/admin/settings', ready: 'admin.settings.retention', who: 'administrator' },
  { name: 'admin-jobs', path: () => '/admin/jobs', ready: 'admin.jobs.failedTitle', who: 'administrator' },
  { name: 'admin-mail', path: () => '/admin/mail', ready: 'admin.mail.subject', who: 'administrator' },
  { name: 'admin-one-mail', path: () => `/admin/mail?mail=${ids.mail}`, ready: 'admin.mail.written', who: 'administrator' },
  { name: 'admin-checks', path: () => '/admin/checks', ready: 'admin.checks.again', who: 'administrator' },
  { name: 'admin-audit', path: () => '/admin/audit', ready: 'admin.audit.from', who: 'administrator' },
  { name: 'no-permission', path: () => '/admin/people', ready: 'error.forbidden.title', who: 'reader' },
  { name: 'not-found', path: () => '/customers/no-such-customer/plan', ready: 'error.notFound.title', refused: 404 },
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
  // Of the story with metrics of every kind.
  ids.agreed = await first('lead', '/portfolio?limit=1&q=Cascavel+Dourada')
  // In the step after its review.
  ids.reviewed = await first('lead', '/portfolio?limit=1&q=Sertaneja')
  ids.covered = await first('manager', `/portfolio?limit=1&mine=true&owner=${DEMO_MANAGERS[1]?.id ?? ''}`)
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
  test.concurrent.each(SCREENS)('$name is accessible, steady and fits', async ({ name, path, ready, who = 'lead', refused }) => {
    const page = await people.get(who)?.newPage()
    if (!page) throw new Error(`nobody is signed in as ${who}`)
    const complaints = complaintsOf(page)
    await watchShifts(page)
    await page.goto(`${server.url}${path()}`)
    const words = t(ready).split('{{')[0] ?? ''
    await page.getByText(words).or(page.getByLabel(words)).first().waitFor({ state: 'attached' })
    await page.waitForLoadState('networkidle')
    await picture(page, name, look)
    expect(await axeFaults(page)).toEqual([])
    await expectNoSideScroll(page)
    expect(await page.evaluate(() => (globalThis as unknown as { shift: number }).shift)).toBeLessThanOrEqual(MOST_SHIFT)
    expect(complaints.filter(each => refused === undefined || !(each.includes(`${refused}`) || each.startsWith('HttpError')))).toEqual([])
    // Tabs, histories and screen readers tell screens apart by their titles.
    expect(await page.title()).toMatch(/^.+ · Impulso$/)
    expect(await page.getAttribute('html', 'lang')).toBe(look.language)
    await page.close()
  })
})
