import { queryOptions } from '@tanstack/react-query'
import type { SessionView } from '../../model/api.ts'
import { showBy } from '../ui/format.ts'
import { get, send } from '../ui/http.ts'
import { letterKeys } from '../ui/keys.ts'

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }) => {
    const session = await get<SessionView>('/session', {}, signal)
    const chosen = session.person?.chosen
    showBy({ formats: chosen?.formats ?? null, timeZone: chosen?.timeZone ?? null })
    if (chosen && chosen.singleKeys !== null) letterKeys.set(chosen.singleKeys ? 'on' : 'off')
    return session
  },
  staleTime: 60_000,
})

/** A path of the sign-in library; its answers say `code` when they refuse. */
export const authPost = <T>(path: string, body: object = {}) => send<T>('POST', `/api/auth${path}`, body)

export type SignInAnswer = { twoFactorRedirect?: boolean }
export const signIn = (input: { email: string; password: string }) => authPost<SignInAnswer>('/sign-in/email', input)
export const signOut = () => authPost<unknown>('/sign-out')
export const verifyCode = (code: string) => authPost<unknown>('/two-factor/verify-totp', { code })
export const verifyBackupCode = (code: string) => authPost<unknown>('/two-factor/verify-backup-code', { code })

export const requestReset = (email: string) => authPost<unknown>('/request-password-reset', { email })
export const resetPassword = (token: string, newPassword: string) => authPost<unknown>('/reset-password', { token, newPassword })

/** Leaves for the provider, which sends the person back to `to`, or to the sign-in page with the reason. */
export async function startSingleSignOn(to: string): Promise<void> {
  const { url } = await authPost<{ url: string }>('/sign-in/social', {
    provider: 'sso',
    callbackURL: to,
    errorCallbackURL: '/sign-in',
    disableRedirect: true,
  })
  location.assign(url)
}

/** Tokens go in the body: an address ends up in logs. */
export const findInvitation = (token: string) => send<{ name: string; email: string }>('POST', '/api/v1/invitation', { token })
export const acceptInvitation = (token: string, password: string) =>
  send<unknown>('POST', '/api/v1/invitation/acceptance', { token, password })
