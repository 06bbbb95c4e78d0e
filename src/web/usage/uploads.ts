import { useQueryClient } from '@tanstack/react-query'
import { useReducer, useRef } from 'react'
import type { ImportResult } from '../../model/api.ts'
import { customerPath } from '../customer/queries.ts'
import { apiUrl, upload } from '../ui/http.ts'

export type UploadState =
  | { is: 'checking' | 'importing'; share: number }
  | { is: 'checked' | 'imported'; result: ImportResult }
  | { is: 'failed'; error: unknown }
export type UploadEntry = { key: number; file: File; state: UploadState }

type Action =
  | { is: 'add'; entries: readonly UploadEntry[] }
  | { is: 'set'; key: number; state: UploadState }
  | { is: 'remove'; key: number }

function reduce(entries: readonly UploadEntry[], action: Action): readonly UploadEntry[] {
  switch (action.is) {
    case 'add':
      return [...entries, ...action.entries]
    case 'set':
      return entries.map(entry => (entry.key === action.key ? { ...entry, state: action.state } : entry))
    case 'remove':
      return entries.filter(entry => entry.key !== action.key)
  }
}

/** Report files of one customer on their way: each is looked at by the server first, and imported only when the person says so. */
export function useUploads(customer: string, tenant: string | undefined) {
  const client = useQueryClient()
  const [entries, dispatch] = useReducer(reduce, [])
  const nextKey = useRef(0)
  const cancels = useRef(new Map<number, AbortController>())

  const put = async ({ key, file }: UploadEntry, preview: boolean): Promise<void> => {
    const cancel = new AbortController()
    cancels.current.set(key, cancel)
    const is = preview ? 'checking' : 'importing'
    const set = (state: UploadState) => !cancel.signal.aborted && dispatch({ is: 'set', key, state })
    set({ is, share: 0 })
    try {
      const url = apiUrl(customerPath(customer, 'reports', file.name), { tenant, preview: preview || undefined })
      const result = await upload<ImportResult>({ url, body: file, signal: cancel.signal, onProgress: share => set({ is, share }) })
      set({ is: preview ? 'checked' : 'imported', result })
    } catch (error) {
      set({ is: 'failed', error })
    }
  }

  return {
    entries,
    add: (files: Iterable<File>) => {
      const fresh = [...files].map(file => ({ key: nextKey.current++, file, state: { is: 'checking', share: 0 } as const }))
      dispatch({ is: 'add', entries: fresh })
      void inTurn(fresh, entry => put(entry, true))
    },
    remove: (key: number) => {
      cancels.current.get(key)?.abort()
      dispatch({ is: 'remove', key })
    },
    /** One after the other: a later report must see what the earlier one brought. */
    importAll: async () => {
      await inTurn(
        entries.filter(entry => entry.state.is === 'checked' && !entry.state.result.unchanged),
        entry => put(entry, false),
      )
      await Promise.all([['customer', customer], ['portfolio'], ['session']].map(queryKey => client.invalidateQueries({ queryKey })))
    },
    retry: (entry: UploadEntry) => void put(entry, true),
  }
}

async function inTurn<T>(all: readonly T[], work: (each: T) => Promise<void>): Promise<void> {
  for (const each of all) await work(each)
}
