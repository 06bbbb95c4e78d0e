import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useReducer, useRef } from 'react'
import type { ImportResult } from '../../model/api.ts'
import { customerPath } from '../customer/queries.ts'
import { apiUrl, upload } from '../ui/http.ts'
import { afterUsageChange } from './connections/queries.ts'
import { changeList, inTurn, isGoing, notYetFor, type UploadEntry, type UploadState } from './upload-list.ts'

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
    // What was sent for this file before counts no more.
    cancels.current.get(key)?.abort()
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
    const fresh = [...files].map((file): UploadEntry => {
      const key = nextKey.current++
      cancels.current.set(key, new AbortController())
      return { key, file, tenant, isPlaced: false, isPicked: true, state: { is: 'waiting' } }
    })
    dispatch({ is: 'add', entries: fresh })
    void inTurn(fresh, inList, entry => put(entry, true))
  }

  const remove = (keys: readonly number[]) => {
    stop(cancels.current, keys)
    dispatch({ is: 'remove', keys })
  }

  const place = (placed: readonly UploadEntry[], tenantFor: (entry: UploadEntry) => string, isPlaced: boolean) => {
    for (const entry of placed) dispatch({ is: 'place', key: entry.key, tenant: tenantFor(entry), isPlaced })
    const moved = placed.filter(entry => entry.tenant !== tenantFor(entry))
    for (const { key } of moved) cancels.current.get(key)?.abort()
    void inTurn(moved, inList, entry => put({ ...entry, tenant: tenantFor(entry) }, true))
  }

  return {
    entries,
    add,
    remove,
    pick: (key: number, isPicked: boolean) => dispatch({ is: 'pick', key, isPicked }),
    /** Looks again at every file that is not imported yet, this time for `tenant`. */
    moveTo: (tenant: string) => place(notYetFor(entries, tenant), () => tenant, false),
    /** What a person said: the tenant of each file, or that it stays out. */
    answer: (answers: ReadonlyMap<number, string | null>) => {
      const asked = entries.filter(entry => answers.has(entry.key))
      remove(asked.filter(entry => answers.get(entry.key) === null).map(entry => entry.key))
      const stays = asked.filter(entry => answers.get(entry.key) !== null)
      place(stays, entry => answers.get(entry.key) ?? entry.tenant, true)
    },
    /** One after the other: a later report must see what the earlier one brought. */
    importPicked: async () => {
      await inTurn(entries.filter(isGoing), inList, entry => put(entry, false))
      await afterUsageChange(client, customer)
    },
    /** It was taken back. */
    undone: ({ key, state }: UploadEntry) => {
      if (state.is === 'imported') dispatch({ is: 'set', key, state: { is: 'undone', result: state.result } })
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
