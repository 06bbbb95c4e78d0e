import { Button, Field, Input, MessageBar, MessageBarBody, makeStyles, Textarea } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MilestoneView } from '../../model/usage-api.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { useFormats } from '../ui/format.ts'
import { parseTarget, type Room, USUAL } from './target-form.ts'
import { isConflict, useMilestoneWrite } from './target-writes.ts'

const useStyles = makeStyles({ usual: { alignSelf: 'flex-start' } })

const REASON_LIMIT = 1000

type TargetDialogProps = {
  customer: string
  service: string
  serviceName: string
  /** As it was when the dialog opened. */
  seen: MilestoneView
  /** As it is now: another one when somebody saved meanwhile. */
  now: MilestoneView
  room: Room
  onClose: () => void
}

/** Percent, target date and reason of one milestone; when somebody else was faster both are shown. */
export default function TargetDialog({ customer, service, serviceName, seen, now, room, onClose }: TargetDialogProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const [percent, setPercent] = useState(String(seen.percent))
  const [date, setDate] = useState<string>(seen.targetDate ?? '')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const write = useMilestoneWrite(customer, service, onClose)
  const target = parseTarget({ percent, date, reason }, room)
  const hasTheirs = isConflict(write.error) && now.version !== seen.version
  const [last] = now.changes
  const run = () => {
    setTried(true)
    // Saved over what somebody else saved only once it has been shown.
    if (target.ok) write.mutate({ before: hasTheirs ? now : seen, target: target.target })
  }
  return (
    <FormDialog
      title={t('targets.edit', { milestone: t(`targets.name.${seen.id}`), service: serviceName })}
      onClose={onClose}
      submit={{ label: t(hasTheirs ? 'conflict.saveMine' : 'save'), run, isBusy: write.isPending }}
      error={hasTheirs ? undefined : write.error}
    >
      {hasTheirs && (
        <MessageBar intent="warning" layout="multiline" role="alert">
          <MessageBarBody>
            {t('conflict.title')}. {t('conflict.theirs')}: {formats.target(now.percent)}, {targetDay(now)}
            {last && ` (${t('conflict.by', { who: last.by, when: formats.moment(last.at) })})`}. {t('targets.conflictHelp')}
          </MessageBarBody>
        </MessageBar>
      )}
      <Field
        label={t('targets.percent')}
        required
        hint={t('targets.percentHint')}
        {...(tried && !target.ok && target.fault !== 'date' ? { validationMessage: percentFault(target.fault) } : {})}
      >
        <Input inputMode="decimal" value={percent} contentAfter="%" onChange={(_, { value }) => setPercent(value)} />
      </Field>
      <Field
        label={t('targets.date')}
        hint={t('targets.dateHint')}
        {...(tried && !target.ok && target.fault === 'date' ? { validationMessage: t('targets.dateFault') } : {})}
      >
        <Input type="date" value={date} onChange={(_, { value }) => setDate(value)} />
      </Field>
      <Field label={t('targets.reason')} hint={t('targets.reasonHint')}>
        <Textarea value={reason} maxLength={REASON_LIMIT} onChange={(_, { value }) => setReason(value)} />
      </Field>
      {(Number(percent) !== USUAL[seen.id] || date !== '') && (
        <Button
          className={styles.usual}
          size="small"
          onClick={() => {
            setPercent(String(USUAL[seen.id]))
            setDate('')
          }}
        >
          {t('targets.usual', { percent: formats.target(USUAL[seen.id]) })}
        </Button>
      )}
    </FormDialog>
  )

  function percentFault(fault: 'percent' | 'order') {
    if (fault === 'percent') return t('targets.percentFault')
    return t('targets.orderFault', { least: formats.target(room.least), most: formats.target(room.most) })
  }

  function targetDay({ targetDate }: MilestoneView) {
    return targetDate ? t('targets.by', { day: formats.day(targetDate) }) : t('targets.noDate')
  }
}
