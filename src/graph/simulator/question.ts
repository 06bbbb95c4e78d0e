import { dayNumber, dayOf } from '../../app/demo/days.ts'
import { Day } from '../../model/words.ts'
import { NO_SEGMENT } from './answers.ts'
import { type Asked, REPORTS, type Report } from './reports.ts'

export type Question = Readonly<{ fn: string; report: Report; asked: Asked }>
export type Refusal = Readonly<{ code: string; message: string }>

const PATH = /^\/(v1\.0|beta)\/(copilot\/)?reports\/(\w+)(?:\((.*)\))?$/
/** "Only support data for the past 28 days": of today, so that the oldest day of a rolling figure is already gone. */
const DAYS_KEPT = 28

/** Reads `…/reports/{function}(…)`; undefined when the path is about something else. `today` is a day number. */
export function questionOf(path: string, cloud: string, today: number): Question | Readonly<{ fn: string; refusal: Refusal }> | undefined {
  const match = PATH.exec(path)
  if (!match) return undefined
  const [, version, copilot, fn = '', args] = match
  const report = Object.hasOwn(REPORTS, fn) ? REPORTS[fn] : undefined
  const isOffered =
    report !== undefined &&
    (report.isCopilot === true) === (copilot !== undefined) &&
    (cloud === 'global' || version === 'beta') &&
    !(report.absentIn as readonly string[]).includes(cloud)
  if (!isOffered) return { fn, refusal: NO_SEGMENT(fn) }
  const asked = argumentsOf(args ?? '')
  if ('code' in asked) return { fn, refusal: asked }
  const refusal = refusalOf(report, asked, today)
  return refusal ? { fn, refusal } : { fn, report, asked }
}

/** `period='D30'` and `version='v2'` are text in quotes, `date=2026-07-20` is a date without. */
function argumentsOf(text: string): Asked | Refusal {
  let period: string | null = null
  let day: string | null = null
  let version: string | null = null
  for (const part of text === '' ? [] : text.split(',')) {
    const [, name, quoted, bare] = /^\s*(\w+)=(?:'([^']*)'|([^']*))\s*$/.exec(part) ?? []
    if (name === 'period' && quoted !== undefined) period = quoted
    else if (name === 'version' && quoted !== undefined) version = quoted
    else if (name === 'date' && Day.safeParse(bare).success) day = bare ?? null
    else return { code: 'BadRequest', message: `Invalid function parameter: ${part}` }
  }
  return { period, day: day === null ? null : dayNumber(day), version }
}

function refusalOf(report: Report, { period, day, version }: Asked, today: number): Refusal | null {
  const invalid = (message: string): Refusal => ({ code: 'InvalidArgument', message })
  if (report.periods.length === 0) return period === null && day === null ? null : invalid('The function takes no parameters.')
  if ((period === null) === (day === null)) return invalid('Exactly one of period and date must be given.')
  if (version && !(report.isCopilot && version === 'v2')) return invalid(`Invalid version specified: ${version}.`)
  if (day === null) {
    const isKnown =
      report.periods.includes(period ?? '') && !(period === 'D28' && version !== 'v2') && !(period === 'D30' && version === 'v2')
    return isKnown ? null : invalid(`Invalid period value specified: ${period}.`)
  }
  if (!report.takesDay) return invalid('The function takes no date.')
  const oldest = today - DAYS_KEPT
  return day < oldest ? invalid(`Invalid date value specified: ${dayOf(day)}. Only support data for the past 28 days.`) : null
}
