import { randomUUID } from 'node:crypto'
import { retryAfterMs } from './back-off.ts'
import { isOffered, mayDownload } from './clouds.ts'
import { saveReport } from './download.ts'
import { type FindingCode, finding } from './findings.ts'
import { type Reply, requestIdOf, send, textOf, type Unreached } from './send.ts'
import { isUnknownPath, parseServiceError } from './service-errors.ts'
import type { Tokens } from './token.ts'
import { type Attempt, end, limitsOf, patienceOf, tryUntilAnswered } from './tries.ts'
import type { CloudHosts, Failure, GraphParts, ReportAnswer, ReportRequest } from './types.ts'

type File = Readonly<{ state: 'file'; bytes: number }>
const ERROR_BYTES = 256 * 1024

/** What one connection remembers between its requests. */
export type Asking = Readonly<{
  hosts: CloudHosts
  tokens: Tokens
  parts: GraphParts
  /** Reports found at their other address. */
  moved: Set<string>
}>

/** One report, streamed to the path, or nowhere when it is null. */
export async function fetchReport(asking: Asking, request: ReportRequest, toPath: string | null): Promise<ReportAnswer> {
  const { hosts, parts } = asking
  checkRequest(request)
  if (!isOffered(hosts.cloud, request.report)) return notOffered(request)
  const patience = patienceOf(parts)
  const seen = { newToken: false, otherAddress: asking.moved.has(request.report) }
  return tryUntilAnswered<File>(parts, patience, async () => {
    const token = await asking.tokens.take(patience)
    if (token.state !== 'token') return end<File>(token)
    const leave = await parts.budget.take(request.report)
    if (!leave.ok) return end<File>({ state: 'later', at: leave.at, why: 'budget' })
    const url = addressOf(hosts, request, seen.otherAddress)
    const reply = await askGraph(parts, url, token.token, request.report)
    if (reply.kind === 'unreached') return againUnlessFinal(reply)
    if (reply.status === 200) return keep(parts, reply, toPath)
    if (reply.status >= 300 && reply.status < 400) return download(asking, url, reply, toPath)
    const error = parseServiceError(await textOf(reply, ERROR_BYTES))
    if (reply.status === 401 && !seen.newToken) {
      seen.newToken = true
      asking.tokens.drop(token.token)
      return { kind: 'again', why: 'unavailable', waitMs: 0, otherwise: refused('needs-consent', 'token-not-accepted', reply) }
    }
    if (isUnknownPath(reply.status, error)) {
      if (seen.otherAddress || !otherBase(hosts, request.report)) {
        asking.moved.delete(request.report)
        return end<File>(notOffered(request))
      }
      seen.otherAddress = true
      asking.moved.add(request.report)
      return { kind: 'again', why: 'unavailable', waitMs: 0, otherwise: notOffered(request) }
    }
    return judge(parts, reply, error.code, request)
  })
}

/** Asks Graph with the token. What goes wrong is logged with both request ids, by which the service's support finds it. */
export async function askGraph(
  parts: GraphParts,
  url: URL,
  token: string,
  name: string,
  { headers, ...more }: Readonly<{ method?: string; body?: string; headers?: Readonly<Record<string, string>> }> = {},
): Promise<Reply | Unreached> {
  const clientRequestId = randomUUID()
  const reply = await send(parts, url, {
    ...more,
    headers: { ...headers, authorization: `Bearer ${token}`, 'client-request-id': clientRequestId, 'accept-encoding': 'identity' },
  })
  if (reply.kind === 'unreached') parts.log('Microsoft Graph was not reached', { name, why: reply.failure.finding.code, clientRequestId })
  else if (reply.status >= 400)
    parts.log('Microsoft Graph answered with an error', {
      name,
      status: reply.status,
      requestId: requestIdOf(reply.headers),
      clientRequestId,
    })
  return reply
}

/** An answer that is neither a file nor the way to one: reference "usage reports" §10. */
function judge(parts: GraphParts, reply: Reply, code: string, request: ReportRequest): Attempt<File> {
  const { status } = reply
  const waiting = judgeWaiting(parts, reply)
  if (waiting) return waiting
  if (status === 401) return end<File>(refused('needs-consent', 'token-not-accepted', reply))
  // An incident of the service (2023-03), not a word about us.
  if (status === 403 && code === 'MissingCredentials') return again(parts, reply, 'service-unavailable')
  if (status === 403) return end<File>(refused('needs-consent', 'reports-permission-missing', reply))
  if (status === 404 && code === 'UnknownTenantId') return end<File>(refused('not-ready', 'not-ready', reply))
  const particulars = { report: request.report, status: `${status}`, code, day: request.day ?? '' }
  if (status === 400 && code === 'InvalidArgument' && request.day !== undefined) {
    return end<File>(refused('refused', 'day-out-of-range', reply, particulars))
  }
  return end<File>(refused('refused', 'request-refused', reply, particulars))
}

