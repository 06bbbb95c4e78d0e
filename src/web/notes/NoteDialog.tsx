import { Button, Field, makeStyles, Select, Textarea, tokens } from '@fluentui/react-components'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { NoteView } from '../../model/note-api.ts'
import { customerPath } from '../customer/queries.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { useFormats } from '../ui/format.ts'
import { apiUrl, HttpError, send } from '../ui/http.ts'
import { Markdown } from '../ui/Markdown.tsx'
import { showToast } from '../ui/toasts.tsx'
import { draftOf, keepDraft } from './draft.ts'
import { mentionableQuery, templatesQuery } from './queries.ts'

const useStyles = makeStyles({
  row: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'flex-end' },
  theirs: {
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    padding: '8px 12px',
    maxHeight: '200px',
    overflowY: 'auto',
  },
})

type Theirs = Readonly<{ body: string; by: string; at: string; version: number }>
type Props = {
  customer: string
  /** Null: a new one. */
  note: Pick<NoteView, 'id' | 'body' | 'version'> | null
  subject?: string | undefined
  /** What the subject is called. */
  about?: string | undefined
  onClose: () => void
}

/** Writes a note or changes one. What is typed is kept until it is saved, also when somebody else saved meanwhile. */
export default function NoteDialog({ customer, note, subject, about, onClose }: Props) {
  // What is begun about one thing is not found again when writing about another.
  const draft = note?.id ?? subject ?? null
  const { t, i18n } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const client = useQueryClient()
  const [body, setBody] = useState(() => draftOf(customer, draft) ?? note?.body ?? '')
  const [isPreview, setPreview] = useState(false)
  const [tried, setTried] = useState(false)
  const [theirs, setTheirs] = useState<Theirs | null>(null)
  const [state, setState] = useState<{ isBusy: boolean; error?: unknown }>({ isBusy: false })
  const { data: people } = useQuery(mentionableQuery(customer))
  const { data: templates } = useQuery(templatesQuery)
  const own = (templates?.templates ?? []).filter(each => each.language === i18n.language)
  const offered = own.length > 0 ? own : (templates?.templates ?? [])
  const write = (text: string) => {
    setBody(text)
    keepDraft(customer, draft, text)
  }
  const add = (text: string) =>
    write(body.trim() === '' ? text : `${body.replace(/\s+$/, '')}${text.startsWith('@') ? ' ' : '\n\n'}${text}`)
  const forget = () => {
    keepDraft(customer, draft, null)
    onClose()
  }
  const save = async (version: number | undefined) => {
    setTried(true)
    if (body.trim() === '') return
    setState({ isBusy: true })
    try {
      if (note && version !== undefined) await send<NoteView>('PUT', apiUrl(customerPath(customer, 'notes', note.id)), { body, version })
      else await send<NoteView>('POST', apiUrl(customerPath(customer, 'notes')), { body, subject: subject ?? null })
      void client.invalidateQueries({ queryKey: ['customer', customer] })
      showToast({ intent: 'success', title: t('notes.saved') })
      forget()
    } catch (error) {
      const found = theirsIn(error)
      setTheirs(found ?? null)
      setState(found ? { isBusy: false } : { isBusy: false, error })
    }
  }
  return (
    <FormDialog
      title={about === undefined ? t(note ? 'notes.change' : 'notes.write') : t('notes.writeAbout', { about })}
      onClose={onClose}
      submit={{
        label: t(theirs ? 'conflict.saveMine' : 'save'),
        run: () => void save(theirs?.version ?? note?.version),
        isBusy: state.isBusy,
      }}
      error={state.error}
    >
      {theirs && (
        <section aria-label={t('conflict.theirs')} role="alert">
          <p>
            {t('notes.conflict')} {t('conflict.by', { who: theirs.by, when: formats.moment(theirs.at) })}
          </p>
          <div className={styles.theirs}>
            <Markdown text={theirs.body} />
          </div>
          <Button
            onClick={() => {
              void client.invalidateQueries({ queryKey: ['customer', customer] })
              forget()
            }}
          >
            {t('conflict.keepTheirs')}
          </Button>
        </section>
      )}
      {isPreview ? (
        <section aria-label={t('notes.preview')} className={styles.theirs}>
          <Markdown text={body} />
        </section>
      ) : (
        <Field
          label={t('notes.text')}
          hint={t('notes.textHint')}
          required
          {...(tried && body.trim() === '' ? { validationMessage: t('notes.textNeeded') } : {})}
        >
          <Textarea autoFocus value={body} rows={10} maxLength={50_000} resize="vertical" onChange={(_, { value }) => write(value)} />
        </Field>
      )}
      <div className={styles.row}>
        <Field label={t('notes.template')}>
          <Select
            value=""
            onChange={(_, { value }) => {
              const chosen = offered.find(each => `${each.id} ${each.language}` === value)
              if (chosen) add(chosen.body)
            }}
          >
            <option value="">{t('notes.chooseTemplate')}</option>
            {offered.map(each => (
              <option key={`${each.id} ${each.language}`} value={`${each.id} ${each.language}`}>
                {each.title}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('notes.mention')}>
          <Select value="" onChange={(_, { value }) => value && add(`@${value} `)}>
            <option value="">{t('notes.choosePerson')}</option>
            {(people?.people ?? []).map(each => (
              <option key={each.id} value={each.name}>
                {each.name}
              </option>
            ))}
          </Select>
        </Field>
        <Button aria-pressed={isPreview} onClick={() => setPreview(now => !now)}>
          {t(isPreview ? 'notes.goOn' : 'notes.preview')}
        </Button>
      </div>
    </FormDialog>
  )
}

/** A 409 carries the text that stands now. */
function theirsIn(error: unknown): Theirs | undefined {
  if (!(error instanceof HttpError) || error.status !== 409) return undefined
  const { details } = error.problem
  // What the server promises in `app/notes/notes.ts`.
  return typeof details === 'object' && details !== null && 'theirs' in details ? (details.theirs as Theirs) : undefined
}
