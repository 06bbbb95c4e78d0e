import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { expect, onTestFinished } from 'vitest'
import { SERVICES } from '../src/model/services.ts'
import type { UsageReport } from '../src/model/usage.ts'
import { writeReport } from '../src/usage/fixtures.ts'
import { launchBrowser } from './browser.ts'
import type { Hands } from './hands.ts'
import { axeFaults, openPage, picture } from './page.ts'
import { serve } from './server.ts'
import { wordsOf } from './words.ts'

/**
 * The process "Support Success Execution" as people go through it, from the day its services are launched to the review: every row E1–E14
 * of the requirements, by what is on the screen.
 */

/** Of the demo: at the kick-off, nothing switched on, no usage report yet, about 20,000 seats a service. */
const CUSTOMER = 'Zelmara'
const EXECUTION = 'support-success-execution'
const REVIEW = 'conduct-success-review'
const MANAGER = 'Demo · FastTrack Manager'
const LEAD = 'Demo · Lead'
const CSM = 'Demo · Customer Success Manager'
const CONTACT = 'Demo contact Bruna'
/** Per service the report that speaks of it alone. */
const REPORTS: Readonly<Record<string, UsageReport>> = {
  exchange: 'getEmailActivityUserDetail',
  'outlook-mobile': 'getEmailAppUsageUserDetail',
  teams: 'getTeamsUserActivityUserDetail',
  sharepoint: 'getSharePointActivityUserDetail',
  onedrive: 'getOneDriveActivityUserDetail',
  yammer: 'getYammerActivityUserDetail',
  'office-proplus': 'getM365AppUserDetail',
}
const JUST_LAUNCHED_DAYS = 6
/** Longer than the 60 days after which the playbook proposes an accelerator to a service below its target. */
const LONG_SINCE_DAYS = 75

const day = (fromToday: number) => new Date(Date.now() + fromToday * 86_400_000).toISOString().slice(0, 10)
const nameOf = (service: string) => SERVICES.find(each => each.id === service)?.name.en ?? service

/** A report of so many people, all of them active. */
async function reportOf(folder: string, service: string, { ago, users }: { ago: number; users: number }): Promise<string> {
  const report = REPORTS[service]
  if (!report) throw new Error(`no report speaks of ${service} alone`)
  const path = join(folder, `${service}-${day(-ago)}.csv`)
  await writeReport(path, { report, users, refreshDate: day(-ago), activeShare: 1 })
  return path
}

type Person = Readonly<{ page: Page; hands: Hands; complaints: string[] }>

