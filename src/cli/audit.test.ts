import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAuth } from '../app/auth/auth.ts'
import { addPerson } from '../app/auth/people.ts'
import { addTestCustomer, type TestContext, testContext } from '../app/testing.ts'
import { testOwner } from '../store/testing-text.ts'

let its: TestContext
const folder = mkdtempSync(join(tmpdir(), 'impulso-audit-'))
const SECRET = 'a secret of at least thirty-two characters'

beforeAll(async () => {
  its = await testContext(new Date('2026-11-21T10:00:00Z'))
})
afterAll(async () => {
  await its.close()
  rmSync(folder, { recursive: true, force: true })
})

async function impulso(...args: string[]) {
  const env = { ...process.env, IMPULSO_DATA: folder, IMPULSO_SECRET: SECRET, DATABASE_URL: its.urls.owner }
  const child = spawn(process.execPath, ['bin/impulso.js', ...args], { env })
  child.stdin.end()
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), new Promise(done => child.on('close', done))])
  return { stdout, stderr, code }
}

test('the record is verified, kept, compared and exported; a breach ends with 1 and writes no heads', async () => {
  await addTestCustomer(its.context, { customer: { id: 'contoso', name: 'Contoso' } }, 'main')
  const heads = join(folder, 'heads')
  const first = await impulso('audit', 'verify', '--json', '--heads', heads)
  expect([first.code, JSON.parse(first.stdout)]).toEqual([
    0,
    { chains: 1, events: 1, broken: [], head: expect.stringMatching(/^[0-9a-f]{64}$/) },
  ])
  expect(readFileSync(heads, 'utf8')).toMatch(/^customer\/contoso 1 [0-9a-f]{64}\n$/)

  const exported = await impulso('audit', 'export', '--customer', 'contoso')
  const record = JSON.parse(exported.stdout) as { count: number; events: { kind: string }[] }
  expect([exported.code, record.count, record.events.map(event => event.kind)]).toEqual([0, 2, ['customer-added', 'export-made']])
  expect((await impulso('audit', 'verify', '--against', heads)).code).toBe(0)
  expect((await impulso('audit', 'export', '--customer', 'nobody')).code).toBe(3)
  writeFileSync(join(folder, 'strange'), 'hello\n')
  expect(await impulso('audit', 'verify', '--against', join(folder, 'strange'))).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('strange:1 is no line'),
  })

  for (const sql of [
    'alter table event disable trigger user',
    `update event set body = replace(body, 'test', 'Test')`,
    'alter table event enable trigger user',
  ])
    await testOwner(its.urls.owner, sql)
  const broken = await impulso('audit', 'verify', '--json', '--heads', join(folder, 'broken'))
  expect([broken.code, JSON.parse(broken.stdout).broken, existsSync(join(folder, 'broken'))]).toEqual([
    1,
    [{ chain: 'customer/contoso', seq: 1, fault: 'its text was changed' }],
    false,
  ])
})

test('a person is copied and erased from the command line', async () => {
  const auth = createAuth({ databaseUrl: its.urls.auth, secret: SECRET, origins: ['http://localhost:4100'] })
  await addPerson(its.context, auth, {
    email: 'ada@example.org',
    name: 'Ada Leaver',
    right: 'reader',
    password: 'slow green bicycles 42',
    isDemo: true,
  })
  await auth.close()
  const copy = await impulso('person', 'export', '--email', 'Ada@Example.org')
  expect([copy.code, JSON.parse(copy.stdout).person]).toEqual([0, { id: expect.any(String), name: 'Ada Leaver', email: 'ada@example.org' }])
  expect((await impulso('person', 'erase')).code).toBe(2)
  expect((await impulso('person', 'erase', '--email', 'nobody@example.org')).code).toBe(2)
  const erased = await impulso('person', 'erase', '--email', 'ada@example.org')
  expect([erased.code, JSON.parse(erased.stdout).erased.find((each: { kind: string }) => each.kind === 'account').count]).toEqual([0, 1])
  expect((await impulso('person', 'erase', '--name', 'Ada Leaver')).code).toBe(3)
})
