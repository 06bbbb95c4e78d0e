import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'

/** Goes where the person wanted to, now that there is a session. What the last person saw must not flash up for the next one. */
export function useEnter(to: string | undefined): () => Promise<void> {
  const router = useRouter()
  const client = useQueryClient()
  return async () => {
    client.clear()
    router.history.replace(to ?? '/')
    await router.invalidate()
  }
}

/** To the sign-in page after something that ended every session, with a word about what was done. */
export function useLeaveTo(): (search: { done: 'password' | 'invitation' | 'setup' | 'own-data'; to?: string }) => Promise<void> {
  const router = useRouter()
  const client = useQueryClient()
  return async search => {
    client.clear()
    await router.navigate({ to: '/sign-in', search, replace: true })
    await router.invalidate()
  }
}
