import { createHash, randomUUID, X509Certificate } from 'node:crypto'
import { SignJWT } from 'jose'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { Day } from '../../model/words.ts'
import { makeCertificate } from '../testing-certificate.ts'
import { createFaults, FAULTS } from './faults.ts'
import { type Simulator, type SimulatorOptions, startSimulator } from './simulator.ts'
import { plainTenant } from './tenants.ts'
import { clientOf, rowsOf } from './testing.ts'

const TODAY = Day.parse('2026-07-28')
const CERTIFICATE = makeCertificate()
let at = Date.parse('2026-07-28T02:00:00Z')
const open: Simulator[] = []

async function start(options: Partial<SimulatorOptions> & { users?: number } = {}, changes = {}) {
  const { users = 60, ...more } = options
  const tenants = [0, 1].map(index => plainTenant({ index, users, today: TODAY, certificates: [CERTIFICATE.certificate], ...changes }))
  const simulator = await startSimulator({ tenants, today: TODAY, clock: () => at, slowMs: 30, ...more })
  open.push(simulator)
  const [first, second] = tenants
  if (!first || !second) throw new Error('there are two')
  return { simulator, tenant: first, client: clientOf(simulator.url, first), other: clientOf(simulator.url, second) }
}

beforeEach(() => {
  at = Date.parse('2026-07-28T02:00:00Z')
})
afterAll(() => Promise.all(open.map(each => each.close())))

const codeOf = async (answer: Response) => {
  const { error } = (await answer.json()) as { error: { code: string; message: string } } // As Graph writes errors.
  return error.code === 'UnknownError' && error.message !== '' ? `inside: ${JSON.parse(error.message).error.code}` : error.code
}

describe('signing in', () => {
  test.each([
    ['a wrong secret', 401, 'AADSTS7000215', { client_secret: 'no' }],
    ['an application that the tenant does not have', 400, 'AADSTS700016', { client_id: randomUUID() }],
    ['another scope', 400, 'AADSTS70011', { scope: 'https://example.com/.default' }],
    ['another grant', 400, 'AADSTS70003', { grant_type: 'password' }],
  ])('%s is refused with its code', async (_name, status, code, changes) => {
    const { client } = await start()
    const answer = await client.signIn(changes)
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({
      error_description: expect.stringMatching(`^${code}: `),
      error_codes: [Number(code.slice(6))],
    })
  })

  test('a tenant nobody knows, and one that never consented, are refused', async () => {
    const { simulator, client, tenant } = await start()
    expect(await (await client.signIn({}, randomUUID())).json()).toMatchObject({ error_codes: [90002] })
    simulator.changeTenant(tenant.directory, { consent: null })
    expect(await (await client.signIn()).json()).toMatchObject({ error_codes: [700016] })
  })

  test('a tenant goes by its id or its domain', async () => {
    const { client, tenant } = await start()
    expect((await client.signIn({}, tenant.domain)).status).toBe(200)
  })

  const assertion = async (
    url: string,
    clientId: string,
    directory: string,
    change: { key?: 'other'; audience?: string; seconds?: number } = {},
  ) => {
    const { raw } = new X509Certificate(CERTIFICATE.certificate)
    const signed = new SignJWT({})
      .setProtectedHeader({ alg: 'PS256', 'x5t#S256': createHash('sha256').update(raw).digest('base64url') })
      .setIssuer(clientId)
      .setSubject(clientId)
      .setAudience(change.audience ?? `${url}/${directory}/oauth2/v2.0/token`)
      .setJti(randomUUID())
      .setExpirationTime(Math.floor(at / 1000) + (change.seconds ?? 300))
    return {
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await signed.sign(change.key === 'other' ? makeCertificate().key : CERTIFICATE.key),
    }
  }

  test('an assertion signed with the registered certificate gives a token', async () => {
    const { simulator, client, tenant } = await start()
    expect((await client.signIn(await assertion(simulator.url, tenant.clientId, tenant.directory))).status).toBe(200)
  })

  test.each([
    ['signed by another key', { key: 'other' as const }],
    ['for another audience', { audience: 'https://login.microsoftonline.com/x/oauth2/v2.0/token' }],
    ['that has expired', { seconds: -60 }],
  ])('an assertion %s is refused', async (_name, change) => {
    const { simulator, client, tenant } = await start()
    const answer = await client.signIn(await assertion(simulator.url, tenant.clientId, tenant.directory, change))
    expect(await answer.json()).toMatchObject({ error: 'invalid_client', error_codes: [700024] })
  })

  test('a certificate that is not registered is refused', async () => {
    const { simulator, client, tenant } = await start()
    simulator.changeTenant(tenant.directory, { certificates: [] })
    const answer = await client.signIn(await assertion(simulator.url, tenant.clientId, tenant.directory))
    expect(await answer.json()).toMatchObject({ error_codes: [700027] })
  })

  test('without a token, with a foreign one, an hour later and when all are made to expire, Graph says 401', async () => {
    const { simulator, client } = await start()
    const call = "/v1.0/reports/getOffice365ActiveUserCounts(period='D7')"
    expect((await client.get(call, {})).status).toBe(401)
    expect((await client.get(call, { authorization: 'Bearer eyJ0' })).status).toBe(401)
    expect((await client.get(call)).status).toBe(302)
    at += 3_600_000
    const late = await client.get(call)
    expect([late.status, await codeOf(late)]).toEqual([401, 'InvalidAuthenticationToken'])
    at -= 3_600_000
    simulator.expireTokens()
    expect((await client.get(call)).status).toBe(401)
  })
})

