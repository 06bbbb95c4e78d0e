import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from './browser.ts'
import { axeFaults, openPage, picture, signIn } from './page.ts'
import { type Served, serve } from './server.ts'
import { wordsOf } from './words.ts'

let server: Served
let browser: Browser
const t = wordsOf('en')
/** The text with its holes filled. */
const say = (key: string, values: Readonly<Record<string, string>>) =>
  Object.entries(values).reduce((text, [name, value]) => text.replace(`{{${name}}}`, value), t(key))

beforeAll(async () => {
  server = await serve()
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

const save = (page: Page) =>
  page
    .getByRole('dialog')
    .getByRole('button', { name: t('save') })
    .click()
const dayFromNow = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

test('a success plan is agreed: objectives, a metric that a reading puts on track, seats that must sum, the kick-off', async () => {
  const { page, complaints } = await openPage(browser)
  await signIn(page, server.url, 'Demo · Lead')
  const answer = await page.request.get(`${server.url}/api/v1/portfolio?limit=1`)
  const customer = ((await answer.json()) as { rows: { id: string }[] }).rows[0]?.id ?? ''
  await page.goto(`${server.url}/customers/${customer}/success`)

  for (const title of ['Meet without travel', 'Find every file']) {
    await page.getByRole('button', { name: t('success.addObjective'), exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(t('success.field.title')).fill(title)
    await dialog.getByLabel(t('success.field.targetDate')).fill(dayFromNow(90))
    await save(page)
    await page.getByRole('heading', { level: 2, name: title }).waitFor()
  }
  const titles = page.getByRole('list', { name: t('success.objectives') }).getByRole('heading', { level: 2 })
  const lastUp = page.getByRole('button', { name: say('success.moveUp', { title: 'Find every file' }) })
  await lastUp.focus()
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await titles.allTextContents()).slice(-2)).toEqual(['Find every file', 'Meet without travel'])
  await expect.poll(() => lastUp.evaluate(element => element === document.activeElement)).toBe(true)
  await page.getByRole('button', { name: say('success.moveDown', { title: 'Find every file' }) }).click()
  await expect.poll(async () => (await titles.allTextContents()).slice(-2)).toEqual(['Meet without travel', 'Find every file'])
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
    .toBe(say('success.moveDown', { title: 'Find every file' }))

  await page.getByRole('button', { name: say('success.addMetricTo', { objective: 'Meet without travel' }) }).click()
  const metric = page.getByRole('dialog')
  await metric.getByLabel(t('success.field.name')).fill('Trips a month')
  await metric.getByLabel(t('success.field.baseline'), { exact: true }).fill('40')
  await metric.getByLabel(t('success.field.baselineOn')).fill(dayFromNow(-10))
  await metric.getByRole('textbox', { name: t('success.field.target'), exact: true }).fill('20')
  await save(page)
  const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { level: 2, name: 'Meet without travel' }) })
  const line = card.getByRole('list').getByRole('listitem')
  await line.locator('[data-state="unknown"]').waitFor()
  await page.getByRole('button', { name: say('success.addReading', { metric: 'Trips a month' }) }).click()
  await page.getByRole('dialog').getByLabel(t('success.field.value')).fill('thirty')
  await save(page)
  await page.getByRole('dialog').getByText(t('success.noNumber')).waitFor()
  await page.getByRole('dialog').getByLabel(t('success.field.value')).fill('30')
  await save(page)
  // Half of the way in a tenth of the time.
  await line.locator('[data-state="on-track"]').waitFor()
  await line.getByText('50 % of the way is done, 10 % expected').waitFor()
  await picture(page, 'success-agreed')

  await line.getByText(t('success.readings_one').replace('{{count}}', '1')).click()
  await line.getByRole('button', { name: /^Remove the reading of Trips a month/ }).click()
  await line.locator('[data-state="unknown"]').waitFor()
  await page
    .getByRole('button', { name: t('plan.undo'), exact: true })
    .last()
    .click()
  await line.locator('[data-state="on-track"]').waitFor()

  const seats = page.getByRole('region', { name: t('success.seats') })
  await seats.getByRole('button', { name: say('success.splitOf', { service: 'Teams' }) }).click()
  const split = page.getByRole('dialog')
  const all = await split.getByLabel(t('success.allSeats')).inputValue()
  const firstPart = split.getByRole('group', { name: say('success.part', { number: '1' }) })
  await firstPart.getByLabel(t('success.field.intent')).selectOption('blocked')
  await firstPart.getByLabel(t('success.field.seats')).fill(String(Number(all) + 1))
  while ((await split.getByRole('group').count()) > 1)
    await split
      .getByRole('group')
      .last()
      .getByRole('button', { name: t('success.remove') })
      .click()
  await save(page)
  await split.getByText(t('success.sumFault').split('{{')[0] ?? '').waitFor()
  await firstPart.getByLabel(t('success.field.seats')).fill(all)
  await firstPart.getByLabel(t('success.field.reason')).selectOption('')
  await save(page)
  await split.getByText(t('success.reasonFault')).waitFor()
  await picture(page, 'success-seats')
  expect(await axeFaults(page)).toEqual([])
  await firstPart.getByLabel(t('success.field.reason')).selectOption('training')
  await save(page)
  await seats.getByText('People have not been trained').first().waitFor()
  const undoSeats = page.getByRole('button', { name: t('plan.undo'), exact: true }).last()
  await undoSeats.click()
  await expect.poll(() => seats.getByText('People have not been trained').count()).toBe(0)

  const kickoff = page.getByRole('region', { name: t('success.kickoff'), exact: true })
  await kickoff.getByRole('button', { name: say('success.changeOf', { what: t('success.wholeCustomer') }) }).click()
  for (const part of ['stakeholders', 'scenarios', 'awarenessPlan', 'trainingPlan'])
    await page
      .getByRole('dialog')
      .getByLabel(t(`success.ssat.${part}`))
      .fill(`Agreed: ${part}`)
  await save(page)
  await kickoff.getByText('Agreed: trainingPlan').waitFor()
  expect(await axeFaults(page)).toEqual([])
  await page.context().close()
  expect(complaints).toEqual([])
})
