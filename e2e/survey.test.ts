import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SURVEY_PAGE_WORDS } from '../src/api/survey-page-words.ts'
import { launchBrowser } from './browser.ts'
import { axeFaults, complaintsOf, expectNoSideScroll, LOOKS, openBrowser, openPage, picture, signIn } from './page.ts'
import { type Served, serve } from './server.ts'
import { wordsOf } from './words.ts'

const t = wordsOf('en')
const PT = SURVEY_PAGE_WORDS['pt-BR']

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

const ask = async <Answer>(page: Page, path: string): Promise<Answer> =>
  // What a journey asks for it knows by heart.
  (await (await page.request.get(`${server.url}/api/v1${path}`)).json()) as Answer
type Survey = {
  canSend: { ok: boolean }
  contacts: { id: string; name: string; email: string; refusal: unknown }[]
  invitations: { state: string }[]
}

/** A customer of which the one who is signed in may ask somebody, and nobody was asked. */
async function askable(page: Page): Promise<{ customer: string; name: string; email: string }> {
  const { rows } = await ask<{ rows: { id: string }[] }>(page, '/portfolio?limit=200')
  for (const { id } of rows) {
    const { canSend, contacts, invitations } = await ask<Survey>(page, `/customers/${id}/survey`)
    const contact = contacts.find(each => each.refusal === null)
    if (canSend.ok && contact && invitations.length === 0) return { customer: id, name: contact.name, email: contact.email }
  }
  throw new Error('nobody of the demo may be asked')
}

/** The link in the mail to an address, once it is written. */
async function linkTo(administrator: Page, email: string): Promise<string> {
  for (let tries = 0; tries < 120; tries++) {
    const { mails } = await ask<{ mails: { id: string; address: string; kind: string }[] }>(administrator, '/mail')
    const mail = mails.find(each => each.address === email && each.kind === 'survey')
    const text = mail ? (await ask<{ text: string }>(administrator, `/mail/${mail.id}`)).text : ''
    const found = /\/survey\/[\w-]{43}/.exec(text)
    if (found) return `${server.url}${found[0]}`
    await administrator.waitForTimeout(250)
  }
  throw new Error(`no survey was sent to ${email}`)
}

test('a contact is asked, answers without a script, and a low answer comes back to whoever asked', { timeout: 180_000 }, async () => {
  const { page, complaints } = await openPage(browser)
  await signIn(page, server.url, 'Demo · Lead')
  const { page: administrator } = await openPage(browser)
  await signIn(administrator, server.url, 'Demo · Administrator')
  const { customer, name, email } = await askable(page)

  await page.goto(`${server.url}/customers/${customer}/review`)
  await page.getByRole('button', { name: t('survey.ask') }).click()
  const dialog = page.getByRole('dialog', { name: t('survey.dialog.title') })
  await expect.poll(() => dialog.getByRole('checkbox', { name }).isChecked()).toBe(true)
  expect(await axeFaults(page)).toEqual([])
  await picture(page, 'survey-ask')
  await page.keyboard.press('Control+Enter')
  await dialog.waitFor({ state: 'hidden' })
  const row = page.getByRole('table', { name: t('survey.table') }).getByRole('row', { name: new RegExp(name) })
  await row.getByText(t('survey.states.asked'), { exact: true }).waitFor()
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain(t('survey.why'))

  const link = await linkTo(administrator, email)
  const phone = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } })
  const form = await phone.newPage()
  await form.goto(link)
  await form.getByRole('heading', { level: 1, name: PT.title }).waitFor()
  await form.getByRole('button', { name: PT.send }).click()
  await form.getByRole('alert').getByText(PT.faults.overall).waitFor()
  await form.locator('#overall').getByRole('radio', { name: /^2/ }).check()
  await form.locator('#recommend').getByRole('radio', { name: '6', exact: true }).check()
  await form.getByRole('textbox').fill('Too slow <b>')
  await form.getByRole('button', { name: PT.send }).click()
  await form.getByText(PT.kept).waitFor()
  await phone.close()

  await page.reload()
  await row.getByText(t('survey.low'), { exact: true }).waitFor()
  await row.getByText('Too slow <b>').waitFor()
  await page.locator('#survey').getByText(t('survey.completed'), { exact: true }).waitFor()
  // Nobody else is asked now, and the list says why.
  await page.getByRole('button', { name: t('survey.why') }).click()
  await dialog.getByText(t('survey.refusals.completed')).first().waitFor()
  await page.keyboard.press('Escape')
  await page.goto(`${server.url}/reports/survey?by=owner`)
  await page.getByRole('table', { name: t('survey.report.title') }).waitFor()
  expect(complaints).toEqual([])
})

test('the page of a survey in every look, in three languages, without a cookie', { timeout: 180_000 }, async () => {
  const { page: administrator } = await openPage(browser)
  await signIn(administrator, server.url, 'Demo · Administrator')
  const { customer, email } = await askable(administrator)
  await administrator.goto(`${server.url}/customers/${customer}/review`)
  await administrator.getByRole('button', { name: t('survey.ask') }).click()
  await administrator.getByRole('dialog', { name: t('survey.dialog.title') }).waitFor()
  await administrator.keyboard.press('Control+Enter')
  await administrator.getByRole('table', { name: t('survey.table') }).waitFor()
  const link = await linkTo(administrator, email)
  for (const look of LOOKS) {
    const context = await openBrowser(browser, look)
    const page = await context.newPage()
    const complaints = complaintsOf(page)
    for (const [name, path] of [
      ['form', `${link}?lang=${look.language}`],
      ['stop', `${link}/stop?lang=es`],
    ] as const) {
      await page.goto(path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      expect(await axeFaults(page)).toEqual([])
      await expectNoSideScroll(page)
      await picture(page, `survey-page-${name}`, look)
    }
    expect([await context.cookies(), complaints]).toEqual([[], []])
    await context.close()
  }
})
