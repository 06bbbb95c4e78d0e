import { Dialog, DialogSurface, Input, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { Search20Regular } from '@fluentui/react-icons/svg/search'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { type KeyboardEvent, useEffect, useEffectEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FoundPeople } from '../../model/note-api.ts'
import { firstSection } from '../admin/sections.ts'
import { chooseLanguage, LANGUAGES, languageName } from '../i18n.ts'
import { playbookQuery } from '../playbooks/queries.ts'
import { findCustomersQuery } from '../portfolio/queries.ts'
import { REPORTS } from '../reports/reports.ts'
import { sessionQuery } from '../session/queries.ts'
import { useFormats } from '../ui/format.ts'
import { get } from '../ui/http.ts'
import { themeChoice } from '../ui/theme.tsx'
import { Hidden } from '../ui/Visually.tsx'
import { useSignOut } from './TopBar.tsx'

const useStyles = makeStyles({
  surface: { padding: '8px', maxWidth: '560px', width: 'calc(100% - 16px)', marginTop: '10vh', marginBottom: 'auto' },
  input: { width: '100%' },
  list: { listStyleType: 'none', margin: '8px 0 0', padding: 0, maxHeight: '50vh', overflowY: 'auto' },
  option: {
    display: 'flex',
    justifyContent: 'space-between',
    gap: '8px',
    padding: '8px 12px',
    borderRadius: tokens.borderRadiusMedium,
    cursor: 'pointer',
  },
  active: { backgroundColor: tokens.colorSubtleBackgroundSelected, boxShadow: `inset 0 0 0 2px ${tokens.colorStrokeFocus2}` },
  kind: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
})

type Entry = { id: string; label: string; kind: string; run: () => void }

/** Customers by name, then screens and commands; `>` shows commands only, `@` people and `#` tasks of the playbook. */
export default function Palette({ onClose, onKeys }: { onClose: () => void; onKeys: () => void }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const listId = useId()
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const [isWaiting, setWaiting] = useState(false)
  const { entries, isLooking } = useEntries(text, onKeys)
  const at = Math.min(active, entries.length - 1)
  const run = (entry: Entry | undefined) => {
    if (!entry) return
    onClose()
    entry.run()
  }
  const activate = (entry: number) => {
    setActive(entry)
    setWaiting(false)
  }
  // Who types a name and Enter means the customer of that name, also where the answer is still on its way.
  const enter = () => (isLooking && active === 0 ? setWaiting(true) : run(entries[at]))
  const onAnswer = useEffectEvent(() => run(entries[at]))
  useEffect(() => {
    if (isWaiting && !isLooking) onAnswer()
  }, [isWaiting, isLooking])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') enter()
    else if (event.key === 'ArrowDown') activate((at + 1) % Math.max(entries.length, 1))
    else if (event.key === 'ArrowUp') activate((at - 1 + entries.length) % Math.max(entries.length, 1))
    else return
    event.preventDefault()
  }
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogSurface className={styles.surface} aria-label={t('palette.title')}>
        <Input
          autoFocus
          className={styles.input}
          size="large"
          contentBefore={<Search20Regular />}
          placeholder={t('palette.placeholder')}
          aria-label={t('palette.title')}
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={entries[at] ? `${listId}-${at}` : undefined}
          autoComplete="off"
          value={text}
          onChange={(_, { value }) => {
            setText(value)
            activate(0)
          }}
          onKeyDown={onKeyDown}
        />
        <div role="listbox" id={listId} aria-label={t('palette.results')} className={styles.list}>
          {entries.map((entry, index) => (
            // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the combobox, which names the active option
            // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox handles the keys
            <div
              key={entry.id}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === at}
              className={mergeClasses(styles.option, index === at && styles.active)}
              ref={element => {
                if (index === at) element?.scrollIntoView({ block: 'nearest' })
              }}
              onClick={() => run(entry)}
            >
              <span>{entry.label}</span>
              <span className={styles.kind}>{entry.kind}</span>
            </div>
          ))}
        </div>
        <Hidden live>{t('palette.count', { count: entries.length })}</Hidden>
      </DialogSurface>
    </Dialog>
  )
}

