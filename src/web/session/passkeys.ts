import { send } from '../ui/http.ts'
import { authPost } from './queries.ts'

// The library comes with the first passkey that is used or added.
const library = () => import('@simplewebauthn/browser')

/** Browsers offer passkeys over https and on this machine only. */
export const knowsPasskeys = (): boolean => typeof PublicKeyCredential === 'function'

/** Asks for a passkey of this portal and signs in with it. */
export async function signInWithPasskey(): Promise<void> {
  offer?.abort()
  const { startAuthentication } = await library()
  const optionsJSON = await authOptions<Parameters<typeof startAuthentication>[0]['optionsJSON']>('/passkey/generate-authenticate-options')
  await verify(await startAuthentication({ optionsJSON }))
}

/** Makes a passkey on this device, or another one the person chooses, for the person who is signed in. */
export async function addPasskey(name: string): Promise<void> {
  const { startRegistration } = await library()
  const optionsJSON = await authOptions<Parameters<typeof startRegistration>[0]['optionsJSON']>('/passkey/generate-register-options')
  const response = await startRegistration({ optionsJSON })
  await authPost('/passkey/verify-registration', { response, name })
}

/** The browser waits for one passkey at a time, so whoever asks ends the offer. */
let offer: AbortController | undefined

/**
 * Lets the browser offer passkeys among the addresses it fills in, and signs in when one is taken: true then, false when this browser
 * cannot. Newer browsers read and write the server's JSON themselves, so that this costs no library before the first screen.
 */
export async function offerPasskeys(): Promise<boolean> {
  if (!knowsPasskeys() || typeof PublicKeyCredential.parseRequestOptionsFromJSON !== 'function') return false
  if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return false
  offer?.abort()
  const mine = new AbortController()
  offer = mine
  const options = await authOptions<PublicKeyCredentialRequestOptionsJSON>('/passkey/generate-authenticate-options')
  if (mine.signal.aborted) return false
  const credential = await navigator.credentials.get({
    publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options),
    mediation: 'conditional',
    signal: mine.signal,
  })
  if (!(credential instanceof PublicKeyCredential)) return false
  await verify(credential.toJSON())
  return true
}

export const withdrawPasskeys = (): void => offer?.abort()

const verify = (response: object) => authPost('/passkey/verify-authentication', { response })
const authOptions = <T>(path: string) => send<T>('GET', `/api/auth${path}`)
