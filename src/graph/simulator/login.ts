import { createHash, randomBytes, X509Certificate } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { decodeProtectedHeader, importX509, jwtVerify } from 'jose'
import { sendJson } from './answers.ts'
import type { SimulatedTenant } from './tenants.ts'

export type Login = Readonly<{
  /** Answers `POST /{tenant}/oauth2/v2.0/token`; true when a token was given. */
  answer: (response: ServerResponse, tenant: SimulatedTenant | undefined, form: URLSearchParams, audience: string) => Promise<boolean>
  /** Directory id of a token that holds. */
  directoryOf: (authorization: string | undefined) => string | undefined
  /** Every token given so far stops holding. */
  expireTokens: () => void
}>

const TOKEN_SECONDS = 3599
const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** Plays login.microsoftonline.com for applications of their own (client credentials). `now` in ms since 1970. */
export function createLogin(now: () => number, graph: () => string): Login {
  const tokens = new Map<string, Readonly<{ directory: string; until: number }>>()

  return {
    async answer(response, tenant, form, audience) {
      if (!tenant)
        return refuse(
          response,
          400,
          'invalid_request',
          'AADSTS90002: Tenant was not found. Check to make sure you have the correct tenant ID.',
        )
      if (form.get('grant_type') !== 'client_credentials')
        return refuse(response, 400, 'unsupported_grant_type', 'AADSTS70003: The app requested an unsupported grant type.')
      if (form.get('scope') !== `${graph()}/.default` && form.get('scope') !== 'https://graph.microsoft.com/.default')
        return refuse(response, 400, 'invalid_scope', 'AADSTS70011: The provided value for the input parameter scope is not valid.')
      if (form.get('client_id') !== tenant.clientId || tenant.consent === null)
        return refuse(response, 400, 'unauthorized_client', 'AADSTS700016: Application with the identifier was not found in the directory.')
      const fault = await faultOf(tenant, form, audience, now())
      if (fault) return refuse(response, 401, 'invalid_client', fault)
      const token = `eyJ${randomBytes(48).toString('base64url')}`
      tokens.set(token, { directory: tenant.directory, until: now() + TOKEN_SECONDS * 1000 })
      sendJson(response, 200, { token_type: 'Bearer', expires_in: TOKEN_SECONDS, ext_expires_in: TOKEN_SECONDS, access_token: token })
      return true
    },
    directoryOf(authorization) {
      const token = tokens.get(authorization?.replace(/^Bearer /, '') ?? '')
      return token && token.until > now() ? token.directory : undefined
    },
    expireTokens: () => tokens.clear(),
  }
}

function refuse(response: ServerResponse, status: number, error: string, description: string): false {
  const code = Number(/^AADSTS(\d+)/.exec(description)?.[1])
  sendJson(response, status, {
    error,
    error_description: `${description} Trace ID: 00000000-0000-0000-0000-000000000000`,
    error_codes: [code],
  })
  return false
}

/** What is wrong with the secret or the assertion; null = nothing. */
async function faultOf(tenant: SimulatedTenant, form: URLSearchParams, audience: string, now: number): Promise<string | null> {
  const assertion = form.get('client_assertion')
  if (assertion === null) {
    if (form.get('client_secret') === tenant.secret) return null
    return form.has('client_secret')
      ? 'AADSTS7000215: Invalid client secret provided.'
      : "AADSTS7000216: 'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type."
  }
  if (form.get('client_assertion_type') !== ASSERTION_TYPE) return 'AADSTS900144: client_assertion_type is missing or wrong.'
  const pem = tenant.certificates.find(each => isNamed(each, assertion))
  if (pem === undefined)
    return 'AADSTS700027: The certificate with identifier used to sign the client assertion is not registered on application.'
  const { alg } = decodeProtectedHeader(assertion)
  if (alg !== 'PS256' && alg !== 'RS256') return 'AADSTS5002738: Invalid JWT token. The algorithm is not supported.'
  try {
    await jwtVerify(assertion, await importX509(pem, alg), {
      issuer: tenant.clientId,
      subject: tenant.clientId,
      audience,
      currentDate: new Date(now),
      requiredClaims: ['exp', 'jti'],
    })
    return null
  } catch (error) {
    return `AADSTS700024: Client assertion is not valid: ${error instanceof Error ? error.message : 'unreadable'}`
  }
}

/** An assertion names its certificate by thumbprint: SHA-256 (`x5t#S256`) or SHA-1 (`x5t`). */
function isNamed(pem: string, assertion: string): boolean {
  try {
    const header = decodeProtectedHeader(assertion)
    const { raw } = new X509Certificate(pem)
    const print = (hash: string) => createHash(hash).update(raw).digest('base64url')
    return header['x5t#S256'] === print('sha256') || header.x5t === print('sha1')
  } catch {
    return false
  }
}
