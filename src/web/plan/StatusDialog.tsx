import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  makeStyles,
  Select,
  Textarea,
} from '@fluentui/react-components'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ITEM_STATUSES, REASONED_STATUSES, STATUS_REASONS } from '../../model/choices.ts'
import type { ItemStatus, StatusReason } from '../../model/words.ts'
import { itemTitle } from '../explain/subject.ts'
import { useFormats } from '../ui/format.ts'
import { usePlan } from './plan-context.ts'
import type { StatusInput } from './status-writes.ts'

const useStyles = makeStyles({ fields: { display: 'flex', flexDirection: 'column', gap: '12px' } })
const NOTE_LIMIT = 4000

type StatusDialogProps = { item: string; status: ItemStatus | null; onClose: () => void; onSave: (input: StatusInput) => void }

/** Status, reason and note of an item. `status` null keeps the present one: the person came to write a note. */
export default function StatusDialog({ item, status: wanted, onClose, onSave }: StatusDialogProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { view } = usePlan()
  const mark = view.marks[item]
  const [status, setStatus] = useState<ItemStatus>(wanted ?? mark?.status ?? 'not-started')
  const [reason, setReason] = useState<StatusReason | undefined>(mark?.reason ?? undefined)
  const [note, setNote] = useState(mark?.note ?? '')
  const [tried, setTried] = useState(false)
  const needsReason = REASONED_STATUSES.includes(status)
  const lacksReason = needsReason && reason === undefined
  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    setTried(true)
    if (!lacksReason) onSave({ status, ...(needsReason && reason ? { reason } : {}), ...(note.trim() ? { note: note.trim() } : {}) })
  }
  const task = item.split('@')[0]?.split('/')[2] ?? null
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogSurface>
        <form
          // Our own sentence beside the field, in the portal's language, instead of the browser's bubble.
          noValidate
          onSubmit={submit}
          onKeyDown={event => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event)
          }}
        >
          <DialogBody>
            <DialogTitle>{formats.text(itemTitle(view.playbook, item, task))}</DialogTitle>
            <DialogContent className={styles.fields}>
              <Field label={t('plan.status')}>
                <Select value={status} onChange={(_, { value }) => setStatus(ITEM_STATUSES.find(each => each === value) ?? status)}>
                  {ITEM_STATUSES.map(each => (
                    <option key={each} value={each}>
                      {t(`status.${each}`)}
                    </option>
                  ))}
                </Select>
              </Field>
              {needsReason && (
                <Field label={t('plan.reason')} required {...(tried && lacksReason ? { validationMessage: t('plan.reasonNeeded') } : {})}>
                  <Select value={reason ?? ''} onChange={(_, { value }) => setReason(STATUS_REASONS.find(each => each === value))}>
                    <option value="">{t('plan.chooseReason')}</option>
                    {STATUS_REASONS.map(each => (
                      <option key={each} value={each}>
                        {t(`reason.${each}`)}
                      </option>
                    ))}
                  </Select>
                </Field>
              )}
              <Field label={t('plan.note')} hint={t('plan.noteHint')}>
                <Textarea value={note} maxLength={NOTE_LIMIT} rows={4} resize="vertical" onChange={(_, { value }) => setNote(value)} />
              </Field>
            </DialogContent>
            <DialogActions>
              <Button onClick={onClose}>{t('cancel')}</Button>
              <Button type="submit" appearance="primary" aria-keyshortcuts="Control+Enter">
                {t('save')}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  )
}
