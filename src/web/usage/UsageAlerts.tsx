import { Button, MessageBar, MessageBarActions, MessageBarBody, makeStyles } from '@fluentui/react-components'
import { Dismiss16Regular } from '@fluentui/react-icons/svg/dismiss'
import { useTranslation } from 'react-i18next'
import { SERVICES } from '../../model/services.ts'
import type { UsageAlert } from '../../model/usage-api.ts'
import { AppLink } from '../ui/AppLink.tsx'
import { useFormats } from '../ui/format.ts'
import { alertKey } from './dismissed.ts'
import { firstFew } from './first-few.ts'
import { useAlerts } from './use-alerts.ts'

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '4px' },
  links: { display: 'flex', flexWrap: 'wrap', gap: '0 12px' },
})

/** What is wrong with the figures that the reader sees, a line per cause; with a customer, what concerns it. */
export function UsageAlerts({ customer }: { customer?: string }) {
  const styles = useStyles()
  const { alerts, dismiss } = useAlerts(customer)
  if (alerts.length === 0) return null
  return (
    <ul className={styles.list}>
      {alerts.map(alert => (
        <li key={alertKey(alert)}>
          <AlertLine alert={alert} isOfOne={customer !== undefined} onDismiss={() => dismiss(alert)} />
        </li>
      ))}
    </ul>
  )
}

function AlertLine({ alert, isOfOne, onDismiss }: { alert: UsageAlert; isOfOne: boolean; onDismiss: () => void }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { kind, isWidespread, services, since, customers, text } = alert
  const serviceName = (service: string) => formats.text(SERVICES.find(({ id }) => id === service)?.name, service)
  const { shown, more } = firstFew(customers, ({ id }) => id, 3)
  return (
    <MessageBar intent={kind === 'stale' || kind === 'connection' ? 'warning' : 'error'} layout="multiline">
      <MessageBarBody>
        {formats.text(text)}
        {services.length > 0 && ` ${services.map(serviceName).join(', ')}.`}
        {since && ` ${t('alerts.since', { day: formats.day(since) })}`}
        {isWidespread && ` ${t('alerts.widespread')}`}
        {!isOfOne && (
          <span className={styles.links}>
            {shown.map(({ key, each }) => (
              <AppLink key={key} inline to="/customers/$customer/usage" params={{ customer: each.id }}>
                {each.name}
              </AppLink>
            ))}
            {more > 0 && <span>{t('alerts.more', { count: more, number: formats.number(more) })}</span>}
          </span>
        )}
      </MessageBarBody>
      <MessageBarActions
        containerAction={
          <Button
            appearance="transparent"
            icon={<Dismiss16Regular />}
            aria-label={t('alerts.dismiss')}
            title={t('alerts.dismiss')}
            onClick={onDismiss}
          />
        }
      />
    </MessageBar>
  )
}
