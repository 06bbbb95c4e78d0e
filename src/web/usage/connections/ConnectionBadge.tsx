import { Badge, type BadgeProps } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { ConnectionState, ConnectionView } from '../../../model/usage-api.ts'

const COLOURS: Readonly<Record<ConnectionState | 'off', NonNullable<BadgeProps['color']>>> = {
  untested: 'informative',
  ok: 'success',
  partly: 'warning',
  'needs-consent': 'danger',
  'bad-credential': 'danger',
  'unknown-tenant': 'danger',
  'not-ready': 'warning',
  unreachable: 'warning',
  failed: 'danger',
  off: 'informative',
}

/** How a connection fares, in words; one that is switched off says that first. */
export function ConnectionBadge({ connection: { state, enabled } }: { connection: Pick<ConnectionView, 'state' | 'enabled'> }) {
  const { t } = useTranslation()
  const shown = enabled ? state : 'off'
  return (
    <Badge appearance="tint" shape="rounded" color={COLOURS[shown]} data-state={shown}>
      {t(`connections.state.${shown}`)}
    </Badge>
  )
}