describe('reports', () => {
  test('come by a link that needs no token, refuses one, and expires', async () => {
    const { client, simulator } = await start()
    const answer = await client.report("getOffice365ActiveUserDetail(period='D30')")
    expect(answer.status).toBe(302)
    const link = answer.headers.get('location') ?? ''
    const file = await fetch(link)
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'application/octet-stream'])
    const withToken = await fetch(link, { headers: { authorization: 'Bearer anything' } })
    expect([withToken.status, await codeOf(withToken)]).toEqual([403, 'MissingCredentials'])
    expect(simulator.requests().filter(each => each.fn === 'download' && each.hasAuthorization)).toHaveLength(1)
    at += 6 * 60_000
    expect((await fetch(link)).status).toBe(403)
  })

  test('begin with a byte-order mark, end lines with CRLF and quote only what needs it', async () => {
    const { client } = await start()
    const csv = await client.csv("getOffice365ActiveUserDetail(period='D30')")
    expect(csv.startsWith('\uFEFFReport Refresh Date,User Principal Name,')).toBe(true)
    expect(csv.endsWith('\r\n')).toBe(true)
    expect(csv.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    expect(csv.match(/"[^"]*"/g)?.every(cell => cell.includes(','))).toBe(true)
  })

  test.each([
    ['neither period nor day', 'getOffice365ActiveUserDetail', 'InvalidArgument'],
    ['both', "getOffice365ActiveUserDetail(period='D7',date=2026-07-20)", 'InvalidArgument'],
    ['a day in quotes', "getOffice365ActiveUserDetail(date='2026-07-20')", 'BadRequest'],
    ['a period without quotes', 'getOffice365ActiveUserDetail(period=D7)', 'BadRequest'],
    ['a day 29 days ago', 'getOffice365ActiveUserDetail(date=2026-06-29)', 'InvalidArgument'],
    ['a day of counts', 'getOffice365ActiveUserCounts(date=2026-07-20)', 'InvalidArgument'],
    ['a period that is none', "getOffice365ActiveUserDetail(period='D28')", 'InvalidArgument'],
    ['a period of activations', "getOffice365ActivationsUserDetail(period='D7')", 'InvalidArgument'],
    ['a function that is none', "getEverything(period='D7')", 'BadRequest'],
    ['Copilot where it was once', "getMicrosoft365CopilotUsageUserDetail(period='D30')", 'BadRequest'],
  ])('%s is a bad request', async (_name, call, code) => {
    const { client } = await start()
    const answer = await client.report(call)
    expect([answer.status, await codeOf(answer)]).toEqual([400, code])
  })

  test('of 28 days ago still come', async () => {
    const { client } = await start()
    expect((await client.report('getOffice365ActiveUserDetail(date=2026-06-30)')).status).toBe(302)
  })

  test('of a day list who did something on it, with that day as the refresh date', async () => {
    const { client } = await start()
    const rows = rowsOf(await client.csv('getTeamsUserActivityUserDetail(date=2026-07-22)'))
    expect(rows.length).toBeGreaterThan(5)
    expect(new Set(rows.map(row => `${row['Report Refresh Date']} ${row['Last Activity Date']} ${row['Report Period']}`))).toEqual(
      new Set(['2026-07-22 2026-07-22 1']),
    )
  })

  test('are two days behind, those of mail three', async () => {
    const { client } = await start()
    const dayOf = async (call: string) => rowsOf(await client.csv(call))[0]?.['Report Refresh Date']
    expect(await dayOf("getOffice365ActiveUserDetail(period='D7')")).toBe('2026-07-26')
    expect(await dayOf("getEmailActivityUserDetail(period='D7')")).toBe('2026-07-25')
  })

  test('Copilot answers at once, and its second version has more columns', async () => {
    const { client } = await start()
    const answer = await client.get("/v1.0/copilot/reports/getMicrosoft365CopilotUsageUserDetail(period='D30')")
    expect(answer.status).toBe(200)
    expect(await client.csv("getMicrosoft365CopilotUsageUserDetail(period='D28',version='v2')")).toContain(
      'Copilot Agent Last Activity Date',
    )
  })

  test('names that are concealed are the same 32 digits in every report, and object ids are zeros', async () => {
    const { client } = await start({}, { concealed: true })
    const people = rowsOf(await client.csv("getOffice365ActiveUserDetail(period='D30')")).map(row => row['User Principal Name'])
    const teams = rowsOf(await client.csv("getTeamsUserActivityUserDetail(period='D30')"))
    expect(new Set(people).size).toBe(people.length)
    expect(people.every(name => /^[0-9A-F]{32}$/.test(name ?? ''))).toBe(true)
    expect(teams.every(row => people.includes(row['User Principal Name']) && /^[0-]+$/.test(row['User Id'] ?? ''))).toBe(true)
  })

  test('in JSON come in pages that are followed to the end', async () => {
    const { client, simulator } = await start()
    const call = "/beta/reports/getOffice365ActiveUserDetail(period='D30')?$format=application/json&$top=25"
    const seen: unknown[] = []
    let pages = 0
    for (let next: string | undefined = call; next !== undefined; pages++) {
      const answer = await client.get(next)
      // As the beta of Graph answers.
      const page = (await answer.json()) as { value: { userPrincipalName: string }[]; '@odata.nextLink'?: string }
      seen.push(...page.value.map(each => each.userPrincipalName))
      next = page['@odata.nextLink']?.slice(simulator.url.length)
    }
    const csv = rowsOf(await client.csv("getOffice365ActiveUserDetail(period='D30')"))
    expect(pages).toBe(Math.ceil(csv.length / 25))
    expect(seen).toEqual(csv.map(row => row['User Principal Name']))
  })

  test('in JSON have lists, nulls and booleans where the CSV has text', async () => {
    const { client } = await start()
    const answer = await client.get("/beta/reports/getOffice365ActiveUserDetail(period='D30')?$format=application/json&$top=1")
    // As the beta of Graph answers.
    const page = (await answer.json()) as { value: { assignedProducts: string[] }[] }
    expect(page.value[0]).toMatchObject({ reportRefreshDate: '2026-07-26', isDeleted: false, skypeForBusinessLastActivityDate: null })
    expect(page.value[0]?.assignedProducts).toEqual(['MICROSOFT 365 E5', 'ENTERPRISE MOBILITY + SECURITY E5'])
  })

  test('national clouds offer them under beta alone, and not all', async () => {
    const { client } = await start({}, { cloud: 'us-government' })
    expect((await client.report("getOffice365ActiveUserDetail(period='D30')")).status).toBe(400)
    expect((await client.get("/beta/reports/getOffice365ActiveUserDetail(period='D30')")).status).toBe(302)
    expect((await client.get("/beta/reports/getM365AppUserDetail(period='D30')")).status).toBe(400)
  })

  test('the 21Vianet cloud has no columns of Teams and Yammer', async () => {
    const { client } = await start({}, { cloud: 'china' })
    const answer = await client.get("/beta/reports/getOffice365ActiveUserDetail(period='D30')")
    const [head = ''] = (await (await fetch(answer.headers.get('location') ?? '')).text()).split('\r\n')
    expect(head).toContain('Has Exchange License')
    expect(head).not.toMatch(/Teams|Yammer/)
  })
})

