import type { Report, ReportParts } from './reports.ts'

/** A page of the beta's JSON: `top` rows from `skip`, and whether there are more. Periods are text, except where the reference (§1.4) says number. */
export async function jsonPage(fn: string, report: Report, parts: ReportParts, skip: number, top: number) {
  const headers = report.headers(parts)
  const value: unknown[] = []
  let at = 0
  let isMore = false
  for await (const batch of report.rows(parts)) {
    for (const row of batch) {
      if (at >= skip && value.length < top) value.push(objectOf(fn, headers, row))
      else if (at >= skip) isMore = true
      at++
    }
    if (isMore) break
  }
  return { value, isMore }
}

function objectOf(fn: string, headers: readonly string[], row: readonly string[]): Record<string, unknown> {
  const all: Record<string, unknown> = {}
  for (const [at, header] of headers.entries()) all[nameOf(header)] = jsonValue(fn, header, row[at] ?? '')
  if (!fn.startsWith('getM365App')) return all
  const { reportRefreshDate, userPrincipalName, lastActivationDate, lastActivityDate, reportPeriod, ...flags } = all
  const inner = { reportPeriod: Number(reportPeriod), ...flags }
  return fn.endsWith('UserDetail')
    ? { reportRefreshDate, userPrincipalName, lastActivationDate, lastActivityDate, details: [inner] }
    : { reportRefreshDate, userCounts: [inner] }
}

/** `Outlook (Windows)` is `outlookWindows`, `POP3 App` is `pop3App`; a few stay as products write themselves. */
function nameOf(header: string): string {
  const words = header.replace(/[()]/g, '').split(/[\s-]+/)
  return words.map((word, at) => (at === 0 ? lowerFirst(word) : word.charAt(0).toUpperCase() + word.slice(1))).join('')
}
const lowerFirst = (word: string) => (/^[A-Z0-9]+$/.test(word) ? word.toLowerCase() : word.charAt(0).toLowerCase() + word.slice(1))

function jsonValue(fn: string, header: string, text: string): unknown {
  if (header === 'Assigned Products') return text === '' ? [] : text.split(/(?<! )\+(?! )/)
  if (fn === 'getEmailAppUsageUserDetail' && /^(Mail|Outlook|Other) For |App$/.test(header)) return text === '' ? [] : [text]
  if (header === 'Report Period') return text
  if (/^(Has .* License|Is Deleted|Activated On Shared Computer)$/.test(header)) return text === 'True'
  if (text === 'Yes' || text === 'No') return text === 'Yes'
  // Copilot reports say the empty text where others say null.
  if (text === '') return fn.startsWith('getMicrosoft365Copilot') ? '' : null
  return /^\d+$/.test(text) ? Number(text) : text
}
