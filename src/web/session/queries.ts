import { queryOptions } from '@tanstack/react-query'
import type { SessionView } from '../../model/api.ts'
import { get, send } from '../ui/http.ts'

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => get<SessionView>('/session', {}, signal),
  staleTime: 60_000,
})

export const signIn = (input: { email: string; password: string }) => send<unknown>('POST', '/api/auth/sign-in/email', input)
export const signOut = () => send<unknown>('POST', '/api/auth/sign-out', {})
