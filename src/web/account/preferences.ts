import { queryOptions } from '@tanstack/react-query'
import type { ChangePreferences, PreferencesView } from '../../model/preference-api.ts'
import { get, send } from '../ui/http.ts'

export const preferencesQuery = queryOptions({
  queryKey: ['preferences'],
  queryFn: ({ signal }) => get<PreferencesView>('/me/preferences', {}, signal),
})
export const changePreferences = (input: ChangePreferences) => send<PreferencesView>('PUT', '/api/v1/me/preferences', input)