describe('limits and permissions', () => {
  test('fourteen requests of one function in ten minutes, for each tenant and function', async () => {
    const { client, other, simulator } = await start()
    const call = "getOffice365ActiveUserCounts(period='D7')"
    for (let count = 0; count < 14; count++) expect((await client.report(call)).status).toBe(302)
    const refused = await client.report(call)
    expect(refused.status).toBe(429)
    expect((await client.report("getTeamsUserActivityUserCounts(period='D7')")).status).toBe(302)
    expect((await other.report(call)).status).toBe(302)
    expect(simulator.requests().filter(each => each.isOverBudget)).toHaveLength(1)
    at += 600_001
    expect((await client.report(call)).status).toBe(302)
  })

  test('some functions say how long to wait, others do not', async () => {
    const { client } = await start()
    const waits: (string | null)[] = []
    for (const call of [
      "getOffice365ActiveUserCounts(period='D7')",
      "getM365AppUserCounts(period='D7')",
      "getYammerActivityUserCounts(period='D7')",
    ]) {
      for (let count = 0; count < 14; count++) await client.report(call)
      waits.push((await client.report(call)).headers.get('retry-after'))
    }
    expect(new Set(waits)).toEqual(new Set(['600', null]))
  })

  test('each permission stands for itself, and errors of the reporting service are text inside an error', async () => {
    const { client, simulator, tenant } = await start()
    simulator.changeTenant(tenant.directory, { consent: { reports: false, settings: false, seats: false } })
    const reports = await client.report("getOffice365ActiveUserCounts(period='D7')")
    const settings = await client.get('/v1.0/admin/reportSettings')
    const seats = await client.get('/v1.0/subscribedSkus')
    expect([reports.status, await codeOf(reports)]).toEqual([403, 'inside: S2SUnauthorized'])
    expect([settings.status, await codeOf(settings)]).toEqual([403, 'inside: S2SUnauthorized'])
    expect([seats.status, await codeOf(seats)]).toEqual([403, 'Authorization_RequestDenied'])
    expect(reports.headers.get('request-id')).toMatch(/^[0-9a-f-]{36}$/)
    simulator.changeTenant(tenant.directory, { consent: { reports: true, settings: true, seats: true } })
    expect(await (await client.get('/v1.0/admin/reportSettings')).json()).toMatchObject({ displayConcealedNames: false })
    expect(await (await client.get('/v1.0/organization')).json()).toMatchObject({ value: [{ id: tenant.directory }] })
  })

  test('a tenant that is not ready is not known, in both forms that were seen', async () => {
    const { client } = await start({}, { isReady: false })
    const codes = new Set<string>()
    for (const call of [
      "getOffice365ActiveUserCounts(period='D7')",
      "getM365AppUserCounts(period='D7')",
      "getYammerActivityUserCounts(period='D7')",
    ]) {
      const answer = await client.report(call)
      expect(answer.status).toBe(404)
      codes.add(await codeOf(answer))
    }
    expect(codes).toEqual(new Set(['inside: UnknownTenantId', 'UnknownTenantId']))
  })
})

