import {
  Button,
  Field,
  Input,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  makeStyles,
  Radio,
  RadioGroup,
  Subtitle2,
  tokens,
} from '@fluentui/react-components'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChangeSettings, SettingsView } from '../../../model/admin-api.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { FailureBar } from '../../ui/FailureBar.tsx'
import { isLostUpdate } from '../../ui/failure.ts'
import { useFormats } from '../../ui/format.ts'
import { send } from '../../ui/http.ts'
import { useRefusal } from '../permission.ts'
import { settingsQuery, urlOf } from '../queries.ts'
import { useWrite } from '../use-write.ts'
import { changeOf, type Draft, differencesOf, draftOf, mineOver, parseDays } from './draft.ts'

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '20px', maxWidth: '720px' },
  group: { display: 'flex', flexDirection: 'column', gap: '12px' },
  quiet: { color: tokens.colorNeutralForeground3, margin: 0 },
  days: { maxWidth: '140px' },
})

/** Settings of the installation. What one changed stays in the form when somebody else saved first. */
export function SettingsForm({ settings }: { settings: SettingsView }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const client = useQueryClient()
  const refusal = useRefusal()('change-settings')
  // The settings the person looks at: a newer answer does not change the form under their hands.
  const [seen, setSeen] = useState(settings)
  const [draft, setDraft] = useState(draftOf(settings))
  const show = (fresh: SettingsView, next: Draft) => {
    setSeen(fresh)
    setDraft(next)
  }
  const save = useWrite({
    write: (change: ChangeSettings) => send<SettingsView>('PUT', urlOf('settings'), change),
    changes: [['portfolio'], ['customer']],
    done: t('admin.settings.saved'),
    onDone: saved => {
      client.setQueryData(settingsQuery.queryKey, saved)
      show(saved, draftOf(saved))
    },
    // Theirs then stands in `settings`, to be shown beside what is in the form.
    onFailed: error => isLostUpdate(error) && client.invalidateQueries({ queryKey: settingsQuery.queryKey }),
    isForm: true,
  })
  const change = changeOf(seen, draft)
  const lost = isLostUpdate(save.error)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!refusal && change && !save.isPending) save.mutate({ ...change, version: seen.version })
  }
  const takeTheirs = async (keepMine: boolean) => {
    const fresh = await client.fetchQuery({ ...settingsQuery, staleTime: 0 })
    show(fresh, keepMine ? mineOver(seen, fresh, draft) : draftOf(fresh))
    save.reset()
  }
  return (
    <form className={styles.form} noValidate onSubmit={submit} aria-labelledby="section">
      <Field label={t('admin.settings.unassigned')} {...(refusal ? { hint: refusal } : {})}>
        <RadioGroup
          value={draft.unassigned}
          disabled={refusal !== undefined}
          onChange={(_, { value }) => setDraft({ ...draft, unassigned: value === 'hidden' ? 'hidden' : 'read-only' })}
        >
          {(['hidden', 'read-only'] as const).map(each => (
            <Radio
              key={each}
              value={each}
              label={
                <>
                  {t(`admin.settings.choice.${each}`)}
                  <p className={styles.quiet}>{t(`admin.settings.means.${each}`)}</p>
                </>
              }
            />
          ))}
        </RadioGroup>
      </Field>
      <div className={styles.group}>
        <Subtitle2 as="h3">{t('admin.settings.retention')}</Subtitle2>
        <p className={styles.quiet}>{t('admin.settings.retentionHelp')}</p>
        {seen.retention.map(({ kind, title, defaultDays }) => {
          const typed = draft.days[kind] ?? ''
          return (
            <Field
              key={kind}
              label={formats.text(title, kind)}
              hint={t('admin.settings.default', { count: defaultDays, number: formats.number(defaultDays) })}
              {...(parseDays(typed) === undefined ? { validationMessage: t('admin.settings.daysFault') } : {})}
            >
              <Input
                className={styles.days}
                inputMode="numeric"
                value={typed}
                disabled={refusal !== undefined}
                placeholder={formats.number(defaultDays)}
                contentAfter={t('admin.settings.days')}
                onChange={(_, { value }) => setDraft({ ...draft, days: { ...draft.days, [kind]: value } })}
              />
            </Field>
          )
        })}
      </div>
      {lost ? (
        <MessageBar intent="warning" layout="multiline" role="alert">
          <MessageBarBody>
            {t('admin.settings.conflict')} <Theirs seen={seen} fresh={settings} />
          </MessageBarBody>
          <MessageBarActions>
            <Button onClick={() => void takeTheirs(false)}>{t('conflict.keepTheirs')}</Button>
            <Button onClick={() => void takeTheirs(true)}>{t('admin.settings.mineOver')}</Button>
          </MessageBarActions>
        </MessageBar>
      ) : (
        <FailureBar error={save.error} />
      )}
      <div>
        <ActionButton type="submit" appearance="primary" refusal={refusal ?? (change ? undefined : t('admin.nothingChanged'))}>
          {t('save')}
        </ActionButton>
      </div>
    </form>
  )
}

/** What somebody else saved, in one line. */
function Theirs({ seen, fresh }: { seen: SettingsView; fresh: SettingsView }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { unassigned, retention } = differencesOf(seen, fresh)
  const lines = [
    ...(unassigned ? [`${t('admin.settings.unassigned')}: ${t(`admin.settings.choice.${unassigned}`)}`] : []),
    ...retention.map(({ kind, title, days }) => `${formats.text(title, kind)}: ${formats.number(days)} ${t('admin.settings.days')}`),
  ]
  return lines.length === 0 ? null : <strong>{`${t('conflict.theirs')}: ${lines.join('; ')}.`}</strong>
}
