import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAuth } from '../../app/auth/auth.ts'
import { addPerson } from '../../app/auth/people.ts'
import { sessionSecret } from '../../app/auth/secret.ts'
import { originsOf, readConfig } from '../../app/config.ts'
import { openContext } from '../../app/context.ts'
import { addTestCustomer } from '../../app/testing.ts'
import type { CustomerView, EventPage, PlanView } from '../../model/api.ts'

const folder = mkdtempSync(join(tmpdir(), 'impulso-serve-'))
const config = readConfig({ IMPULSO_DATA: folder })
const LEAD = { email: 'lead@example.com', password: 'correct horse' }
const CUSTOMER = '/api/v1/customers/contoso'
const ITEM = `${CUSTOMER}/items/${encodeURIComponent('support-success-execution/csm-handshake/3731@teams')}`
const running: ChildProcess[] = []

beforeAll(async () => {
  const open = await openContext(config)
  const auth = createAuth({ databaseUrl: open.urls.auth, secret: sessionSecret(folder), origins: originsOf(config, 4100) })
  await addPerson(open.context, auth, { ...LEAD, name: 'Lead', right: 'lead' })
  const services = { teams: { activatedOn: '2026-03-01', handshake: 'offered' } }
  await addTestCustomer(open.context, { customer: { id: 'contoso', name: 'Contoso' }, csm: { assigned: true }, services }, 'main')
  await auth.close()
  await open.close()
})
afterAll(async () => {
  for (const child of running) if (child.exitCode === null) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

type Started = { url: string; child: ChildProcess; said: () => string; ended: Promise<number | null> }

function start(env: Record<string, string>, ...args: string[]): Omit<Started, 'url'> {
  let said = ''
  const child = spawn(process.execPath, ['bin/impulso.js', 'serve', ...args], {
    env: { ...process.env, HOST: '127.0.0.1', IMPULSO_DATA: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.push(child)
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', chunk => {
      said += chunk
    })
  }
  return { child, said: () => said, ended: new Promise(done => child.on('close', code => done(code))) }
}

async function serving(): Promise<Started> {
  const port = await freePort()
  const started = start({ PORT: String(port) }, '--empty')
  const url = `http://127.0.0.1:${port}`
  while ((await fetch(`${url}/readyz`).catch(() => undefined))?.status !== 200) {
    if (started.child.exitCode !== null) throw new Error(started.said())
    await delay(50)
  }
  return { ...started, url }
}

const freePort = () =>
  new Promise<number>(found => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => found(typeof address === 'object' && address ? address.port : 0))
    })
  })

async function signIn(url: string): Promise<(path: string, init?: RequestInit) => Promise<Response>> {
  const headers = { 'content-type': 'application/json', origin: url }
  const response = await fetch(`${url}/api/auth/sign-in/email`, { method: 'POST', headers, body: JSON.stringify(LEAD) })
  const cookie = response.headers.getSetCookie().map(each => each.split(';')[0] ?? '')
  return (path, init = {}) => fetch(`${url}${path}`, { ...init, headers: { ...headers, cookie: cookie.join('; ') } })
}

const isStopped = () => !existsSync(join(folder, 'postgres', 'data', 'postmaster.pid'))

test('a stop in the middle of writes loses none that was acknowledged', async () => {
  const first = await serving()
  const call = await signIn(first.url)
  let { version } = (await (await call(CUSTOMER)).json()) as CustomerView
  const before = version
  const acknowledged: string[] = []
  const write = async (note: string) => {
    const response = await call(ITEM, { method: 'PUT', body: JSON.stringify({ status: 'in-progress', note, version }) })
    if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`)
    version = ((await response.json()) as PlanView).version
    acknowledged.push(note)
  }
  let failure: unknown
  const writing = (async () => {
    for (let count = 0; ; count++) await write(`note ${count}`)
  })().catch(error => {
    failure = error
  })
  while (acknowledged.length < 5) {
    if (failure) throw failure
    await delay(5)
  }
  first.child.kill('SIGTERM')
  await writing
  expect([await first.ended, isStopped()]).toEqual([0, true])

  const second = await serving()
  const again = await signIn(second.url)
  const plan = (await (await again(`${CUSTOMER}/plan`)).json()) as PlanView
  const events = (await (await again(`${CUSTOMER}/events?limit=200`)).json()) as EventPage
  const written = events.events.filter(event => event.kind === 'item-status-set').length
  // The very last write may have been done and its answer cut off.
  expect([0, 1]).toContain(written - acknowledged.length)
  expect(plan.version - before).toBe(written)
  second.child.kill('SIGINT')
  // npm passes on what the terminal sends to both: still one stop.
  second.child.kill('SIGINT')
  expect([await second.ended, isStopped()]).toEqual([0, true])
})

test('a second server on the same data folder, a busy port and an exposed demo are refused with the reason', async () => {
  const first = await serving()
  const second = start({ PORT: '0' })
  expect([await second.ended, second.said()]).toEqual([3, expect.stringContaining(`data folder ${folder} is in use`)])
  const other = mkdtempSync(join(tmpdir(), 'impulso-serve-'))
  const port = new URL(first.url).port
  const busy = start({ PORT: port, IMPULSO_DATA: other }, '--empty')
  expect([await busy.ended, busy.said()]).toEqual([3, expect.stringContaining(`port ${port}`)])
  const exposed = start({ PORT: '0', HOST: '0.0.0.0', IMPULSO_DATA: other })
  expect([await exposed.ended, exposed.said()]).toEqual([2, expect.stringContaining('HOST=0.0.0.0 is refused')])
  rmSync(other, { recursive: true, force: true })
  expect((await fetch(`${first.url}/healthz`)).status).toBe(200)
  first.child.kill('SIGTERM')
  expect(await first.ended).toBe(0)
})
