import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../store/testing.ts'
import { once } from './once.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let runs = 0
const now = new Date('2026-11-21T10:00:00Z')
const work = async () => `answer ${++runs}`
const request = (more: Partial<Parameters<typeof once>[1]> = {}) => ({ person: 'ana', key: 'k1', fingerprint: 'PUT /x', now, ...more })

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

test('the same request twice is done once and answered alike', async () => {
  expect(await once(database.db, request(), work)).toEqual({ body: 'answer 1', isReplay: false })
  expect(await once(database.db, request(), work)).toEqual({ body: 'answer 1', isReplay: true })
  expect(runs).toBe(1)
})

test('a key belongs to one person and one request', async () => {
  expect(await once(database.db, request({ person: 'rui' }), work)).toMatchObject({ isReplay: false })
  await expect(once(database.db, request({ fingerprint: 'PUT /y' }), work)).rejects.toMatchObject({ code: 'invalid-input' })
})

test('a request that failed may be tried again with its key', async () => {
  const failing = once(database.db, request({ key: 'k2' }), () => Promise.reject(new Error('no')))
  await expect(failing).rejects.toThrow('no')
  expect(await once(database.db, request({ key: 'k2' }), work)).toMatchObject({ isReplay: false })
})

test('of two at the same moment one is done, the other told so', async () => {
  const { promise: started, resolve: start } = Promise.withResolvers<void>()
  const { promise: slow, resolve: finish } = Promise.withResolvers<string>()
  const first = once(database.db, request({ key: 'k3' }), () => {
    start()
    return slow
  })
  await started
  await expect(once(database.db, request({ key: 'k3' }), work)).rejects.toMatchObject({ code: 'conflict' })
  finish('slow answer')
  expect(await first).toEqual({ body: 'slow answer', isReplay: false })
})

test('after a day a key may be used again', async () => {
  const later = new Date(now.getTime() + 25 * 3600 * 1000)
  expect(await once(database.db, request({ now: later }), work)).toMatchObject({ isReplay: false })
})
