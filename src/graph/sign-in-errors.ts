import { type FindingCode, finding } from './findings.ts'
import type { Failure } from './types.ts'

type Meaning = Readonly<{ state: Failure['state']; code: FindingCode }>
const meaning = (state: Failure['state'], code: FindingCode): Meaning => ({ state, code })

/** What the sign-in service's numbers mean (AADSTS…): reference "usage reports" §10 and Microsoft's table of error codes. */
const MEANINGS: Readonly<Record<number, Meaning>> = {
  7000215: meaning('bad-credential', 'secret-wrong'),
  50012: meaning('bad-credential', 'secret-wrong'),
  7000216: meaning('bad-credential', 'secret-wrong'),
  7000218: meaning('bad-credential', 'secret-wrong'),
  7000222: meaning('bad-credential', 'secret-expired'),
  700027: meaning('bad-credential', 'certificate-unknown'),
  7000274: meaning('bad-credential', 'certificate-unknown'),
  50013: meaning('bad-credential', 'certificate-unknown'),
  50027: meaning('bad-credential', 'certificate-unknown'),
  7000214: meaning('bad-credential', 'certificate-revoked'),
  7000277: meaning('bad-credential', 'certificate-revoked'),
  1000502: meaning('bad-credential', 'certificate-ended'),
  700024: meaning('failed', 'clock-wrong'),
  700016: meaning('needs-consent', 'application-missing'),
  7000229: meaning('needs-consent', 'application-missing'),
  7000112: meaning('needs-consent', 'application-disabled'),
  65001: meaning('needs-consent', 'consent-missing'),
  90002: meaning('unknown-tenant', 'tenant-unknown'),
  900023: meaning('unknown-tenant', 'tenant-unknown'),
  50059: meaning('unknown-tenant', 'tenant-unknown'),
  90038: meaning('unknown-tenant', 'wrong-cloud'),
  900432: meaning('unknown-tenant', 'wrong-cloud'),
  900439: meaning('unknown-tenant', 'wrong-cloud'),
  500011: meaning('unknown-tenant', 'wrong-cloud'),
  53003: meaning('failed', 'sign-in-blocked'),
}

/** Services behind the sign-in service that are away for a moment, whatever the status: 90033 the directory, 90055 too many requests. */
const PASSING: readonly number[] = [90033, 90055]

/** `number` is that of AADSTS…, null when the answer has none. */
export type SignInError = Readonly<{ number: number | null; isPassing: boolean; failure: Failure }>

/** The refusal of the token endpoint in words. Its own words are not used: they name the tenant and the application. */
export function signInError(json: unknown, status: number, requestId: string | undefined): SignInError {
  const number = numberOf(json)
  const known = number === null ? undefined : MEANINGS[number]
  const { state, code } = known ?? meaning('failed', number === null ? 'sign-in-answer' : 'sign-in-refused')
  return {
    number,
    isPassing: number !== null && PASSING.includes(number),
    failure: { state, finding: finding(code, { code: number === null ? `${status}` : `AADSTS${number}` }, requestId) },
  }
}

function numberOf(json: unknown): number | null {
  if (typeof json !== 'object' || json === null) return null
  const [first] = 'error_codes' in json && Array.isArray(json.error_codes) ? json.error_codes : []
  if (Number.isSafeInteger(first)) return first
  const described = 'error_description' in json ? /\bAADSTS(\d{4,9})\b/.exec(`${json.error_description}`) : null
  return described ? Number(described[1]) : null
}