function useEntries(text: string, onKeys: () => void): { entries: Entry[]; isLooking: boolean } {
  const { t, i18n } = useTranslation()
  const navigate = useNavigate()
  const leave = useSignOut()
  const { data: session } = useSuspenseQuery(sessionQuery)
  const firstAdmin = firstSection(session.person?.may ?? [])
  const sign = /^[>@#]/.exec(text)?.[0] ?? ''
  const q = text.slice(sign.length).trim()
  const people = usePeople(q, sign === '@')
  const tasks = useTasks(q, sign === '#')
  const found = useQuery({ ...findCustomersQuery(q), enabled: sign === '' })
  // Names of the answer before stand until the next one comes, but only where they are what is looked for now.
  const names = found.isPlaceholderData ? found.data.rows.filter(row => plain(row.name).includes(plain(q))) : (found.data?.rows ?? [])
  const customers = names.map(row => ({
    id: row.id,
    label: row.name,
    kind: t('palette.customer'),
    run: () => void navigate({ to: '/customers/$customer/plan', params: { customer: row.id } }),
  }))
  const other = LANGUAGES.filter(tag => tag !== i18n.language)
  const commands: Entry[] = [
    ...(['today', 'portfolio', 'meetings', 'requests', 'reviews', 'playbooks'] as const).map(id => ({
      id,
      label: t(`nav.${id}`),
      kind: t('palette.screen'),
      run: () => void navigate({ to: `/${id}` }),
    })),
    { id: 'reports', label: t('nav.reports'), kind: t('palette.screen'), run: () => void navigate({ to: '/reports' }) },
    ...REPORTS.map(({ id, to }) => ({
      id: `report-${id}`,
      label: `${t('nav.reports')} · ${t(`reportName.${id}`)}`,
      kind: t('palette.screen'),
      run: () => void navigate({ to }),
    })),
    ...(firstAdmin
      ? [{ id: 'admin', label: t('nav.admin'), kind: t('palette.screen'), run: () => void navigate({ to: firstAdmin.to }) }]
      : []),
    { id: 'account', label: t('account.title'), kind: t('palette.screen'), run: () => void navigate({ to: '/account' }) },
    ...other.map(tag => ({ id: tag, label: languageName(tag), kind: t('frame.language'), run: () => void chooseLanguage(tag) })),
    ...(['system', 'light', 'dark'] as const).map(each => ({
      id: `theme-${each}`,
      label: t(`theme.${each}`),
      kind: t('frame.theme'),
      run: () => themeChoice.set(each),
    })),
    { id: 'keys', label: t('keys.title'), kind: t('palette.command'), run: onKeys },
    { id: 'leave', label: t('frame.signOut'), kind: t('palette.command'), run: () => void leave() },
  ]
  const notes: Entry = {
    id: 'notes',
    label: t('palette.notes', { q }),
    kind: t('palette.search'),
    run: () => void navigate({ to: '/search', search: { q } }),
  }
  if (sign === '@') return people
  if (sign === '#') return { entries: tasks, isLooking: false }
  const matches = commands.filter(entry => plain(`${entry.label} ${entry.kind}`).includes(plain(q)))
  if (sign === '>') return { entries: matches, isLooking: false }
  return {
    entries: [...customers, ...matches, ...(q.length > 1 ? [notes] : [])],
    isLooking: found.isPending || found.isPlaceholderData,
  }
}

/** Colleagues of customers one may see: to the customers they own. */
function usePeople(q: string, isAsked: boolean): { entries: Entry[]; isLooking: boolean } {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { data, isPending } = useQuery({
    queryKey: ['search', 'people', q],
    queryFn: ({ signal }) => get<FoundPeople>('/search/people', { q }, signal),
    enabled: isAsked,
  })
  const entries = (data?.people ?? []).map(each => ({
    id: `person-${each.id}`,
    label: each.name,
    kind: t('palette.person'),
    run: () => void navigate({ to: '/portfolio', search: { owner: each.name } }),
  }))
  return { entries, isLooking: isPending }
}

/** As many tasks as one reads. */
const TASKS = 20

/** Tasks of the playbook by id or title: in the plan of the customer one is at, else on the page of their process. */
function useTasks(q: string, isAsked: boolean): Entry[] {
  const { t } = useTranslation()
  const formats = useFormats()
  const navigate = useNavigate()
  const { customer } = useParams({ strict: false })
  const { data } = useQuery({ ...playbookQuery, enabled: isAsked })
  if (!isAsked) return []
  const all = (data?.processes ?? []).flatMap(process =>
    process.steps.flatMap(step => step.tasks.map(task => ({ process: process.id, id: task.id, title: formats.text(task.title, task.id) }))),
  )
  return all
    .filter(each => each.id.startsWith(q) || plain(each.title).includes(plain(q)))
    .slice(0, TASKS)
    .map(each => ({
      id: `task-${each.process}-${each.id}`,
      label: `${each.id} · ${each.title}`,
      kind: t('palette.task'),
      run: () =>
        void (customer === undefined
          ? navigate({ to: '/playbooks/$process', params: { process: each.process } })
          : navigate({ to: '/customers/$customer/plan', params: { customer }, search: { q: each.id } })),
    }))
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
