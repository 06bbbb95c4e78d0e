import { createAuthorizationURL, type OAuthProvider, verifyProviderIdToken } from '@better-auth/core/oauth2'
import { APIError } from 'better-auth/api'
import { z } from 'zod'
import { SSO_PROVIDER } from '../../store/auth-people.ts'
import type { Claims } from './sso-admit.ts'
import type { SsoConfig } from './sso-config.ts'

/** What of a provider's discovery document is used. */
const Discovery = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url({ protocol: /^https?$/ }),
  token_endpoint: z.url({ protocol: /^https?$/ }),
  jwks_uri: z.url({ protocol: /^https?$/ }),
  token_endpoint_auth_methods_supported: z.array(z.string()).default(['client_secret_basic']),
  id_token_signing_alg_values_supported: z.array(z.string()).default(['RS256']),
})
type Discovery = z.infer<typeof Discovery>
const KeySet = z.object({ keys: z.array(z.looseObject({ kty: z.string(), kid: z.string().optional(), use: z.string().optional() })) })
type Key = z.infer<typeof KeySet>['keys'][number]
const Tokens = z.object({ id_token: z.string() })

const SIGNED_BY_THE_PROVIDER = /^(RS|PS|ES)(256|384|512)$|^EdDSA$/
const PATIENCE_MS = 10_000
const DISCOVERY_KEPT_MS = 3600_000
const ANSWER_LIMIT = 1_000_000

/**
 * The provider of single sign-on, in the shape the sign-in library wants: authorization code with PKCE, state and nonce; the ID token is
 * verified against the keys of the provider. The library's own generic provider asks for the discovery document once, at the start: one
 * that is down then is gone for good, one that hangs keeps everybody out. This one asks when somebody signs in.
 */
export function ssoProvider(
  sso: SsoConfig,
  { profileOf, log }: { profileOf: (claims: Claims) => Promise<SsoProfile>; log: (level: string, message: string) => void },
): OAuthProvider<SsoProfile> {
  const discover = discovery(sso)
  const unavailable = (error: unknown) => {
    log('error', `single sign-on: ${error instanceof Error ? error.message : 'the provider does not answer'}`)
    return new APIError('SERVICE_UNAVAILABLE', { code: 'SSO_UNAVAILABLE', message: `${sso.name} does not answer at the moment` })
  }
  return {
    id: SSO_PROVIDER,
    name: sso.name,
    issuer: sso.issuer,
    requiresIdTokenNonce: true,
    accountSubject: ({ profile }) => profile.sub,
    createAuthorizationURL: async ({ state, codeVerifier, redirectURI, idTokenNonce }) => {
      const provider = await discover().catch(error => {
        throw unavailable(error)
      })
      return createAuthorizationURL({
        id: SSO_PROVIDER,
        options: { clientId: sso.clientId, clientSecret: sso.clientSecret },
        authorizationEndpoint: provider.authorization_endpoint,
        scopes: ['openid', 'profile', 'email'],
        state,
        codeVerifier,
        redirectURI,
        ...(idTokenNonce === undefined ? {} : { nonce: idTokenNonce }),
      })
    },
    validateAuthorizationCode: async ({ code, codeVerifier, redirectURI }) => ({
      idToken: await exchange(sso, await discover(), { code, redirect_uri: redirectURI, code_verifier: codeVerifier ?? '' }),
    }),
    getUserInfo: async ({ idToken, expectedIdTokenNonce }) => {
      if (!idToken || !expectedIdTokenNonce) return null
      const claims = await discover()
        .then(provider => verify(sso, provider, idToken, expectedIdTokenNonce))
        .catch(error => void unavailable(error))
      if (!claims) return null
      const profile = await profileOf(claims)
      return { user: { email: profile.email, name: profile.name, emailVerified: profile.isVerified }, data: profile }
    },
  }
}

/** What becomes of a person at the provider: the account they come in with, or a refusal. */
export type SsoProfile = Readonly<{ sub: string; email: string; name: string; isVerified: boolean; refusal: string | null }>

