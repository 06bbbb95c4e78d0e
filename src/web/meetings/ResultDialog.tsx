import { Checkbox, Field, Input, MessageBar, MessageBarBody, Textarea } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeetingView } from '../../model/meeting-api.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { isLostUpdate } from '../ui/failure.ts'
import { useFormats } from '../ui/format.ts'
import type { MeetingWrite } from './meeting-writes.ts'
import { useSending } from './use-sending.ts'

type ResultDialogProps = {
  state: 'held' | 'missed'
  meeting: MeetingView
  onSave: (write: MeetingWrite) => Promise<void>
  onClose: () => void
}

/** A meeting took place, or did not. Check-in items that it covered can be completed with it. */
export function ResultDialog({ state, meeting, onSave, onClose }: ResultDialogProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  const open = [...new Map([...meeting.items, ...meeting.coverable].map(item => [item.id, item])).values()].filter(
    ({ status }) => status !== 'complete',
  )
  const covered = new Set(meeting.items.map(({ id }) => id))
  const [completes, setCompletes] = useState<readonly string[]>(open.flatMap(({ id }) => (covered.has(id) ? [id] : [])))
  const [outcome, setOutcome] = useState(meeting.outcome ?? '')
  const [notes, setNotes] = useState(meeting.notes ?? '')
  const [isReview, setReview] = useState(meeting.about === 'review')
  const sending = useSending(onClose)
  const run = () =>
    void sending.run(() =>
      onSave({
        method: 'POST',
        path: ['meetings', meeting.id, 'result'],
        body: {
          state,
          outcome: outcome.trim() || null,
          notes: notes.trim() === '' ? null : notes,
          completes: state === 'held' ? completes : [],
          ...(meeting.kind === 'customer' ? { about: isReview ? 'review' : null } : {}),
          version: meeting.version,
        },
        done: state,
      }),
    )
  return (
    <FormDialog
      title={t(`meetings.${state}Of`, { title: meeting.title })}
      onClose={onClose}
      submit={{ label: t('save'), run, isBusy: sending.isBusy }}
      error={isLostUpdate(sending.error) ? undefined : sending.error}
    >
      <Field label={t('meetings.outcome')} hint={t('meetings.outcomeHint')}>
        <Input value={outcome} maxLength={2000} onChange={(_, { value }) => setOutcome(value)} />
      </Field>
      <Field label={t('meetings.notes')} hint={t('meetings.markdown')}>
        <Textarea value={notes} rows={8} maxLength={50_000} resize="vertical" onChange={(_, { value }) => setNotes(value)} />
      </Field>
      {state === 'held' && meeting.kind === 'customer' && (
        <Checkbox label={t('meetings.form.wasReview')} checked={isReview} onChange={(_, { checked }) => setReview(checked === true)} />
      )}
      {state === 'held' &&
        open.map(({ id, title }) => (
          <Checkbox
            key={id}
            label={t('meetings.form.completes', { title: formats.text(title, id) })}
            checked={completes.includes(id)}
            onChange={(_, { checked }) => setCompletes(checked === true ? [...completes, id] : completes.filter(each => each !== id))}
          />
        ))}
      {isLostUpdate(sending.error) && (
        <MessageBar intent="warning" layout="multiline" role="alert">
          <MessageBarBody>
            {t('conflict.title')}. {t('conflict.theirs')}: {t(`meetings.state.${meeting.state}`)}
            {meeting.outcome === null ? '' : ` · ${meeting.outcome}`}
          </MessageBarBody>
        </MessageBar>
      )}
    </FormDialog>
  )
}