/** Goes through the whole process on a demo of its own, inside a test. */
export async function fromLaunchToReview(language: 'en' | 'pt-BR', handsOn: (page: Page) => Hands | Promise<Hands>): Promise<void> {
  const people: Person[] = []
  const folder = mkdtempSync(join(tmpdir(), 'impulso-whole-process-'))
  const browser = await launchBrowser()
  const server = await serve()
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail')
      for (const [at, { page }] of people.entries())
        await picture(page, `whole-process-failed-${at}`, { language, theme: 'light', width: 1440 })
    await browser.close()
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  const t = wordsOf(language)
  const say = (key: string, values: Readonly<Record<string, string>>) =>
    t(key).replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '')
  /** Another person at a computer of their own. */
  async function signedIn(account: string): Promise<Person> {
    const { page, complaints } = await openPage(browser, { language, theme: 'light', width: 1440 })
    const hands = await handsOn(page)
    const person = { page, hands, complaints }
    people.push(person)
    await page.goto(server.url)
    await hands.press(page.getByRole('button', { name: account }))
    await page.getByRole('heading', { level: 1, name: t('nav.today') }).waitFor()
    return person
  }
  const button = (within: Page | Locator, name: string) => within.getByRole('button', { name, exact: true })
  async function openCustomer({ page, hands }: Person): Promise<void> {
    await hands.press(
      page
        .getByRole('navigation')
        .getByRole('link', { name: t('nav.portfolio') })
        .first(),
    )
    await page.getByRole('heading', { level: 1, name: t('nav.portfolio') }).waitFor()
    await hands.write(page.getByRole('searchbox', { name: t('find.label') }), CUSTOMER)
    const row = page.getByRole('grid').getByRole('link', { name: CUSTOMER, exact: true })
    await row.waitFor()
    await expect.poll(() => page.getByRole('grid').getByRole('rowheader').count()).toBe(1)
    await hands.row(page.getByRole('grid'), row)
    await page.getByRole('heading', { level: 1, name: CUSTOMER }).waitFor()
  }
  const toTab = ({ page, hands }: Person, tab: string) => hands.press(page.getByRole('tab', { name: t(`tab.${tab}`), exact: true }))
  /** Sends what stands in the dialog, and waits until it is gone. */
  async function send({ page, hands }: Person, label: string): Promise<void> {
    const dialog = page.getByRole('dialog')
    await hands.press(button(dialog, label))
    await dialog.waitFor({ state: 'detached' })
  }
  async function looks({ page }: Person, name: string): Promise<void> {
    await picture(page, `whole-process-${name}`, { language, theme: 'light', width: 1440 })
    expect([name, await axeFaults(page)]).toEqual([name, []])
  }

  const me = await signedIn(MANAGER)
  const { page, hands } = me
  const dialog = page.getByRole('dialog')
  await openCustomer(me)

  const processOf = (id: string) => page.locator(`section#${id}`)
  const item = (id: string) => page.locator(`[data-item="${id}"]`)
  const inExecution = (step: string, service: string, task?: string) =>
    item([EXECUTION, step, ...(task ? [task] : [])].join('/').concat(`@${service}`))
  const stateOf = (within: Locator, state: string) => within.locator(`[data-state="${state}"]`).first()
  const checkOf = (id: string) => page.locator(`[data-check="${id}"]`)
  /** Says of a task that it is done, from its menu. */
  async function complete(row: Locator): Promise<void> {
    await hands.menu(row.locator('[data-status-button]'), page.getByRole('menuitemradio', { name: t('status.complete'), exact: true }))
    await stateOf(row, 'done').waitFor()
  }
  async function importReports(paths: readonly string[]): Promise<void> {
    await toTab(me, 'usage')
    const uploads = page.getByRole('region', { name: t('upload.title') })
    await hands.files(button(uploads, t('upload.choose')), paths)
    const start = page.getByRole('button', {
      name: say(paths.length === 1 ? 'upload.import_one' : 'upload.import_other', { number: `${paths.length}` }),
    })
    await start.waitFor({ timeout: 60_000 })
    await expect.poll(() => start.getAttribute('aria-disabled'), { timeout: 60_000 }).not.toBe('true')
    await hands.press(start)
    await expect.poll(() => uploads.getByText(t('upload.imported'), { exact: true }).count(), { timeout: 90_000 }).toBe(paths.length)
  }

  // Before: the kick-off is under way. What was agreed in it is written down, and its tasks are done.
  await stateOf(processOf(EXECUTION), 'closed').waitFor()
  for (const task of ['prepare-kickoff/3616', 'kickoff-meeting/994']) await complete(item(`conduct-customer-kickoff/${task}`))
  await toTab(me, 'success')
  const kickoff = page.getByRole('region', { name: t('success.kickoff'), exact: true })
  await hands.press(button(kickoff, say('success.changeOf', { what: 'Teams' })))
  await hands.write(dialog.getByLabel(t('success.dibs.plannedOn')), day(-JUST_LAUNCHED_DAYS))
  await hands.write(dialog.getByLabel(t('success.dibs.intent')), 'All teachers')
  await hands.write(dialog.getByLabel(t('success.dibs.businessReason')), 'Lessons from home')
  await hands.write(dialog.getByLabel(t('success.dibs.successOwner')), CONTACT)
  await send(me, t('save'))
  await hands.press(button(kickoff, say('success.changeOf', { what: t('success.wholeCustomer') })))
  for (const part of ['stakeholders', 'scenarios', 'awarenessPlan', 'trainingPlan'])
    await hands.write(dialog.getByLabel(t(`success.ssat.${part}`)), `Agreed: ${part}`)
  await send(me, t('save'))
  await kickoff.getByText('Agreed: trainingPlan').waitFor()

  // E1: the services are launched, and the process opens by it.
  await toTab(me, 'plan')
  await hands.menu(button(page, t('customers.change')), page.getByRole('menuitem', { name: t('customers.action.services') }))
  for (const service of Object.keys(REPORTS)) {
    const part = dialog.getByRole('group', { name: nameOf(service), exact: true })
    await hands.pick(part.getByLabel(t('customers.activated'), { exact: true }), 'on')
    await hands.write(
      part.getByLabel(t('customers.activatedOn')),
      day(service === 'office-proplus' ? -LONG_SINCE_DAYS : -JUST_LAUNCHED_DAYS),
    )
  }
  await send(me, t('customers.save'))
  await stateOf(processOf(EXECUTION), 'open').waitFor()
  await stateOf(page.locator('[data-gate="review"]'), 'unknown').waitFor()
  await looks(me, 'launched')

  // E12: the entry checklist. What a rule can tell it tells; the rest is a person's word, with a day and evidence.
  const entry = processOf(EXECUTION)
    .locator('details')
    .filter({ has: checkOf('services-activated') })
  await hands.press(entry.locator('summary').first())
  await stateOf(checkOf('services-activated'), 'met').waitFor()
  await hands.press(checkOf('availability-told').getByRole('button', { name: new RegExp(`^${t('decisions.confirm')}: `) }))
  await hands.write(dialog.getByLabel(t('decisions.on')), day(-2))
  await hands.write(dialog.getByLabel(t('decisions.note')), 'By mail to everybody')
  await send(me, t('save'))
  await stateOf(checkOf('availability-told'), 'met').waitFor()
  await hands.press(checkOf('availability-told').getByRole('button', { name: new RegExp(`^${t('decisions.addEvidence')}: `) }))
  await hands.write(dialog.getByLabel(t('decisions.evidenceTitle')), 'The mail')
  await hands.write(dialog.getByLabel(t('decisions.evidenceLink')), 'https://example.com/mail')
  await send(me, t('save'))
  await checkOf('availability-told').getByRole('link', { name: 'The mail' }).waitFor()

  // E2: a CSM is aligned, the three services are offered, the CSM accepts two and declines one.
  const lead = await signedIn(LEAD)
  await openCustomer(lead)
  await toTab(lead, 'people')
  await lead.hands.press(button(lead.page, t('people.add')))
  const assign = lead.page.getByRole('dialog')
  await lead.hands.person(assign.getByRole('combobox', { name: t('people.person') }), CSM)
  await lead.hands.pick(assign.getByLabel(t('people.role'), { exact: false }).first(), 'customer-success-manager')
  await lead.hands.check(assign.getByRole('checkbox', { name: t('people.primary') }))
  await send(lead, t('people.addSave'))
  await lead.page.getByRole('listitem').filter({ hasText: CSM }).first().waitFor()
  await looks(lead, 'people')

  await hands.press(page.getByRole('button', { name: t('requests.offerTo') }))
  for (const service of ['teams', 'yammer', 'outlook-mobile'])
    await hands.check(dialog.getByRole('checkbox', { name: nameOf(service), exact: true }))
  await hands.write(dialog.getByLabel(t('requests.message')), 'They are ready for you.')
  await send(me, t('requests.offer'))
  await expect.poll(() => page.locator('[data-handshake] [data-state="offered"]').count()).toBe(3)
  const csm = await signedIn(CSM)
  await csm.hands.press(
    csm.page
      .getByRole('navigation')
      .getByRole('link', { name: t('nav.requests') })
      .first(),
  )
  await csm.page.getByRole('heading', { level: 1, name: t('requests.title') }).waitFor()
  const answer = async (key: string, service: string, reason?: string) => {
    const about = `${t(key)}: ${nameOf(service)}, ${CUSTOMER}`
    await csm.hands.press(button(csm.page, about))
    if (reason) await csm.hands.write(csm.page.getByRole('dialog').getByLabel(t('requests.reason')), reason)
    await send(csm, t(key))
    await button(csm.page, about).waitFor({ state: 'detached' })
  }
  await answer('requests.accept', 'teams')
  await answer('requests.accept', 'outlook-mobile')
  await answer('requests.decline', 'yammer', 'No capacity before spring')
  await looks(csm, 'requests')
  // The answers of somebody else come by themselves.
  await expect.poll(() => page.locator('[data-handshake] [data-state="accepted"]').count()).toBe(2)
  await page.locator('[data-handshake] [data-state="declined"]').getByText(t('requests.state.declined')).waitFor()
  await toTab(me, 'people')
  const owners = page.getByRole('region', { name: t('requests.owners') })
  await expect.poll(() => owners.getByRole('row').filter({ hasText: CSM }).count()).toBe(2)
  await looks(me, 'owners')

  // E3: the two steps are suppressed for exactly the services the CSM took, and say why; E11: by service and by role, like all data.
  await toTab(me, 'plan')
  const filters = page.getByRole('search', { name: t('plan.filters') })
  await hands.pick(filters.getByLabel(t('plan.service'), { exact: true }), 'teams')
  await hands.pick(filters.getByLabel(t('items.role'), { exact: true }), 'fasttrack-manager')
  const checkIns = page.locator(`section[aria-labelledby="step-${EXECUTION}-success-check-ins"]`)
  const tracking = page.locator(`section[aria-labelledby="step-${EXECUTION}-adoption-tracking"]`)
  for (const step of [checkIns, tracking]) {
    await hands.press(step.getByRole('button', { name: say('plan.needless_one', { count: '1' }) }))
    await step.locator('[data-state="suppressed"], [data-state="not-applicable"]').first().waitFor()
    await step.getByText('CSM').first().waitFor()
  }
  await stateOf(inExecution('csm-handshake', 'teams', '3731'), 'done').waitFor()
  await hands.pick(filters.getByLabel(t('plan.service'), { exact: true }), 'yammer')
  await stateOf(inExecution('success-check-ins', 'yammer'), 'due').waitFor()
  await stateOf(inExecution('adoption-tracking', 'yammer'), 'due').waitFor()
  await hands.press(button(filters, t('portfolio.clear')))

  // E4: a rhythm with the customer, whoever leads what: a series with an invitation, and the next contact by it.
  await toTab(me, 'meetings')
  await hands.press(button(page, t('meetings.begin')))
  await hands.write(dialog.getByLabel(t('meetings.form.title')), 'Weekly check-in')
  await hands.write(dialog.getByLabel(t('meetings.form.start')), `${day(3)}T10:00`)
  await hands.write(dialog.getByLabel(t('meetings.form.zone')), 'America/Sao_Paulo')
  await hands.check(dialog.getByRole('checkbox', { name: CONTACT }).first())
  await dialog.locator('[role="status"] li').first().waitFor()
  await send(me, t('meetings.form.sendInvitation'))
  await page.locator('[data-cadence]').filter({ hasText: 'Weekly check-in' }).getByText('America/Sao_Paulo').waitFor()
  await looks(me, 'meetings')

  // E5: the success plan: an objective, a metric of the customer's own and one of active usage; their status is worked out.
  await toTab(me, 'success')
  await hands.press(button(page, t('success.addObjective')))
  await hands.write(dialog.getByLabel(t('success.field.title')), 'Lessons from home')
  await hands.write(dialog.getByLabel(t('success.field.targetDate')), day(90))
  await send(me, t('save'))
  await hands.press(button(page, say('success.addMetricTo', { objective: 'Lessons from home' })))
  await hands.write(dialog.getByLabel(t('success.field.name')), 'Classes online, %')
  await hands.write(dialog.getByLabel(t('success.field.baseline'), { exact: true }), '10')
  await hands.write(dialog.getByLabel(t('success.field.baselineOn')), day(-10))
  await hands.write(dialog.getByRole('textbox', { name: t('success.field.target'), exact: true }), '40')
  await send(me, t('save'))
  await hands.press(button(page, t('success.addMetric')))
  await hands.write(dialog.getByLabel(t('success.field.name')), 'Teams in use')
  await hands.pick(dialog.getByLabel(t('success.field.kind')), 'usage')
  await hands.pick(dialog.getByLabel(t('success.field.service')), 'teams')
  await hands.write(dialog.getByRole('textbox', { name: t('success.field.target'), exact: true }), '10')
  await send(me, t('save'))
  const reading = async (value: string, ago: number) => {
    await hands.press(button(page, say('success.addReading', { metric: 'Classes online, %' })))
    if (ago > 0) await hands.write(dialog.getByLabel(t('success.field.day')), day(-ago))
    await hands.write(dialog.getByLabel(t('success.field.value')), value)
    await send(me, t('save'))
  }
  const metric = page
    .getByRole('listitem')
    .filter({ has: button(page, say('success.addReading', { metric: 'Classes online, %' })) })
    .last()
  await reading('25', 3)
  await stateOf(metric, 'on-track').waitFor()
  await looks(me, 'success')

  // E6: what stands in the way, with its reason, seats, owner and next step; it shows where the service is.
  await toTab(me, 'blockers')
  await hands.press(button(page, t('blockers.add')))
  await hands.write(dialog.getByLabel(t('blockers.what')), 'Old proxies break calls')
  await hands.pick(dialog.getByRole('combobox', { name: t('blockers.reason') }), 'training')
  await hands.check(dialog.getByRole('checkbox', { name: 'OneDrive', exact: true }))
  await hands.write(dialog.getByLabel(t('blockers.seats')), '320')
  await hands.write(dialog.getByLabel(t('blockers.nextAction')), 'Change the rules')
  await hands.write(dialog.getByLabel(t('blockers.nextActionOn')), day(5))
  await send(me, t('save'))
  const blocker = page.getByRole('article', { name: 'Old proxies break calls' })
  await blocker.getByText('320', { exact: false }).waitFor()
  await looks(me, 'blockers')
  await toTab(me, 'plan')
  await inExecution('success-check-ins', 'onedrive').getByRole('link').waitFor()

  // E7: one check-in covers several services, on an agenda from the data; what came of it is kept, and what follows is work.
  await toTab(me, 'meetings')
  await hands.press(button(page, t('meetings.plan')))
  await hands.write(dialog.getByLabel(t('meetings.form.title')), 'First check-in')
  await hands.write(dialog.getByLabel(t('meetings.form.start')), `${day(-1)}T10:00`)
  for (const service of ['exchange', 'onedrive']) await hands.check(dialog.getByRole('checkbox', { name: nameOf(service), exact: true }))
  await send(me, t('meetings.form.sendInvitation'))
  await hands.press(page.locator('[data-meeting]').getByRole('link', { name: 'First check-in' }))
  const agenda = page.getByRole('region', { name: t('meetings.agenda'), exact: true })
  await agenda.getByText('Old proxies break calls').first().waitFor()
  await hands.press(button(page, t('meetings.addFollowUp')))
  await hands.write(dialog.getByLabel(t('meetings.followUpTitle')), 'Send the launch kit')
  await send(me, t('save'))
  await hands.press(button(page, t('meetings.held')))
  await hands.write(dialog.getByLabel(t('meetings.outcome')), 'Training agreed')
  for (const box of await dialog.getByRole('checkbox').all()) await hands.check(box)
  await send(me, t('save'))
  await page.getByText(t('meetings.state.held'), { exact: true }).first().waitFor()
  await looks(me, 'meeting')
  await toTab(me, 'plan')
  for (const service of ['exchange', 'onedrive']) await stateOf(inExecution('success-check-ins', service), 'done').waitFor()
  await page.locator('[data-item^="follow-up:"]').filter({ hasText: 'Send the launch kit' }).waitFor()

  // E8: the customer follows its own numbers: the resources stand at the step; who looked when is kept with the task.
  await hands.press(tracking.locator('summary').first())
  const resources = tracking.getByRole('list', { name: t('plan.resources') })
  await expect.poll(() => resources.getByRole('link').count()).toBe(2)
  const tracked = inExecution('adoption-tracking', 'exchange')
  await complete(tracked)
  await hands.menu(tracked.locator('[data-status-button]'), page.getByRole('menuitem', { name: t('plan.note') }))
  await hands.write(dialog.getByLabel(t('plan.note')), `${CONTACT}, ${day(-1)}`)
  await send(me, t('save'))
  await tracked.getByText(CONTACT).first().waitFor()

  // E9: the OneDrive program waits, is offered, is agreed with somebody of the customer: then it is due, and its calls are in the calendar.
  const program = page.locator('[data-proposal="program:onedrive-adoption"]')
  const introduction = inExecution('adoption-service-program', 'onedrive', '3740')
  await stateOf(introduction, 'waiting').waitFor()
  const decide = async (line: Locator, state: string, fill: () => Promise<void> = async () => {}) => {
    await hands.press(line.getByRole('button', { name: new RegExp(`^${t(`decisions.do.${state}`)}: `) }))
    await fill()
    await send(me, t(`decisions.do.${state}`))
    await line.getByText(t(`decisions.state.${state}`), { exact: true }).waitFor()
  }
  await decide(program, 'offered')
  await decide(program, 'agreed', () => hands.pick(dialog.getByLabel(t('decisions.contact')), CONTACT))
  await stateOf(introduction, 'due').waitFor()
  for (const task of ['3740', '3741', '3743']) await complete(inExecution('adoption-service-program', 'onedrive', task))
  await toTab(me, 'meetings')
  await page.locator('[data-cadence]').filter({ hasText: 'OneDrive' }).waitFor()

  // E10: one service has been on for long and is little used: a rule proposes an accelerator with what it saw, a person decides.
  await importReports([await reportOf(folder, 'office-proplus', { ago: 5, users: 600 })])
  await looks(me, 'usage')
  await toTab(me, 'plan')
  const accelerator = page.locator('[data-proposal="accelerator:office-proplus"]')
  await stateOf(accelerator, 'open').waitFor()
  await accelerator
    .getByText(/600|3[.,]0/)
    .first()
    .waitFor()
  const acceleration = inExecution('service-accelerators', 'office-proplus', '3650')
  await decide(accelerator, 'accepted', () => hands.write(dialog.getByLabel(t('decisions.reason')), 'The old version ends this year'))
  await accelerator.getByText('The old version ends this year').waitFor()
  await stateOf(acceleration, 'due').waitFor()
  await complete(acceleration)

  // What was in the way is gone; the customer's own metric and the usage reach their targets.
  await toTab(me, 'blockers')
  await hands.press(button(blocker, t('blockers.resolve')))
  await hands.write(dialog.getByLabel(t('blockers.resolution')), 'The rules were changed')
  await send(me, t('blockers.resolve'))
  await blocker.getByText(t('blockers.state.resolved'), { exact: true }).waitFor()
  await toTab(me, 'success')
  await reading('45', 0)
  await stateOf(metric, 'met').waitFor()
  await importReports(await Promise.all(Object.keys(REPORTS).map(service => reportOf(folder, service, { ago: 2, users: 3000 }))))
  await toTab(me, 'plan')
  for (const gate of ['active-usage', 'success-metrics', 'review']) await stateOf(page.locator(`[data-gate="${gate}"]`), 'met').waitFor()

  // E13: the exit checklist: computed lines by themselves, the others with a word and a file; what is not so stays in view, and stops nothing.
  const exit = processOf(EXECUTION)
    .locator('details')
    .filter({ has: checkOf('users-able') })
  await hands.press(exit.locator('summary').first())
  for (const check of ['goals-met', 'usage-at-target']) await stateOf(checkOf(check), 'met').waitFor()
  await stateOf(checkOf('csm-leads'), 'not-met').waitFor()
  for (const check of ['users-able', 'progress-tracked']) {
    await hands.press(checkOf(check).getByRole('button', { name: new RegExp(`^${t('decisions.confirm')}: `) }))
    await send(me, t('save'))
    await stateOf(checkOf(check), 'met').waitFor()
  }
  const list = join(folder, 'trained.csv')
  writeFileSync(list, 'group,trained\nteachers,412\n')
  await hands.press(checkOf('users-able').getByRole('button', { name: new RegExp(`^${t('decisions.addEvidence')}: `) }))
  await hands.check(dialog.getByRole('radio', { name: t('decisions.file') }))
  await hands.files(dialog.locator('input[type=file]'), [list])
  await send(me, t('save'))
  await checkOf('users-able').getByRole('link', { name: 'trained.csv' }).waitFor()
  await looks(me, 'exit')

  // E14: the review is available; the customer goes on to it, and that is on record.
  const step = page.locator(`[data-transition="${REVIEW}"]`)
  await stateOf(step, 'available').waitFor()
  await hands.press(step.getByRole('button', { name: new RegExp(`^${t('decisions.take')}: `) }))
  await send(me, t('decisions.take'))
  await stateOf(step, 'taken').waitFor()
  await stateOf(processOf(REVIEW), 'open').waitFor()
  await stateOf(item(`${REVIEW}/success-review-meeting/3735`), 'due').waitFor()
  await looks(me, 'review')
  await toTab(me, 'timeline')
  await page
    .getByRole('list', { name: t('tab.timeline') })
    .getByRole('listitem')
    .first()
    .waitFor()
  await looks(me, 'timeline')

  for (const person of people) {
    expect(person.hands.faults).toEqual([])
    expect(person.complaints).toEqual([])
  }
}
