import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSimulator } from '../src/graph/simulator/simulator.ts'
import { demoTenants } from '../src/graph/simulator/tenants.ts'
import { Day } from '../src/model/words.ts'
import { launchBrowser } from './browser.ts'
import { axeFaults, openPage, picture, signIn } from './page.ts'
import { type Served, serve } from './server.ts'
import { wordsOf } from './words.ts'

const t = wordsOf('en')
const today = Day.parse(new Date().toISOString().slice(0, 10))
const [simulated] = demoTenants({ count: 1, today, users: 60 })
if (!simulated) throw new Error('the simulator has no tenant')

let simulator: Awaited<ReturnType<typeof startSimulator>>
let server: Served
let browser: Browser

beforeAll(async () => {
  simulator = await startSimulator({ tenants: [simulated], today })
  server = await serve({ env: { IMPULSO_GRAPH_SIMULATOR: simulator.url } })
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await simulator?.close()
})

async function journey(account: string, walk: (page: Page) => Promise<void>): Promise<void> {
  const { page, complaints } = await openPage(browser)
  await signIn(page, server.url, account)
  await walk(page)
  await page.context().close()
  // A file that is refused is an answer too.
  expect(complaints.filter(each => !each.includes('status of 400'))).toEqual([])
}

const idOf = async (page: Page, name: string): Promise<string> => {
  const answer = await page.request.get(`${server.url}/api/v1/portfolio?q=${encodeURIComponent(name)}&limit=1`)
  return ((await answer.json()) as { rows: { id: string }[] }).rows[0]?.id ?? ''
}
const openUsage = async (page: Page, id: string): Promise<void> => {
  await page.goto(`${server.url}/customers/${id}/usage`)
  await page.getByRole('heading', { name: t('upload.title') }).waitFor()
}
const within = (page: Page, heading: string): Locator =>
  page.locator('section').filter({ has: page.getByRole('heading', { name: t(heading), exact: true }) })
/** The focus comes a frame after what it follows. */
const expectFocus = (on: Locator): Promise<void> => expect.poll(() => on.evaluate(element => element === document.activeElement)).toBe(true)
const button = (of: Page | Locator, key: string, values: Readonly<Record<string, string>> = {}): Locator =>
  of.getByRole('button', { name: Object.entries(values).reduce((text, [name, value]) => text.replace(`{{${name}}}`, value), t(key)) })

test('a tenant is connected, tested and read; the figures name the reports they came from', async () => {
  await journey('Demo · Lead', async page => {
    const id = await idOf(page, simulated.name.replace(/ \(demo\).*/, ''))
    await openUsage(page, id)
    const connections = within(page, 'connections.title')
    await connections
      .getByRole('button', { name: /^Connect / })
      .first()
      .click()
    const dialog = page.getByRole('dialog')
    await button(dialog, 'connections.saveAndTest').click()
    await expectFocus(dialog.getByLabel(t('connections.directory')))
    await dialog.getByLabel(t('connections.cloud'), { exact: true }).selectOption('simulator')
    await dialog.getByLabel(t('connections.directory')).fill(simulated.directory)
    await dialog.getByLabel(t('connections.application')).fill(simulated.clientId)
    await dialog.getByRole('radio', { name: t('connections.secret') }).check()
    await dialog.getByLabel(t('connections.secretValue')).fill(simulated.secret)
    await picture(page, 'connect')
    expect(await axeFaults(page)).toEqual([])
    await button(dialog, 'connections.saveAndTest').click()
    await dialog.getByText(t('connections.state.ok')).first().waitFor()
    await page.keyboard.press('Escape')
    const runNow = connections.getByRole('button', { name: /^Run now/ }).first()
    // The button that opened the dialog is gone with what it did.
    await expectFocus(runNow)
    await runNow.click()
    // The first run reads the past: two windows of the service's limits, of which the second is ten minutes away.
    await connections
      .getByText(t('connections.run.waits').split('{{')[0] ?? '')
      .first()
      .waitFor()
    await picture(page, 'connection-run')
    expect(await axeFaults(page)).toEqual([])
    expect(await page.content()).not.toContain(simulated.secret)
  })
})

