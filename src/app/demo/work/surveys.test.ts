import { expect, test } from 'vitest'
import { SURVEY_STATES } from '../../../model/survey.ts'
import { Day } from '../../../model/words.ts'
import { DEMO_CUSTOMERS, demoPortfolio } from '../generate.ts'
import { noRows } from '../rows.ts'
import { addContacts } from './contacts.ts'
import { addSurveys } from './surveys.ts'

const today = Day.parse('2026-11-21')

test('the demo has every state of a survey, a low answer among them, and an answer behind each that was answered', () => {
  const rows = noRows()
  for (const customer of demoPortfolio({ customers: DEMO_CUSTOMERS, today })) {
    addContacts(rows, customer, today)
    addSurveys(rows, customer, today)
  }
  const states = rows.survey_invitation.map(each => each.state ?? '')
  expect([...new Set(states)].sort()).toEqual([...SURVEY_STATES].sort())
  expect(rows.survey_answer.length).toBe(states.filter(each => each === 'answered').length)
  expect([rows.survey_answer.some(each => each.is_low), rows.survey_answer.some(each => each.comment !== null)]).toEqual([true, true])
  expect(rows.survey_invitation.filter(each => String(each.ended_at ?? '') > `${today}T23:59:59Z`)).toEqual([])
})
