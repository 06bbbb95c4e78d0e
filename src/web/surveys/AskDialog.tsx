import { Checkbox, MessageBar, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomerSurvey } from '../../model/survey-api.ts'
import { customerPath } from '../customer/queries.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { useFormats } from '../ui/format.ts'
import { apiUrl, HttpError, send } from '../ui/http.ts'
import { showToast } from '../ui/toasts.tsx'
import { surveyQuery } from './queries.ts'

const useStyles = makeStyles({
  people: { border: 0, margin: 0, padding: 0, display: 'flex', flexDirection: 'column', minWidth: 0, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, marginInlineStart: '36px' },
  fault: { color: tokens.colorPaletteRedForeground1 },
})

const isConflict = (error: unknown) => error instanceof HttpError && error.status === 409

/** Whom to ask: all who may be are chosen; who may not says why. */
export default function AskDialog({ survey: first, onClose }: { survey: CustomerSurvey; onClose: () => void }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const client = useQueryClient()
  const { data: survey = first } = useQuery(surveyQuery(first.customer))
  const mayBeAsked = survey.contacts.filter(each => each.refusal === null).map(each => each.id)
  const [unchosen, setUnchosen] = useState<ReadonlySet<string>>(new Set())
  const [tried, setTried] = useState(false)
  const chosen = mayBeAsked.filter(id => !unchosen.has(id))
  const ask = useMutation({
    mutationFn: (contacts: readonly string[]) =>
      send<CustomerSurvey>('POST', apiUrl(customerPath(survey.customer, 'survey', 'invitations')), { contacts }),
    onSuccess: (now, contacts) => {
      client.setQueryData(surveyQuery(survey.customer).queryKey, now)
      const count = contacts.length
      showToast({ intent: 'success', title: t('survey.dialog.sent', { count, number: formats.number(count) }) })
      onClose()
    },
    onError: error => isConflict(error) && client.invalidateQueries({ queryKey: surveyQuery(survey.customer).queryKey }),
  })
  const run = () => {
    setTried(true)
    if (chosen.length > 0) ask.mutate(chosen)
  }
  const languages = new Intl.DisplayNames([formats.locale], { type: 'language' })
  const label =
    chosen.length === 0 ? t('survey.dialog.send') : t('survey.dialog.send', { count: chosen.length, number: formats.number(chosen.length) })
  const choose = (id: string, isChosen: boolean) => {
    const next = new Set(unchosen)
    if (isChosen) next.delete(id)
    else next.add(id)
    setUnchosen(next)
  }
  return (
    <FormDialog
      title={t('survey.dialog.title')}
      onClose={onClose}
      submit={mayBeAsked.length === 0 ? undefined : { label, run, isBusy: ask.isPending }}
      error={isConflict(ask.error) ? undefined : ask.error}
    >
      <span>
        {t('survey.dialog.help', {
          expireAfter: formats.number(survey.expireAfter),
          remindAfter: formats.number(survey.remindAfter),
          coolDown: formats.number(survey.coolDown),
        })}
      </span>
      {isConflict(ask.error) && (
        <MessageBar intent="warning" layout="multiline" role="alert">
          <MessageBarBody>{t('survey.dialog.changed')}</MessageBarBody>
        </MessageBar>
      )}
      {survey.contacts.length === 0 && <span>{t('survey.dialog.empty')}</span>}
      <fieldset className={styles.people} aria-describedby={tried && chosen.length === 0 ? 'ask-fault' : undefined}>
        <legend>{t('survey.dialog.who')}</legend>
        {survey.contacts.map(({ id, name, email, language, refusal }) => (
          <div key={id}>
            <Checkbox
              label={name}
              disabled={refusal !== null}
              checked={chosen.includes(id)}
              aria-describedby={`ask-${id}`}
              onChange={(_, { checked }) => choose(id, checked === true)}
            />
            <div className={styles.quiet} id={`ask-${id}`}>
              {refusal
                ? t(`survey.refusals.${refusal.is}`, { why: refusal.why ?? '', until: formats.day(refusal.until) })
                : `${email ?? ''} · ${t('survey.dialog.in', { language: languages.of(language) ?? language })}`}
            </div>
          </div>
        ))}
      </fieldset>
      {tried && chosen.length === 0 && (
        <span id="ask-fault" className={styles.fault} role="alert">
          {t('survey.dialog.choose')}
        </span>
      )}
    </FormDialog>
  )
}
