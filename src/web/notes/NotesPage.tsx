import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useInfiniteQuery, useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { NoteView } from '../../model/note-api.ts'
import { wholeRefusal } from '../customer/may-write.ts'
import { customerPath, customerQuery } from '../customer/queries.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { AppLink } from '../ui/AppLink.tsx'
import { failureText } from '../ui/failure.ts'
import { useFormats } from '../ui/format.ts'
import { apiUrl, send } from '../ui/http.ts'
import { Markdown } from '../ui/Markdown.tsx'
import { ErrorNotice, Notice } from '../ui/Notice.tsx'
import { showToast } from '../ui/toasts.tsx'
import { draftOf } from './draft.ts'
import { notesQuery } from './queries.ts'

const NoteDialog = lazy(() => import('./NoteDialog.tsx'))
const VersionsDialog = lazy(() => import('./VersionsDialog.tsx'))

const route = getRouteApi('/frame/customers/$customer/notes')

const useStyles = makeStyles({
  column: { maxWidth: '780px', margin: '0 auto', display: 'flex', flexDirection: 'column', gap: '12px' },
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  note: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    padding: '12px 16px',
    marginBottom: '12px',
  },
  linked: { border: `2px solid ${tokens.colorBrandStroke1}` },
  head: { display: 'flex', flexWrap: 'wrap', gap: '4px 8px', alignItems: 'center' },
  quiet: { flex: '1 1 240px', color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
})

type Open = { is: 'none' } | { is: 'write' } | { is: 'change'; note: NoteView } | { is: 'versions'; note: string }

/** What was talked about with this customer, newest first. */
export function NotesPage() {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const client = useQueryClient()
  const { customer: id } = route.useParams()
  const { note: linked, subject } = route.useSearch()
  const navigate = route.useNavigate()
  const { data: customer } = useSuspenseQuery(customerQuery(id))
  const found = useInfiniteQuery(notesQuery(id, subject))
  // What was begun and not saved is shown again after a reload.
  const [open, setOpen] = useState<Open>(() => (draftOf(id, null) === null ? { is: 'none' } : { is: 'write' }))
  const notes = found.data?.pages.flatMap(page => page.notes) ?? []
  const refusal = wholeRefusal(customer.canWrite)
  const why = refusal && formats.text(refusal)
  const refresh = () => void client.invalidateQueries({ queryKey: ['customer', id] })
  const failed = (error: unknown) => showToast({ intent: 'error', title: t('plan.notSaved'), body: failureText(error, t, formats) })
  const restore = useMutation({
    mutationFn: ({ id: note, body, version }: NoteView) =>
      send<NoteView>('PUT', apiUrl(customerPath(id, 'notes', note)), { body, version }),
    onSuccess: refresh,
    onError: failed,
  })
  const remove = useMutation({
    mutationFn: ({ id: note, version }: NoteView) => send<NoteView>('DELETE', apiUrl(customerPath(id, 'notes', note), { version })),
    onSuccess: removed => {
      refresh()
      showToast({ intent: 'success', title: t('notes.removed'), action: { label: t('plan.undo'), run: () => restore.mutate(removed) } })
    },
    onError: failed,
  })
  const close = () => setOpen({ is: 'none' })
  return (
    <div className={styles.column}>
      <div className={styles.head}>
        <ActionButton appearance="primary" aria-keyshortcuts="n" refusal={why} onClick={() => setOpen({ is: 'write' })}>
          {t('notes.write')}
        </ActionButton>
        {subject !== undefined && (
          <Button onClick={() => void navigate({ search: previous => ({ ...previous, subject: undefined }) })}>{t('notes.all')}</Button>
        )}
      </div>
      {found.isPending && <p role="status">{t('notes.loading')}</p>}
      {found.isError && <ErrorNotice error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && notes.length === 0 && <Notice title={t('notes.none')}>{t('notes.noneHelp')}</Notice>}
      <ul className={styles.list} aria-label={t('tab.notes')}>
        {notes.map(note => (
          <li key={note.id} className={mergeClasses(styles.note, note.id === linked && styles.linked)}>
            <div className={styles.head}>
              <span className={styles.quiet}>
                {note.by} · <time dateTime={note.at}>{formats.moment(note.at)}</time>
                {note.version > 1 && ` · ${t('notes.changedAt', { when: formats.moment(note.changedAt) })}`}
                {note.subject !== null && <About customer={id} subject={note.subject} />}
              </span>
              <ActionButton size="small" refusal={why} onClick={() => setOpen({ is: 'change', note })}>
                {t('notes.change')}
              </ActionButton>
              {note.version > 1 && (
                <Button size="small" onClick={() => setOpen({ is: 'versions', note: note.id })}>
                  {t('notes.versions')}
                </Button>
              )}
              <ActionButton size="small" refusal={why} disabledFocusable={remove.isPending} onClick={() => remove.mutate(note)}>
                {t('notes.remove')}
              </ActionButton>
            </div>
            <Markdown text={note.body} />
          </li>
        ))}
      </ul>
      {found.hasNextPage && (
        <Button disabledFocusable={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('timeline.more')}
        </Button>
      )}
      <Suspense fallback={null}>
        {open.is === 'write' && <NoteDialog customer={id} note={null} subject={subject} onClose={close} />}
        {open.is === 'change' && <NoteDialog key={open.note.id} customer={id} note={open.note} onClose={close} />}
        {open.is === 'versions' && <VersionsDialog customer={id} note={open.note} onClose={close} />}
      </Suspense>
    </div>
  )
}

/** What a note is about; of a task, the way to it. */
function About({ customer, subject }: { customer: string; subject: string }) {
  const { t } = useTranslation()
  const [kind, ...rest] = subject.split(':')
  const what = t(`notes.subject.${kind}`)
  if (kind !== 'item') return ` · ${what}`
  return (
    <>
      {' · '}
      <AppLink inline to="/customers/$customer/plan" params={{ customer }} search={{ item: rest.join(':') }}>
        {what}
      </AppLink>
    </>
  )
}
