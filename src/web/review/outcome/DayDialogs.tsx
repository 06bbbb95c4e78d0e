import { Field, Input } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReviewView } from '../../../model/review-api.ts'
import { customerPath } from '../../customer/queries.ts'
import { useTelling } from '../../decisions/use-telling.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useFormats } from '../../ui/format.ts'
import { apiUrl, send } from '../../ui/http.ts'
import { ChangedBar } from './ChangedBar.tsx'

export type ReviewDialogProps = Readonly<{ view: ReviewView; onClose: () => void }>

/** The day the review meeting took place; an empty one: it did not, after all. */
export function HeldDialog({ view, onClose }: ReviewDialogProps) {
  const { t } = useTranslation()
  const [on, setOn] = useState<string>(view.meetingHeldOn ?? view.today)
  const [tried, setTried] = useState(false)
  const [seen] = useState(view.version)
  const { isBusy, error, run, conflict } = useTelling(view.customer, onClose)
  const isFaulty = on > view.today || (on === '' && view.meetingHeldOn === null)
  const save = () => {
    setTried(true)
    if (isFaulty) return
    const fact = { name: 'review.meetingHeldOn', value: on === '' ? null : on }
    void run(version => send('PUT', apiUrl(customerPath(view.customer, 'facts')), { ...fact, version }), seen)
  }
  return (
    <FormDialog
      title={t('review.tellHeld')}
      onClose={onClose}
      submit={conflict ? undefined : { label: t('review.save'), run: save, isBusy }}
      error={error}
    >
      {conflict && <ChangedBar conflict={conflict} />}
      <Field
        label={t('review.day')}
        required={view.meetingHeldOn === null}
        {...(view.meetingHeldOn === null ? {} : { hint: t('review.emptyDay') })}
        {...(tried && isFaulty ? { validationMessage: t('review.dayNeeded') } : {})}
      >
        <Input type="date" value={on} max={view.today} onChange={(_, { value }) => setOn(value)} />
      </Field>
    </FormDialog>
  )
}

/** The task of the review is complete. */
export function DoneDialog({ view, onClose }: ReviewDialogProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  const [seen] = useState(view.version)
  const { isBusy, error, run, conflict } = useTelling(view.customer, onClose)
  const { task } = view
  const save = () => {
    const path = customerPath(view.customer, 'items', task?.item ?? '')
    void run(version => send('PUT', apiUrl(path), { status: 'complete', version }), seen)
  }
  return (
    <FormDialog
      title={`${task?.id ?? ''} ${formats.text(task?.title)}`}
      onClose={onClose}
      submit={conflict ? undefined : { label: t('review.finishTask'), run: save, isBusy }}
      error={error}
    >
      {conflict && <ChangedBar conflict={conflict} />}
      <p>{t('review.finishHelp')}</p>
    </FormDialog>
  )
}

/** A step out of the review whose condition holds. */
export function StepDialog({ view, to, onClose }: ReviewDialogProps & Readonly<{ to: string }>) {
  const { t } = useTranslation()
  const formats = useFormats()
  const [seen] = useState(view.version)
  const { isBusy, error, run, conflict } = useTelling(view.customer, onClose)
  const step = view.steps.find(each => each.to === to)
  const save = () =>
    void run(
      version => send('POST', apiUrl(customerPath(view.customer, 'transitions', to)), { on: view.today, override: null, version }),
      seen,
    )
  return (
    <FormDialog
      title={formats.text(step?.name, to)}
      onClose={onClose}
      submit={conflict ? undefined : { label: t('review.take'), run: save, isBusy }}
      error={error}
    >
      {conflict && <ChangedBar conflict={conflict} />}
      <p>{t('review.maintenanceHelp')}</p>
    </FormDialog>
  )
}
