import { send } from '../ui/http.ts'
import { authPost } from './queries.ts'

// The library comes with the first passkey that is used or offered.
const library = () => import('@simplewebauthn/browser')

/** Browsers offer passkeys over https and on this machine only. */
export const knowsPasskeys = (): boolean => typeof PublicKeyCredential === 'function'

/** Asks for a passkey of this portal and signs in with it. With `autofill` the browser offers it in the e-mail field, whenever the person likes. */
export async function signInWithPasskey(autofill = false): Promise<void> {
  const { startAuthentication } = await library()
  const optionsJSON = await authOptions<Parameters<typeof startAuthentication>[0]['optionsJSON']>('/passkey/generate-authenticate-options')
  const response = await startAuthentication({ optionsJSON, useBrowserAutofill: autofill })
  await authPost('/passkey/verify-authentication', { response })
}

/** Makes a passkey on this device, or another one the person chooses, for the person who is signed in. */
export async function addPasskey(name: string): Promise<void> {
  const { startRegistration } = await library()
  const optionsJSON = await authOptions<Parameters<typeof startRegistration>[0]['optionsJSON']>('/passkey/generate-register-options')
  const response = await startRegistration({ optionsJSON })
  await authPost('/passkey/verify-registration', { response, name })
}

/** Whether the browser can offer passkeys among the addresses it fills in. */
export const offersPasskeys = async (): Promise<boolean> => knowsPasskeys() && (await library()).browserSupportsWebAuthnAutofill()

/** Takes back an offer that nobody has taken. */
export const withdrawPasskeys = async (): Promise<void> => (await library()).WebAuthnAbortService.cancelCeremony()

const authOptions = <T>(path: string) => send<T>('GET', `/api/auth${path}`)
