import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHECKS, SetupChecks } from '../../../model/admin-api.ts'
import type { DatabaseFacts } from '../../../store/observe.ts'
import { type TestPeople, testPeople } from '../../people/testing.ts'
import type { Actor } from '../../policy.ts'
import type { Judged } from './check.ts'
import { judgeClock, judgeDatabase, judgeMigrations, judgeRowLevelSecurity } from './database.ts'
import { judgeAddress, judgeDemo, judgeDisk, judgeProxy, judgeSecret } from './place.ts'
import { checkSetup, type Installed } from './run-checks.ts'
import { judgeAdministrators, judgeJobs, judgeMail, judgePlaybook } from './running.ts'

const GIB = 1024 ** 3
const facts: DatabaseFacts = {
  versionNumber: 180_000,
  version: '18.0',
  clock: '2026-11-21T10:00:00.000Z',
  connections: 12,
  mostConnections: 100,
  role: 'impulso_app',
  isFree: false,
  openTables: [],
  schemaVersion: 5,
}
const LOCAL = ['http://127.0.0.1:4100', 'http://localhost:4100']
const PUBLIC = ['https://impulso.example.com', ...LOCAL]
const address = { host: '127.0.0.1', publicUrl: null, origins: LOCAL, askedAt: 'localhost:4100' }
const proxy = { forwardedFor: null, forwardedProto: null, isTrusting: false, mainOrigin: 'https://impulso.example.com' }
const mail = { failed: 0, uncertain: 0, lastFailure: null, lastError: null }

const cases: readonly (readonly [string, Judged, Judged['state'], RegExp])[] = [
  ['database: fine', judgeDatabase(facts, { own: false }), 'fine', /PostgreSQL 18.0, the server Impulso brings; 88 of 100/],
  ['database: your own', judgeDatabase(facts, { own: true }), 'fine', /your own server/],
  ['database: too old', judgeDatabase({ ...facts, versionNumber: 140_009, version: '14.9' }, { own: true }), 'fault', /14\.9/],
  ['database: few connections', judgeDatabase({ ...facts, connections: 81 }, { own: true }), 'warning', /19 of 100/],
  ['database: silent', judgeDatabase(null, { own: true }), 'fault', /does not answer/],
  ['schema: newest', judgeMigrations(5, 5), 'fine', /5 is the newest/],
  ['schema: behind', judgeMigrations(4, 5), 'fault', /has schema 4; this program knows 5/],
  ['schema: ahead', judgeMigrations(6, 5), 'fault', /has schema 6/],
  ['schema: silent', judgeMigrations(null, 5), 'unknown', /does not answer/],
  ['row-level security: holds', judgeRowLevelSecurity(facts), 'fine', /impulso_app is bound/],
  ['row-level security: a role that gets around it', judgeRowLevelSecurity({ ...facts, isFree: true }), 'fault', /gets around/],
  ['row-level security: an open table', judgeRowLevelSecurity({ ...facts, openTables: ['notes'] }), 'fault', /notes/],
  ['clock: together', judgeClock({ here: '2026-11-21T10:00:30Z', database: facts.clock }), 'fine', /30 s apart/],
  ['clock: apart', judgeClock({ here: '2026-11-21T09:59:29Z', database: facts.clock }), 'warning', /31 s apart/],
  ['disk: room', judgeDisk(5 * GIB), 'fine', /5 GiB/],
  ['disk: little', judgeDisk(5 * GIB - 1), 'warning', /4\.9 GiB/],
  ['disk: next to none', judgeDisk(GIB - 1), 'fault', /0\.9 GiB/],
  ['disk: who knows', judgeDisk(null), 'unknown', /could not/],
  ['address: this machine', judgeAddress(address), 'fine', /127\.0\.0\.1/],
  ['address: open and unnamed', judgeAddress({ ...address, host: '0.0.0.0' }), 'fault', /no public address/],
  [
    'address: in clear',
    judgeAddress({ host: '0.0.0.0', publicUrl: 'http://i.example.com', origins: ['http://i.example.com'], askedAt: null }),
    'fault',
    /not encrypted/,
  ],
  [
    'address: public',
    judgeAddress({ host: '0.0.0.0', publicUrl: 'https://impulso.example.com', origins: PUBLIC, askedAt: 'impulso.example.com' }),
    'fine',
    /https:/,
  ],
  [
    'address: another name',
    judgeAddress({ host: '0.0.0.0', publicUrl: 'https://impulso.example.com', origins: PUBLIC, askedAt: 'old.example.com' }),
    'warning',
    /old\.example\.com/,
  ],
  ['proxy: none', judgeProxy(proxy), 'fine', /No proxy/],
  ['proxy: not trusted', judgeProxy({ ...proxy, forwardedFor: '192.0.2.1' }), 'warning', /not trusted/],
  ['proxy: trusted', judgeProxy({ ...proxy, forwardedFor: '192.0.2.1', isTrusting: true }), 'fine', /keep their addresses/],
  [
    'proxy: https in front of http',
    judgeProxy({ forwardedFor: '192.0.2.1', forwardedProto: 'https', isTrusting: true, mainOrigin: 'http://127.0.0.1:4100' }),
    'warning',
    /speaks https/,
  ],
  ['proxy: gone around', judgeProxy({ ...proxy, isTrusting: true }), 'warning', /did not come through/],
  ['secret: given', judgeSecret({ isGiven: true, ownDatabase: true }), 'fine', /environment/],
  ['secret: a file beside its database', judgeSecret({ isGiven: false, ownDatabase: false }), 'fine', /data folder/],
  ['secret: a file beside a shared database', judgeSecret({ isGiven: false, ownDatabase: true }), 'warning', /data folder/],
  ['demo: none', judgeDemo({ hasDemo: false, host: '0.0.0.0', publicUrl: null }), 'fine', /no demo/],
  ['demo: here', judgeDemo({ hasDemo: true, host: '127.0.0.1', publicUrl: null }), 'warning', /this machine only/],
  ['demo: open', judgeDemo({ hasDemo: true, host: '0.0.0.0', publicUrl: null }), 'fault', /everybody knows/],
  ['demo: published', judgeDemo({ hasDemo: true, host: '127.0.0.1', publicUrl: 'https://i.example.com' }), 'fault', /everybody knows/],
  ['mail: captured', judgeMail({ hasSmtp: false, facts: mail }), 'warning', /mailbox/],
  ['mail: goes out', judgeMail({ hasSmtp: true, facts: mail }), 'fine', /nothing failed/],
  [
    'mail: fails',
    judgeMail({
      hasSmtp: true,
      facts: { failed: 2, uncertain: 1, lastFailure: '2026-11-20T10:00:00.000Z', lastError: '550 no such user' },
    }),
    'warning',
    /2 mails failed and 1 are uncertain\. 2026-11-20T10:00:00\.000Z: 550/,
  ],
  [
    'playbook: clean',
    judgePlaybook({ name: 'm365 1', hash: 'sha256:0123456789', errors: 0, warnings: 0 }),
    'fine',
    /m365 1 \(sha256:01234567\)/,
  ],
  ['playbook: warnings', judgePlaybook({ name: 'm365 1', hash: 'sha256:0', errors: 0, warnings: 3 }), 'warning', /3 warnings/],
  ['playbook: errors', judgePlaybook({ name: 'm365 1', hash: 'sha256:0', errors: 1, warnings: 3 }), 'fault', /1 errors/],
  ['administrators: one', judgeAdministrators({ count: 1, withSecondFactor: 1 }), 'warning', /sign in: 1;/],
  ['administrators: passwords only', judgeAdministrators({ count: 2, withSecondFactor: 1 }), 'warning', /single sign-on: 1\./],
  ['administrators: two', judgeAdministrators({ count: 2, withSecondFactor: 2 }), 'fine', /single sign-on: 2\./],
  ['jobs: nobody works', judgeJobs({ seen: null, failed: 0 }), 'fault', /Nobody/],
  ['jobs: some failed', judgeJobs({ seen: '2026-11-21T10:00:00.000Z', failed: 2 }), 'warning', /2 jobs/],
  ['jobs: fine', judgeJobs({ seen: '2026-11-21T10:00:00.000Z', failed: 0 }), 'fine', /worker was seen/],
]

