import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from './browser.ts'
import { axeFaults, openPage, picture, signIn } from './page.ts'
import { type Served, serve } from './server.ts'
import { wordsOf } from './words.ts'

let server: Served
let browser: Browser
const t = wordsOf('en')
const pt = wordsOf('pt-BR')
let customer = ''

beforeAll(async () => {
  server = await serve()
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

async function opened(account: string, language: 'en' | 'pt-BR' = 'en') {
  const made = await openPage(browser, { language, theme: 'light', width: 1440 })
  await signIn(made.page, server.url, account, language)
  if (customer === '') {
    const answer = await made.page.request.get(`${server.url}/api/v1/portfolio?limit=1&mine=true`)
    customer = ((await answer.json()) as { rows: { id: string }[] }).rows[0]?.id ?? ''
  }
  return made
}
const at = (page: Page, tab: string) => page.goto(`${server.url}/customers/${customer}/${tab}`)
/** The first task that can be changed. */
const changeFirst = async (page: Page, due: string) => {
  await page
    .locator('li[data-item]')
    .first()
    .getByRole('button', { name: t('items.changeOf').replace('{{title}}', '') })
    .first()
    .click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(t('items.due'), { exact: true }).selectOption(t('items.otherDay'))
  await dialog.locator('input[type="date"]').fill(due)
  return dialog
}

test('a note is begun by one key, outlives a reload, is found from anywhere and stands on the timeline', async () => {
  const { page, complaints } = await opened('Demo · FastTrack Manager')
  await at(page, 'timeline')
  await page.getByRole('tab', { name: t('tab.timeline') }).focus()
  await page.keyboard.press('n')
  await page.getByRole('textbox', { name: t('notes.text') }).fill('Spoke about the **aurora borealis** rollout')
  await at(page, 'notes')
  await page.reload()
  const text = page.getByRole('textbox', { name: t('notes.text') })
  await expect.poll(() => text.inputValue()).toBe('Spoke about the **aurora borealis** rollout')
  await text.press('Control+Enter')
  const note = page
    .getByRole('list', { name: t('tab.notes') })
    .getByRole('listitem')
    .first()
  await note.locator('strong').filter({ hasText: 'aurora borealis' }).waitFor()
  await picture(page, 'notes')
  expect(await axeFaults(page)).toEqual([])

  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: t('palette.title') }).fill('AURORA bor')
  await page.getByRole('option', { name: t('palette.notes').replace('{{q}}', 'AURORA bor') }).click()
  const found = page.getByRole('list', { name: t('search.results') }).getByRole('listitem')
  await found.first().waitFor()
  expect(await found.locator('mark').allTextContents()).toEqual(['aurora', 'borealis'])
  await picture(page, 'search')
  expect(await axeFaults(page)).toEqual([])

  await at(page, 'timeline?group=notes')
  const event = page
    .getByRole('list', { name: t('tab.timeline') })
    .getByRole('link')
    .first()
  await event.filter({ hasText: 'aurora' }).click()
  await page
    .getByRole('complementary')
    .getByRole('link', { name: t('timeline.toNote') })
    .waitFor()
  await page.reload()
  await page.getByRole('complementary').getByText('aurora').first().waitFor()
  await picture(page, 'timeline-event')
  expect(await axeFaults(page)).toEqual([])
  await page.context().close()
  expect(complaints).toEqual([])
})

test('of two people who give the same task a day the second sees both and chooses', async () => {
  const first = await opened('Demo · FastTrack Manager')
  const second = await opened('Demo · Lead')
  for (const { page } of [first, second]) {
    await at(page, 'plan?state=due')
    await page.locator('li[data-item]').first().waitFor()
  }
  const theirs = await changeFirst(second.page, '2027-03-09')
  const mine = await changeFirst(first.page, '2027-02-03')
  await mine.getByRole('button', { name: t('save') }).click()
  await first.page.locator('li[data-item]').first().getByText('Feb 3, 2027').waitFor()
  await theirs.getByRole('button', { name: t('save') }).click()
  const both = second.page.getByRole('alertdialog', { name: t('conflict.title') })
  await both.getByText('Feb 3, 2027').waitFor()
  await both.getByText('Mar 9, 2027').waitFor()
  await picture(second.page, 'items-conflict')
  expect(await axeFaults(second.page)).toEqual([])
  await both.getByRole('button', { name: t('conflict.saveMine') }).click()
  await second.page.locator('li[data-item]').first().getByText('Mar 9, 2027').waitFor()
  for (const { page } of [first, second]) await page.context().close()
})

