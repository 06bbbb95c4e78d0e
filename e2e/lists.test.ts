import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from './browser.ts'
import { axeFaults, openPage, picture, signIn, tabTo } from './page.ts'
import { type Served, serve } from './server.ts'
import { wordsOf } from './words.ts'

/** Reasons and templates: changed in the portal, offered where they are used, and there as they were. */

let server: Served
let browser: Browser
const t = wordsOf('en')
const REASON = 'Waiting for a permit'

beforeAll(async () => {
  server = await serve()
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

async function opened(account: string, list: string) {
  const made = await openPage(browser)
  await signIn(made.page, server.url, account)
  await made.page.goto(`${server.url}/admin/lists?list=${list}`)
  return made
}
const say = (key: string, values: Readonly<Record<string, string>>) => t(key).replace(/\{\{(\w+)\}\}/g, (_, name) => values[name] ?? '')
const button = (within: Page | ReturnType<Page['getByRole']>, name: string) => within.getByRole('button', { name, exact: true })
type Reasons = { version: number; reasons: { id: string; text: { en: string }; retired?: boolean }[] }
const reasonsOf = async (page: Page) => (await (await page.request.get(`${server.url}/api/v1/lists/reasons`)).json()) as Reasons

test('a reason is added by keyboard, moved, retired and taken back; what somebody else changed meanwhile is kept', async () => {
  const { page, complaints } = await opened('Demo · Lead', 'reasons')
  const dialog = page.getByRole('dialog')
  await page.getByText(t('lists.shipped')).waitFor()
  const add = button(page, t('lists.addReason'))
  await tabTo(page, add)
  await page.keyboard.press('Enter')
  await dialog.getByLabel('English').fill(REASON)
  await page.keyboard.press('Control+Enter')
  await dialog.getByText(t('lists.textNeeded')).waitFor()
  await dialog.getByLabel('Português (Brasil)').fill('Aguardando uma autorização')
  await picture(page, 'lists-reason')
  expect(await axeFaults(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await dialog.waitFor({ state: 'detached' })
  const table = page.getByRole('table', { name: t('lists.name.reasons') })
  await table.getByRole('rowheader', { name: REASON }).waitFor()
  await expect.poll(() => add.evaluate(element => element === document.activeElement)).toBe(true)

  const up = button(page, say('lists.move.up', { reason: REASON }))
  await up.click()
  const place = (reasons: Reasons) => reasons.reasons.filter(each => !each.retired).findIndex(each => each.text.en === REASON)
  const count = (await reasonsOf(page)).reasons.length
  await expect.poll(async () => place(await reasonsOf(page))).toBe(count - 2)
  await expect.poll(() => up.evaluate(element => element === document.activeElement)).toBe(true)

  // Somebody else renames one while this person retires theirs.
  const other = await openPage(browser)
  await signIn(other.page, server.url, 'Demo · Administrator')
  const seen = await reasonsOf(other.page)
  const [first] = seen.reasons
  const renamed = seen.reasons.map(each => (each === first ? { ...each, text: { ...each.text, en: 'Nobody pays for it' } } : each))
  const put = await other.page.request.put(`${server.url}/api/v1/lists/reasons`, {
    data: { reasons: renamed, version: seen.version },
    headers: { origin: server.url },
  })
  expect(put.status()).toBe(200)
  await button(page, say('lists.retireOf', { reason: REASON })).click()
  await dialog.getByRole('heading', { name: t('conflict.title') }).waitFor()
  await dialog.getByText(say('lists.became.renamed', { reason: 'Nobody pays for it' })).waitFor()
  await picture(page, 'lists-conflict')
  expect(await axeFaults(page)).toEqual([])
  await dialog.getByRole('button', { name: t('lists.mineToo') }).click()
  await dialog.waitFor({ state: 'detached' })
  const retired = page.getByRole('table', { name: t('lists.retired') })
  await retired.getByRole('rowheader', { name: REASON }).waitFor()
  await table.getByRole('rowheader', { name: 'Nobody pays for it' }).waitFor()
  // The newest is the one at the bottom.
  await button(page, t('plan.undo')).last().click()
  await table.getByRole('rowheader', { name: REASON }).waitFor()

  // Back to the list that ships: what was added since is retired, not lost.
  await button(page, t('lists.versions')).click()
  await dialog.getByLabel(t('lists.version')).selectOption({ label: t('lists.versionShipped') })
  await dialog.getByText(say('lists.became.added', { reason: REASON })).waitFor()
  await picture(page, 'lists-versions')
  expect(await axeFaults(page)).toEqual([])
  await button(dialog, t('lists.goBack')).click()
  await dialog.waitFor({ state: 'detached' })
  await retired.getByRole('rowheader', { name: REASON }).waitFor()
  expect(await table.getByRole('rowheader', { name: 'Nobody pays for it' }).count()).toBe(0)
  // The server refused once, as it should.
  expect(complaints.filter(each => !each.includes('409'))).toEqual([])
})

test('a note that ships becomes our own, is offered in its place, and is gone back from', async () => {
  const { page, complaints } = await opened('Demo · Lead', 'notes')
  const dialog = page.getByRole('dialog')
  await button(page, say('lists.makeOursOf', { what: 'Check-in call' })).click()
  await dialog.getByLabel(t('lists.title')).fill('Our call')
  await dialog.getByLabel(t('lists.text')).fill('## Our own heading')
  await dialog.getByRole('button', { name: t('save') }).click()
  await dialog.waitFor({ state: 'detached' })
  const own = page.getByRole('table', { name: t('lists.own') })
  await own.getByRole('rowheader', { name: 'Our call' }).waitFor()
  await expect
    .poll(() =>
      page
        .getByRole('table', { name: t('lists.shippedOnes') })
        .getByRole('rowheader', { name: 'Check-in call' })
        .count(),
    )
    .toBe(0)

  await button(page, say('lists.changeOf', { what: 'Our call' })).click()
  await dialog.getByLabel(t('lists.text')).fill('## Another heading')
  await dialog.getByRole('button', { name: t('save') }).click()
  await dialog.waitFor({ state: 'detached' })
  await button(page, say('lists.versionsOf', { what: 'Our call' })).click()
  await dialog.getByText('## Our own heading').waitFor()
  await dialog.getByText('## Another heading').waitFor()
  await picture(page, 'lists-note-versions')
  expect(await axeFaults(page)).toEqual([])
  await button(dialog, t('lists.goBack')).click()
  await dialog.waitFor({ state: 'detached' })

  const answer = await page.request.get(`${server.url}/api/v1/portfolio?limit=1`)
  const customer = ((await answer.json()) as { rows: { id: string }[] }).rows[0]?.id ?? ''
  await page.goto(`${server.url}/customers/${customer}/notes`)
  await button(page, t('notes.write')).click()
  await dialog.getByLabel(t('notes.template')).selectOption({ label: 'Our call' })
  expect(await dialog.getByRole('textbox', { name: t('notes.text') }).inputValue()).toBe('## Our own heading')
  await page.keyboard.press('Escape')

  await page.goto(`${server.url}/admin/lists?list=notes`)
  await button(page, say('lists.removeOf', { what: 'Our call' })).click()
  await page
    .getByRole('table', { name: t('lists.shippedOnes') })
    .getByRole('rowheader', { name: 'Check-in call' })
    .waitFor()
  await button(page, t('plan.undo')).first().click()
  await own.getByRole('rowheader', { name: 'Our call' }).waitFor()
  expect(complaints).toEqual([])
})

test('a template of a success plan is written by its fields, and whoever may not change lists reads them', async () => {
  const { page, complaints } = await opened('Demo · Lead', 'plans')
  const dialog = page.getByRole('dialog')
  await button(page, t('lists.addTemplate')).click()
  await dialog.getByLabel(t('lists.title')).first().fill('Our plan')
  const objective = dialog.getByRole('group', { name: say('lists.objective', { number: '1' }), exact: true })
  await objective.getByLabel(t('lists.title')).fill('Fewer calls')
  await button(objective, say('lists.addMetricTo', { what: say('lists.objective', { number: '1' }) })).click()
  await dialog.getByRole('button', { name: t('save') }).click()
  await objective.getByText(t('lists.fault.no-number')).waitFor()
  await objective.getByRole('textbox', { name: t('lists.metric.name'), exact: true }).fill('Calls')
  await objective.getByRole('textbox', { name: t('lists.metric.target'), exact: true }).fill('12,5')
  await picture(page, 'lists-plan')
  expect(await axeFaults(page)).toEqual([])
  await dialog.getByRole('button', { name: t('save') }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('rowheader', { name: 'Our plan' }).waitFor()
  const templates = await (await page.request.get(`${server.url}/api/v1/lists/templates/success-plan`)).json()
  expect(JSON.parse((templates as { templates: { body: string }[] }).templates[0]?.body ?? '{}').objectives[0].metrics[0].target).toBe(12.5)
  expect(complaints).toEqual([])

  const reader = await opened('Demo · Reader', 'plans')
  await reader.page.getByText(t('lists.readOnly')).waitFor()
  await reader.page.getByRole('rowheader', { name: 'Our plan' }).waitFor()
  expect(await button(reader.page, t('lists.addTemplate')).getAttribute('aria-disabled')).toBe('true')
  expect(reader.complaints).toEqual([])
})
