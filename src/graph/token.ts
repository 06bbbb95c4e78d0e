import { randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import { z } from 'zod'
import type { ConnectionFinding } from '../model/usage-api.ts'
import { retryAfterMs } from './back-off.ts'
import { lastDay, readCertificate } from './credential.ts'
import { finding } from './findings.ts'
import { parseJson, requestIdOf, send, textOf } from './send.ts'
import { signInError } from './sign-in-errors.ts'
import { type Attempt, end, type Patience, tryUntilAnswered } from './tries.ts'
import type { Failure, GraphParts, GraphTarget, Later } from './types.ts'

/** Renewed this long before its end, so that no request goes out with a token about to end (reference §2.1). */
const EARLY_MS = 5 * 60_000
const ASSERTION_SECONDS = 5 * 60
const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
const ANSWER_BYTES = 256 * 1024

const TokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() })

export type Token = Readonly<{ state: 'token'; token: string; renewAt: number }>
export type Tokens = Readonly<{
  /** The one that is there, or a new one. Several who ask at once get the same. */
  take: (patience: Patience) => Promise<Token | Later | Failure>
  /** The next one asked for is a new one: of this one or, with null, of any that is there. */
  drop: (token: string | null) => void
  /** Our clock less the service's, in ms, at the last answer; null when it did not tell. */
  skewMs: () => number | null
}>

/** Tokens of the application itself (client credentials) for one tenant, kept in memory only. */
export function openTokens(target: GraphTarget, parts: GraphParts): Tokens {
  let kept: Token | null = null
  let coming: Promise<Token | Later | Failure> | null = null
  let skewMs: number | null = null
  const hear = (headers: Headers) => {
    const theirs = Date.parse(headers.get('date') ?? '')
    skewMs = Number.isNaN(theirs) ? null : parts.now() - theirs
  }
  return {
    take: async patience => {
      if (kept && parts.now() < kept.renewAt) return kept
      coming ??= tryUntilAnswered(parts, patience, () => askForToken(target, parts, hear)).finally(() => {
        coming = null
      })
      const answer = await coming
      if (answer.state === 'token') kept = answer
      return answer
    },
    drop: token => {
      if (token === null || kept?.token === token) kept = null
    },
    skewMs: () => skewMs,
  }
}

async function askForToken(target: GraphTarget, parts: GraphParts, hear: (headers: Headers) => void): Promise<Attempt<Token>> {
  const { hosts, directory, clientId } = target
  const url = new URL(`${hosts.authority}/${encodeURIComponent(directory)}/oauth2/v2.0/token`)
  const proof = await proofOf(target, parts, url)
  if (!proof.ok) return end<Token>(proof.failure)
  const form = new URLSearchParams({
    client_id: clientId,
    scope: `${hosts.graph}/.default`,
    grant_type: 'client_credentials',
    ...proof.fields,
  })
  // A string and not the form itself: a body that is not a string goes out chunked through some dispatchers.
  const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' }
  const reply = await send(parts, url, { method: 'POST', headers, body: form.toString() })
  if (reply.kind === 'unreached') {
    return reply.isFinal ? end<Token>(reply.failure) : { kind: 'again', why: 'unavailable', waitMs: null, otherwise: reply.failure }
  }
  hear(reply.headers)
  const json = parseJson(await textOf(reply, ANSWER_BYTES))
  const requestId = requestIdOf(reply.headers)
  const given = TokenAnswer.safeParse(json)
  if (reply.status === 200 && given.success) {
    return end<Token>({ state: 'token', token: given.data.access_token, renewAt: parts.now() + given.data.expires_in * 1000 - EARLY_MS })
  }
  const refusal = signInError(json, reply.status, requestId)
  parts.log('the sign-in service gave no token', { status: reply.status, aadsts: refusal.number, requestId })
  const waitMs = retryAfterMs(reply.headers, parts.now())
  if (reply.status === 429) return { kind: 'again', why: 'throttled', waitMs, otherwise: unavailable(429, requestId) }
  if (reply.status >= 500 || refusal.isPassing) {
    return { kind: 'again', why: 'unavailable', waitMs, otherwise: unavailable(reply.status, requestId) }
  }
  return end<Token>(refusal.failure)
}

const unavailable = (status: number, requestId: string | undefined): Failure => ({
  state: 'unreachable',
  finding: finding('service-unavailable', { status: `${status}` }, requestId),
})

type Proof = Readonly<{ ok: true; fields: Readonly<Record<string, string>> }> | Readonly<{ ok: false; failure: Failure }>
const unusable = (found: ConnectionFinding): Proof => ({ ok: false, failure: { state: 'bad-credential', finding: found } })

/** The part of the form that proves who asks: the secret, or a fresh assertion signed with the certificate's key. */
async function proofOf({ credential, clientId }: GraphTarget, parts: GraphParts, url: URL): Promise<Proof> {
  if (credential.kind === 'secret') return { ok: true, fields: { client_secret: credential.secret } }
  const signer = readCertificate(credential)
  if ('code' in signer) return unusable(finding(signer.code))
  const { certificate, key } = signer
  if (parts.now() > certificate.validToDate.getTime()) {
    return unusable(finding('certificate-expired', { day: lastDay(certificate) }))
  }
  const seconds = Math.floor(parts.now() / 1000)
  const thumbprint = Buffer.from(certificate.fingerprint256.replaceAll(':', ''), 'hex').toString('base64url')
  const assertion = await new SignJWT()
    .setProtectedHeader({ alg: 'PS256', typ: 'JWT', 'x5t#S256': thumbprint })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(url.href)
    .setJti(randomUUID())
    .setIssuedAt(seconds)
    .setNotBefore(seconds)
    .setExpirationTime(seconds + ASSERTION_SECONDS)
    .sign(key)
  return { ok: true, fields: { client_assertion_type: ASSERTION_TYPE, client_assertion: assertion } }
}
