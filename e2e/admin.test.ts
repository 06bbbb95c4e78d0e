import { readFileSync } from 'node:fs'
import type { Browser, Download, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from './browser.ts'
import { LOOKS, openBrowser, openPage, picture, type Session, sessionOf, tabTo } from './page.ts'
import { type Served, serve } from './server.ts'
import { wordsOf } from './words.ts'

/** Who may do what, from the invitation to the end of the demo: one installation, each person in a browser of their own. */

const t = wordsOf('en')
const EXPERT = { name: 'Nia of the example', email: 'nia@example.com', password: 'four slow rivers meet' }
const OWNER = { name: 'Own Administrator', email: 'own@example.com', password: 'a lantern beside the harbour' }
let server: Served
let browser: Browser
/** Two cores may be busy with other things. */
const PATIENT = { timeout: 15_000 }
const sessions = new Map<string, Session>()

beforeAll(async () => {
  server = await serve()
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

/** A page of somebody who is signed in; signs in only the first time, for an address may do so only so often a minute. */
async function pageOf(account: string, path: string, look = LOOKS[0]): Promise<Page> {
  const session = sessions.get(account) ?? (await sessionOf(browser, server.url, account))
  sessions.set(account, session)
  const page = await (await openBrowser(browser, look, session)).newPage()
  await page.goto(`${server.url}${path}`)
  return page
}

/** The words up to the first value put into them. */
const start = (key: string, words = t) => words(key).split('{{')[0] ?? ''
const say = (key: string, values: Readonly<Record<string, string>>) => t(key).replace(/\{\{(\w+)\}\}/g, (_, name) => values[name] ?? '')
const day = (fromNow: number) => new Date(Date.now() + fromNow * 86_400_000).toISOString().slice(0, 10)
const shown = (iso: string) => new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(iso))

const button = (within: Page | Locator, name: string | RegExp) => within.getByRole('button', { name, exact: true })
const customerCount = async (page: Page) => {
  const count = page.getByText(/^\d+ customers?$/).first()
  await count.waitFor()
  return Number.parseInt(await count.innerText(), 10)
}
const itemOf = (page: Page, service: string) => page.locator(`li[data-item$="@${service}"]`).first()

async function rowsOf(page: Page, query: string): Promise<readonly { id: string; name: string }[]> {
  const answer = await page.request.get(`${server.url}/api/v1/portfolio?${query}`)
  return ((await answer.json()) as { rows: { id: string; name: string }[] }).rows
}

async function signInAs(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
  await page.getByRole('textbox', { name: t('signIn.email') }).fill(email)
  await page.getByRole('textbox', { name: t('signIn.password'), exact: true }).fill(password)
  await page.keyboard.press('Enter')
}

test('somebody invited comes in by the mail, sees nothing, then one service of one customer, and a colleague covers it', async () => {
  const admin = await pageOf('Demo · Administrator', '/admin/people')
  await button(admin, t('admin.people.invite')).click()
  const dialog = admin.getByRole('dialog')
  await dialog.getByLabel(t('admin.people.email')).fill(EXPERT.email)
  await dialog.getByLabel(t('admin.people.name')).fill(EXPERT.name)
  await dialog.getByLabel(t('admin.people.right')).selectOption('subject-matter-expert')
  await dialog.getByLabel(t('admin.people.scope')).selectOption('services')
  await button(dialog, t('admin.people.sendInvitation')).click()
  await dialog.getByText(t('admin.people.mailCaptured')).waitFor()
  await button(dialog, t('close')).click()
  await dialog.waitFor({ state: 'detached' })

  await admin.getByRole('link', { name: t('admin.section.mail') }).click()
  await admin.getByRole('table').getByRole('link').or(admin.getByRole('table').getByRole('button')).first().click()
  const link = admin.getByRole('region', { name: t('admin.mail.text') }).getByRole('link')
  const address = (await link.first().getAttribute('href')) ?? ''

  const { page: nia, complaints } = await openPage(browser)
  await nia.goto(address)
  await nia.getByRole('heading', { name: say('signIn.welcome', { name: EXPERT.name }) }).waitFor()
  await nia.getByRole('textbox', { name: t('password.new'), exact: true }).fill(EXPERT.password)
  await nia.keyboard.press('Enter')
  await nia.getByText(t('signIn.done.invitation')).waitFor()
  await signInAs(nia, EXPERT)
  await nia.getByRole('heading', { level: 1, name: t('nav.today') }).waitFor()
  await nia
    .getByRole('navigation', { name: t('nav.label') })
    .getByRole('link', { name: t('nav.portfolio') })
    .click()
  await nia.getByRole('heading', { name: t('portfolio.none') }).waitFor()
  expect(await customerCount(nia)).toBe(0)

  const [customer] = await rowsOf(admin, 'limit=1')
  if (!customer) throw new Error('the demo has no customers')
  await nia.goto(`${server.url}/customers/${customer.id}/plan`)
  await nia.getByRole('heading', { name: t('error.notFound.title') }).waitFor()

  await admin.goto(`${server.url}/customers/${customer.id}/people`)
  await button(admin, t('people.add')).click()
  await dialog.getByRole('combobox', { name: t('people.person') }).fill('Nia')
  await dialog.getByRole('option', { name: new RegExp(EXPERT.name) }).click()
  await dialog.getByLabel(t('people.role')).selectOption('subject-matter-expert')
  await dialog.getByLabel(t('people.service')).selectOption('teams')
  await button(dialog, t('people.addSave')).click()
  await dialog.waitFor({ state: 'detached' })

  await nia.goto(`${server.url}/portfolio`)
  await nia.getByRole('grid').getByRole('link', { name: customer.name }).click()
  await nia.getByText(start('customer.limited')).waitFor()
  expect(await rowsOf(nia, 'limit=50')).toHaveLength(1)
  await itemOf(nia, 'teams').locator('[data-status-button]').click()
  await nia.getByRole('menuitemradio', { name: t('status.in-progress') }).click()
  await itemOf(nia, 'teams')
    .getByText(new RegExp(`${t('status.in-progress')}.*${EXPERT.name}`))
    .waitFor()
  // The rest is shown with the reason why not, and the server says the same.
  const refused = itemOf(nia, 'exchange').getByRole('button', { name: new RegExp(`^${start('plan.statusOf')}`) })
  expect(await refused.getAttribute('aria-disabled')).toBe('true')
  expect(await refused.getAttribute('title')).toContain('you are assigned to Teams of this customer only')
  const exchange = encodeURIComponent((await itemOf(nia, 'exchange').getAttribute('data-item')) ?? '')
  const { version } = (await (await nia.request.get(`${server.url}/api/v1/customers/${customer.id}`)).json()) as { version: number }
  const tried = await nia.request.put(`${server.url}/api/v1/customers/${customer.id}/items/${exchange}`, {
    data: { status: 'in-progress', version },
    headers: { origin: server.url },
  })
  expect(tried.status()).toBe(403)
  expect(complaints.filter(each => !/404|there is no customer/.test(each))).toEqual([])

  // Nia is away: the engineer, who sees another team's customers only, stands in.
  await admin.goto(`${server.url}/admin/people?q=nia`)
  await admin.getByRole('link', { name: EXPERT.name }).click()
  await button(admin, t('admin.people.cover')).click()
  await dialog.getByRole('combobox', { name: t('admin.people.coverBy') }).fill('Engineer')
  await dialog.getByRole('option', { name: /Demo · Engineer/ }).click()
  await dialog.getByLabel(t('people.until')).fill(day(7))
  await button(dialog, t('admin.people.coverSave')).click()
  await dialog.getByText(shown(day(7))).waitFor()
  await button(dialog, t('close')).click()

  const engineer = await pageOf('Demo · Engineer', `/customers/${customer.id}/people`)
  await engineer.getByText(say('customer.standIn', { name: EXPERT.name, day: shown(day(7)) })).waitFor()
  await engineer
    .getByRole('listitem')
    .filter({ hasText: 'Demo · Engineer' })
    .getByText(say('people.standsInFor', { name: EXPERT.name }))
    .waitFor()
  await picture(engineer, 'journey-cover')
  for (const page of [admin, nia, engineer]) await page.context().close()
})

test('a lead assigns, makes primary, sets a last day and takes a removal back, with the keyboard only', async () => {
  const page = await pageOf('Demo · Lead', '/portfolio')
  const [, customer] = await rowsOf(page, 'limit=2')
  await page.goto(`${server.url}/customers/${customer?.id}/people`)
  const press = async (target: Locator) => {
    await tabTo(page, target)
    await page.keyboard.press('Enter')
  }
  const dialog = page.getByRole('dialog')
  const who = 'Demo · Engineer'
  const row = page.getByRole('listitem').filter({ hasText: who })
  const message = (said: string) => page.getByRole('listitem').filter({ has: page.getByText(t(said), { exact: true }) })

  await press(button(page, t('people.add')))
  await dialog.waitFor()
  await tabTo(page, dialog.getByRole('combobox', { name: t('people.person') }))
  await page.keyboard.type(who)
  await dialog.getByRole('option', { name: new RegExp(who) }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+Enter')
  await dialog.waitFor({ state: 'detached' })
  await row.waitFor()

  await press(button(page, say('people.makePrimaryOf', { name: who })))
  await row.getByText(t('people.primary'), { exact: true }).waitFor()

  await press(button(page, say('people.endOf', { name: who })))
  await tabTo(page, dialog.getByLabel(t('people.lastDay')))
  const [year, month, date] = day(30).split('-')
  await page.keyboard.type(`${month}${date}${year}`)
  await page.keyboard.press('Control+Enter')
  await dialog.waitFor({ state: 'detached' })
  await row.getByText(shown(day(30))).waitFor()

  // Escape sends messages away, and the focus goes back.
  await tabTo(page, message('people.done.end'))
  await page.keyboard.press('Escape')
  await message('people.done.end').waitFor({ state: 'detached' })

  await press(button(page, say('people.removeOf', { name: who })))
  await row.waitFor({ state: 'detached' })
  // What had the focus is gone; it must not start at the top of the page again.
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName), PATIENT).toBe('BUTTON')
  // A message is one stop; Tab goes on into it, to what it offers.
  const removed = message('people.done.remove')
  await tabTo(page, removed)
  await page.keyboard.press('Tab')
  expect(await button(removed, t('plan.undo')).evaluate(element => element === document.activeElement)).toBe(true)
  await page.keyboard.press('Enter')
  await row.getByText(t('people.primary'), { exact: true }).waitFor()
  await row.getByText(shown(day(30))).waitFor()
  await page.context().close()
})

test('what belongs to others is read-only or hidden, as the settings say, and a manager changes only their own', async () => {
  const manager = await pageOf('Demo · FastTrack Manager', '/portfolio')
  const admin = await pageOf('Demo · Administrator', '/admin/settings')
  const own = await customerCount(manager)
  const all = await rowsOf(admin, 'limit=100')
  const seen = new Set((await rowsOf(manager, 'limit=100')).map(({ id }) => id))
  const foreign = all.find(({ id }) => !seen.has(id))
  expect([seen.size, all.length > own]).toEqual([own, true])

  const save = button(admin.getByRole('form', { name: t('admin.section.settings') }), t('save'))
  const choose = async (choice: 'hidden' | 'read-only') => {
    await admin.getByRole('radio', { name: new RegExp(`^${t(`admin.settings.choice.${choice}`)}`) }).check()
    await save.click()
    await admin.getByText(t('admin.settings.saved')).last().waitFor()
    await expect.poll(() => save.getAttribute('aria-disabled'), PATIENT).toBe('true')
  }
  await choose('read-only')
  await manager.reload()
  await expect.poll(() => customerCount(manager), PATIENT).toBe(all.length)
  await manager.goto(`${server.url}/customers/${foreign?.id}/plan`)
  await manager.getByText(start('customer.readOnly')).waitFor()
  expect(await manager.locator('[data-status-button]').count()).toBe(0)
  await manager.goto(`${server.url}/customers/${[...seen][0]}/plan`)
  await manager.locator('[data-status-button]').first().waitFor()

  await choose('hidden')
  await manager.goto(`${server.url}/customers/${foreign?.id}/plan`)
  await manager.getByRole('heading', { name: t('error.notFound.title') }).waitFor()
  for (const page of [admin, manager]) await page.context().close()
})

test('em português: a job runs, a test mail is kept, the record is whole, and each export is on record', async () => {
  const pt = wordsOf('pt-BR')
  const page = await pageOf('Demo · Administrator', '/admin/jobs', LOOKS[1])
  const enabled = page.getByRole('button', { name: new RegExp(`^${start('admin.jobs.runOf', pt)}`), disabled: false })
  // The last one: the first may wait already, just after the start.
  await enabled.last().click()
  await page.getByText(pt('admin.jobs.started')).first().waitFor()

  await page.getByRole('link', { name: pt('admin.section.checks') }).click()
  await page
    .getByText(new RegExp(`^${start('admin.checks.remedy', pt)}`))
    .first()
    .waitFor()
  await button(page, pt('admin.checks.testSend')).click()
  await page.getByText(pt('admin.checks.result.captured')).waitFor()

  const [customer] = await rowsOf(page, 'limit=1')
  await page.goto(`${server.url}/customers/${customer?.id}/timeline`)
  const record = await downloaded(page, button(page, pt('timeline.recordAs').replace('{{format}}', 'CSV')))
  expect(record.name).toMatch(/\.csv$/)
  expect(record.text.split('\n').length).toBeGreaterThan(2)

  await page
    .getByRole('navigation')
    .getByRole('link', { name: pt('nav.portfolio') })
    .click()
  await page.getByRole('rowheader').first().getByRole('link').waitFor()
  const portfolio = await downloaded(page, button(page, pt('portfolio.export')))
  const rows = await rowsOf(page, 'limit=100')
  for (const { name } of rows) expect(portfolio.text).toContain(name)

  await page.goto(`${server.url}/admin/audit`)
  await button(page, pt('admin.audit.verify')).click()
  await page.getByText(pt('admin.audit.whole')).waitFor()
  await page.getByLabel(pt('admin.audit.kind')).selectOption('export-made')
  await page
    .getByRole('list', { name: pt('admin.audit.events') })
    .getByText(/^Exportação feita/)
    .waitFor()
  // What is about one customer stands on that customer's own record.
  await page.goto(`${server.url}/customers/${customer?.id}/timeline`)
  await page.getByText(/Exportação feita/).waitFor()
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('pt-BR')
  await picture(page, 'journey-audit', LOOKS[1])
  await page.context().close()
})

test('the demo is ended: its customers and accounts are gone, and the new administrator finds the next step', async () => {
  const page = await pageOf('Demo · Administrator', '/portfolio')
  await button(page, t('setup.ownData.open')).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: t('setup.name') }).fill(OWNER.name)
  await dialog.getByRole('textbox', { name: t('signIn.email') }).fill(OWNER.email)
  await dialog.getByRole('textbox', { name: t('signIn.password'), exact: true }).fill(OWNER.password)
  await button(dialog, t('setup.ownData.submit')).click()
  await dialog.getByText(say('setup.ownData.notMeant', { word: t('setup.ownData.word') })).waitFor()
  await dialog.getByRole('textbox', { name: say('setup.ownData.confirm', { word: t('setup.ownData.word') }) }).fill(t('setup.ownData.word'))
  await button(dialog, t('setup.ownData.submit')).click()
  await page.getByText(t('signIn.done.own-data')).waitFor()
  expect(await page.getByRole('button', { name: /^Demo/ }).count()).toBe(0)
  await signInAs(page, OWNER)
  await page.getByRole('heading', { level: 2, name: t('admin.section.checks') }).waitFor()
  await page
    .getByRole('navigation', { name: t('nav.label') })
    .getByRole('link', { name: t('nav.portfolio') })
    .click()
  await page.getByRole('heading', { name: t('portfolio.none') }).waitFor()
  await page.getByText(t('portfolio.noneHelp')).waitFor()
  expect(await page.getByText(t('signIn.demo'), { exact: true }).count()).toBe(0)
  const answer = (await (await page.request.get(`${server.url}/api/v1/people`)).json()) as { people: { email: string }[] }
  // Who was invited by hand is no demo account.
  expect(answer.people.map(({ email }) => email).sort()).toEqual([EXPERT.email, OWNER.email])
  await page.context().close()
})

async function downloaded(page: Page, press: Locator): Promise<{ name: string; text: string }> {
  const waiting: Promise<Download> = page.waitForEvent('download')
  await press.click()
  const download = await waiting
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') }
}

test('the link of the first start is taken also where the set-up page is open already', async () => {
  const empty = await serve({ args: ['--empty'] })
  const { page } = await openPage(browser)
  await page.goto(`${empty.url}/setup`)
  const code = page.getByRole('textbox', { name: t('setup.code') })
  await code.waitFor()
  expect(await code.inputValue()).toBe('')
  const link = /\/setup#code=\S+/.exec(empty.output())?.[0] ?? ''
  await page.goto(`${empty.url}${link}`)
  await expect.poll(() => code.inputValue(), PATIENT).toBe(link.split('=')[1])
  expect(page.url()).toBe(`${empty.url}/setup`)
  await page.context().close()
  await empty.stop()
})