test.each(cases)('%s', (_, judged, state, found) => {
  expect([judged.state, judged.found.en]).toEqual([state, expect.stringMatching(found)])
  expect(judged.found['pt-BR']).not.toBe(judged.found.en)
  expect(judged.remedy === null).toBe(state === 'fine')
})

describe('a running installation', () => {
  let its: TestPeople
  let ada: Actor
  const folder = mkdtempSync(join(tmpdir(), 'impulso-checks-'))
  beforeAll(async () => {
    its = await testPeople(new Date('2026-11-21T10:00:00Z'))
    ada = await its.person('Ada', 'administrator', 'all')
  })
  afterAll(async () => {
    await its.close()
    rmSync(folder, { recursive: true })
  })
  const installed = (more: Partial<Installed> = {}): Installed => ({
    host: '127.0.0.1',
    publicUrl: null,
    dataFolder: folder,
    ownDatabase: false,
    hasSecret: false,
    hasSmtp: false,
    isTrustingProxies: false,
    ...more,
  })
  const run = (as: Actor, more: Partial<Installed> = {}, headers: Record<string, string> = {}) =>
    checkSetup(its.as(as), its.auth, as, { installed: installed(more), origins: LOCAL, headers: new Headers(headers) })
  const states = (answer: SetupChecks) => Object.fromEntries(answer.checks.map(each => [each.id, each.state]))

  test('every check answers, about the database that is really there', async () => {
    const answer = SetupChecks.parse(await run(ada))
    expect(answer.checks.map(each => each.id)).toEqual([...CHECKS])
    expect(states(answer)).toMatchObject({
      database: 'fine',
      migrations: 'fine',
      'row-level-security': 'fine',
      mail: 'warning',
      address: 'fine',
      proxy: 'fine',
      demo: 'fine',
      administrators: 'warning',
      jobs: 'fault',
    })
  })

  test('a table that nobody protected is found', async () => {
    await its.owner.query('create table stray (id text)')
    expect(states(await run(ada))['row-level-security']).toBe('fault')
    await its.owner.query('drop table stray')
    expect(states(await run(ada))['row-level-security']).toBe('fine')
  })

  test('a folder that is not there is unknown, and the others go on', async () => {
    expect(states(await run(ada, { dataFolder: join(folder, 'none') }))).toMatchObject({ disk: 'unknown', database: 'fine' })
  })

  test('what a proxy says is looked at', async () => {
    const headers = { 'x-forwarded-for': '192.0.2.1', 'x-forwarded-proto': 'https', host: '127.0.0.1:4100' }
    expect(states(await run(ada, {}, headers)).proxy).toBe('warning')
    expect(states(await run(ada, { isTrustingProxies: true }, { ...headers, host: 'elsewhere.example.com' })).address).toBe('warning')
  })

  test('checks are for administrators', async () => {
    await expect(run({ ...ada, right: 'lead' })).rejects.toMatchObject({ code: 'forbidden' })
  })
})