test('em português: várias tarefas mudam de uma vez e voltam com uma tecla; uma pendência é acrescentada', async () => {
  const { page, complaints } = await opened('Demo · FastTrack Manager', 'pt-BR')
  await at(page, 'plan')
  const rows = page.locator('li[data-item]')
  await rows.first().waitFor()
  await rows.nth(0).focus()
  await page.keyboard.press('x')
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await page
    .getByRole('toolbar')
    .getByRole('button', { name: pt('items.change') })
    .click()
  await page.getByRole('dialog').getByLabel(pt('plan.status')).selectOption('in-progress')
  await picture(page, 'items-several')
  expect(await axeFaults(page)).toEqual([])
  await page
    .getByRole('dialog')
    .getByRole('button', { name: pt('save') })
    .click()
  await expect
    .poll(() =>
      page
        .locator('li[data-item]')
        .getByRole('button', { name: pt('status.in-progress') })
        .count(),
    )
    .toBeGreaterThan(1)
  const before = await page
    .locator('li[data-item]')
    .getByRole('button', { name: pt('status.in-progress') })
    .count()
  await rows.nth(0).focus()
  await page.keyboard.press('u')
  await expect
    .poll(() =>
      page
        .locator('li[data-item]')
        .getByRole('button', { name: pt('status.in-progress') })
        .count(),
    )
    .toBe(before - 2)

  await page.getByRole('button', { name: pt('items.addFollowUp') }).click()
  await page.getByRole('dialog').getByLabel(pt('items.title')).fill('Enviar a lista')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: pt('save') })
    .click()
  const row = page.locator('li[data-item^="follow-up:"]').filter({ hasText: 'Enviar a lista' })
  await row.waitFor()
  await picture(page, 'follow-ups')
  expect(await axeFaults(page)).toEqual([])

  await row.getByRole('button', { name: pt('items.changeOf').replace('{{title}}', '') }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(pt('items.title')).fill('Enviar a lista completa')
  await dialog.getByLabel(pt('plan.note')).fill('Com os turnos')
  await dialog.getByRole('button', { name: pt('save') }).click()
  const changed = page.locator('li[data-item^="follow-up:"]').filter({ hasText: 'Enviar a lista completa' })
  await changed.getByText('“Com os turnos”').waitFor()

  // What filters hide is said, filters outlive a reload without an address, and end when told to.
  await page.getByLabel(pt('items.role')).selectOption({ index: 1 })
  await page.getByText(/Os filtros ocultam \d+ pendências?\./).waitFor()
  await page.waitForURL(/role=/)
  expect(await changed.count()).toBe(0)
  expect(await axeFaults(page)).toEqual([])
  await picture(page, 'follow-ups-hidden')
  await at(page, 'plan')
  await page.waitForURL(/role=/)
  await page.getByRole('button', { name: pt('items.showAll') }).click()
  await changed.waitFor()

  await changed.getByRole('button', { name: pt('items.writeNoteOf').replace('{{title}}', '') }).click()
  await page
    .getByRole('dialog', { name: 'Enviar a lista completa' })
    .getByRole('textbox', { name: pt('notes.text') })
    .fill('Falta o turno da noite')
  await page.keyboard.press('Control+Enter')
  await page.getByText(pt('notes.saved')).first().waitFor()
  await at(page, 'notes')
  await page
    .getByRole('list', { name: pt('tab.notes') })
    .getByRole('listitem')
    .filter({ hasText: 'Falta o turno da noite' })
    .getByRole('link', { name: pt('notes.subject.item') })
    .click()
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-item') ?? '')).toMatch(/^follow-up:/)
  await page.context().close()
  expect(complaints).toEqual([])
})