function discovery(sso: SsoConfig): () => Promise<Discovery> {
  let kept: { document: Discovery; until: number } | undefined
  return async () => {
    if (kept && Date.now() < kept.until) return kept.document
    const document = Discovery.parse(await getJson(`${sso.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`))
    refuseStrange(sso, document)
    kept = { document, until: Date.now() + DISCOVERY_KEPT_MS }
    return document
  }
}

/** A document that somebody else wrote, or that sends secrets over a way less safe than it came. */
function refuseStrange({ issuer }: SsoConfig, document: Discovery): void {
  if (document.issuer !== issuer) throw new Error(`the provider calls itself ${document.issuer}, IMPULSO_OIDC_ISSUER says ${issuer}`)
  const addresses = [document.authorization_endpoint, document.token_endpoint, document.jwks_uri]
  if (issuer.startsWith('https://') && !addresses.every(each => each.startsWith('https://'))) {
    throw new Error('the provider names an address without https')
  }
}

/** Gives the code back to the provider; answers the ID token. The other tokens are of no use here and are not kept. */
async function exchange(sso: SsoConfig, provider: Discovery, given: Record<string, string>): Promise<string> {
  const body = new URLSearchParams({ grant_type: 'authorization_code', ...given })
  const headers: Record<string, string> = { accept: 'application/json' }
  if (provider.token_endpoint_auth_methods_supported.includes('client_secret_basic')) {
    const pair = [sso.clientId, sso.clientSecret].map(formEncoded).join(':')
    headers.authorization = `Basic ${Buffer.from(pair).toString('base64')}`
  } else {
    body.set('client_id', sso.clientId)
    body.set('client_secret', sso.clientSecret)
  }
  return Tokens.parse(await getJson(provider.token_endpoint, { method: 'POST', body, headers })).id_token
}

/** Claims of an ID token that the provider signed for us and for this very attempt; undefined for any other. */
async function verify(sso: SsoConfig, provider: Discovery, token: string, nonce: string): Promise<Claims | undefined> {
  const { keys } = KeySet.parse(await getJson(provider.jwks_uri))
  const isOurs = await verifyProviderIdToken(
    {
      idToken: {
        jwks: async (header: KeyName) => keyFor(keys, header),
        issuer: sso.issuer,
        audience: sso.clientId,
        algorithms: provider.id_token_signing_alg_values_supported.filter(name => SIGNED_BY_THE_PROVIDER.test(name)),
        verifyClaims: (claims: Record<string, unknown>) =>
          typeof claims.exp === 'number' && (!Array.isArray(claims.aud) || claims.aud.length === 1 || claims.azp === sso.clientId),
      },
    } as unknown as OAuthProvider, // the check reads nothing else of a provider
    token,
    nonce,
  )
  if (!isOurs) return undefined
  const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
  const parsed = z.looseObject({ sub: z.string().min(1).max(255) }).safeParse(payload)
  return parsed.success ? parsed.data : undefined
}

const KEY_TYPE: Readonly<Record<string, string>> = { RS: 'RSA', PS: 'RSA', ES: 'EC', Ed: 'OKP' }

type KeyName = Readonly<{ alg?: string | undefined; kid?: string | undefined }>

function keyFor(keys: readonly Key[], { alg = '', kid }: KeyName) {
  const fitting = keys.filter(
    key => key.kty === KEY_TYPE[alg.slice(0, 2)] && (key.use ?? 'sig') === 'sig' && (kid === undefined || key.kid === kid),
  )
  const [key] = fitting
  if (!key || fitting.length > 1) throw new Error('the provider has no key of that name')
  return { ...key, alg }
}

/** Redirects are not followed: the addresses are those the provider published. */
async function getJson(url: string, init: RequestInit = {}): Promise<unknown> {
  const response = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(PATIENCE_MS) })
  const text = await response.text()
  if (!response.ok) throw new Error(`the provider of single sign-on answered ${response.status}`)
  if (text.length > ANSWER_LIMIT) throw new Error('the provider of single sign-on answered too much')
  return JSON.parse(text)
}

/** RFC 6749 appendix B: id and secret are form-encoded before they go into the header. */
const formEncoded = (text: string) => new URLSearchParams({ x: text }).toString().slice(2)
