import type { ConnectionFinding, ConnectionState } from '../model/usage-api.ts'
import { lastDay, readCertificate } from './credential.ts'
import { fetchConcealment, fetchSubscribedSkus } from './directory.ts'
import { finding, minuteOf } from './findings.ts'
import { type Asking, fetchReport } from './report.ts'
import { patienceOf } from './tries.ts'
import type { Credential, Failure, Later, TestAnswer } from './types.ts'

/** A few rows whatever the size of the tenant. */
const CHEAP = { report: 'getOffice365ServicesUserCounts', period: 'D7' } as const
const DAY_MS = 24 * 60 * 60_000
/** From then on the end of a certificate is told, in days before it. */
const TELL_END_DAYS = 30
/** Entra ID lets clocks differ by five minutes; half of that is worth a word. */
const SKEW_MS = 150_000

/** Signs in anew, reads one small report, asks whether names are concealed, and reads the subscriptions; tells what each found. */
export async function testConnection(asking: Asking, credential: Credential): Promise<TestAnswer> {
  const { tokens, parts } = asking
  // A token kept from before holds the permissions from before.
  tokens.drop(null)
  const token = await tokens.take(patienceOf(parts))
  const aboutUs = [...findSkew(tokens.skewMs()), ...findEnd(credential, parts.now())]
  if (token.state !== 'token') {
    return { state: stateOf(token), concealed: null, findings: [findingOf(token), ...aboutUs] }
  }
  const report = await fetchReport(asking, CHEAP, null)
  const aboutReports = report.state === 'file' ? finding('reports-readable') : findingOf(report)
  const concealment = await fetchConcealment(asking)
  const concealed = typeof concealment === 'boolean' ? concealment : null
  const aboutNames = finding(typeof concealment === 'string' ? concealment : concealment ? 'names-concealed' : 'names-visible')
  const seats = await fetchSubscribedSkus(asking)
  const aboutSeats = seats.state === 'seats' ? finding('seats-readable') : atMostWarning(findingOf(seats))
  const state = report.state === 'file' ? (seats.state === 'seats' ? 'ok' : 'partly') : stateOf(report)
  return { state, concealed, findings: [finding('signed-in'), aboutReports, aboutNames, aboutSeats, ...aboutUs] }
}

/** What is asked for later was not tested. */
function stateOf(answer: Later | Failure): ConnectionState {
  if (answer.state === 'later') return 'untested'
  return answer.state === 'refused' || answer.state === 'not-offered' ? 'failed' : answer.state
}

function findingOf(answer: Later | Failure): ConnectionFinding {
  if (answer.state !== 'later') return answer.finding
  return finding(answer.why === 'budget' ? 'budget-used-up' : 'throttled', { time: minuteOf(answer.at) })
}

/** Without seats the connection is of use all the same. */
const atMostWarning = (found: ConnectionFinding): ConnectionFinding =>
  found.severity === 'error' ? { ...found, severity: 'warning' } : found

function findSkew(skewMs: number | null): ConnectionFinding[] {
  if (skewMs === null || Math.abs(skewMs) < SKEW_MS) return []
  return [finding('clock-skew', { seconds: Math.round(Math.abs(skewMs) / 1000) })]
}

function findEnd(credential: Credential, now: number): ConnectionFinding[] {
  const signer = credential.kind === 'certificate' ? readCertificate(credential) : undefined
  if (!signer || 'code' in signer) return []
  const days = Math.floor((signer.certificate.validToDate.getTime() - now) / DAY_MS)
  return days < 0 || days > TELL_END_DAYS ? [] : [finding('certificate-ends', { day: lastDay(signer.certificate), days })]
}
