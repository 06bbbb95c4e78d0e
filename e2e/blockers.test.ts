import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BlockersView } from '../src/model/blocker-api.ts'
import type { ChecklistsView, DecisionsView } from '../src/model/decision-api.ts'
import { launchBrowser } from './browser.ts'
import { axeFaults, openPage, picture, signIn } from './page.ts'
import { type Served, serve } from './server.ts'
import { wordsOf } from './words.ts'

const t = wordsOf('en')
const LEAD = 'Demo · Lead'
const MANAGER = 'Demo · FastTrack Manager'
const REVIEW = 'conduct-success-review'
/** The smallest picture there is: one pixel. */
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=', 'base64')

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
/** A refusal is an answer too. */
const expectQuiet = (complaints: readonly string[]) => expect(complaints.filter(each => !/status of (400|409|422)/.test(each))).toEqual([])

async function get<A>(page: Page, path: string): Promise<A> {
  const answer = await page.request.get(`${server.url}/api/v1${path}`)
  expect(answer.status()).toBe(200)
  // What the route's contract says.
  return (await answer.json()) as A
}
const idsOf = async (page: Page, query = '') =>
  (await get<{ rows: { id: string }[] }>(page, `/portfolio?limit=60${query}`)).rows.map(row => row.id)

/** The first customer somebody sees of which this holds. */
async function customerWhere<V>(page: Page, part: string, holds: (view: V) => boolean, query = ''): Promise<{ id: string; view: V }> {
  for (const id of await idsOf(page, query)) {
    const view = await get<V>(page, `/customers/${id}/${part}`)
    if (holds(view)) return { id, view }
  }
  throw new Error(`no customer of the demo fits: ${part}`)
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

test('a blocker is opened, seen in the plan, resolved, opened again, and found in the report', async () => {
  const { page, complaints } = await open(LEAD)
  const { id } = await customerWhere<BlockersView>(page, 'blockers', view => view.blockers.length === 0)
  await page.goto(`${server.url}/customers/${id}/plan`)
  await page.getByRole('tab', { name: t('tab.blockers') }).click()
  await page.getByText(t('blockers.none')).waitFor()
  await page.getByRole('button', { name: t('blockers.add') }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: t('save') }).click()
  await dialog.getByText(t('blockers.titleNeeded')).waitFor()
  expect(await dialog.getByLabel(t('blockers.what')).evaluate(field => field === document.activeElement)).toBe(true)
  await dialog.getByLabel(t('blockers.what')).fill('Old proxies break sign-in')
  await dialog.getByRole('combobox', { name: t('blockers.reason') }).selectOption({ index: 1 })
  await dialog.getByLabel(t('blockers.seats')).fill('many')
  await dialog.getByLabel(t('blockers.nextAction')).fill('Change the proxy rules')
  await dialog.getByLabel(t('blockers.nextActionOn')).fill(inDays(5))
  await page.keyboard.press('Control+Enter')
  await dialog.getByText(t('blockers.seatsWrong')).waitFor()
  await dialog.getByLabel(t('blockers.seats')).fill('320')
  await picture(page, 'blocker-dialog')
  expect(await axeFaults(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await dialog.waitFor({ state: 'detached' })
  const card = page.getByRole('article', { name: 'Old proxies break sign-in' })
  await card.getByText('320', { exact: false }).waitFor()
  await card.getByRole('button', { name: `${t('decisions.addEvidence')}: Old proxies break sign-in` }).click()
  await dialog.getByLabel(t('decisions.evidenceTitle')).fill('Trace of the proxy')
  await dialog.getByLabel(t('decisions.evidenceLink')).fill('https://files.example.com/trace')
  await page.keyboard.press('Control+Enter')
  await dialog.waitFor({ state: 'detached' })
  await card
    .getByRole('list', { name: t('decisions.evidence') })
    .getByRole('link', { name: 'Trace of the proxy' })
    .waitFor()
  await picture(page, 'blocker-open')
  expect(await axeFaults(page)).toEqual([])

  await page.getByRole('tab', { name: t('tab.plan'), exact: true }).click()
  await page
    .getByRole('link', { name: /^1 blocker$/ })
    .first()
    .click()
  await card.waitFor()
  await card.getByRole('button', { name: t('blockers.resolve') }).click()
  await dialog.getByLabel(t('blockers.resolution')).fill('The rules were changed')
  await page.keyboard.press('Control+Enter')
  await dialog.waitFor({ state: 'detached' })
  await card.getByText(t('blockers.state.resolved'), { exact: true }).waitFor()
  await picture(page, 'blocker-resolved')
  expect(await axeFaults(page)).toEqual([])
  await card.getByRole('button', { name: t('blockers.reopen') }).click()
  await card.getByText(t('blockers.state.open'), { exact: true }).waitFor()

  await page.getByRole('link', { name: t('blockers.all') }).click()
  await page.getByRole('link', { name: 'Old proxies break sign-in' }).waitFor()
  await page.context().close()
  expectQuiet(complaints)
})

test('a program is offered and agreed, and its calls stand under Meetings; where somebody was quicker, both are shown', async () => {
  const { page, complaints } = await open(LEAD)
  const fresh = (view: DecisionsView) =>
    view.contacts.length > 0 && view.proposals.some(each => each.kind === 'program' && each.state === null && each.history.length === 0)
  const { id, view } = await customerWhere<DecisionsView>(page, 'decisions', fresh)
  const program = view.proposals.find(each => each.kind === 'program')
  if (!program) throw new Error('the playbook has no program')
  await page.goto(`${server.url}/customers/${id}/plan`)
  const line = page.locator(`[data-proposal="${program.id}"]`)
  const dialog = page.getByRole('dialog')
  await page.getByRole('heading', { name: t('decisions.title') }).waitFor()
  if ((await line.count()) === 0) {
    await page.getByLabel(t('decisions.proposeOther')).selectOption(program.id)
    await page.getByRole('button', { name: t('decisions.do.offered'), exact: true }).click()
  } else await line.getByRole('button', { name: t('decisions.do.offered') }).click()
  await dialog.getByRole('button', { name: t('decisions.do.offered') }).click()
  await dialog.waitFor({ state: 'detached' })
  await line.getByText(t('decisions.state.offered'), { exact: true }).waitFor()

  await line.getByRole('button', { name: t('decisions.do.agreed') }).click()
  await dialog.getByRole('button', { name: t('decisions.do.agreed') }).click()
  await dialog.getByText(t('decisions.contactNeeded')).waitFor()
  await dialog.getByLabel(t('decisions.contact')).selectOption({ index: 1 })
  await picture(page, 'decision-dialog')
  expect(await axeFaults(page)).toEqual([])
  // Somebody else hears the contrary first.
  const declined = { state: 'declined', contact: view.contacts[0]?.id, reason: 'No budget this year', on: view.today, seq: 1 }
  const other = await page.request.post(`${server.url}/api/v1/customers/${id}/decisions/${program.id}`, {
    data: declined,
    headers: { origin: server.url },
  })
  expect(other.status()).toBe(200)
  await page.keyboard.press('Control+Enter')
  await dialog.getByText('No budget this year', { exact: false }).first().waitFor()
  await picture(page, 'decision-conflict')
  expect(await axeFaults(page)).toEqual([])
  await dialog.getByRole('button', { name: t('conflict.saveMine') }).click()
  await dialog.waitFor({ state: 'detached' })
  await line.getByText(t('decisions.state.agreed'), { exact: true }).waitFor()
  await line
    .getByText(view.contacts[0]?.name ?? '', { exact: false })
    .first()
    .waitFor()
  await picture(page, 'decision-agreed')
  expect(await axeFaults(page)).toEqual([])

  await page.getByRole('tab', { name: t('tab.meetings') }).click()
  await page
    .locator('[data-cadence]')
    .getByText(/OneDrive/)
    .first()
    .waitFor()
  await picture(page, 'decision-calls')
  await page.context().close()
  expectQuiet(complaints)
})

test('a line of a checklist is confirmed, with a link and a small file; what is no such file is refused in words', async () => {
  const { page, complaints } = await open(LEAD)
  const asks = (each: ChecklistsView['checks'][number]) =>
    !each.isComputed && each.state !== 'not-applicable' && each.confirmed === null && each.evidence.length === 0
  const { id, view } = await customerWhere<ChecklistsView>(page, 'checklists', ({ checks }) => checks.some(asks))
  const check = view.checks.find(asks)
  const text = check?.text.en ?? ''
  await page.goto(`${server.url}/customers/${id}/plan`)
  const line = page.locator(`[data-check="${check?.id}"]`)
  await line.waitFor({ state: 'attached' })
  // As a person unfolds the process and its list.
  await line.evaluate(element => {
    for (let at: Element | null = element; at; at = at.parentElement) if (at instanceof HTMLDetailsElement) at.open = true
  })
  const dialog = page.getByRole('dialog')
  await line.getByRole('button', { name: `${t('decisions.confirm')}: ${text}` }).click()
  await dialog.getByLabel(t('decisions.note')).fill('Seen in the admin centre')
  await picture(page, 'check-dialog')
  expect(await axeFaults(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await dialog.waitFor({ state: 'detached' })
  await line.getByText('Demo · Lead', { exact: false }).first().waitFor()

  const add = line.getByRole('button', { name: `${t('decisions.addEvidence')}: ${text}` })
  await add.click()
  await dialog.getByLabel(t('decisions.evidenceTitle')).fill('Minutes of the call')
  await dialog.getByLabel(t('decisions.evidenceLink')).fill('javascript:alert(1)')
  await page.keyboard.press('Control+Enter')
  await dialog.getByText(t('decisions.linkNeeded')).waitFor()
  await dialog.getByLabel(t('decisions.evidenceLink')).fill('https://intranet.example.com/minutes')
  await page.keyboard.press('Control+Enter')
  await dialog.waitFor({ state: 'detached' })
  await line.getByRole('link', { name: 'Minutes of the call' }).waitFor()

  await add.click()
  await dialog.getByRole('radio', { name: t('decisions.file') }).check()
  const file = dialog.locator('input[type="file"]')
  // A program that calls itself a picture.
  await file.setInputFiles({ name: 'screen.png', mimeType: 'image/png', buffer: Buffer.from('MZ\u0000\u0001 no picture at all') })
  await dialog.getByRole('button', { name: t('save') }).click()
  await dialog.getByText('none of PDF, PNG', { exact: false }).waitFor()
  await picture(page, 'evidence-refused')
  expect(await axeFaults(page)).toEqual([])
  await file.setInputFiles({ name: 'screen.png', mimeType: 'image/png', buffer: PNG })
  await dialog.getByRole('button', { name: t('save') }).click()
  await dialog.waitFor({ state: 'detached' })
  const kept = line.getByRole('link', { name: 'screen.png' })
  const saved = await page.request.get(`${server.url}${await kept.getAttribute('href')}`)
  expect(saved.headers()['content-disposition']).toMatch(/^attachment/)
  expect(await saved.body()).toEqual(PNG)
  await line.scrollIntoViewIfNeeded()
  await picture(page, 'check-evidence')
  expect(await axeFaults(page)).toEqual([])
  await page.context().close()
  expectQuiet(complaints)
})

test('the step to the review is refused to a FastTrack Manager while its condition does not hold; a lead takes it with a reason and evidence', async () => {
  const manager = await open(MANAGER)
  const isClosed = ({ canTake, transitions }: DecisionsView) =>
    canTake.ok !== false && transitions.some(each => each.to === REVIEW && each.taken === null && each.state !== 'available')
  const { id, view } = await customerWhere<DecisionsView>(manager.page, 'decisions', isClosed, '&mine=true')
  const review = view.transitions.find(each => each.to === REVIEW)
  await manager.page.goto(`${server.url}/customers/${id}/plan`)
  const button = manager.page.locator(`[data-transition="${REVIEW}"]`).getByRole('button', { name: t('decisions.force') })
  expect(await button.getAttribute('aria-disabled')).toBe('true')
  await button.focus()
  await manager.page
    .getByRole('tooltip')
    .getByText(review?.because.en?.split(' on 20')[0] ?? '')
    .waitFor()
  await picture(manager.page, 'transition-refused')
  expect(await axeFaults(manager.page)).toEqual([])
  const path = `${server.url}/api/v1/customers/${id}/transitions/${REVIEW}`
  const override = { reason: 'I want to', evidence: { title: 'Mail', href: 'https://example.com/mail' } }
  const tried = await manager.page.request.post(path, {
    data: { on: view.today, override, version: view.version },
    headers: { origin: server.url },
  })
  expect(tried.status()).toBe(403)
  await manager.page.context().close()

  const { page, complaints } = await open(LEAD)
  await page.goto(`${server.url}/customers/${id}/plan`)
  const line = page.locator(`[data-transition="${REVIEW}"]`)
  await line.getByRole('button', { name: t('decisions.force') }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: t('decisions.force') }).click()
  await dialog.getByText(t('decisions.reasonNeeded')).waitFor()
  await dialog.getByLabel(t('decisions.forceReason')).fill('The board asked for the review before the year ends')
  await dialog.getByLabel(t('decisions.evidenceTitle')).fill('Mail of the board')
  await dialog.getByLabel(t('decisions.evidenceLink')).fill('https://mail.example.com/board')
  await picture(page, 'transition-dialog')
  expect(await axeFaults(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await dialog.waitFor({ state: 'detached' })
  await line.getByText(t('decisions.forced'), { exact: true }).waitFor()
  await line.getByText('The board asked for the review', { exact: false }).waitFor()
  await line.getByRole('link', { name: 'Mail of the board' }).waitFor()
  expect(await line.getByRole('button', { name: t('decisions.undo') }).count()).toBe(0)
  await picture(page, 'transition-forced')
  expect(await axeFaults(page)).toEqual([])
  await page.context().close()
  expectQuiet(manager.complaints)
  expectQuiet(complaints)
})
