import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MailPage } from '../src/model/admin-api.ts'
import type { CustomerMeetings } from '../src/model/meeting-api.ts'
import type { ReviewView } from '../src/model/review-api.ts'
import { launchBrowser } from './browser.ts'
import { axeFaults, openPage, picture, signIn } from './page.ts'
import { type Served, serve } from './server.ts'
import { wordsOf } from './words.ts'

/** The review is arranged, and its deck goes along with the invitation. */

let server: Served
let browser: Browser
const t = wordsOf('en')
const say = (key: string, values: Readonly<Record<string, string>>) => t(key).replace(/\{\{(\w+)\}\}/g, (_, name) => values[name] ?? '')

beforeAll(async () => {
  server = await serve()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

async function ask<T>(page: Page, path: string): Promise<T> {
  const answer = await page.request.get(`${server.url}/api/v1${path}`)
  // As the API says it.
  return (await answer.json()) as T
}

/** A customer whose review is open and not arranged, with a contact who can be written to. */
async function someCustomer(page: Page): Promise<{ customer: string; contact: string; email: string }> {
  const { rows } = await ask<{ rows: { id: string }[] }>(page, '/portfolio?limit=100')
  for (const { id } of rows) {
    const { opened } = await ask<ReviewView>(page, `/customers/${id}/review`)
    const { invitees, upcoming } = await ask<CustomerMeetings>(page, `/customers/${id}/meetings`)
    const found = invitees.find(each => each.contact !== null && each.email !== null && each.doNotContact === null)
    if (opened !== null && found?.email && !upcoming.some(each => each.about === 'review'))
      return { customer: id, contact: found.name, email: found.email }
  }
  throw new Error('the demo has no such customer')
}
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

test('the data is kept, the review is arranged with its deck, and the mail carries it; later it is sent from the page of the deck', async () => {
  const { page, complaints } = await openPage(browser)
  await signIn(page, server.url, 'Demo · Administrator')
  const { customer, contact, email } = await someCustomer(page)
  const dialog = page.getByRole('dialog')
  const attach = dialog.getByRole('checkbox', { name: t('meetings.form.attachDeck') })
  const deckPage = page.getByRole('region', { name: t('deck.title') })

  await page.goto(`${server.url}/customers/${customer}/meetings?plan=review`)
  await dialog.getByText('once its data is kept').waitFor()
  expect(await attach.isDisabled()).toBe(true)
  await picture(page, 'review-invitation-no-deck')
  expect(await axeFaults(page)).toEqual([])
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })

  await page.goto(`${server.url}/customers/${customer}/review/deck`)
  await deckPage.getByRole('button', { name: t('deck.take') }).click()
  await deckPage.getByRole('button', { name: t('deck.takeAgain') }).waitFor()
  await deckPage.getByRole('link', { name: t('deck.plan') }).click()
  await dialog.getByText(t('meetings.form.deckHelp')).waitFor()
  await attach.check()
  const title = await dialog.getByLabel(t('meetings.form.title')).inputValue()
  await dialog.getByLabel(t('meetings.form.start')).fill(`${inDays(5)}T10:00`)
  await dialog.getByLabel(t('meetings.form.zone')).fill('UTC')
  await dialog.getByRole('checkbox', { name: say('meetings.form.contact', { name: contact }) }).check()
  await picture(page, 'review-invitation-dialog')
  expect(await axeFaults(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await dialog.waitFor({ state: 'detached' })

  const mails = async () => (await ask<MailPage>(page, '/mail')).mails.filter(each => each.kind === 'meeting' && each.address === email)
  await expect.poll(async () => (await mails()).length, { timeout: 20_000 }).toBe(1)
  await page.locator('[data-meeting]').getByRole('link', { name: title }).first().click()
  await page.getByText(t('meetings.withDeck')).waitFor()

  // Left out again, it is sent from its own page.
  await page.getByRole('button', { name: t('meetings.change'), exact: true }).click()
  await attach.uncheck()
  await page.keyboard.press('Control+Enter')
  await dialog.waitFor({ state: 'detached' })
  await page.getByText(t('meetings.withDeck')).waitFor({ state: 'detached' })
  await page.goto(`${server.url}/customers/${customer}/review/deck`)
  const sending = deckPage.getByRole('button', { name: t('deck.send') })
  await sending.click()
  await dialog.getByText(title).waitFor()
  await picture(page, 'review-invitation-send')
  expect(await axeFaults(page)).toEqual([])
  await dialog.getByRole('button', { name: t('deck.send') }).click()
  await dialog.waitFor({ state: 'detached' })
  await expect.poll(() => sending.getAttribute('aria-disabled')).toBe('true')
  await expect.poll(async () => (await mails()).length, { timeout: 20_000 }).toBe(2)

  for (const { id } of await mails()) {
    await page.goto(`${server.url}/admin/mail?mail=${id}`)
    await page.getByText(/invite\.ics \(\d+ KiB\), .*-review-.*\.pdf \(\d+ KiB\)/).waitFor()
  }
  await picture(page, 'review-invitation-mail')
  expect(await axeFaults(page)).toEqual([])
  await page.goto(`${server.url}/customers/${customer}/timeline`)
  await page.getByText(`Review deck sent with the invitation: ${title} (attendees: 1)`).first().waitFor()
  expect(complaints).toEqual([])
})
