import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Db } from '../../store/database.ts'
import { anonymiseSurveys } from '../../store/surveys.ts'
import { changeContact, eraseContact } from '../contacts/contacts.ts'
import type { Context } from '../context.ts'
import { keptSince } from '../personal/retention.ts'
import { getPlan } from '../plans/get-plan.ts'
import { type Actor, SYSTEM } from '../policy.ts'
import { addTestCustomer, type TestContext, testContext } from '../testing.ts'
import { type GivenAnswer, getSurveyPage, giveSurveyAnswer, refuseFurtherSurveys } from './answer.ts'
import { askAll, askContacts } from './ask.ts'
import { getContactSurveys, getCustomerSurvey } from './get-survey.ts'
import { endSurveys, keepSurveys, remindSilent } from './keep.ts'
import { getSurveyReport } from './report.ts'
import { changeSurveyChoices, getSurveyChoices } from './settings.ts'
import { surveyToken } from './token.ts'
import { withdrawInvitation } from './withdraw.ts'
import { writeSurveyMails } from './write.ts'

const rita: Actor = { personId: 'rita', name: 'Rita', right: 'fasttrack-manager', scope: 'all' }
const ada: Actor = { personId: 'ada', name: 'Ada', right: 'administrator', scope: 'all' }
const EVE = '00000000-0000-4000-8000-000000000001'
const BOB = '00000000-0000-4000-8000-000000000002'
const ASKED = '2026-11-21T10:00:00.000Z'
const GIVEN: GivenAnswer = { overall: 5, responsiveness: 4, expertise: null, usefulness: 5, recommend: 10, comment: 'Thank you' }
const LOW: GivenAnswer = { ...GIVEN, overall: 2, recommend: null, comment: 'Too slow' }

let its: TestContext
let now = new Date(ASKED)
const as = (actor: Actor): Context => ({ ...its.context.as(actor), now: () => now })
const day = (count: number) => new Date(Date.parse(ASKED) + count * 86_400_000)

beforeEach(async () => {
  now = new Date(ASKED)
  its = await testContext(now)
  await its.owner.query(`insert into person values ('rita', 'Rita'), ('ada', 'Ada')`)
  await addCustomer('contoso')
  await addContact(EVE, 'Eve', 'Eve@Example.org')
})
afterEach(() => its.close())

const addCustomer = async (id: string, isReady = true) => {
  const review = isReady ? { meetingHeldOn: '2026-11-02' } : {}
  await addTestCustomer(its.context, { customer: { id, name: id }, services: { teams: {} }, review }, `${id}.example`)
  await its.owner.query(`insert into assignment (customer_id, id, person_id, role, is_primary, since)
    values ('${id}', 'owner', 'rita', 'fasttrack-manager', true, '2026-01-01') on conflict do nothing`)
}
const addContact = (id: string, name: string, email: string, customer = 'contoso', language = 'pt-BR') =>
  its.owner.query(
    `insert into contact (customer_id, id, name, email, country, language, services, survey_eligible, version)
     values ($1, $2, $3, $4, 'BR', $5, '{teams}', true, 1)`,
    [customer, id, name, email, language],
  )
const set = (change: string, id = EVE) => its.owner.query(`update contact set ${change} where id = '${id}'`)
const ask = (...contacts: string[]) => askContacts(as(rita), rita, { customerId: 'contoso', contacts })
const seen = (customer = 'contoso') => getCustomerSurvey(as(rita), rita, customer)
const tokenOf = async (contact = EVE) => {
  const { rows } = await its.owner.query<{ id: string }>(`select id from survey_invitation where contact_id = $1 order by asked_at desc`, [
    contact,
  ])
  return surveyToken(its.context, rows[0]?.id ?? '')
}
const mailing = () => ({ ...as(SYSTEM), mail: { smtp: null, publicUrl: 'https://impulso.example' } })
const mails = async () => (await its.owner.query(`select * from mail where kind = 'survey' order by created_at, key`)).rows
const count = async (table: string) => Number((await its.owner.query(`select count(*) from ${table}`)).rows[0]?.count)
/** How many statements a piece of work sends, apart from those that name who acts. */
async function counting<T>(work: (context: Context) => Promise<T>): Promise<{ result: T; queries: number }> {
  let queries = 0
  const counted = (db: Db): Db =>
    db.withPlugin({
      transformQuery: ({ node }) => {
        queries++
        return node
      },
      transformResult: async ({ result }) => result,
    })
  const wrap = (context: Context): Context => ({
    ...context,
    db: counted(context.db),
    as: actor => wrap({ ...context.as(actor), now: () => now }),
  })
  return { result: await work(wrap(as(SYSTEM))), queries }
}

