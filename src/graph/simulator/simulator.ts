import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dayNumber, dayOf } from '../../app/demo/days.ts'
import type { Day } from '../../model/words.ts'
import { MISSING_CREDENTIALS, NO_PERMISSION, sendBare, sendError, sendJson, sendWrapped, UNKNOWN_TENANT } from './answers.ts'
import { createThrottle, MAILBOX_REQUESTS } from './budget.ts'
import { type Calendar, createCalendar, mailboxOf, type SeenEvent } from './calendar.ts'
import { type Counter, counterOf } from './counting.ts'
import { type ExpectedFacts, expectedFacts } from './facts.ts'
import { createFaults, type Fault, type FaultChance, type FaultsSeen, type PlannedFault } from './faults.ts'
import { createDownloads, type File, sendFile } from './files.ts'
import { jsonPage } from './json.ts'
import { createLogin } from './login.ts'
import { adminPage, changeByForm } from './page.ts'
import { type Crowd, crowdOf } from './people.ts'
import { type Question, questionOf } from './question.ts'
import { csvOf, partsOf, windowOf } from './reports.ts'
import { subscribedSkus } from './seats.ts'
import type { SimulatedTenant, TenantChanges } from './tenants.ts'

export type SimulatorOptions = Readonly<{
  /** 0 or absent: any free one. */
  port?: number
  tenants: readonly SimulatedTenant[]
  /** The day the reporting service believes it is; reports are two or three days behind it. */
  today: Day
  seed?: number
  faults?: FaultChance
  /** ms since 1970, for tokens, links and the limits; pauses in slow files are real. */
  clock?: () => number
  /** How long a slow file pauses. */
  slowMs?: number
}>

/** One request as it was answered. Tokens and secrets are not kept. */
export type SeenRequest = {
  readonly at: number
  /** Directory id; null where the request did not say. */
  tenant: string | null
  /** Report function, `token`, `download`, `subscribedSkus`, `reportSettings`, `organization`. */
  fn: string
  /** Period or day of a report. */
  readonly what: string
  readonly hasAuthorization: boolean
  status: number | null
  fault: Fault | null
  /** One too many for the limits of the service. */
  isOverBudget: boolean
}

export type Simulator = Readonly<{
  url: string
  tenants: () => readonly SimulatedTenant[]
  /** Oldest first. */
  requests: () => readonly SeenRequest[]
  forgetRequests: () => void
  faultsSeen: () => FaultsSeen
  faultChance: () => FaultChance
  setFaults: (chance: FaultChance) => void
  /** The next requests that fit have this fault. */
  planFault: (fault: PlannedFault) => void
  today: () => Day
  setToday: (day: Day) => void
  changeTenant: (directory: string, changes: TenantChanges) => void
  /** Meetings in the mailboxes of a tenant, those that were cancelled or deleted too; oldest first. */
  calendar: (directory: string) => readonly SeenEvent[]
  /** Mails that attendees were sent about meetings, oldest first. */
  notices: Calendar['notices']
  /** As a person in Outlook: answers an invitation, or deletes a meeting. False: there is no such. */
  respond: Calendar['respond']
  removeEvent: Calendar['remove']
  /** Every token given so far is refused from now on. */
  expireTokens: () => void
  /** What a reader of all reports of the tenant must end with today. */
  expectedFacts: (directory: string) => Promise<ExpectedFacts>
  close: () => Promise<void>
}>

/** People up to whom a file is sent with its length. */
const SMALL = 5000
/** Requests kept for looking at. */
const KEPT_REQUESTS = 200_000
const PAGE_ROWS = 200
const MOST_ROWS = 10_000

