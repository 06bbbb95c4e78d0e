import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { Warning20Regular } from '@fluentui/react-icons/svg/warning'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../ui/format.ts'
import { Hidden } from '../ui/Visually.tsx'
import { useAlerts } from '../usage/use-alerts.ts'

const useStyles = makeStyles({
  button: {
    minWidth: 0,
    maxWidth: '100%',
    fontWeight: tokens.fontWeightRegular,
    justifyContent: 'flex-start',
    '& .fui-Button__icon': { color: tokens.colorPaletteDarkOrangeForeground1 },
  },
  words: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', minWidth: 0 },
  long: { '@media (max-width: 900px)': { display: 'none' } },
  short: { '@media (min-width: 901px)': { display: 'none' } },
})

type AlertsLineProps = { isOpen: boolean; onToggle: () => void }

/** One line in the heading, so that nothing moves when the alerts arrive: what the first one says, and the way to all of them. */
export default function AlertsLine({ isOpen, onToggle }: AlertsLineProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { alerts } = useAlerts()
  const [first] = alerts
  if (!first) return null
  const number = formats.number(alerts.length)
  return (
    <Button
      className={styles.button}
      size="small"
      appearance="subtle"
      icon={<Warning20Regular />}
      aria-expanded={isOpen}
      onClick={onToggle}
    >
      <span className={`${styles.words} ${styles.long}`}>
        {formats.text(first.text)}
        {alerts.length > 1 && ` (${t('alerts.more', { count: alerts.length - 1, number: formats.number(alerts.length - 1) })})`}
      </span>
      <span className={styles.short}>
        <span aria-hidden>{number}</span>
        <Hidden>{t('alerts.show', { count: alerts.length, number })}</Hidden>
      </span>
    </Button>
  )
}
