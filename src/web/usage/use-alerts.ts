import { useQuery } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import type { UsageAlert } from '../../model/usage-api.ts'
import { alertKey, dismiss, dismissed, onDismiss } from './dismissed.ts'
import { alertsQuery } from './queries.ts'

/** What is wrong with the figures and was not put away; with a customer, what concerns it. */
export function useAlerts(customer?: string): Readonly<{ alerts: readonly UsageAlert[]; dismiss: (alert: UsageAlert) => void }> {
  const { data } = useQuery(alertsQuery)
  const away = useSyncExternalStore(onDismiss, dismissed)
  const isAbout = ({ customers }: UsageAlert) => customer === undefined || customers.some(({ id }) => id === customer)
  return { alerts: (data?.alerts ?? []).filter(alert => isAbout(alert) && !away.includes(alertKey(alert))), dismiss }
}
