import { tellsConcealment } from './clouds.ts'
import { type FindingCode, finding } from './findings.ts'
import { type Asking, againUnlessFinal, askGraph, judgeWaiting } from './report.ts'
import { parseJson, requestIdOf, textOf } from './send.ts'
import { parseServiceError } from './service-errors.ts'
import { end, patienceOf, tryUntilAnswered } from './tries.ts'
import type { Failure, Later, SeatsAnswer } from './types.ts'

type Json = Readonly<{ state: 'json'; json: unknown }>
/** Subscriptions of a large tenant are some hundred kilobytes. */
const ANSWER_BYTES = 32 * 1024 * 1024

export async function fetchSubscribedSkus(asking: Asking): Promise<SeatsAnswer> {
  const answer = await fetchJson(asking, 'subscribedSkus', '/v1.0/subscribedSkus', 'licences-permission-missing')
  return answer.state === 'json' ? { state: 'seats', json: answer.json } : answer
}

/** Whether names are concealed, or why that could not be asked. */
export async function fetchConcealment(asking: Asking): Promise<boolean | Exclude<FindingCode, 'names-visible' | 'names-concealed'>> {
  if (!tellsConcealment(asking.hosts.cloud)) return 'concealment-not-told'
  const answer = await fetchJson(asking, 'reportSettings', '/v1.0/admin/reportSettings', 'concealment-unknown')
  if (answer.state !== 'json') return answer.state === 'needs-consent' ? 'concealment-unknown' : 'concealment-not-told'
  const { json } = answer
  const told = typeof json === 'object' && json !== null && 'displayConcealedNames' in json ? json.displayConcealedNames : undefined
  return typeof told === 'boolean' ? told : 'concealment-not-told'
}

async function fetchJson(asking: Asking, name: string, path: string, forbidden: FindingCode): Promise<Json | Later | Failure> {
  const { hosts, parts, tokens } = asking
  const patience = patienceOf(parts)
  let hasNewToken = false
  return tryUntilAnswered<Json>(parts, patience, async () => {
    const token = await tokens.take(patience)
    if (token.state !== 'token') return end<Json>(token)
    const reply = await askGraph(parts, new URL(`${hosts.graph}${path}`), token.token, name)
    if (reply.kind === 'unreached') return againUnlessFinal(reply)
    const text = await textOf(reply, ANSWER_BYTES)
    const requestId = requestIdOf(reply.headers)
    const fail = (state: Failure['state'], code: FindingCode, more = {}): Failure => ({ state, finding: finding(code, more, requestId) })
    if (reply.status === 200) {
      const json = parseJson(text)
      if (typeof json === 'object' && json !== null && !('error' in json)) return end<Json>({ state: 'json', json })
      return { kind: 'again', why: 'unavailable', waitMs: null, otherwise: fail('failed', 'service-unavailable', { status: '200' }) }
    }
    const waiting = judgeWaiting(parts, reply)
    if (waiting) return waiting
    if (reply.status === 401 && !hasNewToken) {
      hasNewToken = true
      tokens.drop(token.token)
      return { kind: 'again', why: 'unavailable', waitMs: 0, otherwise: fail('needs-consent', 'token-not-accepted') }
    }
    if (reply.status === 401) return end<Json>(fail('needs-consent', 'token-not-accepted'))
    if (reply.status === 403) return end<Json>(fail('needs-consent', forbidden))
    const { code } = parseServiceError(text)
    return end<Json>(fail('refused', 'request-refused', { report: name, status: `${reply.status}`, code }))
  })
}