/** Starts the Graph simulator on 127.0.0.1: login, Graph and downloads on one origin, over a real socket. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const now = options.clock ?? Date.now
  const tenants = new Map(options.tenants.map(tenant => [tenant.directory, tenant]))
  const crowds = new Map<string, Readonly<{ crowd: Crowd; counter: Counter }>>()
  const requests: SeenRequest[] = []
  const faults = createFaults(options.seed ?? 1, options.faults ?? { rate: 0 })
  const throttle = createThrottle(now)
  const downloads = createDownloads(now)
  const calendar = createCalendar(now)
  let today = dayNumber(options.today)
  let url = ''
  const login = createLogin(now, () => url)

  const peopleOf = (tenant: SimulatedTenant) => {
    const known = crowds.get(tenant.directory)
    if (known) return known
    const crowd = crowdOf(tenant)
    const made = { crowd, counter: counterOf(crowd) }
    crowds.set(tenant.directory, made)
    return made
  }
  const tenantNamed = (name: string) =>
    tenants.get(name.toLowerCase()) ?? [...tenants.values()].find(each => each.domain === name.toLowerCase())

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const address = new URL(request.url ?? '/', url)
    const path = decodeURIComponent(address.pathname)
    if (path === '/' || path === '/change') return admin(request, response, path)
    const seen = see(request, path)
    response.once('close', () => {
      seen.status = response.headersSent ? response.statusCode : null
    })
    const [, directory] = /^\/([^/]+)\/oauth2\/v2\.0\/token$/.exec(path) ?? []
    if (directory !== undefined && request.method === 'POST') return token(request, response, seen, directory)
    if (mailboxOf(path) !== undefined) return mailboxes(request, response, seen, path, address)
    if (request.method !== 'GET') return sendError(response, 405, { code: 'BadRequest', message: 'The method is not supported.' })
    const [, link] = /^\/download\/([\w-]+)$/.exec(path) ?? []
    if (link !== undefined) return download(request, response, seen, link)
    return graph(request, response, seen, path, address)
  }

  function see(request: IncomingMessage, path: string): SeenRequest {
    const [, what = ''] = /\((.*)\)$/.exec(path) ?? []
    const hasAuthorization = request.headers.authorization !== undefined
    const seen: SeenRequest = { at: now(), tenant: null, fn: path, what, hasAuthorization, status: null, fault: null, isOverBudget: false }
    if (requests.length < KEPT_REQUESTS) requests.push(seen)
    return seen
  }

  async function token(request: IncomingMessage, response: ServerResponse, seen: SeenRequest, name: string) {
    const tenant = tenantNamed(name)
    Object.assign(seen, { fn: 'token', tenant: tenant?.directory ?? null })
    const form = new URLSearchParams(await bodyOf(request))
    if (tenant && befallen(response, seen, tenant, 'token', false)) return
    // The audience is the address as it was asked; a tenant's domain and its id both name it.
    await login.answer(response, tenant, form, `${url}/${name}/oauth2/v2.0/token`)
  }

  /** Draws a fault, and plays it when it is one of the whole request; answers whether it did. */
  function befallen(response: ServerResponse, seen: SeenRequest, { directory }: SimulatedTenant, fn: string, hasFile: boolean): boolean {
    seen.fault = faults.take({ tenant: directory, fn, what: seen.what, today, hasFile })
    switch (seen.fault) {
      case 'throttled':
        tooMany(response, 2)
        return true
      case 'throttled-silent':
        tooMany(response, null)
        return true
      case 'unavailable':
        sendError(response, 503, { code: 'UnknownError', message: '' })
        return true
      case 'reset':
        response.req.socket.resetAndDestroy()
        return true
      case 'not-ready':
        notReady(response, fn)
        return true
      default:
        return false
    }
  }

  const tooMany = (response: ServerResponse, seconds: number | null) =>
    sendError(
      response,
      429,
      { code: 'TooManyRequests', message: 'Too many requests.' },
      seconds === null ? {} : { 'retry-after': String(seconds) },
    )
  // Both forms were seen: inside an error of Graph's, and bare.
  const notReady = (response: ServerResponse, fn: string) => (fn.length % 2 === 0 ? sendWrapped : sendBare)(response, 404, UNKNOWN_TENANT)

  async function download(request: IncomingMessage, response: ServerResponse, seen: SeenRequest, link: string) {
    const file = downloads.find(link)
    Object.assign(seen, { fn: 'download', tenant: file?.tenant ?? null, fault: file?.fault ?? null })
    // The address is its own leave: who sends the token as well gives it to a stranger.
    if (!file || file.isOver || request.headers.authorization !== undefined) return sendError(response, 403, MISSING_CREDENTIALS)
    return sendFile(response, file, options.slowMs ?? 1500)
  }

  async function graph(request: IncomingMessage, response: ServerResponse, seen: SeenRequest, path: string, address: URL) {
    const tenant = tenants.get(login.directoryOf(request.headers.authorization) ?? '')
    if (!tenant)
      return sendError(response, 401, {
        code: 'InvalidAuthenticationToken',
        message: 'Access token is missing, expired or for another audience.',
      })
    seen.tenant = tenant.directory
    const question = questionOf(path, tenant.cloud, today)
    if (!question) return directoryOrSettings(response, seen, tenant, path)
    seen.fn = question.fn
    if ('refusal' in question) return sendError(response, 400, question.refusal)
    if (!tenant.consent?.reports) return sendWrapped(response, 403, NO_PERMISSION)
    const isJson = path.startsWith('/beta/') && address.searchParams.get('$format') === 'application/json'
    const wait = throttle.take(tenant.directory, question.fn, isJson)
    if (wait !== null) {
      seen.isOverBudget = true
      // The reporting service often leaves the header out: it does for every other function.
      return tooMany(response, question.fn.length % 2 === 0 ? wait : null)
    }
    if (!tenant.isReady) return notReady(response, question.fn)
    if (befallen(response, seen, tenant, question.fn, true)) return
    if (isJson) return json(response, seen, tenant, question, address)
    const file = fileOf(tenant, question, seen.fault)
    if (question.report.isCopilot) return sendFile(response, file, options.slowMs ?? 1500)
    const link = downloads.link({ ...file, tenant: tenant.directory, fn: question.fn }, seen.fault === 'expired-link')
    response.writeHead(302, { 'content-type': 'text/plain', location: `${url}/download/${link}` })
    response.end()
  }

  async function mailboxes(request: IncomingMessage, response: ServerResponse, seen: SeenRequest, path: string, address: URL) {
    const body = await bodyOf(request)
    const tenant = tenants.get(login.directoryOf(request.headers.authorization) ?? '')
    if (!tenant) return sendError(response, 401, { code: 'InvalidAuthenticationToken', message: 'Access token is missing or expired.' })
    Object.assign(seen, { tenant: tenant.directory, fn: 'calendar' })
    const wait = throttle.take(tenant.directory, `calendar ${mailboxOf(path)}`, false, MAILBOX_REQUESTS)
    if (wait !== null) {
      seen.isOverBudget = true
      return tooMany(response, wait)
    }
    if (befallen(response, seen, tenant, 'calendar', false)) return
    const { status, json } = calendar.answer(tenant, { method: request.method ?? 'GET', path, query: address.searchParams, body })
    if (seen.fault === 'lost-answer') return void request.socket.resetAndDestroy()
    if (status === 204 || status === 202) {
      response.writeHead(status)
      response.end()
    } else if (status >= 400) sendError(response, status, json as { code: string; message: string })
    else sendJson(response, status, json)
  }

  function partsFor(tenant: SimulatedTenant, { report, asked }: Question) {
    const { crowd, counter } = peopleOf(tenant)
    return partsOf(crowd, counter, windowOf(report, asked, today), asked.version ?? null)
  }

  /** A day that is not in the data yet has no rows. */
  const isAhead = ({ report, asked }: Question) => asked.day !== null && asked.day > today - report.lag

  function fileOf(tenant: SimulatedTenant, question: Question, fault: Fault | null): File {
    const parts = partsFor(tenant, question)
    const withRows = fault !== 'header-only' && !isAhead(question)
    return { pieces: () => csvOf(question.report, parts, { withRows }), isSmall: tenant.people <= SMALL, fault }
  }

  async function json(response: ServerResponse, seen: SeenRequest, tenant: SimulatedTenant, question: Question, address: URL) {
    const usual = question.fn === 'getTeamsUserActivityUserDetail' ? 2000 : PAGE_ROWS
    const top = Number(address.searchParams.get('$top') ?? usual)
    if (!Number.isInteger(top) || top < 1 || top > MOST_ROWS)
      return sendError(response, 400, { code: 'BadRequest', message: `Invalid $top: at most ${MOST_ROWS}.` })
    const skip = Number(address.searchParams.get('$skipToken') ?? 0)
    const isEmpty = seen.fault === 'header-only' || isAhead(question)
    const { value, isMore } = isEmpty
      ? { value: [], isMore: false }
      : await jsonPage(question.fn, question.report, partsFor(tenant, question), skip, top)
    const next = new URL(address)
    next.searchParams.set('$skipToken', String(skip + value.length))
    sendJson(response, 200, {
      '@odata.context': `${url}/beta/$metadata#reports`,
      value,
      ...(isMore ? { '@odata.nextLink': next.href } : {}),
    })
  }

  function directoryOrSettings(response: ServerResponse, seen: SeenRequest, tenant: SimulatedTenant, path: string) {
    const name = /^\/v1\.0\/(?:admin\/)?(subscribedSkus|reportSettings|organization)$/.exec(path)?.[1]
    if (name === undefined)
      return sendError(response, 400, { code: 'BadRequest', message: `Resource not found for the segment '${path.split('/').at(-1)}'.` })
    seen.fn = name
    if (befallen(response, seen, tenant, name, false)) return
    if (name === 'reportSettings') {
      if (!tenant.consent?.settings) return sendWrapped(response, 403, NO_PERMISSION)
      return sendJson(response, 200, {
        '@odata.context': `${url}/v1.0/$metadata#admin/reportSettings`,
        displayConcealedNames: tenant.concealed,
      })
    }
    if (!tenant.consent?.seats)
      return sendError(response, 403, {
        code: 'Authorization_RequestDenied',
        message: 'Insufficient privileges to complete the operation.',
      })
    if (name === 'subscribedSkus') return sendJson(response, 200, subscribedSkus(tenant))
    const verifiedDomains = [{ name: tenant.domain, isDefault: true, isInitial: true, type: 'Managed', capabilities: 'Email' }]
    const createdDateTime = '2019-03-04T10:00:00Z'
    return sendJson(response, 200, {
      value: [{ id: tenant.directory, displayName: tenant.name, verifiedDomains, tenantType: 'AAD', createdDateTime }],
    })
  }

  async function admin(request: IncomingMessage, response: ServerResponse, path: string) {
    // A page of some other site must not be able to read or change this one through a name that points here.
    if (request.headers.host !== new URL(url).host) return sendError(response, 403, { code: 'Forbidden', message: `Only as ${url}/.` })
    if (path === '/' && request.method === 'GET') {
      response.writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
      })
      response.end(adminPage(simulator))
      return
    }
    const origin = request.headers.origin
    if (request.method !== 'POST' || path !== '/change' || (origin !== undefined && origin !== url))
      return sendError(response, 403, { code: 'Forbidden', message: 'Only by the form of the page.' })
    const problem = changeByForm(simulator, new URLSearchParams(await bodyOf(request)))
    if (problem) return sendError(response, 400, { code: 'BadRequest', message: problem })
    response.writeHead(303, { location: '/' })
    response.end()
  }

  const server = createServer((request, response) => {
    // Whoever reads it sees the clock of the simulator, not that of the machine.
    response.setHeader('date', new Date(now()).toUTCString())
    answer(request, response).catch(error => {
      // Whoever asked may go away in the middle of a file; anything else is a fault of ours and must show.
      if (response.destroyed || response.writableEnded) return
      if (!response.headersSent) sendError(response, 500, { code: 'UnknownError', message: String(error) })
      else response.destroy()
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  // A server that listens on TCP has an AddressInfo.
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const simulator: Simulator = {
    url,
    tenants: () => [...tenants.values()],
    requests: () => requests,
    forgetRequests: () => {
      requests.length = 0
    },
    faultsSeen: faults.seen,
    faultChance: faults.chance,
    setFaults: faults.setChance,
    planFault: faults.plan,
    today: () => dayOf(today),
    setToday: day => {
      today = dayNumber(day)
    },
    changeTenant(directory, changes) {
      const tenant = tenants.get(directory)
      if (!tenant) throw new Error(`no tenant with the directory id ${directory}`)
      tenants.set(directory, { ...tenant, ...changes })
      crowds.delete(directory)
    },
    calendar: calendar.events,
    notices: calendar.notices,
    respond: calendar.respond,
    removeEvent: calendar.remove,
    expireTokens: login.expireTokens,
    async expectedFacts(directory) {
      const tenant = tenants.get(directory)
      if (!tenant) throw new Error(`no tenant with the directory id ${directory}`)
      return expectedFacts(tenant, today)
    },
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return simulator
}

const MOST_BODY = 65_536

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of request) {
    // A request without an encoding gives bytes.
    pieces.push(piece as Buffer)
    length += (piece as Buffer).length
    if (length > MOST_BODY) throw new Error('the body is too large')
  }
  return Buffer.concat(pieces).toString('utf8')
}
