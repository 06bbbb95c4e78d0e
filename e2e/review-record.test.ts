import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ReviewRecordView } from '../src/model/review-record-api.ts'
import { launchBrowser } from './browser.ts'
import { axeFaults, expectNoSideScroll, LOOKS, openBrowser, openPage, picture, sessionOf, signIn } from './page.ts'
import { type Served, serve } from './server.ts'
import { wordsOf } from './words.ts'

const t = wordsOf('en')

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

const api = (path: string) => `${server.url}/api/v1${path}`

async function recordOf(page: Page, id: string): Promise<ReviewRecordView> {
  const answer = await page.request.get(api(`/customers/${id}/review-record`))
  expect(answer.status()).toBe(200)
  // What the route's contract says.
  return (await answer.json()) as ReviewRecordView
}

/** The first customer of the demo of which this holds. */
async function customerWhere(page: Page, holds: (record: ReviewRecordView) => boolean): Promise<string> {
  const answer = await page.request.get(api('/portfolio?limit=60'))
  for (const { id } of ((await answer.json()) as { rows: { id: string }[] }).rows) if (holds(await recordOf(page, id))) return id
  throw new Error('no customer of the demo fits')
}

const expectFocus = (page: Page, name: string) =>
  expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent))
    .toBe(name)

const card = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true })
const toast = (page: Page, text: string) => page.getByText(text, { exact: true }).last()
/** `record.actionOf` */
const of = (action: string, name: string) => `${action}: ${name}`
const isWritable = (each: ReviewRecordView) => each.engagement?.state === 'open'

