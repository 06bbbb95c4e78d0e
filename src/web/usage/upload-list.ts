import type { ImportResult } from '../../model/api.ts'
import type { Asked } from './tenant-question.ts'

export type UploadState =
  | { is: 'waiting' }
  /** `share` of what was sent, 0 to 1; at 1 the server reads. */
  | { is: 'checking' | 'importing'; share: number }
  | { is: 'checked' | 'imported' | 'undone'; result: ImportResult }
  | { is: 'failed'; error: unknown }
/** A file and the tenant it is for: what was looked at for one tenant is never imported into another. */
export type UploadEntry = Readonly<{
  key: number
  file: File
  tenant: string
  /** A person said which tenant it is of; nobody asks again. */
  isPlaced: boolean
  /** Goes with the next import. */
  isPicked: boolean
  state: UploadState
}>

export type UploadAction =
  | { is: 'add'; entries: readonly UploadEntry[] }
  | { is: 'set'; key: number; state: UploadState }
  | { is: 'pick'; key: number; isPicked: boolean }
  /** For another tenant than it was looked at for, it is looked at again. */
  | { is: 'place'; key: number; tenant: string; isPlaced: boolean }
  | { is: 'remove'; keys: readonly number[] }

export function changeList(entries: readonly UploadEntry[], action: UploadAction): readonly UploadEntry[] {
  const change = (key: number, what: (entry: UploadEntry) => Partial<UploadEntry>) =>
    entries.map(entry => (entry.key === key ? { ...entry, ...what(entry) } : entry))
  switch (action.is) {
    case 'add':
      return [...entries, ...action.entries]
    case 'set':
      return change(action.key, () => ({ state: action.state }))
    case 'pick':
      return change(action.key, () => ({ isPicked: action.isPicked }))
    case 'place': {
      const { key, tenant, isPlaced } = action
      return change(key, entry => ({ tenant, isPlaced, ...(entry.tenant === tenant ? {} : { state: { is: 'waiting' } }) }))
    }
    case 'remove':
      return entries.filter(entry => !action.keys.includes(entry.key))
  }
}

const isDone = ({ state }: UploadEntry): boolean => state.is === 'imported' || state.is === 'undone'

/** The files that must be looked at again when `tenant` is chosen; what was imported stays where it is. */
export const notYetFor = (entries: readonly UploadEntry[], tenant: string): readonly UploadEntry[] =>
  entries.filter(entry => entry.tenant !== tenant && !isDone(entry))

/** Looked at, and it would change something. */
export const isReady = ({ state }: UploadEntry): boolean => state.is === 'checked' && !state.result.unchanged

/** Goes with the next import. */
export const isGoing = (entry: UploadEntry): boolean => isReady(entry) && entry.isPicked

export const isUnderWay = ({ state }: UploadEntry): boolean => state.is === 'waiting' || state.is === 'checking' || state.is === 'importing'

/** Files of which nobody has said yet which tenant they are of, as far as they have been looked at. */
export const askedOf = (entries: readonly UploadEntry[]): readonly Asked[] =>
  entries.flatMap(({ key, tenant, isPlaced, state }) =>
    isPlaced || state.is !== 'checked' || state.result.unchanged
      ? []
      : {
          key,
          tenant,
          domains: state.result.domains,
          isWarned: state.result.problems.some(problem => problem.code === 'other-domain'),
        },
  )

export type Standing = { step: 'checked' | 'imported'; done: number; total: number; failed: number }

/** How far the list is, for one short sentence. Imports count once the first has begun. */
export function standingOf(entries: readonly UploadEntry[]): Standing {
  const of = (...states: UploadState['is'][]) => entries.filter(({ state }) => states.includes(state.is)).length
  const failed = of('failed')
  const imported = of('imported', 'undone')
  const isImporting = of('importing') > 0 || (imported > 0 && of('waiting', 'checking') === 0)
  if (!isImporting) return { step: 'checked', done: entries.length - of('waiting', 'checking') - failed, total: entries.length, failed }
  return { step: 'imported', done: imported, total: imported + of('importing') + entries.filter(isGoing).length, failed }
}

/** One after the other. Whether an entry is still wanted is asked when its turn comes: it may have been removed meanwhile. */
export async function inTurn<T>(all: readonly T[], isWanted: (each: T) => boolean, work: (each: T) => Promise<void>): Promise<void> {
  for (const each of all) if (isWanted(each)) await work(each)
}

/** Services by what becomes of their figure. Unknown before and after is neither a change nor a figure that stays. */
export const servicesBy = (services: ImportResult['services']) => ({
  changed: services.filter(each => each.before !== each.after),
  same: services.filter(each => each.before === each.after && each.after !== null),
  unknown: services.filter(each => each.before === null && each.after === null),
})