test('a report is looked at before anything is kept, imported, and undone', async () => {
  await journey('Demo · FastTrack Manager', async page => {
    const folder = mkdtempSync(join(tmpdir(), 'impulso-usage-'))
    const mine = await page.request.get(`${server.url}/api/v1/portfolio?mine=true&limit=1`)
    const id = ((await mine.json()) as { rows: { id: string }[] }).rows[0]?.id ?? ''
    await openUsage(page, id)
    const before = await page.request.get(`${server.url}/api/v1/customers/${id}/usage?days=30`)
    const report = join(folder, 'yammer.csv')
    const head =
      'Report Refresh Date,User Principal Name,Display Name,User State,State Change Date,Last Activity Date,Posted Count,Read Count,Liked Count,Assigned Products,Report Period'
    const rows = Array.from(
      { length: 40 },
      (_, at) => `${today},user${at}@example.com,"=HYPERLINK(""x"")",active,2026-01-01,${today},1,1,1,,30`,
    )
    writeFileSync(report, `\uFEFF${[head, ...rows].join('\r\n')}\r\n`)
    const wrong = join(folder, 'holiday.csv')
    writeFileSync(wrong, 'name,days\nAna,12\n')
    await page.locator('input[type=file]').first().setInputFiles([report, wrong])
    await page.getByText(t('upload.checked')).first().waitFor()
    await page.getByText(t('upload.refused').replace('{{file}}', 'holiday.csv')).first().waitFor()
    await picture(page, 'upload-preview')
    expect(await axeFaults(page)).toEqual([])
    expect(await (await page.request.get(`${server.url}/api/v1/customers/${id}/usage?days=30`)).json()).toEqual(await before.json())
    await button(page, 'upload.import_one', { number: '1' }).click()
    await page.getByText(t('upload.imported')).first().waitFor()
    await page
      .getByRole('button', { name: t('imports.undoOf').replace('{{file}}', 'yammer.csv') })
      .first()
      .click()
    await button(page.getByRole('dialog'), 'imports.undoSave').click()
    await page.getByText(t('imports.undone').replace('{{file}}', 'yammer.csv')).first().waitFor()
    const after = (await (await page.request.get(`${server.url}/api/v1/customers/${id}/usage?days=30`)).json()) as Figures
    const told = (await before.json()) as Figures
    expect(after.services.map(({ service, current }) => [service, current])).toEqual(
      told.services.map(({ service, current }) => [service, current]),
    )
  })
})
type Figures = { services: { service: string; current: unknown }[] }

test('a target gets a date with its reason, and goes back to the usual', async () => {
  await journey('Demo · Lead', async page => {
    const answer = await page.request.get(`${server.url}/api/v1/portfolio?limit=1`)
    const id = ((await answer.json()) as { rows: { id: string }[] }).rows[0]?.id ?? ''
    await openUsage(page, id)
    // Not the whole card: the forecast in its table may come to an end on the very day.
    const list = page.getByRole('region', { name: t('targets.of').split('{{')[0] ?? '' }).first()
    const change = list.getByRole('button', { name: new RegExp(`^${t('targets.change')}`) }).last()
    await change.click()
    const dialog = page.getByRole('dialog')
    const nextYear = Number(today.slice(0, 4)) + 1
    await dialog.getByLabel(t('targets.date')).fill(`${nextYear}-06-15`)
    await dialog.getByLabel(t('targets.reason')).fill('Agreed at the kick-off')
    await picture(page, 'target')
    expect(await axeFaults(page)).toEqual([])
    await page.keyboard.press('Control+Enter')
    await dialog.waitFor({ state: 'detached' })
    await list.getByText(`Jun 15, ${nextYear}`).first().waitFor()
    await change.click()
    await page.getByRole('button', { name: new RegExp(`^${t('targets.usual').split(':')[0]}`) }).click()
    await list.getByText(`Jun 15, ${nextYear}`).first().waitFor({ state: 'detached' })
  })
})
