import type { Text } from '../model/words.ts'
import type { Rule, RuleDay, Weekday } from './rule.ts'

type Words = Readonly<{ en: string; 'pt-BR': string }>
const DAYS: Readonly<Record<Weekday, Words>> = {
  MO: { en: 'Monday', 'pt-BR': 'segunda-feira' },
  TU: { en: 'Tuesday', 'pt-BR': 'terça-feira' },
  WE: { en: 'Wednesday', 'pt-BR': 'quarta-feira' },
  TH: { en: 'Thursday', 'pt-BR': 'quinta-feira' },
  FR: { en: 'Friday', 'pt-BR': 'sexta-feira' },
  SA: { en: 'Saturday', 'pt-BR': 'sábado' },
  SU: { en: 'Sunday', 'pt-BR': 'domingo' },
}
const MASCULINE: readonly Weekday[] = ['SA', 'SU']
const EVERY: Readonly<Record<Rule['freq'], Readonly<{ one: Words; many: Words }>>> = {
  DAILY: { one: { en: 'every day', 'pt-BR': 'todos os dias' }, many: { en: 'every {n} days', 'pt-BR': 'a cada {n} dias' } },
  WEEKLY: { one: { en: 'every week', 'pt-BR': 'toda semana' }, many: { en: 'every {n} weeks', 'pt-BR': 'a cada {n} semanas' } },
  MONTHLY: { one: { en: 'every month', 'pt-BR': 'todo mês' }, many: { en: 'every {n} months', 'pt-BR': 'a cada {n} meses' } },
}
const NTH_EN: Readonly<Record<number, string>> = { 1: 'first', 2: 'second', 3: 'third', 4: 'fourth', 5: 'fifth', [-1]: 'last' }
const NTH_PT: Readonly<Record<number, string>> = { 1: 'primeir', 2: 'segund', 3: 'terceir', 4: 'quart', 5: 'quint', [-1]: 'últim' }

/** A rule as a person says it: "every 2 weeks on Tuesday, until 2026-12-31". */
export function ruleText({ freq, interval, byDay, byMonthDay, count, until }: Rule): Text {
  const every = EVERY[freq][interval === 1 ? 'one' : 'many']
  const say = (locale: keyof Words, on: string, times: string, end: string) =>
    `${every[locale].replace('{n}', String(interval))}${on}${count === null ? '' : times.replace('{n}', String(count))}${until === null ? '' : `${end}${until}`}`
  return {
    en: say('en', onEn(byDay, byMonthDay), count === 1 ? ', once' : ', {n} times', ', until '),
    'pt-BR': say('pt-BR', onPt(byDay, byMonthDay), count === 1 ? ', uma vez' : ', {n} vezes', ', até '),
  }
}

function onEn(byDay: readonly RuleDay[], byMonthDay: readonly number[]): string {
  const days = byDay.map(({ nth, day }) => (nth === null ? DAYS[day].en : `the ${NTH_EN[nth]} ${DAYS[day].en}`))
  const dates = byMonthDay.map(each => (each === -1 ? 'the last day' : `day ${each}`))
  return days.length + dates.length === 0 ? '' : ` on ${listed([...days, ...dates], 'and')}`
}

function onPt(byDay: readonly RuleDay[], byMonthDay: readonly number[]): string {
  const days = byDay.map(({ nth, day }) => {
    const end = MASCULINE.includes(day) ? 'o' : 'a'
    return nth === null ? `${DAYS[day]['pt-BR']}` : `n${end} ${NTH_PT[nth]}${end} ${DAYS[day]['pt-BR']}`
  })
  const dates = byMonthDay.map(each => (each === -1 ? 'no último dia' : `no dia ${each}`))
  return days.length + dates.length === 0 ? '' : `, ${listed([...days, ...dates], 'e')}`
}

const listed = (words: readonly string[], and: string): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} ${and} ${words.at(-1)}`
