import { Button } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { Hidden } from '../ui/Visually.tsx'

/** Opens an explanation; says to screen readers of what. */
export function WhyButton({ about, onClick }: { about: string; onClick: () => void }) {
  const { t } = useTranslation()
  return (
    <Button appearance="subtle" size="small" onClick={onClick}>
      {t('plan.why')}
      <Hidden> {about}</Hidden>
    </Button>
  )
}
