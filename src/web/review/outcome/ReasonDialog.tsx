import { Field, Textarea } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { customerPath } from '../../customer/queries.ts'
import { useTelling } from '../../decisions/use-telling.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { apiUrl, send } from '../../ui/http.ts'
import { ChangedBar } from './ChangedBar.tsx'
import type { ReviewDialogProps } from './DayDialogs.tsx'

/** Why an engagement ends without a review, or goes on after all. */
export function ReasonDialog({ view, is, onClose }: ReviewDialogProps & Readonly<{ is: 'cancel' | 'reopen' }>) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const [seen] = useState(view.version)
  const { isBusy, error, run, conflict } = useTelling(view.customer, onClose)
  const lacksReason = reason.trim() === ''
  const save = () => {
    setTried(true)
    if (lacksReason) return
    const path = customerPath(view.customer, 'engagement', 'cancelled')
    const body = { reason: reason.trim() }
    void run(
      version => (is === 'cancel' ? send('POST', apiUrl(path), { ...body, version }) : send('DELETE', apiUrl(path, { ...body, version }))),
      seen,
    )
  }
  return (
    <FormDialog
      title={t(`review.${is}`)}
      onClose={onClose}
      submit={conflict ? undefined : { label: t(`review.${is}`), run: save, isBusy }}
      error={error}
    >
      {conflict && <ChangedBar conflict={conflict} />}
      <p>{t(`review.${is}Help`)}</p>
      <Field label={t('review.reason')} required {...(tried && lacksReason ? { validationMessage: t('review.reasonNeeded') } : {})}>
        <Textarea value={reason} maxLength={1000} rows={3} resize="vertical" onChange={(_, { value }) => setReason(value)} />
      </Field>
    </FormDialog>
  )
}
