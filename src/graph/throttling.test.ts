import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openGraph } from './graph.ts'
import { csv, fakeClock, giveToken, isTokenRequest, partsOf, type Reply, slidingBudget, startServer, targetAt } from './testing.ts'

const WINDOW_MS = 600_000
const MOST = 14

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'impulso-throttling-'))
})
afterAll(() => rm(folder, { recursive: true }))

const answer: fc.Arbitrary<Reply> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(csv()) },
  { weight: 2, arbitrary: fc.constant<Reply>({ status: 429 }) },
  { weight: 2, arbitrary: fc.constantFrom(500, 502, 503, 504).map(status => ({ status })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(429, 503), fc.constantFrom('0', '1', '30', '61', '700', '-1', 'soon', 'Sat, 21 Nov 2026 10:05:00 GMT'))
      .map(([status, retryAfter]) => ({ status, headers: { 'retry-after': retryAfter } })),
  },
  { weight: 1, arbitrary: fc.constant<Reply>({ body: 'Report Refresh Date,a\r\n2026-', status: 200 }) },
)

test('whatever the service answers, no more than 14 requests of a function go out in any ten minutes, and each report ends', async () => {
  let script: Reply[] = []
  let clock = fakeClock()
  const server = await startServer(
    asked => (isTokenRequest(asked) ? giveToken() : (script.shift() ?? csv())),
    () => clock.now(),
  )
  try {
    await fc.assert(
      fc.asyncProperty(
        fc.array(answer, { maxLength: 60 }),
        fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 1 }),
        async (answers, chances) => {
          script = [...answers]
          clock = fakeClock()
          server.asked.length = 0
          let drawn = 0
          const { parts } = partsOf(clock, { budget: slidingBudget(clock.now, MOST), random: () => chances[drawn++ % chances.length] ?? 0 })
          const graph = openGraph(targetAt(server.url), parts)
          let got = 0
          // 28 days of one report, asked as a caller does who comes back when told to.
          for (let day = 1; day <= 28; day++) {
            const request = { report: 'getOffice365ActiveUserDetail', day: `2026-11-${`${day}`.padStart(2, '0')}` }
            let result = await graph.report(request, join(folder, 'a.csv'))
            for (let rounds = 0; result.state === 'later'; rounds++) {
              expect(result.at).toBeGreaterThan(clock.now())
              expect(rounds).toBeLessThan(100)
              clock.advance(result.at - clock.now())
              result = await graph.report(request, join(folder, 'a.csv'))
            }
            if (result.state === 'file') got++
            else expect(['unreachable', 'failed']).toContain(result.state)
          }
          const times = server.asked.filter(each => !isTokenRequest(each)).map(each => each.at)
          for (const [index, at] of times.entries())
            expect((times[index + MOST] ?? Number.POSITIVE_INFINITY) - at).toBeGreaterThanOrEqual(WINDOW_MS)
          // Five answers in a row have to go wrong for one report to be lost.
          expect(28 - got).toBeLessThanOrEqual(answers.length / 5)
        },
      ),
      { numRuns: 25 },
    )
  } finally {
    await server.close()
  }
})

test('28 days of one report with nothing going wrong take two windows of ten minutes: 14, a wait, 14', async () => {
  const clock = fakeClock()
  const server = await startServer(asked => (isTokenRequest(asked) ? giveToken() : csv()), clock.now)
  try {
    const graph = openGraph(targetAt(server.url), partsOf(clock, { budget: slidingBudget(clock.now, MOST) }).parts)
    const answers: string[] = []
    for (let day = 1; day <= 28; day++) {
      const request = { report: 'getOffice365ActiveUserDetail', day: `2026-11-${`${day}`.padStart(2, '0')}` }
      let result = await graph.report(request, join(folder, 'b.csv'))
      if (result.state === 'later') {
        answers.push(`${result.why} after ${day - 1}`)
        clock.advance(result.at - clock.now())
        result = await graph.report(request, join(folder, 'b.csv'))
      }
      expect(result.state).toBe('file')
    }
    expect(answers).toEqual(['budget after 14'])
    const times = server.asked.filter(each => !isTokenRequest(each)).map(each => each.at)
    expect(times.length).toBe(28)
    expect((times[14] ?? 0) - (times[0] ?? 0)).toBe(WINDOW_MS)
  } finally {
    await server.close()
  }
})
