import { Field, Input, MessageBar, MessageBarBody, Textarea } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeetingView } from '../../model/meeting-api.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { isLostUpdate } from '../ui/failure.ts'
import type { MeetingWrite } from './meeting-writes.ts'
import { useSending } from './use-sending.ts'

export type NotesPart = 'agenda' | 'notes'
type NotesDialogProps = {
  part: NotesPart
  meeting: MeetingView
  onSave: (write: MeetingWrite) => Promise<void>
  onClose: () => void
}

/** What is to be talked about, or what was. When somebody saved meanwhile, both texts stand there; saving again keeps this one. */
export function NotesDialog({ part, meeting, onSave, onClose }: NotesDialogProps) {
  const { t } = useTranslation()
  const [text, setText] = useState(meeting[part] ?? '')
  const [outcome, setOutcome] = useState(meeting.outcome ?? '')
  const sending = useSending(onClose)
  const run = () =>
    void sending.run(() =>
      onSave({
        method: 'PUT',
        path: ['meetings', meeting.id, 'notes'],
        body: {
          version: meeting.version,
          ...(part === 'agenda' ? { agenda: text } : { notes: text.trim() === '' ? null : text, outcome: outcome.trim() || null }),
        },
        done: 'written',
      }),
    )
  return (
    <FormDialog
      title={t(`meetings.${part}`)}
      onClose={onClose}
      submit={{ label: t('save'), run, isBusy: sending.isBusy }}
      error={isLostUpdate(sending.error) ? undefined : sending.error}
    >
      {part === 'notes' && (
        <Field label={t('meetings.outcome')} hint={t('meetings.outcomeHint')}>
          <Input value={outcome} maxLength={2000} onChange={(_, { value }) => setOutcome(value)} />
        </Field>
      )}
      <Field label={t(`meetings.${part}`)} hint={t('meetings.markdown')}>
        <Textarea value={text} rows={14} maxLength={50_000} resize="vertical" onChange={(_, { value }) => setText(value)} />
      </Field>
      {isLostUpdate(sending.error) && (
        <MessageBar intent="warning" layout="multiline" role="alert">
          <MessageBarBody>
            {t('conflict.title')}. {t('conflict.theirs')}: {meeting[part] ?? '–'}
          </MessageBarBody>
        </MessageBar>
      )}
    </FormDialog>
  )
}
