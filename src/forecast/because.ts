import type { Forecast } from '../model/usage-api.ts'
import { never, type Text } from '../model/words.ts'
import type { Outlook } from './outlook.ts'
import { isAt, type KnownPoint, percentOf } from './series.ts'
import { type Language, number } from './words.ts'

/** The method by name and edition: kept with each forecast, so that those of different methods are told apart. */
export const METHOD = 'theil-sen-1'

/** How a forecast came about, in a sentence or two per language. */
export function becauseOf(forecast: Forecast, percent: number, points: readonly KnownPoint[], outlook: Outlook | undefined): Text {
  return { en: sentence(forecast, percent, points, outlook, 'en'), 'pt-BR': sentence(forecast, percent, points, outlook, 'pt-BR') }
}

function sentence(
  forecast: Forecast,
  percent: number,
  points: readonly KnownPoint[],
  outlook: Outlook | undefined,
  language: Language,
): string {
  switch (forecast.state) {
    case 'reached':
      return reached(forecast.on, percent, points, language)
    case 'too-little-data':
      return WORDS[language].tooLittle(forecast.weeks, forecast.needed)
    case 'expected':
      return outlook ? `${WORDS[language].trend(outlook, language)} ${WORDS[language].range}` : ''
    case 'not-in-sight':
      return outlook ? `${WORDS[language].trend(outlook, language)} ${WORDS[language].notInSight}` : ''
    default:
      return never(forecast)
  }
}

function reached(on: string | null, percent: number, points: readonly KnownPoint[], language: Language): string {
  const { reachedOn, reachedBefore, below } = WORDS[language]
  const last = points.at(-1)
  const now = last && !isAt(last, percent) ? ` ${below(number(percentOf(last), language, 1), last.day)}` : ''
  return (on === null ? reachedBefore(points[0]?.day ?? '') : reachedOn(on)) + now
}

type Words = Readonly<{
  reachedOn: (day: string) => string
  reachedBefore: (day: string) => string
  below: (percent: string, day: string) => string
  tooLittle: (weeks: number, needed: number) => string
  trend: (outlook: Outlook, language: Language) => string
  range: string
  notInSight: string
}>

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    reachedOn: day => `At or above it for the first time on ${day}.`,
    reachedBefore: day => `At or above it since the first figure, of ${day}.`,
    below: (percent, day) => `Below it again: ${percent} % on ${day}.`,
    tooLittle: (weeks, needed) => `${weeks} of the last ten weeks have figures; a forecast needs ${needed}.`,
    trend: ({ weeks, from, paceWeeks, halvesIn, quietWeeks, pointsPerWeek }, language) =>
      `${weeks} weeks of figures up to ${from.day}${quietWeeks > 0 ? `, ${quietWeeks} of holidays left out` : ''}: ${signed(
        pointsPerWeek,
        language,
      )} points a week at ${number(percentOf(from), language, 1)} %${
        paceWeeks < weeks ? `, the pace of the last ${paceWeeks}` : ''
      }${halvesIn === null ? '' : `, slowing by half every ${number(halvesIn, language)} weeks`} (trend by Theil and Sen).`,
    range: 'The range holds four cases of five, if things go on as they did and seats stay as they are.',
    notInSight: 'At this pace it is not reached within two years.',
  },
  'pt-BR': {
    reachedOn: day => `Atingida pela primeira vez em ${day}.`,
    reachedBefore: day => `Atingida desde o primeiro número, de ${day}.`,
    below: (percent, day) => `Abaixo dela de novo: ${percent} % em ${day}.`,
    tooLittle: (weeks, needed) => `${weeks} das últimas dez semanas têm números; uma previsão precisa de ${needed}.`,
    trend: ({ weeks, from, paceWeeks, halvesIn, quietWeeks, pointsPerWeek }, language) =>
      `${weeks} semanas de números até ${from.day}${quietWeeks > 0 ? `, sem ${quietWeeks} de férias` : ''}: ${signed(
        pointsPerWeek,
        language,
      )} pontos por semana com ${number(percentOf(from), language, 1)} %${
        paceWeeks < weeks ? `, o ritmo das últimas ${paceWeeks}` : ''
      }${halvesIn === null ? '' : `, caindo à metade a cada ${number(halvesIn, language)} semanas`} (tendência de Theil e Sen).`,
    range: 'A faixa contém quatro de cada cinco casos, se tudo continuar como antes e o número de licenças não mudar.',
    notInSight: 'Nesse ritmo não é atingida em dois anos.',
  },
}

const signed = (value: number, language: Language) => {
  const text = number(value, language, 2)
  return value > 0 && !/^0[.,]00$/.test(text) ? `+${text}` : text
}
