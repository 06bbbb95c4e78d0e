import type { ImportResult } from '../../model/api.ts'

export type UploadState =
  | { is: 'checking' | 'importing'; share: number }
  | { is: 'checked' | 'imported'; result: ImportResult }
  | { is: 'failed'; error: unknown }
/** A file and the tenant it is for: what was looked at for one tenant is never imported into another. */
export type UploadEntry = { key: number; file: File; tenant: string; state: UploadState }

export type UploadAction =
  | { is: 'add'; entries: readonly UploadEntry[] }
  | { is: 'set'; key: number; state: UploadState }
  | { is: 'remove'; keys: readonly number[] }

export function changeList(entries: readonly UploadEntry[], action: UploadAction): readonly UploadEntry[] {
  switch (action.is) {
    case 'add':
      return [...entries, ...action.entries]
    case 'set':
      return entries.map(entry => (entry.key === action.key ? { ...entry, state: action.state } : entry))
    case 'remove':
      return entries.filter(entry => !action.keys.includes(entry.key))
  }
}

/** The files that must be looked at again when `tenant` is chosen; what was imported stays where it is. */
export const notYetFor = (entries: readonly UploadEntry[], tenant: string): readonly UploadEntry[] =>
  entries.filter(entry => entry.tenant !== tenant && entry.state.is !== 'imported')

/** Looked at, and it would change something. */
export const isReady = ({ state }: UploadEntry): boolean => state.is === 'checked' && !state.result.unchanged

export const isUnderWay = ({ state }: UploadEntry): boolean => state.is === 'checking' || state.is === 'importing'

export type Standing = { step: 'checked' | 'imported'; done: number; total: number; failed: number }

/** How far the list is, for one short sentence. Imports count once the first has begun. */
export function standingOf(entries: readonly UploadEntry[]): Standing {
  const of = (...states: UploadState['is'][]) => entries.filter(({ state }) => states.includes(state.is)).length
  const failed = of('failed')
  const isImporting = of('importing') > 0 || (of('imported') > 0 && of('checking') === 0)
  if (!isImporting) return { step: 'checked', done: entries.length - of('checking') - failed, total: entries.length, failed }
  const imported = of('imported')
  return { step: 'imported', done: imported, total: imported + of('importing') + entries.filter(isReady).length, failed }
}

/** One after the other. Whether an entry is still wanted is asked when its turn comes: it may have been removed meanwhile. */
export async function inTurn<T>(all: readonly T[], isWanted: (each: T) => boolean, work: (each: T) => Promise<void>): Promise<void> {
  for (const each of all) if (isWanted(each)) await work(each)
}
