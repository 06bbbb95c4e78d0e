import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { MadeKey, MakeKey, OwnAccount } from '../../model/admin-api.ts'
import { authPost, sessionQuery } from '../session/queries.ts'
import { get, send } from '../ui/http.ts'
import { showToast } from '../ui/toasts.tsx'

export const accountQuery = queryOptions({ queryKey: ['account'], queryFn: ({ signal }) => get<OwnAccount>('/me', {}, signal) })

export const changeProfile = (input: { name: string; locale: string }) => authPost<unknown>('/update-user', input)
export const changePassword = (input: { currentPassword: string; newPassword: string; revokeOtherSessions: boolean }) =>
  authPost<unknown>('/change-password', input)

export const renamePasskey = (id: string, name: string) => authPost<unknown>('/passkey/update-passkey', { id, name })
export const removePasskey = (id: string) => authPost<unknown>('/passkey/delete-passkey', { id })

export type CodesStarted = { totpURI: string; backupCodes: readonly string[] }
export const startCodes = (password: string) => authPost<CodesStarted>('/two-factor/enable', { password })
export const confirmCodes = (code: string) => authPost<unknown>('/two-factor/verify-totp', { code })
export const stopCodes = (password: string) => authPost<unknown>('/two-factor/disable', { password })
export const newBackupCodes = (password: string) =>
  authPost<{ backupCodes: readonly string[] }>('/two-factor/generate-backup-codes', { password })

const mine = (...rest: string[]) => `/api/v1/${['me', ...rest].map(encodeURIComponent).join('/')}`
export const endSession = (id: string) => send<OwnAccount>('DELETE', mine('sessions', id))
export const endOtherSessions = () => send<OwnAccount>('DELETE', mine('sessions'))
export const makeKey = (input: MakeKey) => send<MadeKey>('POST', mine('keys'), input)
export const removeKey = (id: string) => send<OwnAccount>('DELETE', mine('keys', id))

type Change<In, Out> = {
  run: (input: In) => Promise<Out>
  /** Key of the sentence that says it is done. */
  done?: string
  /** After the screen has the new account. */
  after?: (answer: Out) => void
}

/** A change to the own account: afterwards the screen shows the account anew, and says that it is done. */
export function useChange<In, Out>({ run, done, after }: Change<In, Out>) {
  const { t } = useTranslation()
  const client = useQueryClient()
  return useMutation({
    mutationFn: run,
    onSuccess: async answer => {
      await Promise.all([
        client.invalidateQueries({ queryKey: accountQuery.queryKey }),
        client.invalidateQueries({ queryKey: sessionQuery.queryKey }),
      ])
      // The dialog goes first: what appears beside an open one is shut out by it, and may stay so.
      after?.(answer)
      if (done) requestAnimationFrame(() => showToast({ intent: 'success', title: t(done) }))
    },
  })
}