describe('who is asked', () => {
  test.each([
    ['archived', `archived_at = now()`],
    ['do-not-contact', `do_not_contact = 'asked so'`],
    ['bounced', `bounced_at = now(), bounce = '550'`],
    ['not-eligible', `survey_eligible = false`],
    ['address', `email = 'odd..one@example.org'`],
  ])('%s: said in the preview, refused by the use case, and nothing is written', async (is, change) => {
    await set(change)
    expect((await seen()).contacts[0]?.refusal?.is).toBe(is)
    await expect(ask(EVE)).rejects.toMatchObject({ code: 'conflict', details: { contact: EVE, refusal: { is } } })
    expect([await count('survey_invitation'), await count('mail')]).toEqual([0, 0])
  })

  test('a customer without a first milestone or review is not asked; either makes it ready', async () => {
    await addCustomer('fabrikam', false)
    await addContact(BOB, 'Bob', 'bob@example.org', 'fabrikam')
    const there = () => seen('fabrikam')
    expect(await there()).toMatchObject({ ready: null, contacts: [{ refusal: { is: 'not-ready' } }] })
    await its.owner.query(`insert into milestone_reached values ('fabrikam', 'teams', 'first', 10, '2026-10-01', false)`)
    expect(await there()).toMatchObject({ ready: { service: 'teams', reachedOn: '2026-10-01' }, contacts: [{ refusal: null }] })
  })

  test('a contact of somebody else is no contact; a customer out of sight is not there', async () => {
    await expect(ask(BOB)).rejects.toMatchObject({ code: 'invalid-input' })
    const other: Actor = { ...rita, personId: 'other', scope: 'customers' }
    await expect(askContacts(as(other), other, { customerId: 'contoso', contacts: [EVE] })).rejects.toMatchObject({ code: 'not-found' })
    const reader: Actor = { personId: 'reader', name: 'Reader', right: 'reader', scope: 'all' }
    await expect(askContacts(as(reader), reader, { customerId: 'contoso', contacts: [EVE] })).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('a person is asked once in the cool-down, whatever the customer and the case of the address', async () => {
    await addCustomer('fabrikam')
    await addContact(BOB, 'Eve too', 'eve@EXAMPLE.org', 'fabrikam')
    await ask(EVE)
    // Whoever sees one customer only is told of the other all the same.
    const mine: Actor = { ...rita, personId: 'mine', scope: 'customers' }
    await its.owner.query(`insert into person values ('mine', 'Mine');
      insert into assignment (customer_id, id, person_id, role, since) values ('fabrikam', 'mine', 'mine', 'fasttrack-manager', '2026-01-01')`)
    const refusal = async () => (await getCustomerSurvey(as(mine), mine, 'fabrikam')).contacts[0]?.refusal
    expect(await refusal()).toMatchObject({ is: 'open' })
    now = day(31)
    await endSurveys(as(SYSTEM))
    expect(await refusal()).toMatchObject({ is: 'cool-down', until: '2027-02-20' })
    now = new Date('2027-02-19T10:00:00Z')
    expect(await refusal()).toBeNull()
    await askContacts(as(mine), mine, { customerId: 'fabrikam', contacts: [BOB] })
    expect(await count('survey_invitation')).toBe(2)
  })

  test('asked in their language, else in one that is offered', async () => {
    const version = (await getSurveyChoices(as(ada), ada)).version
    const choices = await getSurveyChoices(as(ada), ada)
    await changeSurveyChoices(as(ada), ada, { ...choices, languages: ['es', 'en'], words: { en: 'Two minutes.' }, version })
    expect((await seen()).contacts[0]?.language).toBe('en')
    await set(`language = 'es-MX'`)
    expect((await seen()).contacts[0]?.language).toBe('es')
  })
})

describe('the database refuses', () => {
  const insert = (id: string, contact = EVE, more = '') =>
    its.owner.query(`insert into survey_invitation (customer_id, id, engagement_id, contact_id, person_key, token_hash, language, services, asked_by,
        asked_at, remind_at, expires_at ${more && ', state, ended_at'})
      values ('contoso', '${id}', '1', '${contact}', '${id.replaceAll('-', '').padEnd(64, '0')}', '${id.replaceAll('-', '').padEnd(64, '1')}',
        'en', '{}', 'rita', '${ASKED}', '2026-12-05T10:00:00Z', '2026-12-21T10:00:00Z' ${more})`)
  const ONE = '10000000-0000-4000-8000-000000000001'
  const TWO = '20000000-0000-4000-8000-000000000002'

  test('two open invitations of one contact', async () => {
    await insert(ONE)
    await expect(insert(TWO)).rejects.toMatchObject({ constraint: 'survey_one_open' })
  })
  test.each([`do_not_contact = 'x'`, 'survey_eligible = false', 'archived_at = now()', `bounced_at = now(), bounce = '550'`])(
    'an invitation where %s',
    async change => {
      await set(change)
      await expect(insert(ONE)).rejects.toMatchObject({ constraint: 'survey_may_be_asked' })
    },
  )
  test('an invitation of whoever refused, and one in an engagement whose survey is completed', async () => {
    await its.owner.query(`insert into survey_opt_out values ('${ONE.replaceAll('-', '').padEnd(64, '0')}', now())`)
    await expect(insert(ONE)).rejects.toMatchObject({ constraint: 'survey_may_be_asked' })
    await ask(EVE)
    await giveSurveyAnswer(as(SYSTEM), await tokenOf(), GIVEN)
    await expect(insert(TWO)).rejects.toMatchObject({ constraint: 'survey_not_completed' })
  })
  test('a second reminder, a reminder after an answer, and any step backwards', async () => {
    await ask(EVE)
    const remind = (at: string) => its.owner.query(`update survey_invitation set state = 'reminded', reminded_at = '${at}'`)
    await remind('2026-12-05T10:00:00Z')
    await expect(remind('2026-12-06T10:00:00Z')).rejects.toMatchObject({ constraint: 'survey_step' })
    await giveSurveyAnswer(as(SYSTEM), await tokenOf(), GIVEN)
    await expect(its.owner.query(`update survey_invitation set state = 'reminded', ended_at = null`)).rejects.toMatchObject({
      constraint: 'survey_step',
    })
    await expect(its.owner.query(`update survey_invitation set expires_at = '2027-12-06T10:00:00Z'`)).rejects.toMatchObject({
      constraint: 'survey_step',
    })
  })
  test('an answer after expiry, to what was withdrawn, and one that says otherwise than its invitation', async () => {
    await ask(EVE)
    const { rows } = await its.owner.query<{ id: string }>('select id from survey_invitation')
    const answer = (at: string) =>
      its.owner.query(
        `insert into survey_answer (customer_id, invitation_id, overall, answered_at, is_low) values ('contoso', '${rows[0]?.id}', 5, '${at}', false)`,
      )
    await expect(answer('2026-12-21T10:00:00Z')).rejects.toMatchObject({ constraint: 'survey_takes_answer' })
    await expect(answer('2026-12-20T10:00:00Z')).rejects.toMatchObject({ constraint: 'survey_answered' })
    await expect(
      its.owner.query(`update survey_invitation set state = 'answered', ended_at = '2026-11-22T10:00:00Z'`),
    ).rejects.toMatchObject({ constraint: 'survey_answered' })
    await withdrawInvitation(as(rita), rita, { customerId: 'contoso', invitation: rows[0]?.id ?? '' })
    await expect(answer('2026-11-22T10:00:00Z')).rejects.toMatchObject({ constraint: 'survey_takes_answer' })
  })
  test('a change of an answer', async () => {
    await ask(EVE)
    await giveSurveyAnswer(as(SYSTEM), await tokenOf(), GIVEN)
    for (const change of ['overall = 1', `comment = 'else'`, 'is_low = true'])
      await expect(its.owner.query(`update survey_answer set ${change}`)).rejects.toMatchObject({ constraint: 'survey_answer_stays' })
  })
})

describe('mails', () => {
  test('one invitation, one reminder to the silent, none to whoever answered, and then it ends', async () => {
    await addContact(BOB, 'Bob', 'bob@example.org', 'contoso', 'es')
    await ask(EVE, BOB)
    expect(await writeSurveyMails(mailing())).toBe(2)
    expect(await writeSurveyMails(mailing())).toBe(0)
    expect((await mails()).map(each => [each.address, each.subject]).sort()).toEqual([
      ['Eve@example.org', 'Nosso trabalho em conjunto - uma pesquisa curta'],
      ['bob@example.org', 'Nuestro trabajo en común - una encuesta breve'],
    ])
    const toEve = (await mails()).find(each => each.address.startsWith('Eve'))
    expect(toEve?.text).toContain(`https://impulso.example/survey/${await tokenOf()}`)
    expect([toEve?.contact_id, toEve?.customer_id, toEve?.sent_by]).toEqual([EVE, 'contoso', 'rita'])
    await giveSurveyAnswer(as(SYSTEM), await tokenOf(), GIVEN)
    now = day(13.9)
    expect(await remindSilent(as(SYSTEM))).toBe(0)
    now = day(14)
    expect([await remindSilent(as(SYSTEM)), await remindSilent(as(SYSTEM))]).toEqual([1, 0])
    expect([await writeSurveyMails(mailing()), await writeSurveyMails(mailing())]).toEqual([1, 0])
    expect((await mails()).at(-1)).toMatchObject({ address: 'bob@example.org', subject: 'Recordatorio - nuestro trabajo en común' })
    now = day(30)
    expect([await endSurveys(as(SYSTEM)), await endSurveys(as(SYSTEM))]).toEqual([1, 0])
    const { invitations, counts } = await seen()
    expect(counts).toEqual({ asked: 2, reminded: 1, answered: 1, open: 0 })
    expect(invitations.map(each => each.state).sort()).toEqual(['answered', 'expired'])
  })

  test('whoever must not be written to meanwhile is not reminded: the invitation is withdrawn, and its link leads nowhere', async () => {
    await ask(EVE)
    await writeSurveyMails(mailing())
    const token = await tokenOf()
    await set(`do_not_contact = 'asked so'`)
    expect(await getSurveyPage(as(SYSTEM), token)).toBeUndefined()
    now = day(14)
    await keepSurveys(as(SYSTEM))
    expect(await writeSurveyMails(mailing())).toBe(0)
    expect((await seen()).invitations[0]).toMatchObject({ state: 'withdrawn', withdrawnBecause: 'do-not-contact', remindedAt: null })
  })

  test('a contact that is changed so that it may not be asked is no longer asked at once; another address neither', async () => {
    await ask(EVE)
    const { rows } = await its.owner.query('select version from contact')
    const contact = {
      ...{ customerId: 'contoso', contact: EVE, version: rows[0]?.version, archived: false, bounceSeen: false, name: 'Eve' },
      ...{ email: 'new@example.org', title: null, phone: null, roles: [], services: ['teams'], language: 'en', country: 'BR' },
      ...{ timeZone: null, doNotContact: null, surveyEligible: true },
    }
    await changeContact(as(rita), rita, contact as never)
    expect((await seen()).invitations[0]).toMatchObject({ state: 'withdrawn', withdrawnBecause: 'address' })
  })
})

describe('an answer', () => {
  test('completes the survey of the engagement, which is not asked again, and stands on the checklist with its source', async () => {
    await addContact(BOB, 'Bob', 'bob@example.org')
    await ask(EVE)
    const met = async () => {
      const { plan } = await getPlan(as(rita), rita, 'contoso')
      return plan.processes.flatMap(each => each.checklists.outputs).find(each => each.text.en?.includes('CPE'))?.state
    }
    const before = await met()
    expect(await giveSurveyAnswer(as(SYSTEM), await tokenOf(), GIVEN)).toMatchObject({ isAnswered: true })
    expect([before, await met(), (await seen()).isCompleted]).toEqual(['not-met', 'met', true])
    const { rows } = await its.owner.query(`select value, source, as_of from fact where name = 'survey.completed'`)
    expect(rows).toMatchObject([{ value: true, source: 'survey' }])
    expect((await seen()).contacts.find(each => each.id === BOB)?.refusal).toMatchObject({ is: 'completed' })
    expect((await seen()).invitations[0]?.answer).toMatchObject({
      overall: 5,
      expertise: null,
      recommend: 10,
      comment: 'Thank you',
      isLow: false,
    })
    expect([await count('follow_up'), await count('notification')]).toEqual([0, 0])
  })

  test('is given once: another is shown that there is one and changes nothing', async () => {
    await ask(EVE)
    const token = await tokenOf()
    await Promise.all([giveSurveyAnswer(as(SYSTEM), token, GIVEN), giveSurveyAnswer(as(SYSTEM), token, LOW)])
    const first = (await seen()).invitations[0]?.answer
    expect(await giveSurveyAnswer(as(SYSTEM), token, LOW)).toMatchObject({ isAnswered: true })
    expect([(await seen()).invitations[0]?.answer, await count('survey_answer')]).toEqual([first, 1])
  })

  test('sent and not answered, or expired, does not count as completed', async () => {
    await ask(EVE)
    expect((await seen()).isCompleted).toBe(false)
    now = day(31)
    await endSurveys(as(SYSTEM))
    expect([(await seen()).isCompleted, await giveSurveyAnswer(as(SYSTEM), await tokenOf(), GIVEN)]).toEqual([false, undefined])
    expect(await count('survey_answer')).toBe(0)
  })

  test.each([
    ['an overall of 2', LOW, 1],
    ['6 of 10', { ...GIVEN, recommend: 6 }, 1],
    ['3 and 7', { ...GIVEN, overall: 3, recommend: 7 }, 0],
    ['nothing said of recommending', { ...GIVEN, recommend: null }, 0],
  ])('that is low is called back: %s', async (_, given, low) => {
    await ask(EVE)
    await giveSurveyAnswer(as(SYSTEM), await tokenOf(), given)
    const { rows: followUps } = await its.owner.query(`select assignee, made_for, title, note, due::text from follow_up`)
    expect(followUps).toHaveLength(low)
    const { rows: told } = await its.owner.query(`select person_id, path from notification where kind = 'survey-low'`)
    expect(told).toEqual(low ? [{ person_id: 'rita', path: '/customers/contoso/review#survey' }] : [])
    // Friday and Monday are working days.
    if (low) expect(followUps[0]).toMatchObject({ assignee: 'rita', due: '2026-11-24', made_for: expect.stringMatching(/^survey:/) })
    expect(JSON.stringify([followUps, told])).not.toContain('Eve')
  })

  test('that comes after the next cycle began says nothing of that one', async () => {
    await ask(EVE)
    await its.owner.query(`update engagement set state = 'cancelled', cancel_reason = 'x', closed_at = now();
      insert into engagement (customer_id, id, cycle, playbook_hash, opened_at)
        select customer_id, '2', 2, playbook_hash, '2026-11-21' from engagement where customer_id = 'contoso'`)
    await giveSurveyAnswer(as(SYSTEM), await tokenOf(), GIVEN)
    expect(await count(`fact where name = 'survey.completed'`)).toBe(0)
  })
})

test('whoever refuses is never asked again, at no customer; the contact says so', async () => {
  await addCustomer('fabrikam')
  await addContact(BOB, 'Eve too', 'EVE@example.org', 'fabrikam')
  await ask(EVE)
  const token = await tokenOf()
  expect([await refuseFurtherSurveys(as(SYSTEM), token), await refuseFurtherSurveys(as(SYSTEM), token)]).toEqual([true, true])
  expect(await refuseFurtherSurveys(as(SYSTEM), 'A'.repeat(43))).toBe(false)
  expect((await seen()).invitations[0]).toMatchObject({ state: 'withdrawn', withdrawnBecause: 'refused' })
  now = day(400)
  await set('survey_eligible = true')
  for (const [customer, contact] of [
    ['contoso', EVE],
    ['fabrikam', BOB],
  ] as const) {
    expect((await seen(customer)).contacts[0]?.refusal).toMatchObject({ is: 'refused' })
    await expect(askContacts(as(rita), rita, { customerId: customer, contacts: [contact] })).rejects.toMatchObject({ code: 'conflict' })
  }
})

describe('what is kept', () => {
  test('of an erased contact the scores stay, whose they were and what was said goes', async () => {
    await ask(EVE)
    const token = await tokenOf()
    await giveSurveyAnswer(as(SYSTEM), token, LOW)
    const copy = await getContactSurveys(as(rita), rita, { customerId: 'contoso', contact: EVE })
    expect(copy).toMatchObject({ contact: { name: 'Eve' }, hasRefused: false, invitations: [{ answer: { comment: 'Too slow' } }] })
    await eraseContact(as(rita), rita, { customerId: 'contoso', contact: EVE, name: 'Eve', version: 1 })
    expect((await seen()).invitations[0]).toMatchObject({ contact: null, state: 'answered', answer: { overall: 2, comment: null } })
    expect(await getSurveyPage(as(SYSTEM), token)).toBeUndefined()
    const { rows } = await its.owner.query('select person_key, token_hash from survey_invitation')
    expect(rows).toEqual([{ person_key: null, token_hash: null }])
  })

  test('erasing a contact withdraws what it was asked', async () => {
    await ask(EVE)
    await eraseContact(as(rita), rita, { customerId: 'contoso', contact: EVE, name: 'Eve', version: 1 })
    expect((await seen()).invitations[0]).toMatchObject({ contact: null, state: 'withdrawn', withdrawnBecause: 'erased' })
  })

  test('after a year an answer is nobody’s, and the results are the same', async () => {
    await ask(EVE)
    await giveSurveyAnswer(as(SYSTEM), await tokenOf(), GIVEN)
    await writeSurveyMails(mailing())
    await its.owner.query(`update survey_invitation set mailed_at = asked_at`)
    const results = () => getSurveyReport(as(rita), rita, { by: 'service' })
    const before = await results()
    now = day(366)
    const purge = async () => anonymiseSurveysNow()
    expect([await purge(), await purge()]).toEqual([1, 0])
    expect((await seen()).invitations[0]).toMatchObject({ contact: null, answer: { overall: 5, comment: null } })
    expect(await results()).toEqual(before)
  })
})
const anonymiseSurveysNow = async () =>
  its.context.db.transaction().execute(async trx => anonymiseSurveys(trx, (await keptSince(trx, now, 'survey-answers')).toISOString()))

test('settings of two at once: one is told what the other chose; they are for administrators', async () => {
  const settings = await getSurveyChoices(as(ada), ada)
  await changeSurveyChoices(as(ada), ada, { ...settings, coolDown: 30 })
  await expect(changeSurveyChoices(as(ada), ada, { ...settings, coolDown: 40 })).rejects.toMatchObject({
    code: 'conflict',
    details: { theirs: { coolDown: 30 }, yours: { coolDown: 40 }, version: 1 },
  })
  await expect(getSurveyChoices(as(rita), rita)).rejects.toMatchObject({ code: 'forbidden' })
})

test('a page is one query, and what a customer shows is a handful however many contacts', async () => {
  await ask(EVE)
  const token = await tokenOf()
  expect(await counting(context => getSurveyPage(context, token))).toMatchObject({ result: { name: 'Eve' }, queries: 1 })
  const few = await counting(context => getCustomerSurvey(context, SYSTEM, 'contoso'))
  for (let index = 10; index < 40; index++)
    await addContact(`00000000-0000-4000-8000-0000000000${index}`, `C${index}`, `c${index}@example.org`)
  const many = await counting(context => getCustomerSurvey(context, SYSTEM, 'contoso'))
  expect([many.queries, many.queries <= 10]).toEqual([few.queries, true])
})

describe('ten thousand', () => {
  test('are asked and written to in bounded batches, nobody twice, also when a run is cut off and run again', async () => {
    const CUSTOMERS = 500
    const EACH = 20
    await its.owner.query(`
        insert into customer (id, name, search_key, created_at) select 'many-' || lpad(i::text, 4, '0'), 'Many ' || i, 'many ' || i, '${ASKED}' from generate_series(1, ${CUSTOMERS}) i;
        insert into engagement (customer_id, id, cycle, playbook_hash, opened_at)
          select id, '1', 1, (select hash from playbook_release limit 1), '2026-01-01' from customer where id like 'many-%';
        insert into fact (customer_id, name, service, value, source, recorded_at)
          select id, 'review.meetingHeldOn', '', '"2026-11-02"', 'test', '${ASKED}' from customer where id like 'many-%';
        insert into contact (customer_id, id, name, email, country, language, services, survey_eligible, version)
          select c.id, gen_random_uuid(), 'Contact ' || k, 'c' || k || '@' || c.id || '.example', 'BR', 'en', '{teams}', true, 1
          from customer c, generate_series(1, ${EACH}) k where c.id like 'many-%'`)
    const settings = await getSurveyChoices(as(ada), ada)
    expect(await askAll(as(SYSTEM))).toBe(0)
    await changeSurveyChoices(as(ada), ada, { ...settings, isAutomatic: true })
    const total = CUSTOMERS * EACH + 1
    // Cut off between batches, as a process that is told to end.
    let left = 3
    await expect(askAll(as(SYSTEM), () => left-- <= 0)).rejects.toThrow('stopped')
    const early = await count('survey_invitation')
    expect([early > 0, early < total]).toEqual([true, true])
    const rest = await counting(context => askAll(context))
    expect([early + rest.result, await count('survey_invitation'), await askAll(as(SYSTEM))]).toEqual([total, total, 0])
    // Fifty customers in each batch of statements; not one more for a customer or a contact.
    expect(rest.queries).toBeLessThanOrEqual(22 * (CUSTOMERS / 50 + 2))
    const distinct = async (column: string) =>
      Number((await its.owner.query(`select count(distinct ${column}) from survey_invitation`)).rows[0]?.count)
    expect([await distinct('contact_id'), await distinct('person_key'), await distinct('token_hash')]).toEqual([total, total, total])

    left = 5
    await expect(writeSurveyMails(mailing(), () => left-- <= 0)).rejects.toThrow('stopped')
    const written = await count('mail')
    expect([written > 0, written < total]).toEqual([true, true])
    const mailed = await counting(context => writeSurveyMails({ ...context, mail: mailing().mail }))
    expect([written + mailed.result, await count('mail'), await writeSurveyMails(mailing())]).toEqual([total, total, 0])
    expect(mailed.queries).toBeLessThanOrEqual(6 * (total / 250 + 2))
    const { rows: addresses } = await its.owner.query('select count(distinct address) as count from mail')
    expect(Number(addresses[0]?.count)).toBe(total)

    // Some answer; the others, and nobody else, are reminded once.
    const { rows } = await its.owner.query<{ id: string }>('select id from survey_invitation order by id limit 3')
    for (const { id } of rows) await giveSurveyAnswer(as(SYSTEM), surveyToken(its.context, id), GIVEN)
    now = day(14)
    const reminded = await counting(context => remindSilent(context))
    expect([reminded.result, await remindSilent(as(SYSTEM))]).toEqual([total - 3, 0])
    expect(reminded.queries).toBeLessThanOrEqual(14 * (total / 250 + 2))
    expect([await writeSurveyMails(mailing()), await writeSurveyMails(mailing())]).toEqual([total - 3, 0])
    now = day(30)
    expect([await endSurveys(as(SYSTEM)), await count(`survey_invitation where state = 'expired'`)]).toEqual([total - 3, total - 3])
  }, 240_000)
})
