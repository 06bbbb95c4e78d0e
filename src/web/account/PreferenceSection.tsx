import { Button, Field, Select, Switch } from '@fluentui/react-components'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PreferencesView } from '../../model/preference-api.ts'
import { Fault } from '../session/Fault.tsx'
import { ErrorNotice } from '../ui/Notice.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { changePreferences, preferencesQuery } from './preferences.ts'
import { useChange } from './queries.ts'
import { Section, useRowStyles } from './Section.tsx'

/** Tags whose numbers and dates differ; the language itself is the first choice. */
const FORMATS = ['pt-BR', 'pt-PT', 'en-US', 'en-GB', 'de-DE', 'fr-FR', 'es-ES', 'sv-SE', 'ja-JP']
const SAMPLE = { number: 1234567.8, day: new Date('2026-11-24T12:00:00Z') }

/** Time zone, formats and keys, for every device of the person. */
export function PreferenceSection() {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(preferencesQuery)
  return (
    <Section title={t('choices.title')} lead={t('choices.lead')}>
      {data ? (
        <Form chosen={data} />
      ) : error ? (
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeletons heights={[56, 56, 32]} />
      )}
    </Section>
  )
}

function Form({ chosen }: { chosen: PreferencesView }) {
  const { t } = useTranslation()
  const styles = useRowStyles()
  const client = useQueryClient()
  const [timeZone, setTimeZone] = useState(chosen.timeZone ?? '')
  const [formats, setFormats] = useState(chosen.formats ?? '')
  const [singleKeys, setSingleKeys] = useState(chosen.singleKeys)
  const save = useChange({
    run: changePreferences,
    done: 'choices.saved',
    after: answer => client.setQueryData(preferencesQuery.queryKey, answer),
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!save.isPending) save.mutate({ timeZone: timeZone || null, formats: formats || null, singleKeys })
  }
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone
  const zones = Intl.supportedValuesOf('timeZone')
  return (
    <form className={styles.form} noValidate onSubmit={submit} aria-label={t('choices.title')}>
      <Field className={styles.field} label={t('choices.timeZone')} hint={t('choices.timeZoneHint')}>
        <Select name="timeZone" value={timeZone} onChange={(_, { value }) => setTimeZone(value)}>
          <option value="">{t('choices.asBrowser', { value: own })}</option>
          {(zones.includes('UTC') ? zones : ['UTC', ...zones]).map(zone => (
            <option key={zone} value={zone}>
              {zone}
            </option>
          ))}
        </Select>
      </Field>
      <Field className={styles.field} label={t('choices.formats')}>
        <Select name="formats" value={formats} onChange={(_, { value }) => setFormats(value)}>
          <option value="">{t('choices.asLanguage')}</option>
          {[...new Set([...FORMATS, ...(chosen.formats ? [chosen.formats] : [])])].map(tag => (
            <option key={tag} value={tag}>
              {`${tag}: ${new Intl.NumberFormat(tag).format(SAMPLE.number)} · ${new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeZone: 'UTC' }).format(SAMPLE.day)}`}
            </option>
          ))}
        </Select>
      </Field>
      <Switch label={t('choices.singleKeys')} checked={singleKeys} onChange={(_, { checked }) => setSingleKeys(checked)} />
      <Fault error={save.error} />
      <Button type="submit" disabledFocusable={save.isPending}>
        {t('save')}
      </Button>
    </form>
  )
}
