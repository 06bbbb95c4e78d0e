import { Badge, makeStyles, Subtitle1, Subtitle2, tokens } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomerMeetings, MeetingView } from '../../model/meeting-api.ts'
import { SERVICES } from '../../model/services.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { AppLink } from '../ui/AppLink.tsx'
import { Facts } from '../ui/Facts.tsx'
import { FormDialog } from '../ui/FormDialog.tsx'
import { useFormats } from '../ui/format.ts'
import { Markdown } from '../ui/Markdown.tsx'
import { ErrorNotice } from '../ui/Notice.tsx'
import { personName } from '../ui/person-name.ts'
import { Skeletons } from '../ui/Skeletons.tsx'
import { Attendees } from './Attendees.tsx'
import { FollowUps } from './FollowUps.tsx'
import { invitationWords } from './invitation-words.ts'
import { MeetingDialog } from './MeetingDialog.tsx'
import { STATE_LOOKS } from './MeetingRow.tsx'
import { useMeetingWrites } from './meeting-writes.ts'
import { NotesDialog, type NotesPart } from './NotesDialog.tsx'
import { meetingQuery } from './queries.ts'
import { ResultDialog } from './ResultDialog.tsx'
import { ownZone, span } from './times.ts'

const useStyles = makeStyles({
  column: { maxWidth: '860px', margin: '0 auto', display: 'flex', flexDirection: 'column', gap: '16px' },
  title: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center', overflowWrap: 'anywhere' },
  actions: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
  part: {
    padding: '12px 16px',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  head: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center', justifyContent: 'space-between', marginBottom: '8px' },
  quiet: { color: tokens.colorNeutralForeground3 },
})

type MeetingDetailProps = {
  customer: string
  id: string
  meetings: CustomerMeetings
  services: readonly string[]
  refusal: string | undefined
}

/** One meeting: when, who comes, what is to be talked about, what was, and what follows from it. */
export function MeetingDetail({ customer, id, meetings, services, refusal }: MeetingDetailProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const { data, error, refetch } = useQuery(meetingQuery(customer, id))
  return (
    <div className={styles.column}>
      <div>
        <AppLink to="/customers/$customer/meetings" params={{ customer }} search={{}}>
          {t('meetings.back')}
        </AppLink>
      </div>
      {data ? (
        <Meeting customer={customer} meeting={data} meetings={meetings} services={services} refusal={refusal} />
      ) : error ? (
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeletons heights={[40, 120, 160, 160]} />
      )}
    </div>
  )
}

type Asked = 'nothing' | 'remake' | 'change' | 'cancel' | 'held' | 'missed' | NotesPart
type MeetingProps = {
  customer: string
  meeting: MeetingView
  meetings: CustomerMeetings
  services: readonly string[]
  refusal: string | undefined
}

function Meeting({ customer, meeting, meetings, services, refusal }: MeetingProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const writes = useMeetingWrites(customer)
  const [asked, setAsked] = useState<Asked>('nothing')
  const close = () => setAsked('nothing')
  const { id, title, state, startsAt, endsAt, timeZone, version, occurrence } = meeting
  const isOver = state === 'cancelled'
  const whyOver = isOver ? t('meetings.isCancelled') : undefined
  const whyNotYet = Date.parse(startsAt) > Date.now() ? t('meetings.notBegun') : undefined
  const zone = ownZone()
  const makeAgenda = () =>
    writes.change({ method: 'POST', path: ['meetings', id, 'agenda'], body: { replace: meeting.agendaIsOwn, version }, done: 'agendaMade' })
  return (
    <>
      <div className={styles.title}>
        <Subtitle1 as="h2">{title}</Subtitle1>
        <Badge appearance="tint" color={STATE_LOOKS[state]}>
          {t(`meetings.state.${state}`)}
        </Badge>
      </div>
      <Facts
        facts={[
          [t('meetings.when'), `${span(startsAt, endsAt, timeZone, formats.locale)} (${timeZone})`],
          ...(zone === timeZone ? [] : [[t('meetings.whenHere'), `${span(startsAt, endsAt, zone, formats.locale)} (${zone})`] as const]),
          ...(occurrence !== null && occurrence !== startsAt
            ? [[t('meetings.movedFrom'), span(occurrence, occurrence, timeZone, formats.locale)] as const]
            : []),
          [
            t('meetings.form.kind'),
            [t(`meetings.kind.${meeting.kind}`), ...(meeting.about === null ? [] : [t(`meetings.about.${meeting.about}`)])].join(' · '),
          ],
          [t('meetings.organizer'), personName(meeting.organizer.name, t)],
          [
            t('meetings.invitation.label'),
            [invitationWords(meeting.calendar, t), ...(meeting.attachesDeck ? [t('meetings.withDeck')] : [])].join(' · '),
          ],
          [t('meetings.form.location'), meeting.location ?? t('meetings.noLocation')],
          [
            t('meetings.form.services'),
            meeting.services.map(each => formats.text(SERVICES.find(service => service.id === each)?.name, each)).join(', ') ||
              t('meetings.wholeCustomer'),
          ],
          ...(meeting.items.length > 0
            ? [[t('meetings.covers'), meeting.items.map(item => formats.text(item.title, item.id)).join(', ')] as const]
            : []),
        ]}
      />
      <div className={styles.actions}>
        <ActionButton appearance="primary" refusal={refusal ?? whyOver ?? whyNotYet} onClick={() => setAsked('held')}>
          {t(state === 'held' ? 'meetings.heldAgain' : 'meetings.held')}
        </ActionButton>
        <ActionButton refusal={refusal ?? whyOver ?? whyNotYet} onClick={() => setAsked('missed')}>
          {t('meetings.missed')}
        </ActionButton>
        <ActionButton
          refusal={refusal ?? whyOver ?? (state === 'scheduled' ? undefined : t('meetings.isPast'))}
          onClick={() => setAsked('change')}
        >
          {t('meetings.change')}
        </ActionButton>
        <ActionButton
          refusal={refusal ?? whyOver ?? (state === 'scheduled' ? undefined : t('meetings.isPast'))}
          onClick={() => setAsked('cancel')}
        >
          {t('meetings.cancel')}
        </ActionButton>
      </div>
      <section className={styles.part} aria-labelledby="meeting-agenda">
        <div className={styles.head}>
          <Subtitle2 as="h3" id="meeting-agenda">
            {t('meetings.agenda')}
          </Subtitle2>
          <div className={styles.actions}>
            <ActionButton size="small" refusal={refusal} onClick={() => setAsked('agenda')}>
              {t('meetings.write')}
            </ActionButton>
            <ActionButton
              size="small"
              refusal={refusal ?? whyOver}
              disabledFocusable={writes.isBusy}
              onClick={() => (meeting.agendaIsOwn ? setAsked('remake') : makeAgenda())}
            >
              {t('meetings.remake')}
            </ActionButton>
          </div>
        </div>
        {meeting.agenda === '' ? <span className={styles.quiet}>{t('meetings.noAgenda')}</span> : <Markdown text={meeting.agenda} />}
        {!meeting.agendaIsOwn && meeting.agenda !== '' && <span className={styles.quiet}>{t('meetings.agendaFromData')}</span>}
      </section>
      <section className={styles.part} aria-labelledby="meeting-notes">
        <div className={styles.head}>
          <Subtitle2 as="h3" id="meeting-notes">
            {t('meetings.notes')}
          </Subtitle2>
          <ActionButton size="small" refusal={refusal} onClick={() => setAsked('notes')}>
            {t('meetings.write')}
          </ActionButton>
        </div>
        {meeting.outcome !== null && (
          <p>
            <strong>{t('meetings.outcome')}:</strong> {meeting.outcome}
          </p>
        )}
        {meeting.notes === null ? <span className={styles.quiet}>{t('meetings.noNotes')}</span> : <Markdown text={meeting.notes} />}
      </section>
      <FollowUps meeting={meeting} meetings={meetings} refusal={refusal} onSave={writes.save} />
      <Attendees attendees={meeting.attendees} />
      {asked === 'change' && (
        <MeetingDialog meetings={meetings} services={services} meeting={meeting} onSave={writes.save} onClose={close} />
      )}
      {(asked === 'agenda' || asked === 'notes') && <NotesDialog part={asked} meeting={meeting} onSave={writes.save} onClose={close} />}
      {(asked === 'held' || asked === 'missed') && <ResultDialog state={asked} meeting={meeting} onSave={writes.save} onClose={close} />}
      {asked === 'cancel' && (
        <FormDialog
          title={t('meetings.cancelOf', { title })}
          onClose={close}
          submit={{
            label: t('meetings.cancelSure'),
            isBusy: writes.isBusy,
            run: () => {
              close()
              writes.change({ method: 'POST', path: ['meetings', id, 'cancel'], body: { version }, done: 'cancelled' })
            },
          }}
        >
          {t('meetings.cancelHelp')}
        </FormDialog>
      )}
      {asked === 'remake' && (
        <FormDialog
          title={t('meetings.remake')}
          onClose={close}
          submit={{
            label: t('meetings.remakeSure'),
            isBusy: writes.isBusy,
            run: () => {
              close()
              makeAgenda()
            },
          }}
        >
          {t('meetings.remakeHelp')}
        </FormDialog>
      )}
    </>
  )
}
