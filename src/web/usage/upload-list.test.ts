import { expect, test } from 'vitest'
import type { ImportResult } from '../../model/api.ts'
import {
  askedOf,
  changeList,
  inTurn,
  isGoing,
  isReady,
  notYetFor,
  servicesBy,
  standingOf,
  type UploadEntry,
  type UploadState,
} from './upload-list.ts'

const result = (unchanged = false): ImportResult => ({
  file: 'teams.csv',
  import: null,
  unchanged,
  preview: true,
  report: null,
  refreshDate: null,
  rows: { read: 1, rejected: 0, deleted: 0, duplicates: 0 },
  services: [],
  gates: [],
  domains: [],
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
  states.map((state, key) => ({ key, file: new File([], `${key}.csv`), tenant: 'first', isPlaced: false, isPicked: true, state }))

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

test('a file that is placed with another tenant is looked at again, one that stays is not', () => {
  const placed = changeList(changeList(list(CHECKED, CHECKED), { is: 'place', key: 0, tenant: 'second', isPlaced: true }), {
    is: 'place',
    key: 1,
    tenant: 'first',
    isPlaced: true,
  })
  expect(placed.map(({ tenant, isPlaced, state }) => [tenant, isPlaced, state.is])).toEqual([
    ['second', true, 'waiting'],
    ['first', true, 'checked'],
  ])
})

test('only picked files go with the next import', () => {
  const entries = changeList(list(CHECKED, CHECKED, UNCHANGED), { is: 'pick', key: 0, isPicked: false })
  expect(entries.map(isGoing)).toEqual([false, true, false])
})

test('it is asked only of files that were looked at, would change something and were not placed yet', () => {
  const domains = { ...result(), domains: ['north.example'] }
  const warned = { ...domains, problems: [{ code: 'other-domain', severity: 'warning' as const, message: '', file: '', line: null }] }
  const entries = list(
    { is: 'checked', result: domains },
    CHECKING,
    UNCHANGED,
    FAILED,
    IMPORTED,
    { is: 'checked', result: warned },
    CHECKED,
  )
  const placed = changeList(entries, { is: 'place', key: 6, tenant: 'first', isPlaced: true })
  expect(askedOf(placed)).toEqual([
    { key: 0, tenant: 'first', domains: ['north.example'], isWarned: false },
    { key: 5, tenant: 'first', domains: ['north.example'], isWarned: true },
  ])
})

test('a figure that becomes known has changed, and one that stays unknown is no figure', () => {
  const of = (service: string, before: number | null, after: number | null) => ({
    service,
    before,
    after,
    active: null,
    assigned: null,
    asOf: null,
  })
  const { changed, same, unknown } = servicesBy([of('teams', 40, 40), of('exchange', null, 12), of('viva', null, null)])
  expect([changed, same, unknown].map(each => each.map(({ service }) => service))).toEqual([['exchange'], ['teams'], ['viva']])
})
