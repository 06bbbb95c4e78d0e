import { UsageAlerts } from '../usage/UsageAlerts.tsx'

/** All that is wrong with the figures of the portfolio, once one wants to see it. */
export default function AlertList() {
  return <UsageAlerts />
}
