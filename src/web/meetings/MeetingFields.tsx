import { Checkbox, Field, Input, makeStyles, Select, tokens } from '@fluentui/react-components'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { AttendeeView, CustomerMeetings, NewAttendee } from '../../model/meeting-api.ts'
import { SERVICES } from '../../model/services.ts'
import type { MeetingKind } from '../../model/success.ts'
import { useFormats } from '../ui/format.ts'
import { KINDS } from './search.ts'
import { zones } from './times.ts'

export type Invitee = CustomerMeetings['invitees'][number]

/** What a meeting and a series have in common. */
export type Common = Readonly<{
  kind: MeetingKind
  title: string
  /** `YYYY-MM-DDTHH:MM`, or empty. */
  startsLocal: string
  timeZone: string
  minutes: string
  location: string
  services: readonly string[]
  attendees: readonly NewAttendee[]
}>

export type CommonFault = Partial<Record<'title' | 'startsLocal' | 'timeZone' | 'minutes', string>>

/** Which fields cannot be sent yet: keys of sentences. */
export function faultsOf({ title, startsLocal, timeZone, minutes }: Common): CommonFault {
  const length = Number(minutes)
  return {
    ...(title.trim() === '' ? { title: 'meetings.form.titleNeeded' } : {}),
    ...(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(startsLocal) ? {} : { startsLocal: 'meetings.form.startNeeded' }),
    ...(zones().includes(timeZone) ? {} : { timeZone: 'meetings.form.zoneNeeded' }),
    ...(Number.isInteger(length) && length >= 5 && length <= 1440 ? {} : { minutes: 'meetings.form.minutesNeeded' }),
  }
}

/** As the API takes it. */
export const sent = ({ title, minutes, location, ...rest }: Common) => ({
  ...rest,
  title: title.trim(),
  minutes: Number(minutes),
  location: location.trim() || null,
})

export const attendeesOf = (attendees: readonly AttendeeView[]): readonly NewAttendee[] =>
  attendees.map(({ contact, person, isOptional }) => ({ contact, person, isOptional }))

const isSame = (a: Pick<NewAttendee, 'contact' | 'person'>, b: Pick<NewAttendee, 'contact' | 'person'>) =>
  a.contact === b.contact && a.person === b.person

const useStyles = makeStyles({
  group: { border: 'none', margin: 0, padding: 0, minWidth: 0 },
  legend: { padding: 0, fontSize: tokens.fontSizeBase300, marginBottom: '4px' },
  choices: { display: 'flex', flexWrap: 'wrap', columnGap: '12px' },
  list: {
    maxHeight: '220px',
    overflowY: 'auto',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  person: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', justifyContent: 'space-between', paddingInlineEnd: '8px' },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere', paddingInlineStart: '36px' },
  row: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(160px, 1fr))', gap: '12px' },
})

type MeetingFieldsProps = {
  value: Common
  onChange: (change: Partial<Common>) => void
  faults: CommonFault
  /** A meeting of a series keeps its kind. */
  keepsKind?: boolean
  services: readonly string[]
  invitees: readonly Invitee[]
}

export function MeetingFields({ value, onChange, faults, keepsKind = false, services, invitees }: MeetingFieldsProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const list = useId()
  const fault = (field: keyof CommonFault) => (faults[field] ? { validationMessage: t(faults[field]) } : {})
  return (
    <>
      <Field label={t('meetings.form.title')} required {...fault('title')}>
        <Input value={value.title} maxLength={200} onChange={(_, { value: title }) => onChange({ title })} />
      </Field>
      {!keepsKind && (
        <Field label={t('meetings.form.kind')}>
          <Select value={value.kind} onChange={(_, picked) => onChange({ kind: KINDS.find(each => each === picked.value) ?? value.kind })}>
            {KINDS.map(each => (
              <option key={each} value={each}>
                {t(`meetings.kind.${each}`)}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <div className={styles.row}>
        <Field label={t('meetings.form.start')} required {...fault('startsLocal')}>
          <Input
            type="datetime-local"
            value={value.startsLocal}
            onChange={(_, { value: startsLocal }) => onChange({ startsLocal: startsLocal.slice(0, 16) })}
          />
        </Field>
        <Field label={t('meetings.form.minutes')} required {...fault('minutes')}>
          <Input
            type="number"
            min={5}
            max={1440}
            step={5}
            value={value.minutes}
            onChange={(_, { value: minutes }) => onChange({ minutes })}
          />
        </Field>
      </div>
      <Field label={t('meetings.form.zone')} hint={t('meetings.form.zoneHint')} required {...fault('timeZone')}>
        <Input list={list} value={value.timeZone} onChange={(_, { value: timeZone }) => onChange({ timeZone })} />
      </Field>
      <datalist id={list}>
        {zones().map(zone => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <Field label={t('meetings.form.location')} hint={t('meetings.form.locationHint')}>
        <Input value={value.location} maxLength={500} onChange={(_, { value: location }) => onChange({ location })} />
      </Field>
      {services.length > 0 && (
        <fieldset className={styles.group}>
          <legend className={styles.legend}>{t('meetings.form.services')}</legend>
          <div className={styles.choices}>
            {services.map(id => (
              <Checkbox
                key={id}
                label={formats.text(SERVICES.find(each => each.id === id)?.name, id)}
                checked={value.services.includes(id)}
                onChange={(_, { checked }) =>
                  onChange({ services: checked === true ? [...value.services, id] : value.services.filter(each => each !== id) })
                }
              />
            ))}
          </div>
        </fieldset>
      )}
      <Invitees value={value.attendees} invitees={invitees} onChange={attendees => onChange({ attendees })} />
    </>
  )
}

type InviteesProps = { value: readonly NewAttendee[]; invitees: readonly Invitee[]; onChange: (value: readonly NewAttendee[]) => void }

/** Whom to invite. Those who are not to be written to stay in the list and say why. */
function Invitees({ value, invitees, onChange }: InviteesProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{t('meetings.form.attendees')}</legend>
      {invitees.length === 0 && <div className={styles.quiet}>{t('meetings.form.nobody')}</div>}
      <div className={styles.list}>
        {invitees.map(({ contact, person, name, email, doNotContact }) => {
          const one = { contact, person }
          const chosen = value.find(each => isSame(each, one))
          const others = value.filter(each => !isSame(each, one))
          return (
            <div key={contact ?? person}>
              <div className={styles.person}>
                <Checkbox
                  label={person === null ? t('meetings.form.contact', { name }) : name}
                  checked={chosen !== undefined}
                  disabled={doNotContact !== null && chosen === undefined}
                  onChange={(_, { checked }) => onChange(checked === true ? [...others, { ...one, isOptional: false }] : others)}
                />
                {chosen && (
                  <Checkbox
                    label={t('meetings.form.optional')}
                    aria-label={t('meetings.form.optionalOf', { name })}
                    checked={chosen.isOptional}
                    onChange={(_, { checked }) => onChange([...others, { ...chosen, isOptional: checked === true }])}
                  />
                )}
              </div>
              {doNotContact !== null && <div className={styles.quiet}>{t('meetings.form.doNotContact', { reason: doNotContact })}</div>}
              {contact !== null && doNotContact === null && email === null && (
                <div className={styles.quiet}>{t('meetings.problem.no-address')}</div>
              )}
            </div>
          )
        })}
      </div>
    </fieldset>
  )
}
