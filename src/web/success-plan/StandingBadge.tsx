import { Badge, type BadgeProps } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { Standing } from '../../model/success-plan-api.ts'

const LOOKS: Readonly<Record<Standing['state'], Pick<BadgeProps, 'color' | 'appearance'>>> = {
  'not-started': { color: 'informative', appearance: 'tint' },
  'on-track': { color: 'brand', appearance: 'tint' },
  behind: { color: 'danger', appearance: 'tint' },
  met: { color: 'success', appearance: 'tint' },
  unknown: { color: 'warning', appearance: 'tint' },
}

export function StandingBadge({ standing }: { standing: Standing }) {
  const { t } = useTranslation()
  return (
    <Badge {...LOOKS[standing.state]} shape="rounded" data-state={standing.state}>
      {t(`success.standing.${standing.state}`)}
    </Badge>
  )
}
