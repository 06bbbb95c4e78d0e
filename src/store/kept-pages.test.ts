import { expect, test } from 'vitest'
import { keptOr, keptPages, type Standing } from './kept-pages.ts'

const standing = (state: string): Standing => ({ all: true, person: 'all ana', day: '2026-11-21', state })

test('what was found is found once for each state of the database and each question', async () => {
  const kept = keptPages()
  let found = 0
  const ask = (state: string, key: string) => keptOr(kept, kept.totals, standing(state), key, async () => ++found)
  expect([await ask('1', 'a'), await ask('1', 'a'), await ask('1', 'b')]).toEqual([1, 1, 2])
  expect([await ask('2', 'a'), await ask('2', 'a')]).toEqual([3, 3])
  expect(kept.totals.size).toBe(1)
})

test('what was found while somebody saw a later state is not kept as that of the later one', async () => {
  const kept = keptPages()
  const total = (state: string, find: () => Promise<number>) => keptOr(kept, kept.totals, standing(state), 'a', find)
  const slow = total('1', async () => {
    await total('2', async () => 2)
    return 1
  })
  expect(await slow).toBe(1)
  expect(await total('2', async () => 3)).toBe(2)
})

test('who asks what is being found waits for it, and looks for themselves where that fails', async () => {
  const kept = keptPages()
  let found = 0
  const answers = Promise.withResolvers<number>()
  const ask = (find: () => Promise<number>) => keptOr(kept, kept.totals, standing('1'), 'a', find)
  const first = ask(() => answers.promise)
  const others = [1, 2, 3].map(() => ask(async () => ++found))
  answers.reject(new Error('gone'))
  await expect(first).rejects.toThrow('gone')
  expect(await Promise.all(others)).toEqual([1, 2, 3])
  expect(await ask(async () => 7)).toBe(7)
  expect(await Promise.all([ask(async () => 8), ask(async () => 9)])).toEqual([7, 7])
})

test('what is kept has an end', async () => {
  const kept = keptPages()
  for (let n = 0; n < 1200; n++) await keptOr(kept, kept.totals, standing('1'), `q${n}`, async () => n)
  expect(kept.totals.size).toBeLessThanOrEqual(100)
})
