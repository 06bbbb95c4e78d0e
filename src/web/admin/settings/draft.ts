import type { ChangeSettings, RetentionKind, SettingsView } from '../../../model/admin-api.ts'

/** What the form holds: days as typed, empty for the default. */
export type Draft = { unassigned: SettingsView['unassigned']; days: Readonly<Partial<Record<RetentionKind, string>>> }

export const draftOf = ({ unassigned, retention }: SettingsView): Draft => ({
  unassigned,
  days: Object.fromEntries(retention.map(({ kind, days, defaultDays }) => [kind, days === defaultDays ? '' : String(days)])),
})

const LONGEST_DAYS = 3650
/** Days as typed: null for the default, undefined when it is no number of days the installation takes. */
export function parseDays(typed: string): number | null | undefined {
  if (typed.trim() === '') return null
  const days = /^\d{1,4}$/.test(typed.trim()) ? Number(typed) : 0
  return days >= 1 && days <= LONGEST_DAYS ? days : undefined
}

/** Only what the person changed; undefined when that is nothing, or something that cannot be saved. */
export function changeOf(seen: SettingsView, draft: Draft): Omit<ChangeSettings, 'version'> | undefined {
  const before = draftOf(seen)
  const changed = seen.retention.filter(({ kind }) => (draft.days[kind] ?? '').trim() !== before.days[kind])
  const days = changed.map(({ kind }) => [kind, parseDays(draft.days[kind] ?? '')] as const)
  if (days.some(([, value]) => value === undefined)) return undefined
  const sameChoice = draft.unassigned === before.unassigned
  if (sameChoice && days.length === 0) return undefined
  return {
    ...(sameChoice ? {} : { unassigned: draft.unassigned }),
    // Every value is a number or null: see above.
    ...(days.length === 0 ? {} : { retention: Object.fromEntries(days) as Partial<Record<RetentionKind, number | null>> }),
  }
}

/** What somebody else saved meanwhile, with what this person changed put on top of it. */
export function mineOver(seen: SettingsView, fresh: SettingsView, mine: Draft): Draft {
  const [before, theirs] = [draftOf(seen), draftOf(fresh)]
  const changed = seen.retention.map(({ kind }) => kind).filter(kind => mine.days[kind] !== before.days[kind])
  return {
    unassigned: mine.unassigned === before.unassigned ? theirs.unassigned : mine.unassigned,
    days: { ...theirs.days, ...Object.fromEntries(changed.map(kind => [kind, mine.days[kind]])) },
  }
}

/** What is different in `fresh`: the choice, when it is another, and every retention with other days. */
export const differencesOf = (seen: SettingsView, fresh: SettingsView) => ({
  unassigned: fresh.unassigned === seen.unassigned ? undefined : fresh.unassigned,
  retention: fresh.retention.filter(each => seen.retention.find(({ kind }) => kind === each.kind)?.days !== each.days),
})
