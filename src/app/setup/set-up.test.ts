import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Log } from '../context.ts'
import { TEST_PASSWORD, type TestPeople, testPeople } from '../people/testing.ts'
import { NOBODY } from '../policy.ts'
import { noWrongCodes, prepareSetup, setUp } from './set-up.ts'

let its: TestPeople
beforeEach(async () => {
  its = await testPeople(new Date('2026-11-21T10:00:00Z'))
})
afterEach(() => its.close())

const given = (code: string, email = 'ada@example.com') => ({ code, email, name: 'Ada', password: TEST_PASSWORD })
const run = (input: ReturnType<typeof given>, wrong = noWrongCodes(), log: Log = () => {}) =>
  setUp({ ...its.as(NOBODY), log }, its.auth, { ...NOBODY, address: '192.0.2.9' }, wrong, input)
const keptHash = async () => (await its.context.db.selectFrom('installation').select('setup_code_hash').executeTakeFirst())?.setup_code_hash

test('the code makes the first administrator, once, and is kept as a hash only', async () => {
  const code = (await prepareSetup(its.context, its.auth)) ?? ''
  expect(Buffer.from(code, 'base64url')).toHaveLength(20)
  expect(await keptHash()).toMatch(/^[0-9a-f]{64}$/)
  expect(await run(given(code))).toEqual({ email: 'ada@example.com', removedCustomers: 0 })
  expect(await keptHash()).toBeNull()
  expect(await its.auth.countAdministrators()).toBe(1)
  const id = await its.auth.findByEmail('ada@example.com')
  const [event] = await its.context.db.selectFrom('installation_event').selectAll().execute()
  expect(event).toMatchObject({ kind: 'set-up', who: id })
  await expect(run(given(code, 'b@example.com'))).rejects.toMatchObject({ code: 'conflict' })
  expect(await prepareSetup(its.context, its.auth)).toBeUndefined()
})

test('of two at once one becomes administrator', async () => {
  const code = (await prepareSetup(its.context, its.auth)) ?? ''
  const done = await Promise.allSettled(['a', 'b', 'c'].map(name => run(given(code, `${name}@example.com`))))
  expect(done.map(each => each.status).sort()).toEqual(['fulfilled', 'rejected', 'rejected'])
  expect(await its.auth.countPeople()).toBe(1)
})

test('a wrong code makes nobody; many are too many, and never lock out who has the right one', async () => {
  const code = (await prepareSetup(its.context, its.auth)) ?? ''
  const wrong = noWrongCodes()
  const codes: string[] = []
  const said: string[] = []
  const log: Log = (level, message) => said.push(`${level}: ${message}`)
  for (let count = 0; count < 12; count++) {
    await run(given(`${code}x`), wrong, log).catch((error: { code: string }) => codes.push(error.code))
  }
  expect(codes).toEqual([...Array(10).fill('forbidden'), 'too-many', 'too-many'])
  // Who keeps the server is told, as often as it counts and without the code.
  expect(said).toEqual(Array(10).fill('warn: somebody tried to set up this installation with a wrong code'))
  expect(await its.auth.countPeople()).toBe(0)
  await run(given(code), wrong)
  expect(await its.auth.countPeople()).toBe(1)
})

test('without a code that was made no code is right', async () => {
  for (const code of ['', 'null', 'undefined']) await expect(run(given(code))).rejects.toMatchObject({ code: 'forbidden' })
})

test('a weak password leaves everything as it was, the code too', async () => {
  const code = (await prepareSetup(its.context, its.auth)) ?? ''
  await expect(run({ ...given(code), password: 'password123' })).rejects.toMatchObject({ code: 'invalid-input' })
  expect(await its.auth.countPeople()).toBe(0)
  await run(given(code))
})

test('a new start makes a new code; the one before is of no use', async () => {
  const first = (await prepareSetup(its.context, its.auth)) ?? ''
  await prepareSetup(its.context, its.auth)
  await expect(run(given(first))).rejects.toMatchObject({ code: 'forbidden' })
})
