import { request } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { type Listening, listen } from './server.ts'

const HOST = '127.0.0.1'
let server: Listening | undefined
afterEach(() => server?.stop(0))

const get = (port: number) => fetch(`http://${HOST}:${port}/`)

test('the port is taken at once, and whoever comes early is told to wait', async () => {
  server = await listen(HOST, 0)
  const early = await get(server.port)
  expect([early.status, early.headers.get('retry-after')]).toEqual([503, '2'])
  await early.text()
  server.open(() => new Response('here'))
  expect(await (await get(server.port)).text()).toBe('here')
})

test('a busy port and a foreign address are named', async () => {
  server = await listen(HOST, 0)
  await expect(listen(HOST, server.port)).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining(`port ${server.port}`),
  })
  await expect(listen('192.0.2.1', 0)).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('192.0.2.1') })
})

test('stopping lets a request under way finish and takes no other', async () => {
  server = await listen(HOST, 0)
  const { port } = server
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
  const { promise: answer, resolve: finish } = Promise.withResolvers<Response>()
  server.open(() => {
    begin()
    return answer
  })
  const slow = get(port)
  await begun
  const stopped = server.stop(60_000)
  await expect(get(port)).rejects.toThrow()
  finish(new Response('finished'))
  expect(await (await slow).text()).toBe('finished')
  await stopped
})

test('a request that never ends is cut off after the grace', async () => {
  server = await listen(HOST, 0)
  server.open(() => new Promise(() => {}))
  const hanging = request({ host: HOST, port: server.port, path: '/' })
  const ended = new Promise(done => hanging.on('error', done))
  hanging.end()
  await new Promise(done => hanging.on('socket', socket => socket.on('connect', done)))
  await server.stop(50)
  expect(await ended).toBeInstanceOf(Error)
})
