import { expect, test } from 'vitest'
import type { ImportResult } from '../../model/api.ts'
import { changeList, inTurn, isReady, notYetFor, standingOf, type UploadEntry, type UploadState } from './upload-list.ts'

const result = (unchanged = false): ImportResult => ({
  file: 'teams.csv',
  unchanged,
  preview: true,
  report: null,
  refreshDate: null,
  rows: { read: 1, rejected: 0, deleted: 0, duplicates: 0 },
  services: [],
  gates: [],
  problems: [],
  version: 1,
})
const CHECKING: UploadState = { is: 'checking', share: 0 }
const IMPORTING: UploadState = { is: 'importing', share: 0 }
const CHECKED: UploadState = { is: 'checked', result: result() }
const UNCHANGED: UploadState = { is: 'checked', result: result(true) }
const IMPORTED: UploadState = { is: 'imported', result: result() }
const FAILED: UploadState = { is: 'failed', error: new Error('refused') }
const list = (...states: UploadState[]): UploadEntry[] =>
  states.map((state, key) => ({ key, file: new File([], `${key}.csv`), tenant: 'first', state }))

test('a file that was looked at for another tenant must be looked at again, one that was imported stays', () => {
  const entries = list(CHECKED, IMPORTED, FAILED, UNCHANGED)
  expect(notYetFor(entries, 'second').map(entry => entry.key)).toEqual([0, 2, 3])
  expect(notYetFor(entries, 'first')).toEqual([])
})

test('only a file that would change something is ready', () => {
  expect(list(CHECKING, CHECKED, UNCHANGED, FAILED, IMPORTED).map(isReady)).toEqual([false, true, false, false, false])
})

test('a file that was removed meanwhile is not worked on', async () => {
  const removed = new Set<number>()
  const worked: number[] = []
  await inTurn(
    [1, 2, 3],
    each => !removed.has(each),
    async each => {
      worked.push(each)
      removed.add(2)
    },
  )
  expect(worked).toEqual([1, 3])
})

test('an answer for a removed file changes nothing', () => {
  const left = changeList(list(CHECKING, CHECKING), { is: 'remove', keys: [0] })
  expect(changeList(left, { is: 'set', key: 0, state: CHECKED })).toEqual(left)
})

test.each([
  { name: 'none', states: [], standing: { step: 'checked', done: 0, total: 0, failed: 0 } },
  { name: 'looked at', states: [CHECKED, UNCHANGED, CHECKING], standing: { step: 'checked', done: 2, total: 3, failed: 0 } },
  { name: 'refused', states: [CHECKED, FAILED], standing: { step: 'checked', done: 1, total: 2, failed: 1 } },
  { name: 'importing', states: [IMPORTED, IMPORTING, CHECKED, UNCHANGED], standing: { step: 'imported', done: 1, total: 3, failed: 0 } },
  { name: 'first import', states: [IMPORTING, CHECKED], standing: { step: 'imported', done: 0, total: 2, failed: 0 } },
  { name: 'imported', states: [IMPORTED, IMPORTED], standing: { step: 'imported', done: 2, total: 2, failed: 0 } },
  { name: 'more after an import', states: [IMPORTED, CHECKING], standing: { step: 'checked', done: 1, total: 2, failed: 0 } },
])('standing of a list: $name', ({ states, standing }) => {
  expect(standingOf(list(...states))).toEqual(standing)
})
