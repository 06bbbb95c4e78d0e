import { afterAll, beforeAll, expect, test } from 'vitest'
import { startServer } from '../../graph/testing.ts'
import { refusalBehind } from '../outgoing/guard.ts'
import { waysOut } from './connecting.ts'

let server: Awaited<ReturnType<typeof startServer>>
beforeAll(async () => {
  server = await startServer(() => ({ status: 200, body: 'here' }))
})
afterAll(() => server.close())

test('a simulator on this machine is reached by what asks the simulator, and by nothing that asks a cloud', async () => {
  const { toClouds, toSimulator } = waysOut({ simulator: server.url, allowHosts: [] })
  expect((await toSimulator(server.url)).status).toBe(200)
  const asked = server.asked.length
  expect(refusalBehind(await toClouds(server.url).catch(error => error))?.code).toBe('forbidden')
  expect(server.asked.length).toBe(asked)
})

test('without a simulator there is no way to this machine', async () => {
  const { toClouds, toSimulator } = waysOut({ simulator: null, allowHosts: [] })
  for (const ask of [toClouds, toSimulator]) expect(refusalBehind(await ask(server.url).catch(error => error))?.code).toBe('forbidden')
})
