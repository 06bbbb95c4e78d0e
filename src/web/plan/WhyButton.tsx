import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { Hidden } from '../ui/Visually.tsx'

const useStyles = makeStyles({
  button: {
    minWidth: 0,
    whiteSpace: 'nowrap',
    minHeight: '24px',
    padding: '0 6px',
    color: tokens.colorBrandForegroundLink,
    fontWeight: tokens.fontWeightRegular,
  },
})

/** Opens an explanation; says to screen readers of what. */
export function WhyButton({ about, onClick }: { about: string; onClick: () => void }) {
  const { t } = useTranslation()
  const styles = useStyles()
  return (
    <Button className={styles.button} appearance="subtle" size="small" onClick={onClick}>
      {t('plan.why')}
      <Hidden> {about}</Hidden>
    </Button>
  )
}
