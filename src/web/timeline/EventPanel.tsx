import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { TimelineEvent } from '../../model/timeline-api.ts'
import { AppLink } from '../ui/AppLink.tsx'
import { useFormats } from '../ui/format.ts'
import { Panel } from '../ui/Panel.tsx'
import { personName } from '../ui/person-name.ts'
import { showToast } from '../ui/toasts.tsx'

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground3 },
  values: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
})

/** One event with what was there before and after. */
export function EventPanel({ customer, event, onClose }: { customer: string; event: TimelineEvent; onClose: () => void }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const copy = async () => {
    await navigator.clipboard.writeText(window.location.href)
    showToast({ intent: 'success', title: t('timeline.copied') })
  }
  return (
    <Panel title={t('timeline.event', { seq: formats.number(event.seq) })} closeLabel={t('close')} onClose={onClose}>
      <p>{formats.text(event.summary, event.kind)}</p>
      <p className={styles.quiet}>
        <time dateTime={event.at}>{formats.moment(event.at)}</time> · {personName(event.who, t)}
      </p>
      {event.note !== null && (
        <AppLink to="/customers/$customer/notes" params={{ customer }} search={{ note: event.note }}>
          {t('timeline.toNote')}
        </AppLink>
      )}
      {(['before', 'after'] as const).map(
        when =>
          event[when] !== null && (
            <section key={when}>
              <h3>{t(`timeline.${when}`)}</h3>
              <div className={styles.values}>{JSON.stringify(event[when], null, 2)}</div>
            </section>
          ),
      )}
      <p>
        <Button onClick={() => void copy()}>{t('timeline.copy')}</Button>
      </p>
    </Panel>
  )
}
