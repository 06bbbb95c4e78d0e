import { Checkbox, Field, Input, MessageBar, MessageBarBody, makeStyles, Select, tokens } from '@fluentui/react-components'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CadencePreview, CadenceView, CustomerMeetings } from '../../model/meeting-api.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { failureText, isLostUpdate } from '../ui/failure.ts'
import { useFormats } from '../ui/format.ts'
import { apiUrl, send } from '../ui/http.ts'
import { attendeesOf, type Common, faultsOf, MeetingFields, sent } from './MeetingFields.tsx'
import type { MeetingWrite } from './meeting-writes.ts'
import { choiceOf, type RuleChoice, ruleOf, WEEKDAYS } from './rule.ts'
import { moment, ownZone } from './times.ts'
import { useSending } from './use-sending.ts'

const useStyles = makeStyles({
  row: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(120px, 1fr))', gap: '12px' },
  group: { border: 'none', margin: 0, padding: 0, minWidth: 0 },
  legend: { padding: 0, marginBottom: '4px' },
  days: { display: 'flex', flexWrap: 'wrap', columnGap: '8px' },
  preview: { backgroundColor: tokens.colorNeutralBackground3, padding: '8px 12px', borderRadius: tokens.borderRadiusMedium },
  next: { margin: '4px 0 0', paddingInlineStart: '20px' },
})

type CadenceDialogProps = {
  meetings: CustomerMeetings
  services: readonly string[]
  cadence?: CadenceView | undefined
  onSave: (write: MeetingWrite) => Promise<void>
  onClose: () => void
}

/** How often to meet. What the choices mean is shown in words and dates before anything is sent. */
export function CadenceDialog({ meetings, services, cadence, onSave, onClose }: CadenceDialogProps) {
  const { t } = useTranslation()
  const [value, setValue] = useState<Common>(() => startOf(meetings, cadence))
  const [rule, setRule] = useState(cadence?.rule ?? meetings.suggested.rule)
  const [tried, setTried] = useState(false)
  const sending = useSending(onClose)
  const faults = faultsOf(value)
  const run = () => {
    setTried(true)
    if (Object.keys(faults).length > 0) return
    const body = { ...sent(value), rule }
    void sending.run(() =>
      cadence
        ? onSave({
            method: 'PUT',
            path: ['cadences', cadence.id],
            body: { ...body, organizer: cadence.organizer.id, version: cadence.version },
            done: 'seriesChanged',
          })
        : onSave({ method: 'POST', path: ['cadences'], body, done: 'seriesBegun' }),
    )
  }
  return (
    <FormDialog
      title={t(cadence ? 'meetings.changeOf' : 'meetings.begin', { title: cadence?.title })}
      onClose={onClose}
      submit={{ label: t(cadence ? 'meetings.form.sendUpdate' : 'meetings.form.sendInvitation'), run, isBusy: sending.isBusy }}
      error={isLostUpdate(sending.error) ? undefined : sending.error}
    >
      <RuleFields rule={rule} onChange={setRule} />
      <MeetingFields
        value={value}
        onChange={change => setValue({ ...value, ...change })}
        faults={tried ? faults : {}}
        services={services}
        invitees={meetings.invitees}
      />
      {faults.startsLocal === undefined && faults.timeZone === undefined && (
        <Preview rule={rule} startsLocal={value.startsLocal} timeZone={value.timeZone} />
      )}
      {isLostUpdate(sending.error) && (
        <MessageBar intent="warning" layout="multiline" role="alert">
          <MessageBarBody>
            {t('conflict.title')}.{' '}
            {cadence &&
              t('meetings.form.savedNow', { title: cadence.title, start: cadence.startsLocal.replace('T', ' '), zone: cadence.timeZone })}
          </MessageBarBody>
        </MessageBar>
      )}
    </FormDialog>
  )
}

function RuleFields({ rule, onChange }: { rule: string; onChange: (rule: string) => void }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const choice = choiceOf(rule)
  const set = (next: RuleChoice) => onChange(ruleOf(next))
  if (!choice) {
    return (
      <Field label={t('meetings.form.rule')} hint={t('meetings.form.ruleHint')}>
        <Input value={rule} onChange={(_, { value }) => onChange(value)} />
      </Field>
    )
  }
  const days = choice.every === 'week' ? choice.days : []
  return (
    <>
      <div className={styles.row}>
        <Field label={t('meetings.form.every')}>
          <Select value={String(choice.interval)} onChange={(_, { value }) => set({ ...choice, interval: Number(value) })}>
            {[1, 2, 3, 4, 6, 8].map(each => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('meetings.form.unit')}>
          <Select
            value={choice.every}
            onChange={(_, { value }) =>
              set(value === 'month' ? { every: 'month', interval: choice.interval } : { every: 'week', interval: choice.interval, days })
            }
          >
            <option value="week">{t('meetings.form.weeks')}</option>
            <option value="month">{t('meetings.form.months')}</option>
          </Select>
        </Field>
      </div>
      {choice.every === 'week' && (
        <fieldset className={styles.group}>
          <legend className={styles.legend}>{t('meetings.form.days')}</legend>
          <div className={styles.days}>
            {WEEKDAYS.map(day => (
              <Checkbox
                key={day}
                label={t(`meetings.weekday.${day}`)}
                checked={days.includes(day)}
                onChange={(_, { checked }) =>
                  set({ ...choice, days: checked === true ? [...days, day] : days.filter(each => each !== day) })
                }
              />
            ))}
          </div>
        </fieldset>
      )}
    </>
  )
}

/** What the rule means: in words, and the next dates. */
function Preview(asked: { rule: string; startsLocal: string; timeZone: string }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { data, error } = useQuery({
    queryKey: ['cadence-preview', asked],
    queryFn: () => send<CadencePreview>('POST', apiUrl('/cadence-preview'), asked),
    placeholderData: keepPreviousData,
    retry: false,
  })
  if (error) {
    return (
      <MessageBar intent="warning" layout="multiline" role="alert">
        <MessageBarBody>{failureText(error, t, formats)}</MessageBarBody>
      </MessageBar>
    )
  }
  return (
    <div className={styles.preview} role="status">
      {data ? formats.text(data.ruleText) : t('loading')}
      {data && (
        <ul className={styles.next}>
          {data.next.map(at => (
            <li key={at}>{moment(at, asked.timeZone, formats.locale)}</li>
          ))}
        </ul>
      )}
    </div>
  )
}

function startOf({ suggested }: CustomerMeetings, cadence: CadenceView | undefined): Common {
  if (!cadence) {
    return {
      kind: 'customer',
      title: '',
      startsLocal: '',
      timeZone: suggested.timeZone || ownZone(),
      minutes: String(suggested.minutes),
      location: '',
      services: [],
      attendees: [],
    }
  }
  const { kind, title, startsLocal, timeZone, minutes, location, services, attendees } = cadence
  return {
    kind,
    title,
    startsLocal,
    timeZone,
    minutes: String(minutes),
    location: location ?? '',
    services,
    attendees: attendeesOf(attendees),
  }
}
