import {
  Button,
  Checkbox,
  Field,
  Input,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  makeStyles,
  Subtitle2,
  Switch,
  Textarea,
  tokens,
} from '@fluentui/react-components'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SURVEY_LANGUAGES } from '../../model/survey.ts'
import type { ChangeSurveySettings, SurveySettingsView } from '../../model/survey-api.ts'
import { useRefusal } from '../admin/permission.ts'
import { useWrite } from '../admin/use-write.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { FailureBar } from '../ui/FailureBar.tsx'
import { isLostUpdate } from '../ui/failure.ts'
import { useFormats } from '../ui/format.ts'
import { apiUrl, send } from '../ui/http.ts'
import { ErrorNotice } from '../ui/Notice.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { surveySettingsQuery } from './queries.ts'

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '12px', maxWidth: '720px', marginTop: '32px' },
  quiet: { color: tokens.colorNeutralForeground3, margin: 0 },
  number: { maxWidth: '140px' },
  group: { border: 0, margin: 0, padding: 0, display: 'flex', flexWrap: 'wrap' },
  fault: { color: tokens.colorPaletteRedForeground1 },
})

/** As the API takes them; a test of the routes holds its limits. */
const NUMBERS = [
  ['remindAfter', 1, 90],
  ['expireAfter', 2, 180],
  ['coolDown', 0, 730],
  ['lowOverall', 0, 5],
  ['lowRecommend', -1, 10],
] as const
type NumberName = (typeof NUMBERS)[number][0]
type Draft = Omit<SurveySettingsView, NumberName | 'version'> & Readonly<Record<NumberName, string>>

const draftOf = ({ version, ...settings }: SurveySettingsView): Draft => ({
  ...settings,
  remindAfter: String(settings.remindAfter),
  expireAfter: String(settings.expireAfter),
  coolDown: String(settings.coolDown),
  lowOverall: String(settings.lowOverall),
  lowRecommend: String(settings.lowRecommend),
})

/** How this installation asks. */
export default function SurveySettings() {
  const { data, error, refetch } = useQuery(surveySettingsQuery)
  if (data) return <SettingsForm settings={data} />
  return error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : <Skeletons heights={[60, 60, 60]} />
}

