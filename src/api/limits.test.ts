import { expect, test } from 'vitest'
import { type Caller, createLimiter, REQUESTS_PER_MINUTE, refuseTooMany } from './limits.ts'
import { problemOf } from './problem.ts'

const LIMITS = { session: 3, key: 2, address: 2 }
const address = (text: string): Caller => ({ kind: 'address', address: text })
const session: Caller = { kind: 'session', id: 'a' }

/** How many of `count` requests go through. */
async function passed(limiter: ReturnType<typeof createLimiter>, callers: readonly Caller[]): Promise<number> {
  let count = 0
  for (const caller of callers) if ((await limiter.count(caller)).ok) count++
  return count
}
const times = (count: number, caller: Caller) => Array.from({ length: count }, () => caller)

test('each caller has a limit of its own', async () => {
  const limiter = createLimiter(LIMITS)
  expect(await passed(limiter, times(10, session))).toBe(3)
  expect(await passed(limiter, times(10, { kind: 'session', id: 'b' }))).toBe(3)
  expect(await passed(limiter, times(10, { kind: 'key', id: 'a' }))).toBe(2)
  expect(await passed(limiter, times(10, address('192.0.2.1')))).toBe(2)
  expect(await passed(limiter, times(10, address('192.0.2.2')))).toBe(2)
})

test('a key has the limit it was given', async () => {
  const limiter = createLimiter(LIMITS)
  expect(await passed(limiter, times(10, { kind: 'key', id: 'a', perMinute: 7 }))).toBe(7)
  expect(await passed(limiter, times(10, { kind: 'key', id: 'b', perMinute: null }))).toBe(2)
})

test('an IPv6 network of one subscriber counts as one, an IPv4 address in IPv6 as itself', async () => {
  const limiter = createLimiter(LIMITS)
  expect(await passed(limiter, ['2a00:1:2:3::1', '2a00:1:2:3:ffff::2', '2a00:1:2:3:a:b:c:d'].map(address))).toBe(2)
  expect(await passed(limiter, ['2a00:1:2:4::1'].map(address))).toBe(1)
  expect(await passed(limiter, ['198.51.100.1', '::ffff:198.51.100.1', '198.51.100.1'].map(address))).toBe(2)
})

test('the answer says what is left and when it is renewed', async () => {
  const limiter = createLimiter(LIMITS)
  expect(await limiter.count(session)).toEqual({
    ok: true,
    headers: { 'ratelimit-policy': '"session";q=3;w=60', ratelimit: expect.stringMatching(/^"session";r=2;t=(59|60)$/) },
  })
})

test('too many is a 429 problem that says when to come again', async () => {
  const limiter = createLimiter(LIMITS)
  await passed(limiter, times(3, session))
  const counted = await limiter.count(session)
  expect(counted).toMatchObject({ ok: false, headers: { 'retry-after': expect.stringMatching(/^(59|60)$/) } })
  const thrown = () => refuseTooMany(counted)
  expect(thrown).toThrow(/try again in (59|60) s/)
  try {
    thrown()
  } catch (error) {
    expect(problemOf(error, 'r')).toMatchObject({ status: 429, type: 'urn:impulso:problem:too-many' })
  }
  expect(() => refuseTooMany({ ok: true, headers: {} })).not.toThrow()
})

test('people get further than keys, and keys further than strangers', () => {
  expect(REQUESTS_PER_MINUTE).toEqual({ session: 1200, key: 600, address: 300 })
})
