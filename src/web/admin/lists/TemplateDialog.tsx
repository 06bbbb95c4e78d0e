import {
  Button,
  Field,
  Input,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  Select,
  Textarea,
  tokens,
} from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LANGUAGES, languageName } from '../../i18n.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { isLostUpdate } from '../../ui/failure.ts'
import { HttpError } from '../../ui/http.ts'
import { Markdown } from '../../ui/Markdown.tsx'
import { PlanFields } from './PlanFields.tsx'
import { EMPTY_PLAN, faultsOf, planBodyOf, planDraftOf, planLines } from './plan-draft.ts'
import type { TemplateKind } from './queries.ts'
import { useServiceNames } from './service-names.ts'
import { type Content, useTemplates } from './use-templates.ts'

const useStyles = makeStyles({
  text: {
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    padding: '8px 12px',
    maxHeight: '240px',
    overflowY: 'auto',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
})

type Props = {
  kind: TemplateKind
  /** Under which id it is kept. */
  idOf: (title: string) => string
  /** Null: an empty one. */
  start: Content | null
  /** Of what stands there now; 0: nothing does. */
  version: number
  onClose: () => void
}

/** A template in one language: of a note as Markdown, of a success plan by its objectives and metrics. */
export default function TemplateDialog({ kind, idOf, start, version, onClose }: Props) {
  const { t, i18n } = useTranslation()
  const styles = useStyles()
  const { nameOf } = useServiceNames()
  const { save, said, refresh } = useTemplates(kind)
  const [title, setTitle] = useState(start?.title ?? '')
  const [language, setLanguage] = useState(start?.language ?? i18n.language)
  const [note, setNote] = useState(kind === 'note' ? (start?.body ?? '') : '')
  const [plan, setPlan] = useState(() => (kind === 'success-plan' && start ? planDraftOf(start.body) : EMPTY_PLAN))
  const [isPreview, setPreview] = useState(false)
  const [tried, setTried] = useState(false)
  const theirs = theirsIn(save.error)
  const faults = kind === 'note' ? new Map() : faultsOf(plan)
  const lacksText = kind === 'note' && note.trim() === ''
  const run = () => {
    setTried(true)
    if (title.trim() === '' || lacksText || faults.size > 0) return
    const content = { title: title.trim(), language, body: kind === 'note' ? note : planBodyOf(plan) }
    const id = idOf(title)
    save.mutate(
      { id, content, version: theirs?.version ?? version },
      {
        onSuccess: view => {
          const now = view.templates.find(each => each.id === id)?.version
          const back = start && version > 0 && now !== undefined ? { id, content: start, version: now } : undefined
          said(t('lists.saved', { what: content.title }), back)
          onClose()
        },
        onError: error => isLostUpdate(error) && void refresh(),
      },
    )
  }
  return (
    <FormDialog
      title={start && version > 0 ? t('lists.changeOf', { what: start.title }) : t('lists.addTemplate')}
      onClose={onClose}
      submit={{ label: t(theirs ? 'conflict.saveMine' : 'save'), run, isBusy: save.isPending }}
      error={theirs ? undefined : save.error}
    >
      {theirs && (
        <MessageBar intent="warning" layout="multiline" role="alert">
          <MessageBarBody>
            <MessageBarTitle>{t('conflict.title')}.</MessageBarTitle>{' '}
            {theirs.content === null ? t('lists.removedMeanwhile') : t('conflict.help')}
            {theirs.content && (
              <>
                <p>
                  {t('conflict.theirs')}: {theirs.content.title} ({languageName(theirs.content.language)})
                </p>
                <div className={styles.text}>{kind === 'note' ? theirs.content.body : planLines(theirs.content.body, nameOf)}</div>
              </>
            )}
          </MessageBarBody>
          <MessageBarActions>
            <Button onClick={onClose}>{t('conflict.keepTheirs')}</Button>
          </MessageBarActions>
        </MessageBar>
      )}
      <Field label={t('lists.title')} required {...(tried && title.trim() === '' ? { validationMessage: t('lists.titleNeeded') } : {})}>
        <Input value={title} maxLength={200} onChange={(_, { value }) => setTitle(value)} />
      </Field>
      <Field label={t('lists.language')}>
        <Select value={language} onChange={(_, { value }) => setLanguage(value)}>
          {[...new Set([...LANGUAGES, language])].map(tag => (
            <option key={tag} value={tag}>
              {languageName(tag)}
            </option>
          ))}
        </Select>
      </Field>
      {kind === 'success-plan' && <PlanFields plan={plan} onChange={setPlan} faults={tried ? faults : new Map()} />}
      {kind === 'note' && (
        <>
          {isPreview ? (
            <section aria-label={t('lists.preview')} className={styles.text}>
              <Markdown text={note} />
            </section>
          ) : (
            <Field
              label={t('lists.text')}
              hint={t('lists.textHint')}
              required
              {...(tried && lacksText ? { validationMessage: t('lists.textNeeded') } : {})}
            >
              <Textarea
                value={note}
                rows={12}
                maxLength={50_000}
                resize="vertical"
                lang={language}
                onChange={(_, { value }) => setNote(value)}
              />
            </Field>
          )}
          <div>
            <Button aria-pressed={isPreview} onClick={() => setPreview(now => !now)}>
              {t(isPreview ? 'lists.goOn' : 'lists.preview')}
            </Button>
          </div>
        </>
      )}
    </FormDialog>
  )
}

/** A 409 carries what stands now and its version; without a text it was removed. */
function theirsIn(error: unknown): Readonly<{ content: Content | null; version: number }> | undefined {
  if (!isLostUpdate(error) || !(error instanceof HttpError)) return undefined
  // What the server promises in `app/lists/templates.ts`.
  const { theirs, version } = error.problem.details as { theirs?: Content; version: number }
  return { content: theirs ?? null, version }
}
