import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { guardedFetch } from '../app/outgoing/guard.ts'
import { OUTGOING_LIMITS } from '../app/outgoing/limits.ts'
import { openGraph } from './graph.ts'
import { GRAPH_LIMITS } from './limits.ts'
import { csv, giveToken, isTokenRequest, partsOf, REPORT, startServer, targetAt } from './testing.ts'

const LONG = REPORT + '2026-11-19,12,7\r\n'.repeat(OUTGOING_LIMITS.answerBytes / 16)

test("through the program's guard: longer than usual answers come, other addresses of this machine do not", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'impulso-outgoing-'))
  const server = await startServer(asked => (isTokenRequest(asked) ? giveToken() : csv(LONG)))
  try {
    const path = join(folder, 'a.csv')
    const request = { report: 'getOffice365ActiveUserDetail', period: 'D30' }
    const withGuard = (allowHosts: readonly string[]) =>
      openGraph(targetAt(server.url), partsOf(undefined, { fetch: guardedFetch({ allowHosts, limits: GRAPH_LIMITS }) }).parts)
    expect(await withGuard(['127.0.0.1']).report(request, path)).toEqual({ state: 'file', bytes: Buffer.byteLength(LONG) })
    const asked = server.asked.length
    expect(await withGuard([]).report(request, path)).toMatchObject({ state: 'unreachable', finding: { code: 'outgoing-refused' } })
    expect(server.asked.length).toBe(asked)
  } finally {
    await server.close()
    await rm(folder, { recursive: true })
  }
})
