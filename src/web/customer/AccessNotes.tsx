import { MessageBar, MessageBarBody, makeStyles } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { CustomerView } from '../../model/api.ts'
import { useFormats } from '../ui/format.ts'
import type { TabName } from './Tabs.tsx'

const useStyles = makeStyles({
  notes: { display: 'flex', flexDirection: 'column', gap: '4px', marginBottom: '12px', ':empty': { display: 'none' } },
})

/** How far the reader may change this customer where it is not everything, and for whom they stand in. */
export function AccessNotes({ customer: { canWrite, ties }, tab }: { customer: CustomerView; tab: TabName }) {
  const { t } = useTranslation()
  const styles = useStyles()
  // Assigning has a reason of its own, which stands there.
  const saysItself = tab === 'people'
  const formats = useFormats()
  const standIns = new Set(
    ties.flatMap(({ covers, until }) => (covers === null ? [] : t('customer.standIn', { name: covers, day: formats.day(until) }))),
  )
  return (
    <div className={styles.notes}>
      {!canWrite.ok && !saysItself && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{t('customer.readOnly', { reason: formats.text(canWrite.reason) })}</MessageBarBody>
        </MessageBar>
      )}
      {canWrite.ok && canWrite.limit !== null && !saysItself && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{t('customer.limited', { reason: formats.text(canWrite.limit.reason) })}</MessageBarBody>
        </MessageBar>
      )}
      {[...standIns].map(words => (
        <MessageBar key={words} intent="info" layout="multiline">
          <MessageBarBody>{words}</MessageBarBody>
        </MessageBar>
      ))}
    </div>
  )
}
