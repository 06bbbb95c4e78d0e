import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from './browser.ts'
import { axeFaults, expectNoSideScroll, LOOKS, openBrowser, picture, type Session, sessionOf } from './page.ts'
import { type Served, serve } from './server.ts'
import { wordsOf } from './words.ts'

/** Customers come, change and go; their contacts; a portfolio file that is brought in and undone. */

const t = wordsOf('en')
let server: Served
let browser: Browser
let session: Session

beforeAll(async () => {
  server = await serve()
  browser = await launchBrowser()
  session = await sessionOf(browser, server.url, 'Demo · Lead')
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

async function pageAt(path: string, look = LOOKS[0]): Promise<Page> {
  const page = await (await openBrowser(browser, look, session)).newPage()
  await page.goto(`${server.url}${path}`)
  return page
}
const button = (within: Page | Locator, name: string | RegExp) => within.getByRole('button', { name, exact: true })
const say = (key: string, values: Readonly<Record<string, string>>) => t(key).replace(/\{\{(\w+)\}\}/g, (_, name) => values[name] ?? '')
const change = async (page: Page, what: string) => {
  await button(page, t('customers.change')).click()
  await page.getByRole('menuitem', { name: t(`customers.action.${what}`) }).click()
  return page.getByRole('dialog')
}

test('a customer is added, edited, gets a contact, is archived and comes back', async () => {
  const page = await pageAt('/portfolio')
  await button(page, t('customers.add')).click()
  const dialog = page.getByRole('dialog')
  await button(dialog, t('customers.addSave')).click()
  await dialog.getByText(t('customers.nameNeeded')).waitFor()
  await dialog.getByRole('textbox', { name: t('customers.name'), exact: true }).fill('Açaí Example')
  await expect.poll(() => dialog.getByRole('textbox', { name: t('customers.id'), exact: true }).inputValue()).toBe('acai-example')
  await dialog.getByRole('checkbox', { name: 'Teams', exact: true }).check()
  expect(await axeFaults(page)).toEqual([])
  await picture(page, 'customers-add')
  await button(dialog, t('customers.addSave')).click()
  await page.getByRole('heading', { level: 1, name: 'Açaí Example' }).waitFor()

  const edit = await change(page, 'edit')
  await edit.getByRole('textbox', { name: t('customers.name'), exact: true }).fill('Açaí Example Ltd')
  await button(edit, t('customers.save')).click()
  await page.getByRole('heading', { level: 1, name: 'Açaí Example Ltd' }).waitFor()

  const services = await change(page, 'services')
  await services.getByRole('combobox').first().selectOption('on')
  await services.getByLabel(t('customers.activatedOn')).fill('2026-03-01')
  expect(await axeFaults(page)).toEqual([])
  await picture(page, 'customers-services')
  await button(services, t('customers.save')).click()
  await services.waitFor({ state: 'detached' })

  await page
    .getByRole('tab', { name: t('tab.people') })
    .or(page.getByRole('link', { name: t('tab.people') }))
    .first()
    .click()
  await button(page, t('contacts.add')).click()
  const contact = page.getByRole('dialog')
  await contact.getByRole('textbox', { name: t('contacts.name'), exact: true }).fill('Dana of the example')
  await contact.getByRole('checkbox', { name: t('contacts.surveyEligible') }).check()
  await button(contact, t('contacts.save')).click()
  expect(await contact.getByText(t('contacts.fault.surveyNeeds')).count()).toBe(4)
  await contact.getByRole('checkbox', { name: t('contacts.surveyEligible') }).uncheck()
  await contact.getByLabel(t('contacts.doNotContact')).fill('Asked us not to write')
  expect(await axeFaults(page)).toEqual([])
  await button(contact, t('contacts.save')).click()
  await page.getByRole('cell', { name: /Asked us not to write/ }).waitFor()
  expect(await axeFaults(page)).toEqual([])
  await picture(page, 'customers-contacts')

  const archive = await change(page, 'archive')
  await archive.getByLabel(t('customers.archive.reason')).fill('The example ended')
  await button(archive, t('customers.archive.run')).click()
  await page.getByRole('heading', { level: 1, name: t('nav.portfolio') }).waitFor()
  await page.goto(`${server.url}/admin/customers?part=archived`)
  await page.getByRole('cell', { name: 'The example ended' }).waitFor()
  await button(page, say('customers.archived.returnOne', { name: 'Açaí Example Ltd' })).click()
  await page.getByText(t('customers.archived.none')).waitFor()
})

test('a customer is merged into another one, which leads to the history of the first', async () => {
  const page = await pageAt('/portfolio')
  for (const id of ['stays', 'goes']) {
    const data = { id, name: `Example that ${id}` }
    const added = await page.request.post(`${server.url}/api/v1/customers`, { data, headers: { origin: server.url } })
    expect(added.ok()).toBe(true)
  }
  await page.goto(`${server.url}/customers/stays/timeline`)
  const merge = await change(page, 'merge')
  await merge.getByRole('combobox').fill('that goes')
  await merge.getByRole('option', { name: 'Example that goes (goes)' }).click()
  await merge.getByText(say('customers.merge.moves', { from: 'Example that goes', into: 'Example that stays' })).waitFor()
  expect(await axeFaults(page)).toEqual([])
  await picture(page, 'customers-merge')
  await button(merge, t('customers.merge.run')).click()
  await merge.waitFor({ state: 'detached' })
  await page
    .getByRole('list', { name: t('timeline.merged.list') })
    .getByRole('link')
    .click()
  await page.getByRole('heading', { level: 2, name: say('timeline.merged.title', { name: 'Example that goes' }) }).waitFor()
  const history = page.getByRole('list', { name: say('timeline.merged.title', { name: 'Example that goes' }) })
  await expect.poll(() => history.getByRole('listitem').count()).toBe(2)
  expect(await axeFaults(page)).toEqual([])
  await picture(page, 'customers-merged')
  // What was saved as a link to the one leads to the other.
  await page.goto(`${server.url}/customers/goes/plan`)
  await page.getByRole('heading', { level: 1, name: 'Example that stays' }).waitFor()
})

test('a portfolio file tells its faults, is previewed, brought in and undone', async () => {
  const page = await pageAt('/admin/customers')
  const choose = (text: string) =>
    page.getByLabel(t('customers.import.file')).setInputFiles({ name: 'portfolio.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
  await choose('id,name,segment\nfile-one,File one,huge\n')
  await page.getByText(/"huge" is no segment/).waitFor()
  await choose('id;name;services\nfile-one;File one;teams\nfile-two;File two;\n')
  await button(page, say('customers.import.run_other', { number: '2' })).click()
  await page.getByText(t('customers.import.done')).waitFor()
  expect(await axeFaults(page)).toEqual([])
  await picture(page, 'customers-import')
  await button(page, t('customers.undo.run')).click()
  await page.getByText(say('customers.undo.done_other', { number: '2' })).waitFor()
})

test.each(LOOKS)('many customers at once and the archive, $language $theme $width', async look => {
  for (const part of ['import', 'assign', 'changes', 'archived']) {
    const page = await pageAt(`/admin/customers?part=${part}`, look)
    await page.getByRole('heading', { level: 3 }).waitFor()
    expect([part, await axeFaults(page)]).toEqual([part, []])
    await expectNoSideScroll(page)
    await picture(page, `customers-${part}`, look)
    await page.context().close()
  }
})
