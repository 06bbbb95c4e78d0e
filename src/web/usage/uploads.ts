import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useReducer, useRef } from 'react'
import type { ImportResult } from '../../model/api.ts'
import { customerPath } from '../customer/queries.ts'
import { apiUrl, upload } from '../ui/http.ts'
import { changeList, inTurn, isReady, notYetFor, type UploadEntry, type UploadState } from './upload-list.ts'

/** Report files of one customer on their way: each is looked at by the server first, and imported only when the person says so. */
export function useUploads(customer: string) {
  const client = useQueryClient()
  const [entries, dispatch] = useReducer(changeList, [])
  const nextKey = useRef(0)
  // The files still on the list, each with what stops it.
  const cancels = useRef(new Map<number, AbortController>())

  // Leaving the page is like removing every file: nobody is there to see what they would change.
  useEffect(() => {
    const all = cancels.current
    return () => stop(all, [...all.keys()])
  }, [])

  const put = async ({ key, file, tenant }: UploadEntry, preview: boolean): Promise<void> => {
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

  const inList = ({ key }: UploadEntry) => cancels.current.has(key)

  const add = (files: Iterable<File>, tenant: string) => {
    const fresh = [...files].map(file => ({ key: nextKey.current++, file, tenant, state: { is: 'checking', share: 0 } as const }))
    for (const { key } of fresh) cancels.current.set(key, new AbortController())
    dispatch({ is: 'add', entries: fresh })
    void inTurn(fresh, inList, entry => put(entry, true))
  }

  const remove = (keys: readonly number[]) => {
    stop(cancels.current, keys)
    dispatch({ is: 'remove', keys })
  }

  return {
    entries,
    add,
    remove: (key: number) => remove([key]),
    /** Looks again at every file that is not imported yet, this time for `tenant`. */
    moveTo: (tenant: string) => {
      const moved = notYetFor(entries, tenant)
      remove(moved.map(entry => entry.key))
      add(
        moved.map(entry => entry.file),
        tenant,
      )
    },
    /** One after the other: a later report must see what the earlier one brought. */
    importAll: async () => {
      await inTurn(entries.filter(isReady), inList, entry => put(entry, false))
      await Promise.all([['customer', customer], ['portfolio'], ['session']].map(queryKey => client.invalidateQueries({ queryKey })))
    },
    retry: (entry: UploadEntry) => void put(entry, true),
  }
}

function stop(cancels: Map<number, AbortController>, keys: readonly number[]): void {
  for (const key of keys) {
    cancels.get(key)?.abort()
    cancels.delete(key)
  }
}
