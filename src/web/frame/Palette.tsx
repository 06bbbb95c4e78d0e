import { Dialog, DialogSurface, Input, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { Search20Regular } from '@fluentui/react-icons/svg/search'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { firstSection } from '../admin/sections.ts'
import { chooseLanguage, LANGUAGES, languageName } from '../i18n.ts'
import { findCustomersQuery } from '../portfolio/queries.ts'
import { sessionQuery } from '../session/queries.ts'
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

/** Customers by name, then screens and commands; `>` shows commands only. */
export default function Palette({ onClose, onKeys }: { onClose: () => void; onKeys: () => void }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const listId = useId()
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const entries = useEntries(text, onKeys)
  const at = Math.min(active, entries.length - 1)
  const run = (entry: Entry | undefined) => {
    if (!entry) return
    onClose()
    entry.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') run(entries[at])
    else if (event.key === 'ArrowDown') setActive((at + 1) % Math.max(entries.length, 1))
    else if (event.key === 'ArrowUp') setActive((at - 1 + entries.length) % Math.max(entries.length, 1))
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
            setActive(0)
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

function useEntries(text: string, onKeys: () => void): Entry[] {
  const { t, i18n } = useTranslation()
  const navigate = useNavigate()
  const leave = useSignOut()
  const { data: session } = useSuspenseQuery(sessionQuery)
  const firstAdmin = firstSection(session.person?.may ?? [])
  const onlyCommands = text.startsWith('>')
  const q = text.replace(/^>/, '').trim()
  const found = useQuery({ ...findCustomersQuery(q), enabled: !onlyCommands })
  const customers = onlyCommands
    ? []
    : (found.data?.rows ?? []).map(row => ({
        id: row.id,
        label: row.name,
        kind: t('palette.customer'),
        run: () => void navigate({ to: '/customers/$customer/plan', params: { customer: row.id } }),
      }))
  const other = LANGUAGES.filter(tag => tag !== i18n.language)
  const commands: Entry[] = [
    { id: 'portfolio', label: t('nav.portfolio'), kind: t('palette.screen'), run: () => void navigate({ to: '/portfolio' }) },
    { id: 'playbooks', label: t('nav.playbooks'), kind: t('palette.screen'), run: () => void navigate({ to: '/playbooks' }) },
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
  const matches = (entry: Entry) => plain(`${entry.label} ${entry.kind}`).includes(plain(q))
  return [...customers, ...commands.filter(matches)]
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