describe('faults', () => {
  const DETAIL = "getOffice365ActiveUserDetail(period='D30')"
  const shows: Readonly<Record<(typeof FAULTS)[number], (client: ReturnType<typeof clientOf>) => Promise<unknown>>> = {
    throttled: async client => {
      const answer = await client.report(DETAIL)
      return [answer.status, answer.headers.has('retry-after')]
    },
    'throttled-silent': async client => {
      const answer = await client.report(DETAIL)
      return [answer.status, answer.headers.has('retry-after')]
    },
    unavailable: async client => (await client.report(DETAIL)).status,
    reset: client =>
      client.report(DETAIL).then(
        () => 'came',
        () => 'broke',
      ),
    'expired-link': async client => (await fetch((await client.report(DETAIL)).headers.get('location') ?? '')).status,
    truncated: client =>
      client.csv(DETAIL).then(
        () => 'came',
        () => 'broke',
      ),
    slow: async client => rowsOf(await client.csv(DETAIL)).length,
    html: async client => (await client.csv(DETAIL)).slice(0, 9),
    'header-only': async client => (await client.csv(DETAIL)).split('\r\n').length,
    'not-ready': async client => (await client.report(DETAIL)).status,
  }
  const EXPECTED: typeof shows extends Readonly<Record<infer Name, unknown>> ? Record<Name & string, unknown> : never = {
    throttled: [429, true],
    'throttled-silent': [429, false],
    unavailable: 503,
    reset: 'broke',
    'expired-link': 403,
    truncated: 'broke',
    slow: 62,
    html: '<!DOCTYPE',
    'header-only': 2,
    'not-ready': 404,
  }

  test.each(FAULTS)('%s happens once when it is planned, is counted, and is over', async fault => {
    const { client, simulator, tenant } = await start()
    simulator.planFault({ fault, tenant: tenant.directory })
    expect(await shows[fault](client)).toEqual(EXPECTED[fault])
    expect(simulator.faultsSeen()).toEqual({ [tenant.directory]: { [fault]: 1 } })
    expect(rowsOf(await client.csv(DETAIL))).toHaveLength(62)
  })

  test('a file broken off in a large tenant breaks the connection too', async () => {
    const { client, simulator } = await start({ users: 6000 })
    simulator.planFault({ fault: 'truncated' })
    await expect(client.csv(DETAIL)).rejects.toThrow()
  })

  test('by chance they come as often as asked for, and the same seed has the same ones in whatever order tenants ask', () => {
    const draw = (tenants: readonly string[], seed: number) => {
      const faults = createFaults(seed, { rate: 0.05 })
      for (let nth = 0; nth < 500; nth++)
        for (const tenant of tenants) faults.take({ tenant, fn: 'getSomething', what: `day ${nth % 100}`, today: 1, hasFile: true })
      return faults.seen()
    }
    const seen = draw(['a', 'b', 'c', 'd'], 5)
    const total = Object.values(seen)
      .flatMap(counts => Object.values(counts))
      .reduce((sum, count) => sum + count, 0)
    expect(draw(['d', 'c', 'b', 'a'], 5)).toEqual(seen)
    expect(draw(['a', 'b', 'c', 'd'], 6)).not.toEqual(seen)
    // 2,000 requests: 100 are expected, and 60 to 140 are within four standard deviations.
    expect(total).toBeGreaterThan(60)
    expect(total).toBeLessThan(140)
    expect(new Set(Object.values(seen).flatMap(counts => Object.keys(counts)))).toEqual(new Set(FAULTS))
  })

  test('what lasts is there again when the same is asked for at once, and may be over the next day', () => {
    const faults = createFaults(3, { rate: 0.5, kinds: ['not-ready'] })
    const ask = (fn: string, today: number) => faults.take({ tenant: 'a', fn, what: '', today, hasFile: true })
    const functions = Array.from({ length: 40 }, (_, at) => `get${at}`)
    const first = functions.map(fn => ask(fn, 1))
    expect(new Set(first)).toEqual(new Set(['not-ready', null]))
    expect(functions.map(fn => ask(fn, 1))).toEqual(first)
    expect(functions.map(fn => ask(fn, 2))).not.toEqual(first)
  })
})

describe('the page', () => {
  test('shows what to type in, and switches things', async () => {
    const { simulator, tenant } = await start()
    const page = await (await fetch(`${simulator.url}/`)).text()
    for (const value of [tenant.directory, tenant.clientId, tenant.secret, `IMPULSO_GRAPH_SIMULATOR=${simulator.url}`])
      expect(page).toContain(value)
    const change = (form: Record<string, string>, headers = {}) =>
      fetch(`${simulator.url}/change`, { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams(form) })
    expect((await change({ do: 'rate', value: '5' })).status).toBe(303)
    expect((await change({ do: 'conceal', tenant: tenant.directory })).status).toBe(303)
    expect(simulator.faultChance().rate).toBe(0.05)
    expect(simulator.tenants()[0]?.concealed).toBe(true)
    expect((await change({ do: 'rate', value: 'much' })).status).toBe(400)
    expect((await change({ do: 'rate', value: '90' }, { origin: 'https://example.com' })).status).toBe(403)
    expect(simulator.faultChance().rate).toBe(0.05)
  })
})
