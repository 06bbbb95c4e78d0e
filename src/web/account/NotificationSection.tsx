import { Button, Field, Input, makeStyles, Select, Switch } from '@fluentui/react-components'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TELL_WAYS, type TellWay } from '../../model/notification-kinds.ts'
import type { PreferencesView, Telling } from '../../model/preference-api.ts'
import { Fault } from '../session/Fault.tsx'
import { useFormats } from '../ui/format.ts'
import { ErrorNotice } from '../ui/Notice.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { changePreferences, preferencesQuery } from './preferences.ts'
import { useChange } from './queries.ts'
import { Section, useRowStyles } from './Section.tsx'

const useStyles = makeStyles({
  kinds: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 320px), 1fr))', gap: '8px 16px', width: '100%' },
  times: { display: 'flex', flexWrap: 'wrap', gap: '12px' },
})

const HOURS = [...Array(24).keys()]
const QUIET = { from: '20:00', until: '07:00' }

/** How one is told of each kind of thing, when the digest comes, and when no mail does. */
export function NotificationSection() {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(preferencesQuery)
  return (
    <Section title={t('choices.telling')} lead={t('choices.tellingLead')}>
      {data ? (
        <Form chosen={data} />
      ) : error ? (
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeletons heights={[200, 56]} />
      )}
    </Section>
  )
}

function Form({ chosen }: { chosen: PreferencesView }) {
  const { t } = useTranslation()
  const rows = useRowStyles()
  const styles = useStyles()
  const formats = useFormats()
  const client = useQueryClient()
  const [telling, setTelling] = useState<Telling>(chosen.telling)
  const save = useChange({
    run: changePreferences,
    done: 'choices.saved',
    after: answer => client.setQueryData(preferencesQuery.queryKey, answer),
  })
  const { quiet } = telling
  const isSame = quiet !== null && quiet.from === quiet.until
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!isSame && !save.isPending) save.mutate({ telling })
  }
  return (
    <form className={rows.form} noValidate onSubmit={submit} aria-label={t('choices.telling')}>
      <div className={styles.kinds}>
        {chosen.kinds.map(({ kind, title, usual }) => (
          <Field key={kind} label={formats.text(title, kind)}>
            <Select
              value={telling.ways[kind] ?? usual}
              // The options are the ways.
              onChange={(_, { value }) => setTelling({ ...telling, ways: { ...telling.ways, [kind]: value as TellWay } })}
            >
              {TELL_WAYS.map(way => (
                <option key={way} value={way}>
                  {t(`choices.ways.${way}`)}
                  {way === usual ? ` (${t('choices.usual')})` : ''}
                </option>
              ))}
            </Select>
          </Field>
        ))}
      </div>
      <Field className={rows.field} label={t('choices.digestHour')} hint={t('choices.digestHint')}>
        <Select value={String(telling.digestHour)} onChange={(_, { value }) => setTelling({ ...telling, digestHour: Number(value) })}>
          {HOURS.map(hour => (
            <option key={hour} value={hour}>
              {`${String(hour).padStart(2, '0')}:00`}
            </option>
          ))}
        </Select>
      </Field>
      <Field hint={t('choices.quietHint')}>
        <Switch
          label={t('choices.quiet')}
          checked={quiet !== null}
          onChange={(_, { checked }) => setTelling({ ...telling, quiet: checked ? QUIET : null })}
        />
      </Field>
      {quiet && (
        <div className={styles.times}>
          <Field label={t('choices.quietFrom')}>
            <Input
              type="time"
              required
              value={quiet.from}
              onChange={(_, { value }) => setTelling({ ...telling, quiet: { ...quiet, from: value } })}
            />
          </Field>
          <Field label={t('choices.quietUntil')} {...(isSame ? { validationMessage: t('choices.quietSame') } : {})}>
            <Input
              type="time"
              required
              value={quiet.until}
              onChange={(_, { value }) => setTelling({ ...telling, quiet: { ...quiet, until: value } })}
            />
          </Field>
        </div>
      )}
      <Fault error={save.error} />
      <Button type="submit" disabledFocusable={save.isPending}>
        {t('save')}
      </Button>
    </form>
  )
}
