import { Field, Input, makeStyles, Select, Subtitle2, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomerMeetings, MeetingView } from '../../model/meeting-api.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { FormDialog } from '../ui/FormDialog.tsx'
import { useFormats } from '../ui/format.ts'
import { personName } from '../ui/person-name.ts'
import type { MeetingWrite } from './meeting-writes.ts'
import { useSending } from './use-sending.ts'

const useStyles = makeStyles({
  part: {
    padding: '12px 16px',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  head: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center', justifyContent: 'space-between' },
  list: { margin: '8px 0 0', paddingInlineStart: '20px', display: 'flex', flexDirection: 'column', gap: '4px' },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
})

type FollowUpsProps = {
  meeting: MeetingView
  meetings: CustomerMeetings
  refusal: string | undefined
  onSave: (write: MeetingWrite) => Promise<void>
}

/** What somebody is to do after a meeting; each is a task in the plan from then on. */
export function FollowUps({ meeting, meetings, refusal, onSave }: FollowUpsProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const [isAsked, setAsked] = useState(false)
  return (
    <section className={styles.part} aria-labelledby="meeting-follow-ups">
      <div className={styles.head}>
        <Subtitle2 as="h3" id="meeting-follow-ups">
          {t('meetings.followUps')}
        </Subtitle2>
        <ActionButton size="small" refusal={refusal} onClick={() => setAsked(true)}>
          {t('meetings.addFollowUp')}
        </ActionButton>
      </div>
      {meeting.followUps.length === 0 && <div className={styles.quiet}>{t('meetings.noFollowUps')}</div>}
      <ul className={styles.list}>
        {meeting.followUps.map(({ id, title, assignee, due, status }) => (
          <li key={id}>
            {title}{' '}
            <span className={styles.quiet}>
              {[
                t(`status.${status}`),
                ...(assignee ? [personName(assignee.name, t)] : []),
                ...(due ? [t('plan.dueOn', { day: formats.day(due) })] : []),
              ].join(' · ')}
            </span>
          </li>
        ))}
      </ul>
      {isAsked && <FollowUpDialog meeting={meeting} meetings={meetings} onSave={onSave} onClose={() => setAsked(false)} />}
    </section>
  )
}

type FollowUpDialogProps = Pick<FollowUpsProps, 'meeting' | 'meetings' | 'onSave'> & { onClose: () => void }

function FollowUpDialog({ meeting, meetings, onSave, onClose }: FollowUpDialogProps) {
  const { t } = useTranslation()
  const [title, setTitle] = useState('')
  const [assignee, setAssignee] = useState('')
  const [due, setDue] = useState('')
  const [tried, setTried] = useState(false)
  const sending = useSending(onClose)
  const run = () => {
    setTried(true)
    if (title.trim() === '') return
    void sending.run(() =>
      onSave({
        method: 'POST',
        path: ['meetings', meeting.id, 'follow-ups'],
        body: { title: title.trim(), assignee: assignee || null, due: due || null },
        done: 'followUpAdded',
      }),
    )
  }
  return (
    <FormDialog
      title={t('meetings.addFollowUp')}
      onClose={onClose}
      submit={{ label: t('save'), run, isBusy: sending.isBusy }}
      error={sending.error}
    >
      <Field
        label={t('meetings.followUpTitle')}
        required
        {...(tried && title.trim() === '' ? { validationMessage: t('meetings.form.titleNeeded') } : {})}
      >
        <Input value={title} maxLength={200} onChange={(_, { value }) => setTitle(value)} />
      </Field>
      <Field label={t('meetings.followUpFor')}>
        <Select value={assignee} onChange={(_, { value }) => setAssignee(value)}>
          <option value="">{t('customer.nobody')}</option>
          {meetings.invitees.flatMap(({ person, name }) =>
            person === null ? (
              []
            ) : (
              <option key={person} value={person}>
                {name}
              </option>
            ),
          )}
        </Select>
      </Field>
      <Field label={t('meetings.followUpDue')}>
        <Input type="date" value={due} onChange={(_, { value }) => setDue(value)} />
      </Field>
    </FormDialog>
  )
}
