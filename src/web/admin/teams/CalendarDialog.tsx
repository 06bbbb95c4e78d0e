import { Button, Checkbox, Field, Input, makeStyles, tokens } from '@fluentui/react-components'
import { Dismiss16Regular } from '@fluentui/react-icons/svg/dismiss'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TeamView } from '../../../model/admin-api.ts'
import type { TeamCalendar } from '../../../model/handshake-api.ts'
import { Day } from '../../../model/words.ts'
import { teamCalendarQuery } from '../../requests/queries.ts'
import { BoxGroup } from '../../ui/BoxGroup.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useFormats } from '../../ui/format.ts'
import { send } from '../../ui/http.ts'
import { Skeletons } from '../../ui/Skeletons.tsx'
import { urlOf } from '../queries.ts'
import { useWrite } from '../use-write.ts'

const WEEK = [1, 2, 3, 4, 5, 6, 7] as const

const useStyles = makeStyles({
  help: { margin: 0 },
  group: { border: 0, margin: 0, padding: 0, display: 'flex', flexWrap: 'wrap' },
  row: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'flex-start' },
  list: { listStyleType: 'none', margin: 0, padding: 0, maxHeight: '180px', overflowY: 'auto' },
  line: { display: 'flex', justifyContent: 'space-between', alignItems: 'center', gap: '8px' },
  quiet: { color: tokens.colorNeutralForeground3, margin: 0 },
})

type CalendarDialogProps = { team: TeamView; onClose: () => void }

/** When a team works. The form comes with what is set now. */
export function CalendarDialog({ team, onClose }: CalendarDialogProps) {
  const { t } = useTranslation()
  const { data, error } = useQuery({ ...teamCalendarQuery(team.id), gcTime: 0 })
  if (data) return <CalendarForm calendar={data} onClose={onClose} />
  return (
    <FormDialog title={t('workCalendar.of', { name: team.name })} onClose={onClose} error={error}>
      {!error && <Skeletons heights={[32, 32, 32]} />}
    </FormDialog>
  )
}

function CalendarForm({ calendar, onClose }: { calendar: TeamCalendar; onClose: () => void }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const [timeZone, setTimeZone] = useState(calendar.timeZone)
  const [workDays, setWorkDays] = useState<readonly number[]>(calendar.workDays)
  const [from, setFrom] = useState(calendar.from)
  const [until, setUntil] = useState(calendar.until)
  const [holidays, setHolidays] = useState<TeamCalendar['holidays']>(calendar.holidays)
  const [tried, setTried] = useState(false)
  const save = useWrite({
    write: () => send<TeamCalendar>('PUT', urlOf('teams', calendar.team.id, 'calendar'), { timeZone, workDays, from, until, holidays }),
    changes: [['teams']],
    done: t('workCalendar.saved', { name: calendar.team.name }),
    onDone: onClose,
    isForm: true,
  })
  const daysFault = tried && workDays.length === 0 ? t('workCalendar.workDaysNeeded') : undefined
  const hoursFault = tried && !(from < until) ? t('workCalendar.hoursFault') : undefined
  const run = () => {
    setTried(true)
    if (workDays.length > 0 && from < until) save.mutate(undefined)
  }
  return (
    <FormDialog
      title={t('workCalendar.of', { name: calendar.team.name })}
      onClose={onClose}
      submit={{ label: t('save'), run, isBusy: save.isPending }}
      error={save.error}
    >
      <p className={styles.help}>{t('workCalendar.help')}</p>
      <Field label={t('workCalendar.timeZone')} required hint={t('workCalendar.timeZoneHint')}>
        <Input value={timeZone} list="time-zones" maxLength={100} onChange={(_, { value }) => setTimeZone(value.trim())} />
      </Field>
      <datalist id="time-zones">
        {Intl.supportedValuesOf('timeZone').map(zone => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <BoxGroup label={t('workCalendar.workDays')} fault={daysFault} className={styles.group}>
        {WEEK.map(day => (
          <Checkbox
            key={day}
            label={t(`workCalendar.day.${day}`)}
            checked={workDays.includes(day)}
            onChange={(_, { checked }) => setWorkDays(checked === true ? [...workDays, day].sort() : workDays.filter(each => each !== day))}
          />
        ))}
      </BoxGroup>
      <div className={styles.row}>
        <Field label={t('workCalendar.from')} required>
          <Input type="time" value={from} onChange={(_, { value }) => setFrom(value)} />
        </Field>
        <Field label={t('workCalendar.until')} required {...(hoursFault ? { validationMessage: hoursFault } : {})}>
          <Input type="time" value={until} onChange={(_, { value }) => setUntil(value)} />
        </Field>
      </div>
      <Holidays holidays={holidays} onChange={setHolidays} />
    </FormDialog>
  )
}

type HolidaysProps = { holidays: TeamCalendar['holidays']; onChange: (holidays: TeamCalendar['holidays']) => void }

function Holidays({ holidays, onChange }: HolidaysProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const [day, setDay] = useState('')
  const [name, setName] = useState('')
  const [tried, setTried] = useState(false)
  const parsed = Day.safeParse(day)
  const isWrong = !parsed.success || name.trim() === '' || holidays.some(each => each.day === day)
  const add = () => {
    setTried(isWrong)
    if (isWrong) return
    onChange([...holidays, { day: parsed.data, name: name.trim() }].sort((a, b) => (a.day < b.day ? -1 : 1)))
    setDay('')
    setName('')
  }
  return (
    <>
      {holidays.length === 0 ? (
        <p className={styles.quiet}>
          {t('workCalendar.holidays')}: {t('workCalendar.noHolidays')}
        </p>
      ) : (
        <ul className={styles.list} aria-label={t('workCalendar.holidays')}>
          {holidays.map(each => {
            const label = t('workCalendar.remove', { name: each.name, day: formats.day(each.day) })
            return (
              <li key={each.day} className={styles.line}>
                {formats.day(each.day)} · {each.name}
                <Button
                  appearance="subtle"
                  size="small"
                  icon={<Dismiss16Regular />}
                  aria-label={label}
                  title={label}
                  onClick={() => onChange(holidays.filter(other => other.day !== each.day))}
                />
              </li>
            )
          })}
        </ul>
      )}
      <div className={styles.row}>
        <Field label={t('workCalendar.holidayDay')}>
          <Input type="date" value={day} onChange={(_, { value }) => setDay(value)} />
        </Field>
        <Field label={t('workCalendar.holidayName')} {...(tried && isWrong ? { validationMessage: t('workCalendar.holidayFault') } : {})}>
          <Input value={name} maxLength={100} onChange={(_, { value }) => setName(value)} />
        </Field>
      </div>
      <Button style={{ alignSelf: 'flex-start' }} onClick={add}>
        {t('workCalendar.add')}
      </Button>
    </>
  )
}
