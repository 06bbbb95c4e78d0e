import type { ServiceId } from '../../model/services.ts'
import type { Initiative } from '../../model/words.ts'
import { didYouMean } from '../nearest.ts'
import { fold, kebab, plainValue } from '../text.ts'
import { ALL_SERVICES } from '../vocabulary/labels.ts'
import { initiativeNames, isOneOf } from '../vocabulary/lookup.ts'

/** Names known for services and roles: folded name → id. */
export type Names = ReadonlyMap<string, string>
export type NameList<T> = { found: T; unknown: string[] }

const isAllServices = isOneOf(ALL_SERVICES)
const SEPARATORS = /\s*(?:[/,;、，；&＋+]|\s(?:y|e|und|and|ou|oder|or)\s)\s*/gu

/**
 * A list of services; null when the text names none. Only the known names can decide whether a slash separates
 * (`Classroom/SDS` is one service, `Exchange/OATP` two), so the longest known run of pieces wins.
 */
export function servicesIn(text: string, names: Names): NameList<'all' | ServiceId[] | null> {
  const value = plainValue(text)
  if (value === '') return { found: null, unknown: [] }
  if (isAllServices(value)) return { found: 'all', unknown: [] }
  const { found, unknown } = longestRuns(value, names)
  // A service nobody knows keeps an id of its own: dropping it would make the task one of all services.
  return { found: [...new Set([...found, ...unknown.map(kebab)])], unknown }
}

/** One role: the first known of those named; null when none is named. */
export function roleIn(text: string, names: Names): NameList<string | null> & { others: string[] } {
  const value = plainValue(text)
  if (value === '') return { found: null, unknown: [], others: [] }
  const whole = names.get(fold(value)) ?? names.get(fold(value.replace(/[(（].*$/u, '')))
  if (whole) return { found: whole, unknown: [], others: [] }
  const { found, unknown } = longestRuns(value, names)
  const [first = null, ...others] = [...new Set(found)]
  return { found: first, unknown, others }
}

/** A set: the order differs inside one page. */
export function initiativesIn(text: string): NameList<Initiative[]> {
  const found = new Set<Initiative>()
  const unknown: string[] = []
  for (const piece of plainValue(text).split(/[/,;、；]/)) {
    const known = initiativeNames.get(fold(piece))
    if (known) found.add(known.key)
    else if (piece.trim() !== '') unknown.push(piece.trim())
  }
  return { found: [...found], unknown }
}

/** The nearest id, or where to add the name. */
export const remedyFor = (what: string, name: string, names: Names): string =>
  didYouMean(kebab(name), new Set(names.values())) ?? `add it to ${what}s in playbook.yaml`

function longestRuns(value: string, names: Names): { found: string[]; unknown: string[] } {
  const pieces: { from: number; to: number }[] = []
  let from = 0
  for (const match of value.matchAll(SEPARATORS)) {
    pieces.push({ from, to: match.index })
    from = match.index + match[0].length
  }
  pieces.push({ from, to: value.length })
  const found: string[] = []
  const unknown: string[] = []
  for (let first = 0; first < pieces.length; first++) {
    let last = Math.min(pieces.length, first + 4) - 1
    const text = () => value.slice(pieces[first]?.from, pieces[last]?.to)
    // `Skype for Business - Cloud PBX` is a part of the service before the dash.
    const known = () =>
      [text(), text().replace(/[(（].*$/u, ''), text().split(/\s[-–]\s/)[0] ?? ''].map(each => names.get(fold(each))).find(each => each)
    while (last > first && !known()) last--
    const id = known()
    if (id) found.push(id)
    else if (fold(text()) !== '') unknown.push(text().trim())
    first = last
  }
  return { found, unknown }
}