test('a review is written: intent, a gap, the momentum plan, what to expect, and it is sent to a contact', async () => {
  const { page, complaints } = await open('Demo · Lead')
  const id = await customerWhere(page, each => isWritable(each) && each.entries.length === 0 && each.recipients.some(to => !to.problem))
  await page.goto(`${server.url}/customers/${id}/review`)
  await page.getByText(t('record.intent.none')).first().waitFor()
  // Intent
  await page.getByRole('button', { name: t('record.changeTalk'), exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(t('record.intentTitle')).selectOption('sustaining')
  await dialog.getByLabel(t('record.achievements')).fill('- Meetings **without** travel')
  await dialog.getByLabel(t('record.scenarios')).fill('Shifts of the frontline\n\nContracts without paper')
  await page.keyboard.press('Control+Enter')
  await dialog.waitFor({ state: 'detached' })
  await card(page, t('record.talkTitle')).getByText(t('record.intent.sustaining')).waitFor()
  await card(page, t('record.talkTitle')).getByText('Contracts without paper').waitFor()
  await expectFocus(page, t('record.changeTalk'))
  // A gap: what is missing is said at the field.
  await page.getByRole('button', { name: t('record.add.gap') }).click()
  await dialog.getByRole('button', { name: t('save') }).click()
  await dialog.getByText(t('record.needed')).waitFor()
  await dialog.getByLabel(t('record.field.what-gap')).fill('Nobody knows what chat is for')
  await dialog.getByLabel(t('record.field.approach')).fill('Show it at the town hall')
  await dialog.getByLabel(t('record.field.owner')).selectOption({ index: 1 })
  expect(await axeFaults(page)).toEqual([])
  await picture(page, 'review-record-gap')
  await page.keyboard.press('Control+Enter')
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: of(t('record.toggle.gap-end'), 'Nobody knows what chat is for') }).click()
  const again = of(t('record.toggle.gap-open'), 'Nobody knows what chat is for')
  await page.getByRole('button', { name: again }).waitFor()
  await expectFocus(page, again)
  // The usual parts at once, taken back, and added again.
  await page.getByRole('button', { name: t('record.propose') }).click()
  const momentum = card(page, t('record.momentumTitle'))
  await expect.poll(() => momentum.getByRole('listitem').count()).toBe(7)
  await toast(page, t('record.proposed')).waitFor()
  await page
    .getByRole('button', { name: t('plan.undo') })
    .last()
    .click()
  await expect.poll(() => momentum.getByRole('listitem').count()).toBe(0)
  await page.getByRole('button', { name: t('record.propose') }).click()
  await expect.poll(() => momentum.getByRole('listitem').count()).toBe(7)
  const first = momentum.getByRole('listitem').first()
  await first.getByRole('button', { name: /^Change/ }).click()
  await dialog.getByLabel(t('record.field.state-momentum')).selectOption('not-needed')
  await dialog.getByRole('button', { name: t('save') }).click()
  await dialog.getByText(t('record.needed')).waitFor()
  await dialog.getByLabel(t('record.field.reason')).fill('They teach others')
  await dialog.getByLabel(t('record.field.resources')).fill('Read | http://plain.example')
  await dialog.getByRole('button', { name: t('save') }).click()
  await dialog.getByText(t('record.badResources')).first().waitFor()
  await dialog.getByLabel(t('record.field.resources')).fill('Read | https://learn.example/read')
  await page.keyboard.press('Control+Enter')
  await dialog.waitFor({ state: 'detached' })
  await first.getByText(t('record.momentum.not-needed'), { exact: true }).waitFor()
  await first.getByRole('link', { name: 'Read' }).waitFor()
  // What to expect begins with a usual text.
  await page.getByRole('button', { name: t('record.beginExpectations') }).click()
  await expect.poll(() => dialog.getByLabel(t('record.reducedSupportWhy')).inputValue()).toBe(t('record.usual.reducedSupportWhy'))
  await page.keyboard.press('Control+Enter')
  await dialog.waitFor({ state: 'detached' })
  await card(page, t('record.expectationsTitle')).getByText(t('record.usual.reducedSupport')).waitFor()
  // To the customer, and again only when one says so.
  for (const label of [t('record.sendNow'), t('record.sendAgain')]) {
    await page.getByRole('button', { name: t('record.send'), exact: true }).click()
    await dialog.locator('input[type=checkbox]:not([disabled])').first().check()
    if (label === t('record.sendAgain')) await dialog.getByRole('alert').waitFor()
    expect(await axeFaults(page)).toEqual([])
    await picture(page, `review-record-${label === t('record.sendNow') ? 'send' : 'again'}`)
    await dialog.getByRole('button', { name: label, exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    await expectFocus(page, t('record.send'))
  }
  await expect.poll(async () => (await recordOf(page, id)).letters.filter(each => each.writtenAt !== null).length).toBe(2)
  expect(complaints).toEqual([])
  await page.context().close()
})

test('of two who change the same step both are shown, and one chooses', async () => {
  const { page, complaints } = await open('Demo · Lead')
  const id = await customerWhere(page, each => isWritable(each) && each.entries.some(entry => entry.list === 'step'))
  await page.goto(`${server.url}/customers/${id}/review`)
  const record = await recordOf(page, id)
  const step = record.entries.find(each => each.list === 'step')
  const name = step?.what ?? ''
  await page.getByRole('button', { name: of(t('record.changeShort'), name) }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(t('record.field.what-step')).fill('What I say')
  const saved = await page.request.put(api(`/customers/${id}/review-record/entries/${step?.id}`), {
    data: { list: 'step', what: 'What they say', version: record.version },
    headers: { origin: server.url },
  })
  expect(saved.status()).toBe(200)
  await page.keyboard.press('Control+Enter')
  await dialog.getByText(`${t('conflict.theirs')}: What they say`).waitFor()
  await picture(page, 'review-record-conflict')
  await dialog.getByRole('button', { name: t('conflict.saveMine') }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByText('What I say', { exact: true }).waitFor()
  // Removed, and brought back by the message.
  await page.getByRole('button', { name: of(t('record.remove'), 'What I say') }).click()
  await expectFocus(page, t('record.add.step'))
  await page
    .getByRole('button', { name: t('plan.undo') })
    .last()
    .click()
  await page.getByText('What I say', { exact: true }).waitFor()
  expect(complaints.filter(each => !/status of 409/.test(each))).toEqual([])
  await page.context().close()
})

test('who may only read sees all of it, with the reason at what cannot be pressed; it fits in every look', async () => {
  const lead = await sessionOf(browser, server.url, 'Demo · Lead')
  const reader = await sessionOf(browser, server.url, 'Demo · Reader')
  const finding = await openBrowser(browser, undefined, lead)
  const id = await customerWhere(await finding.newPage(), each => each.segment === 'enterprise' && each.entries.length > 8)
  await finding.close()
  for (const look of LOOKS) {
    const words = wordsOf(look.language)
    const context = await openBrowser(browser, look, look.theme === 'light' ? lead : reader)
    const page = await context.newPage()
    await page.goto(`${server.url}/customers/${id}/review?lang=${look.language}`)
    await card(page, words('record.insideTitle')).waitFor()
    await page.getByRole('heading', { name: words('record.list.alignment') }).waitFor()
    if (look.theme === 'dark') {
      const add = page.getByRole('button', { name: words('record.add.gap') })
      expect(await add.getAttribute('aria-disabled')).toBe('true')
    }
    await expectNoSideScroll(page)
    expect(await axeFaults(page)).toEqual([])
    await card(page, words('record.agreedTitle')).scrollIntoViewIfNeeded()
    await picture(page, 'review-record', look)
    await page.getByRole('heading', { name: words('record.momentumTitle') }).evaluate(heading => heading.scrollIntoView())
    await picture(page, 'review-record-momentum', look)
    await context.close()
  }
})
