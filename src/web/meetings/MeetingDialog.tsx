import { Checkbox, Field, MessageBar, MessageBarBody } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomerMeetings, MeetingView } from '../../model/meeting-api.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { isLostUpdate } from '../ui/failure.ts'
import { useFormats } from '../ui/format.ts'
import { attendeesOf, type Common, faultsOf, MeetingFields, sent } from './MeetingFields.tsx'
import type { MeetingWrite } from './meeting-writes.ts'
import { ownZone } from './times.ts'
import { useSending } from './use-sending.ts'

type MeetingDialogProps = {
  meetings: CustomerMeetings
  services: readonly string[]
  /** The one to change; undefined for a new one. */
  meeting?: MeetingView | undefined
  /** What a new one is planned for. */
  about?: 'review' | undefined
  onSave: (write: MeetingWrite) => Promise<void>
  onClose: () => void
}

/** A meeting of its own, or a change to one. What was saved meanwhile is told, and the form keeps what was entered. */
export function MeetingDialog({ meetings, services, meeting, about, onSave, onClose }: MeetingDialogProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  const [value, setValue] = useState<Common>(() => startOf(meetings, meeting, about === 'review' ? t('meetings.about.review') : ''))
  const [hasDeck, setDeck] = useState(meeting?.attachesDeck ?? false)
  const [items, setItems] = useState<readonly string[]>(meeting?.items.map(({ id }) => id) ?? [])
  const [isReview, setReview] = useState((meeting ? meeting.about : about) === 'review')
  const [tried, setTried] = useState(false)
  const sending = useSending(onClose)
  const faults = faultsOf(value)
  const isOfReview = isReview && value.kind === 'customer'
  const { whyNoDeck } = meetings
  const coverable = meeting ? [...new Map([...meeting.items, ...meeting.coverable].map(item => [item.id, item])).values()] : []
  const run = () => {
    setTried(true)
    if (Object.keys(faults).length > 0) return
    const { kind, ...fields } = sent(value)
    const rest = { ...fields, about: isOfReview ? 'review' : null, attachDeck: isOfReview && hasDeck }
    void sending.run(() =>
      meeting
        ? onSave({
            method: 'PUT',
            path: ['meetings', meeting.id],
            body: { ...rest, organizer: meeting.organizer.id, items, version: meeting.version },
            done: 'changed',
          })
        : onSave({ method: 'POST', path: ['meetings'], body: { kind, ...rest }, done: 'planned' }),
    )
  }
  return (
    <FormDialog
      title={t(meeting ? 'meetings.changeOf' : 'meetings.plan', { title: meeting?.title })}
      onClose={onClose}
      submit={{ label: t(meeting ? 'meetings.form.sendUpdate' : 'meetings.form.sendInvitation'), run, isBusy: sending.isBusy }}
      error={isLostUpdate(sending.error) ? undefined : sending.error}
    >
      <MeetingFields
        value={value}
        onChange={change => setValue({ ...value, ...change })}
        faults={tried ? faults : {}}
        keepsKind={meeting !== undefined}
        services={services}
        invitees={meetings.invitees}
      />
      {value.kind === 'customer' && (
        <Checkbox label={t('meetings.form.isReview')} checked={isReview} onChange={(_, { checked }) => setReview(checked === true)} />
      )}
      {isOfReview && (
        <Field hint={whyNoDeck === null ? t('meetings.form.deckHelp') : formats.text(whyNoDeck)}>
          <Checkbox
            label={t('meetings.form.attachDeck')}
            checked={hasDeck}
            // What goes along can always be left out.
            disabled={whyNoDeck !== null && !hasDeck}
            onChange={(_, { checked }) => setDeck(checked === true)}
          />
        </Field>
      )}
      {coverable.map(({ id, title }) => (
        <Checkbox
          key={id}
          label={t('meetings.form.covers', { title: formats.text(title, id) })}
          checked={items.includes(id)}
          onChange={(_, { checked }) => setItems(checked === true ? [...items, id] : items.filter(each => each !== id))}
        />
      ))}
      {isLostUpdate(sending.error) && (
        <MessageBar intent="warning" layout="multiline" role="alert">
          <MessageBarBody>
            {t('conflict.title')}.{' '}
            {meeting &&
              t('meetings.form.savedNow', { title: meeting.title, start: meeting.startsLocal.replace('T', ' '), zone: meeting.timeZone })}
          </MessageBarBody>
        </MessageBar>
      )}
    </FormDialog>
  )
}

function startOf({ suggested }: CustomerMeetings, meeting: MeetingView | undefined, title: string): Common {
  if (!meeting) {
    const zone = suggested.timeZone || ownZone()
    return {
      kind: 'customer',
      title,
      startsLocal: '',
      timeZone: zone,
      minutes: String(suggested.minutes),
      location: '',
      services: [],
      attendees: [],
    }
  }
  const { kind, startsLocal, timeZone, minutes, location, services, attendees } = meeting
  return {
    kind,
    title: meeting.title,
    startsLocal,
    timeZone,
    minutes: String(minutes),
    location: location ?? '',
    services,
    attendees: attendeesOf(attendees),
  }
}