/** 429 and 5xx: to be asked again; undefined for every other status. */
export function judgeWaiting(parts: GraphParts, reply: Reply): Extract<Attempt<never>, { kind: 'again' }> | undefined {
  if (reply.status !== 429 && reply.status < 500) return undefined
  return again(parts, reply, 'service-unavailable')
}

function again(parts: GraphParts, reply: Reply, code: FindingCode): Extract<Attempt<never>, { kind: 'again' }> {
  return {
    kind: 'again',
    why: reply.status === 429 ? 'throttled' : 'unavailable',
    waitMs: retryAfterMs(reply.headers, parts.now()),
    otherwise: refused('unreachable', code, reply, { status: `${reply.status}` }),
  }
}

export const againUnlessFinal = ({ isFinal, failure }: Unreached): Attempt<never> =>
  isFinal ? end<never>(failure) : { kind: 'again', why: 'unavailable', waitMs: null, otherwise: failure }

/**
 * The file behind the link. The token stays here: the link is a permission of its own. Whatever goes wrong with it, a new link is asked
 * for, as links live some minutes.
 */
async function download(asking: Asking, from: URL, reply: Reply, toPath: string | null): Promise<Attempt<File>> {
  const { hosts, parts } = asking
  await reply.drop()
  const link = URL.parse(reply.headers.get('location') ?? '', from)
  if (!reply.headers.has('location') || !link) return again(parts, reply, 'download-failed')
  if (!mayDownload(hosts, link)) return end<File>(refused('failed', 'download-elsewhere', reply, { host: link.host }))
  const file = await send(parts, link, { headers: { 'accept-encoding': 'identity' } })
  if (file.kind === 'unreached') return againUnlessFinal(file)
  if (file.status === 200) return keep(parts, file, toPath)
  await file.drop()
  parts.log('the link to a report did not work', { status: file.status, requestId: requestIdOf(reply.headers) })
  return again(parts, file, 'download-failed')
}

async function keep(parts: GraphParts, reply: Reply, toPath: string | null): Promise<Attempt<File>> {
  const { maxBytes } = limitsOf(parts)
  const saved = await saveReport(reply, toPath, maxBytes)
  switch (saved.kind) {
    case 'whole':
      return end<File>({ state: 'file', bytes: saved.bytes })
    case 'too-large':
      return end<File>(refused('failed', 'download-too-large', reply, { limit: maxBytes }))
    case 'truncated':
    case 'not-csv':
      parts.log('a report did not arrive as it should', { fault: saved.kind, requestId: requestIdOf(reply.headers) })
      return { kind: 'again', why: 'unavailable', waitMs: null, otherwise: refused('failed', `download-${saved.kind}`, reply) }
    case 'unreached':
      parts.log('a report was cut off', { why: saved.failure.finding.code })
      return { kind: 'again', why: 'unavailable', waitMs: null, otherwise: refused('failed', 'download-truncated', reply) }
  }
}

const refused = (state: Failure['state'], code: FindingCode, reply: Reply, particulars: Record<string, string | number> = {}): Failure => ({
  state,
  finding: finding(code, particulars, requestIdOf(reply.headers)),
})

const notOffered = ({ report }: ReportRequest): Failure => ({ state: 'not-offered', finding: finding('not-offered', { report }) })

const isCopilot = (report: string) => report.startsWith('getMicrosoft365Copilot')
const base = (hosts: CloudHosts, report: string) => (isCopilot(report) ? '/v1.0/copilot/reports' : `/${hosts.version}/reports`)
/** Where else a report may be: Copilot's have moved, and others are under beta before they are under v1.0. Null: nowhere. */
const otherBase = (hosts: CloudHosts, report: string) => (isCopilot(report) || hosts.version === 'v1.0' ? '/beta/reports' : null)

function addressOf(hosts: CloudHosts, { report, period, day }: ReportRequest, other: boolean): URL {
  const argument = period === undefined ? (day === undefined ? '' : `(date=${day})`) : `(period='${period}')`
  const isOther = other && otherBase(hosts, report) !== null
  // Copilot's reports answer JSON under beta unless asked.
  const format = isOther && isCopilot(report) ? '?$format=text/csv' : ''
  return new URL(`${hosts.graph}${isOther ? otherBase(hosts, report) : base(hosts, report)}/${report}${argument}${format}`)
}

/** These become part of an address. They come from our own tables, so anything else is a mistake of ours. */
function checkRequest({ report, period, day }: ReportRequest): void {
  const isRight = /^get\w+$/.test(report) && /^(D\d+|ALL)?$/.test(period ?? '') && /^(\d{4}-\d\d-\d\d)?$/.test(day ?? '')
  if (!isRight || (period !== undefined && day !== undefined))
    throw new Error(`not a report request: ${JSON.stringify({ report, period, day })}`)
}
