import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DecisionsView } from '../src/model/decision-api.ts'
import type { CustomerHandshakes } from '../src/model/handshake-api.ts'
import type { ReviewView } from '../src/model/review-api.ts'
import type { CustomerSurvey } from '../src/model/survey-api.ts'
import { OUTCOMES, type Outcome } from '../src/model/words.ts'
import { launchBrowser } from './browser.ts'
import { axeFaults, complaintsOf, LOOKS, openBrowser, picture, type Session, sessionOf } from './page.ts'
import { type Served, serve } from './server.ts'
import { wordsOf } from './words.ts'

/**
 * From the gate through each of the four outcomes to what follows it; and what is refused, with the reason in the answer and on the screen.
 * That the database refuses the same: src/store/constraints.test.ts, src/app/reviews/reviews.test.ts, src/app/surveys/surveys.test.ts.
 */

const REVIEW = 'conduct-success-review'
const [ENGLISH, PORTUGUESE] = LOOKS
const t = wordsOf('en')

let server: Served
let browser: Browser
let lead: Session
let manager: Session
/** As the reviews stood at the start; each test takes a customer of its own. */
let views: ReviewView[]

beforeAll(async () => {
  server = await serve()
  browser = await launchBrowser()
  lead = await sessionOf(browser, server.url, 'Demo · Lead')
  manager = await sessionOf(browser, server.url, 'Demo · FastTrack Manager')
  const { page } = await open(lead)
  const { rows } = await get<{ rows: { id: string }[] }>(page, '/portfolio?limit=100')
  views = []
  for (const { id } of rows) views.push(await get<ReviewView>(page, `/customers/${id}/review`))
  await page.context().close()
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

async function open(session: Session, look = ENGLISH): Promise<{ page: Page; complaints: string[] }> {
  const page = await (await openBrowser(browser, look, session)).newPage()
  return { page, complaints: complaintsOf(page) }
}

const get = async <Answer>(page: Page, path: string): Promise<Answer> =>
  // What a journey asks for it knows by heart.
  (await (await page.request.get(`${server.url}/api/v1${path}`)).json()) as Answer

/** What the API answers to a write that it refuses: its status, and why. */
async function refusal(page: Page, path: string, data: object): Promise<readonly [number, unknown]> {
  const answer = await page.request.post(`${server.url}/api/v1${path}`, { data, headers: { origin: server.url } })
  const { detail, details } = await answer.json()
  return [answer.status(), details?.reason ?? details?.refusal ?? detail]
}

async function take(isIt: (view: ReviewView) => boolean | Promise<boolean>): Promise<string> {
  for (const [index, view] of views.entries())
    if (await isIt(view)) {
      views.splice(index, 1)
      return view.customer
    }
  throw new Error('the demo has no such customer')
}

const isBefore = ({ engagement, opened, gate }: ReviewView) => engagement.state === 'open' && opened === null && gate.state === 'met'
const isOpened = ({ engagement, opened }: ReviewView) => engagement.state === 'open' && opened !== null
const partOf = (page: Page, words = t) => page.getByRole('region', { name: words('review.outcome'), exact: true })
const stepLine = (page: Page) => page.locator(`[data-transition="${REVIEW}"]`)
/** Sends what stands in the dialog, and waits until it is gone. */
async function send(page: Page, label: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: label, exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
}

type Journey = Readonly<{ page: Page; customer: string; outcome: Outcome }>

/** R13 (a), (b): a cycle at kick-off with the services it is about, the one before linked with what came of it. */
const begins =
  (...services: readonly (readonly [id: string, name: string])[]) =>
  async ({ page, customer, outcome }: Journey): Promise<void> => {
    await partOf(page).getByText(t('review.cycleCalled')).waitFor()
    await partOf(page)
      .getByRole('button', { name: t('review.begin') })
      .click()
    for (const [, name] of services) await page.getByRole('dialog').getByRole('checkbox', { name, exact: true }).check()
    await send(page, t('review.begin'))
    await partOf(page).getByRole('heading', { name: 'Cycle 2' }).waitFor()
    await partOf(page).getByText(t('review.before_one').replace('{{number}}', '1')).click()
    await partOf(page)
      .getByText(t(`review.is.${outcome}`))
      .waitFor()
    const { engagement, history, services: now } = await get<ReviewView>(page, `/customers/${customer}/review`)
    expect([engagement.cycle, engagement.state, history.map(each => each.outcomes.map(it => it.outcome))]).toEqual([2, 'open', [[outcome]]])
    expect(services.filter(([id]) => !now.some(each => each.id === id && each.intended))).toEqual([])
    await page.getByRole('tab', { name: t('tab.plan'), exact: true }).click()
    await page.locator('section#conduct-customer-kickoff [data-state="open"]').first().waitFor()
  }

/** The customer is looked after from now on, as long as nothing else begins. */
async function sustains(page: Page): Promise<void> {
  const step = page.locator('main').getByRole('button', { name: /maintenance/i })
  await step.click()
  await send(page, t('review.take'))
  await step.waitFor({ state: 'detached' })
  await partOf(page).getByText(/since/).waitFor()
}

const AFTER: Readonly<Record<Outcome, (journey: Journey) => Promise<void>>> = {
  'business-value-discussion': begins(['sharepoint', 'SharePoint']),
  'activate-workloads': begins(['yammer', 'Yammer'], ['teams', 'Teams']),
  'transition-to-csm': async ({ page }) => {
    await partOf(page)
      .getByText(/not yet offered/)
      .waitFor()
    await partOf(page)
      .getByRole('link', { name: t('review.toHandshakes') })
      .click()
    await page.getByRole('button', { name: t('requests.offerTo') }).click()
    await send(page, t('requests.offer'))
    await page.locator('[data-handshake] [data-state="offered"]').first().waitFor()
    await page.getByRole('tab', { name: t('tab.review'), exact: true }).click()
    await partOf(page).getByText(t('review.allOffered')).waitFor()
    await sustains(page)
  },
  disengage: async ({ page, customer }) => {
    await page.getByRole('button', { name: t('record.send'), exact: true }).click()
    await page.getByRole('dialog').locator('input[type=checkbox]:not([disabled])').first().check()
    await send(page, t('record.sendNow'))
    const administrator = await open(await sessionOf(browser, server.url, 'Demo · Administrator'))
    type Mail = { id: string; kind: string; customer?: { id: string } | null }
    const mails = async () =>
      (await get<{ mails: Mail[] }>(administrator.page, '/mail')).mails.filter(each => each.kind === 'review-summary')
    await expect.poll(async () => (await mails()).length, { timeout: 60_000 }).toBe(1)
    await administrator.page.goto(`${server.url}/admin/mail?mail=${(await mails())[0]?.id}`)
    const text = administrator.page.getByText(/When you need help|Quando precisar de ajuda/)
    await text.waitFor()
    expect(await text.textContent()).toMatch(/When you want more|Quando quiser mais/)
    await picture(administrator.page, 'journey-closing-mail')
    await administrator.page.context().close()
    expect((await get<ReviewView>(page, `/customers/${customer}/review`)).cycle).toEqual({ ok: true, needsReason: true })
    await sustains(page)
  },
}

test.each(OUTCOMES)('%s: from the gate over meeting, task and outcome to what follows', { timeout: 240_000 }, async outcome => {
  const { page, complaints } = await open(lead)
  const canBeOffered = async ({ customer }: ReviewView) =>
    (await get<CustomerHandshakes>(page, `/customers/${customer}/handshakes`)).services.some(each => each.offer.ok)
  const canBeWritten = async ({ customer }: ReviewView) =>
    (await get<{ recipients: { problem: unknown }[] }>(page, `/customers/${customer}/review-record`)).recipients.some(each => !each.problem)
  const fits: Readonly<Partial<Record<Outcome, (view: ReviewView) => boolean | Promise<boolean>>>> = {
    'activate-workloads': ({ services }) => !services.some(each => each.id === 'yammer' && each.intended),
    'transition-to-csm': canBeOffered,
    disengage: canBeWritten,
  }
  const customer = await take(async view => isBefore(view) && ((await fits[outcome]?.(view)) ?? true))
  await page.goto(`${server.url}/customers/${customer}/plan`)
  await stepLine(page)
    .getByRole('button', { name: new RegExp(`^${t('decisions.take')}: `) })
    .click()
  await send(page, t('decisions.take'))
  await stepLine(page).locator('[data-state="taken"]').waitFor()
  await page.getByRole('tab', { name: t('tab.review'), exact: true }).click()
  await partOf(page)
    .getByRole('button', { name: t('review.tellHeld') })
    .click()
  await send(page, t('review.save'))
  await partOf(page)
    .getByRole('button', { name: t('review.finishTask') })
    .click()
  await send(page, t('review.finishTask'))
  await partOf(page)
    .getByRole('button', { name: t('review.record') })
    .click()
  await page
    .getByRole('dialog')
    .getByRole('checkbox', { name: t(`review.is.${outcome}`) })
    .check()
  await send(page, t('review.complete'))
  await partOf(page).getByText(t('review.engagement.complete'), { exact: true }).waitFor()
  expect(await get<ReviewView>(page, `/customers/${customer}/review`)).toMatchObject({
    ...{ engagement: { state: 'complete', outcomes: [{ outcome }] }, overall: { state: 'complete' }, task: { isDone: true } },
    opened: { gate: 'met', override: null },
  })
  await AFTER[outcome]({ page, customer, outcome })
  await picture(page, `journey-${outcome}`)
  expect(await axeFaults(page)).toEqual([])
  expect(complaints).toEqual([])
  await page.context().close()
})

/** A reason as a screen writes it, its days in words. */
const shown = (reason = 'no reason') =>
  new RegExp(
    reason
      .split(/[0-9]{4}-[0-9]{2}-[0-9]{2}/)
      .map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.+'),
  )

/** A screen in both languages. */
async function inBoth(session: Session, path: string, look: (page: Page, words: typeof t, language: 'en' | 'pt-BR') => Promise<void>) {
  for (const each of [ENGLISH, PORTUGUESE]) {
    const { page } = await open(session, each)
    await page.goto(`${server.url}${path}`)
    await look(page, wordsOf(each?.language ?? 'en'), each?.language ?? 'en')
    await page.context().close()
  }
}

test('an outcome before task 3735 is complete is refused with the reason', async () => {
  const { page } = await open(lead)
  const customer = await take(view => isOpened(view) && view.meetingHeldOn !== null && view.task?.isDone === false)
  const { outcomes, version } = await get<ReviewView>(page, `/customers/${customer}/review`)
  const reason = outcomes.ok ? {} : outcomes.reason
  expect(reason.en).toContain('3735')
  expect(await refusal(page, `/customers/${customer}/review/outcomes`, { outcomes: ['disengage'], version })).toEqual([409, reason])
  await inBoth(lead, `/customers/${customer}/review`, async (seen, words, language) => {
    const record = partOf(seen, words).getByRole('button', { name: words('review.record') })
    await record.waitFor()
    expect(await record.getAttribute('aria-disabled')).toBe('true')
    await partOf(seen, words).getByText(shown(reason[language])).first().waitFor()
  })
})

test('the overall status without an outcome is refused with the reason', async () => {
  const { page } = await open(lead)
  const customer = await take(view => isOpened(view) && view.outcomes.ok)
  const { version } = await get<ReviewView>(page, `/customers/${customer}/review`)
  const [status, reason] = await refusal(page, `/customers/${customer}/review/outcomes`, { outcomes: [], version })
  expect([status, reason]).toMatchObject([409, { en: expect.stringContaining('at least one outcome') }])
  await inBoth(lead, `/customers/${customer}/review`, async (seen, words) => {
    await partOf(seen, words)
      .getByRole('button', { name: words('review.record') })
      .click()
    await seen
      .getByRole('dialog')
      .getByRole('button', { name: words('review.complete') })
      .click()
    await seen.getByRole('dialog').getByText(words('review.oneNeeded')).waitFor()
  })
  expect(await get<ReviewView>(page, `/customers/${customer}/review`)).toMatchObject({ version, overall: { state: 'completable' } })
})

test('a survey to a contact that is not to be contacted is refused with the reason', async () => {
  const { page } = await open(lead)
  const surveyOf = (customer: string) => get<CustomerSurvey>(page, `/customers/${customer}/survey`)
  const isNever = (each: CustomerSurvey['contacts'][number]) => each.refusal?.is === 'do-not-contact'
  const customer = await take(async view => (await surveyOf(view.customer)).contacts.some(isNever))
  const contact = (await surveyOf(customer)).contacts.find(isNever)
  const why = contact?.refusal?.why ?? 'no reason'
  expect(await refusal(page, `/customers/${customer}/survey/invitations`, { contacts: [contact?.id] })).toMatchObject([
    409,
    { is: 'do-not-contact', why },
  ])
  await inBoth(lead, `/customers/${customer}/review`, async (seen, words) => {
    await seen.getByRole('button', { name: new RegExp(`^(${words('survey.ask')}|${words('survey.why')})$`) }).click()
    const dialog = seen.getByRole('dialog', { name: words('survey.dialog.title') })
    await dialog.getByText(words('survey.refusals.do-not-contact').replace('{{why}}', why)).first().waitFor()
    expect(await dialog.getByRole('checkbox', { name: contact?.name ?? '' }).isDisabled()).toBe(true)
  })
})

test('a review while its gate cannot tell is refused with the reason; a lead opens it with reason and evidence, which stay in view', async () => {
  const { page } = await open(lead)
  const { page: other } = await open(manager)
  const decisionsOf = (customer: string) => get<DecisionsView>(other, `/customers/${customer}/decisions`)
  const customer = await take(
    async view => view.opened === null && view.gate.state === 'unknown' && (await decisionsOf(view.customer)).canTake?.ok === true,
  )
  const { version, transitions, today } = await decisionsOf(customer)
  const reason = transitions.find(each => each.to === REVIEW)?.because ?? {}
  const path = `/customers/${customer}/transitions/${REVIEW}`
  const override = { reason: 'Their own figures show it', evidence: { title: 'Minutes', href: 'https://example.com/minutes' } }
  const body = { on: today, version }
  expect(await refusal(other, path, { ...body, override: null })).toEqual([409, reason])
  expect((await refusal(other, path, { ...body, override }))[0]).toBe(403)
  expect(await refusal(page, path, { ...body, override: null })).toEqual([409, reason])
  expect((await refusal(page, path, { ...body, override: { ...override, evidence: null } }))[0]).toBe(400)
  await inBoth(manager, `/customers/${customer}/plan`, async (seen, words, language) => {
    const force = stepLine(seen).getByRole('button', { name: new RegExp(`^${words('decisions.force')}: `) })
    await force.waitFor()
    expect(await force.getAttribute('aria-disabled')).toBe('true')
    await stepLine(seen).getByText(shown(reason[language])).first().waitFor()
  })

  await page.goto(`${server.url}/customers/${customer}/plan`)
  await stepLine(page)
    .getByRole('button', { name: new RegExp(`^${t('decisions.force')}: `) })
    .click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: t('decisions.force') }).click()
  await dialog.getByText(t('decisions.reasonNeeded')).waitFor()
  await dialog.getByText(t('decisions.linkNeeded')).waitFor()
  await dialog.getByLabel(t('decisions.forceReason')).fill(override.reason)
  await dialog.getByLabel(t('decisions.evidenceTitle')).fill(override.evidence.title)
  await dialog.getByLabel(t('decisions.evidenceLink')).fill(override.evidence.href)
  await send(page, t('decisions.force'))
  await stepLine(page).getByText(t('decisions.forced'), { exact: true }).waitFor()
  await inBoth(manager, `/customers/${customer}/review`, async (seen, words, language) => {
    await partOf(seen, words).getByText(words('decisions.forced'), { exact: true }).waitFor()
    await partOf(seen, words).getByText(words('review.against').replace('{{reason}}', override.reason)).waitFor()
    await partOf(seen, words).getByRole('link', { name: override.evidence.title }).waitFor()
    expect(await axeFaults(seen)).toEqual([])
    await picture(seen, `journey-forced-${language}`)
  })
  expect((await get<ReviewView>(page, `/customers/${customer}/review`)).opened).toMatchObject({
    ...{ gate: 'unknown', by: 'Demo · Lead' },
    override: { reason: override.reason, evidence: [{ title: override.evidence.title }] },
  })
})