function SettingsForm({ settings }: { settings: SurveySettingsView }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const client = useQueryClient()
  const refusal = useRefusal()('change-settings')
  // Those the person looks at: a newer answer does not change the form under their hands.
  const [seen, setSeen] = useState(settings)
  const [draft, setDraft] = useState(draftOf(settings))
  const show = (fresh: SurveySettingsView) => {
    client.setQueryData(surveySettingsQuery.queryKey, fresh)
    setSeen(fresh)
    setDraft(draftOf(fresh))
  }
  const save = useWrite({
    write: (change: ChangeSurveySettings) => send<SurveySettingsView>('PUT', apiUrl('/survey/settings'), change),
    changes: [],
    done: t('survey.settings.saved'),
    onDone: show,
    onFailed: error => isLostUpdate(error) && client.invalidateQueries({ queryKey: surveySettingsQuery.queryKey }),
    isForm: true,
  })
  const isDisabled = refusal !== undefined
  const numberOf = (name: NumberName, least: number, most: number) => {
    const value = /^[-−]?\d{1,4}$/.test(draft[name].trim()) ? Number(draft[name].trim().replace('−', '-')) : Number.NaN
    return value >= least && value <= most ? value : undefined
  }
  // Each name is there, as it is in NUMBERS.
  const numbers = Object.fromEntries(NUMBERS.map(([name, least, most]) => [name, numberOf(name, least, most)])) as Record<
    NumberName,
    number | undefined
  >
  const isEarly = (numbers.expireAfter ?? 0) <= (numbers.remindAfter ?? 0)
  const faultOf = (name: NumberName, least: number, most: number) =>
    numbers[name] === undefined
      ? t('survey.settings.number', { least: formats.number(least), most: formats.number(most) })
      : name === 'expireAfter' && isEarly
        ? t('survey.settings.later')
        : undefined
  const isRight = draft.languages.length > 0 && NUMBERS.every(([name, least, most]) => faultOf(name, least, most) === undefined)
  const { version, ...before } = seen
  // Sent only with every number there: `isRight`.
  const chosen: Omit<SurveySettingsView, 'version'> = { ...draft, ...(numbers as Record<NumberName, number>) }
  const isChanged = JSON.stringify(sorted(chosen)) !== JSON.stringify(sorted(before))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isDisabled && isRight && isChanged && !save.isPending) save.mutate({ ...chosen, version })
  }
  const names = new Intl.DisplayNames([formats.locale], { type: 'language' })
  return (
    <form className={styles.form} noValidate onSubmit={submit} aria-labelledby="survey-settings">
      <Subtitle2 as="h3" id="survey-settings">
        {t('survey.settings.title')}
      </Subtitle2>
      <p className={styles.quiet}>{refusal ?? t('survey.settings.help')}</p>
      <Switch
        label={t('survey.settings.automatic')}
        checked={draft.isAutomatic}
        disabled={isDisabled}
        onChange={(_, { checked }) => setDraft({ ...draft, isAutomatic: checked })}
      />
      {NUMBERS.map(([name, least, most]) => {
        const fault = faultOf(name, least, most)
        return (
          <Field key={name} label={t(`survey.settings.${name}`)} {...(fault ? { validationMessage: fault } : {})}>
            <Input
              className={styles.number}
              inputMode="numeric"
              value={draft[name]}
              disabled={isDisabled}
              onChange={(_, { value }) => setDraft({ ...draft, [name]: value })}
            />
          </Field>
        )
      })}
      <fieldset className={styles.group}>
        <legend>{t('survey.settings.languages')}</legend>
        {SURVEY_LANGUAGES.map(each => (
          <Checkbox
            key={each}
            label={names.of(each) ?? each}
            disabled={isDisabled}
            checked={draft.languages.includes(each)}
            onChange={(_, { checked }) =>
              setDraft({
                ...draft,
                languages: SURVEY_LANGUAGES.filter(own => (own === each ? checked === true : draft.languages.includes(own))),
              })
            }
          />
        ))}
      </fieldset>
      {draft.languages.length === 0 && (
        <span className={styles.fault} role="alert">
          {t('survey.settings.oneLanguage')}
        </span>
      )}
      {draft.languages.map(each => (
        <Field key={each} label={t('survey.settings.words', { language: names.of(each) ?? each })} hint={t('survey.settings.wordsHint')}>
          <Textarea
            value={draft.words[each] ?? ''}
            maxLength={400}
            disabled={isDisabled}
            onChange={(_, { value }) => setDraft({ ...draft, words: { ...draft.words, [each]: value } })}
          />
        </Field>
      ))}
      {isLostUpdate(save.error) ? (
        <MessageBar intent="warning" layout="multiline" role="alert">
          <MessageBarBody>{t('survey.settings.conflict', { what: differences(before, settings) })}</MessageBarBody>
          <MessageBarActions>
            <Button
              onClick={() => {
                show(settings)
                save.reset()
              }}
            >
              {t('conflict.keepTheirs')}
            </Button>
            <Button onClick={() => save.mutate({ ...chosen, version: settings.version })}>{t('survey.settings.keepMine')}</Button>
          </MessageBarActions>
        </MessageBar>
      ) : (
        <FailureBar error={save.error} />
      )}
      <div>
        <ActionButton type="submit" appearance="primary" refusal={refusal ?? (isChanged ? undefined : t('admin.nothingChanged'))}>
          {t('save')}
        </ActionButton>
      </div>
    </form>
  )
  function differences(from: Omit<SurveySettingsView, 'version'>, to: SurveySettingsView): string {
    const changed = NUMBERS.filter(([name]) => from[name] !== to[name]).map(
      ([name]) => `${t(`survey.settings.${name}`)}: ${formats.number(to[name])}`,
    )
    const more = [
      ...(from.isAutomatic === to.isAutomatic ? [] : [t('survey.settings.automatic')]),
      ...(String(from.languages) === String(to.languages) ? [] : [t('survey.settings.languages')]),
    ]
    return [...changed, ...more].join('; ')
  }
}

/** Empty words are none, and the order in which they were typed says nothing. */
const sorted = ({ words, ...rest }: Omit<SurveySettingsView, 'version'>) => [
  Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)),
  SURVEY_LANGUAGES.map(each => words[each]?.trim() || null),
]
