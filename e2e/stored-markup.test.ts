import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAuth } from '../src/app/auth/open-auth.ts'
import { addPerson } from '../src/app/auth/people.ts'
import { readConfig } from '../src/app/config.ts'
import { openContext } from '../src/app/context.ts'
import { addTestCustomer } from '../src/app/testing.ts'
import { launchBrowser } from './browser.ts'
import { openPage } from './page.ts'
import { type Served, serve } from './server.ts'

/** Would take the page over wherever text became markup, and leaves something to find where it only became an element. */
const MARKUP = `"><img src=x onerror="document.title='owned'"><b data-markup onclick="x">{{7*7}}</b><script>document.title='owned'</script>`
const FILE = `"><img src=x onerror=document.title='owned'>.csv`
const SHORT = '<b data-markup>k</b><img src=x>'
const ADMINISTRATOR = { email: 'administrator@example.com', password: 'long enough to be a good one' }
const CUSTOMER = 'contoso'
const ITEM = 'support-success-execution/csm-handshake/3731@teams'

const dataFolder = mkdtempSync(join(tmpdir(), 'impulso-markup-'))
const playbook = join(dataFolder, 'playbook')
let server: Served
let browser: Browser
let page: Page
let complaints: string[]
const dialogs: string[] = []

beforeAll(async () => {
  cpSync('playbooks/microsoft-365-success', playbook, { recursive: true })
  const hostile = [
    MARKUP,
    '',
    `[link](javascript:document.title='owned')`,
    '',
    `![picture](x"onerror="document.title='owned')`,
    '',
    '<svg onload="document.title=1">',
  ]
  const hostilePage = join(playbook, 'conduct-success-review.md')
  writeFileSync(
    hostilePage,
    readFileSync(hostilePage, 'utf8').replace(/^## .+$/m, heading => `${heading}\n\n${hostile.join('\n')}\n`),
  )
  const config = readConfig({ IMPULSO_DATA: dataFolder, IMPULSO_PLAYBOOK: playbook })
  const open = await openContext(config)
  const auth = openAuth(config, open)
  await addPerson(open.context, auth, { ...ADMINISTRATOR, name: MARKUP, right: 'administrator' })
  const services = { teams: { activatedOn: '2026-03-01', handshake: 'offered', owner: MARKUP } }
  const metrics = [{ id: 'm1', name: MARKUP, baseline: 1, target: 2, current: 1, asOf: '2026-11-01' }]
  const csm = { assigned: true, name: MARKUP }
  await addTestCustomer(open.context, { customer: { id: CUSTOMER, name: MARKUP }, csm, services, metrics }, 'main')
  await auth.close()
  await open.close()
  server = await serve({ dataFolder, args: ['--empty'], env: { IMPULSO_PLAYBOOK: playbook } })
  browser = await launchBrowser()
  ;({ page, complaints } = await openPage(browser))
  page.on('dialog', dialog => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  await fill()
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  rmSync(dataFolder, { recursive: true, force: true })
})

/** Puts markup into every field that can be written from outside. */
async function fill(): Promise<void> {
  const send = async (method: 'post' | 'put', path: string, data: unknown) => {
    const answer = await page.request[method](`${server.url}${path}`, { data, headers: { origin: server.url } })
    expect([path, answer.status(), await answer.text()]).toEqual([path, 200, expect.anything()])
    return (await answer.json()) as Record<string, unknown>
  }
  const api = (path: string) => `/api/v1${path}`
  await send('post', '/api/auth/sign-in/email', ADMINISTRATOR)
  const customer = async () =>
    (await (await page.request.get(`${server.url}${api(`/customers/${CUSTOMER}`)}`)).json()) as { version: number }
  const item = { status: 'blocked', reason: 'customer', note: MARKUP, version: (await customer()).version }
  await send('put', api(`/customers/${CUSTOMER}/items/${encodeURIComponent(ITEM)}`), item)
  await send('put', api(`/customers/${CUSTOMER}/facts`), { name: 'csm.name', value: `${MARKUP}!`, version: (await customer()).version })
  const report = await page.request.put(`${server.url}${api(`/customers/${CUSTOMER}/reports/${encodeURIComponent(FILE)}?tenant=main`)}`, {
    data: 'service,entitled\nteams,300\n',
    headers: { origin: server.url, 'content-type': 'text/csv' },
  })
  expect(report.status()).toBe(200)
  await send('put', api('/teams/markup'), { name: SHORT, members: [] })
  const { person } = (await send('post', api('/people'), {
    email: 'somebody@example.com',
    name: MARKUP,
    right: 'subject-matter-expert',
    scope: 'services',
    teams: ['markup'],
  })) as { person: { id: string } }
  await send('post', api(`/customers/${CUSTOMER}/assignments`), {
    person: person.id,
    role: 'subject-matter-expert',
    service: 'teams',
    version: (await customer()).version,
  })
  await send('put', api(`/customers/${CUSTOMER}/team`), { team: 'markup', version: (await customer()).version })
  await send('post', api(`/customers/${CUSTOMER}/notes`), { body: MARKUP })
  await send('post', api(`/customers/${CUSTOMER}/blockers`), {
    title: MARKUP,
    services: ['teams'],
    items: [],
    reason: 'waiting-for-customer',
    seats: null,
    owner: person.id,
    nextAction: MARKUP,
    nextActionOn: null,
  })
  await send('post', api(`/customers/${CUSTOMER}/meetings`), {
    kind: 'customer',
    title: MARKUP,
    // At the end of this day, so that it still lies ahead and Today tells of it.
    startsLocal: `${new Date().toISOString().slice(0, 10)}T23:59`,
    timeZone: 'Etc/UTC',
    minutes: 30,
    location: MARKUP,
    agenda: MARKUP,
  })
  await send('post', api('/me/keys'), { name: SHORT, scopes: ['read'] })
}

/** `shows`: the screen has the markup to show, and must show it as text. */
const SCREENS: readonly { path: string; shows: boolean }[] = [
  { path: '/portfolio', shows: true },
  { path: `/portfolio?q=${encodeURIComponent(MARKUP)}`, shows: true },
  { path: `/customers/${CUSTOMER}/plan`, shows: true },
  { path: `/customers/${CUSTOMER}/plan?explain=gate:review`, shows: true },
  { path: `/customers/${CUSTOMER}/usage`, shows: true },
  { path: `/customers/${CUSTOMER}/people`, shows: true },
  { path: `/customers/${CUSTOMER}/timeline`, shows: true },
  { path: `/customers/${CUSTOMER}/success`, shows: true },
  { path: `/customers/${CUSTOMER}/blockers`, shows: true },
  { path: `/customers/${CUSTOMER}/meetings`, shows: true },
  { path: `/customers/${CUSTOMER}/notes`, shows: true },
  { path: '/today?whose=all', shows: true },
  { path: '/meetings', shows: true },
  { path: '/search?q=owned', shows: true },
  { path: '/requests?box=all&state=any', shows: false },
  { path: '/reports/blockers', shows: true },
  { path: '/notifications', shows: false },
  { path: '/playbooks', shows: false },
  { path: '/playbooks/conduct-success-review', shows: false },
  { path: '/account', shows: true },
  { path: '/admin/people', shows: true },
  { path: '/admin/teams', shows: true },
  { path: '/admin/settings', shows: false },
  { path: '/admin/jobs', shows: false },
  { path: '/admin/mail', shows: false },
  { path: '/admin/checks', shows: false },
  { path: '/admin/audit', shows: true },
  { path: `/customers/${encodeURIComponent('<img src=x onerror=x>')}`, shows: false },
]

test.each(SCREENS)('$path shows markup as text', async ({ path, shows }) => {
  await page.goto(`${server.url}${path}`)
  await page.getByRole('main').first().waitFor()
  await page.waitForLoadState('networkidle')
  if (shows) await expect.poll(() => page.locator('body').innerText()).toContain('<b data-markup')
  await harmless()
})

test('a mail is shown as it would arrive, and runs nothing', async () => {
  await page.goto(`${server.url}/admin/mail`)
  await page
    .getByRole('row', { name: /invitation/i })
    .getByRole('link')
    .first()
    .click()
  await page.getByText('data-markup').first().waitFor()
  await harmless()
})

async function harmless(): Promise<void> {
  for (const frame of page.frames()) {
    expect(await frame.locator('[data-markup], img[src="x"], svg[onload], a[href^="javascript:"], [onerror], [onclick]').count()).toBe(0)
  }
  // The title of a page holds the customer's name, markup and all, as text.
  expect([(await page.title()) === 'owned', dialogs]).toEqual([false, []])
  // A script that the policy had to stop was one too many.
  expect(complaints.filter(each => /content security policy|refused to/i.test(each))).toEqual([])
}
