import { Badge, Button, makeStyles, tokens } from '@fluentui/react-components'
import { Person20Regular } from '@fluentui/react-icons/svg/person'
import { Search20Regular } from '@fluentui/react-icons/svg/search'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Bell } from '../notifications/Bell.tsx'
import { sessionQuery, signOut } from '../session/queries.ts'
import { mayStartOwnData, OwnData } from '../setup/own-data.tsx'
import { useFormats } from '../ui/format.ts'
import { showToast } from '../ui/toasts.tsx'
import { LazyMenu } from './LazyMenu.tsx'
import { LanguageMenu, ThemeMenu } from './SettingMenus.tsx'

const useStyles = makeStyles({
  bar: {
    gridArea: 'top',
    display: 'flex',
    alignItems: 'center',
    gap: '4px',
    padding: '0 8px 0 16px',
    minWidth: 0,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    '@media (max-width: 640px)': { padding: '0 4px 0 12px' },
  },
  brand: {
    fontWeight: tokens.fontWeightSemibold,
    fontSize: tokens.fontSizeBase400,
    color: tokens.colorBrandForeground1,
    textDecorationLine: 'none',
    padding: '6px 0',
    marginInlineEnd: '12px',
  },
  search: {
    flex: '0 1 360px',
    minWidth: '40px',
    minHeight: '32px',
    justifyContent: 'flex-start',
    color: tokens.colorNeutralForeground3,
    fontWeight: tokens.fontWeightRegular,
    whiteSpace: 'nowrap',
    overflow: 'hidden',
    '@media (max-width: 640px)': { flex: '0 0 40px', padding: 0, justifyContent: 'center' },
  },
  // On a phone the words are for screen readers only.
  hint: { '@media (max-width: 640px)': { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' } },
  wide: { '@media (max-width: 640px)': { display: 'none' } },
  space: { flex: 1 },
  age: {
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground3,
    whiteSpace: 'nowrap',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    marginInlineEnd: '4px',
  },
})

export function TopBar({ onSearch, onKeys }: { onSearch: () => void; onKeys: () => void }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const { data: session } = useSuspenseQuery(sessionQuery)
  return (
    <header className={styles.bar}>
      <Link to="/portfolio" className={styles.brand}>
        Impulso
      </Link>
      <Button
        className={styles.search}
        icon={<Search20Regular />}
        title={t('frame.searchHint')}
        onClick={onSearch}
        aria-keyshortcuts="Control+K"
      >
        <span className={styles.hint}>{t('frame.search')}</span>
      </Button>
      <span className={styles.space} />
      {session.demo && (
        <Badge className={styles.wide} appearance="tint" color="warning">
          {t('signIn.demo')}
        </Badge>
      )}
      <UsageAge />
      <Bell />
      <LanguageMenu />
      <ThemeMenu />
      <MeMenu onKeys={onKeys} />
    </header>
  )
}

function UsageAge() {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { data: session } = useSuspenseQuery(sessionQuery)
  if (!session.usageAsOf) return <span className={styles.age}>{t('frame.noUsage')}</span>
  const { newest, oldest } = session.usageAsOf
  const title = t('frame.usageRange', { newest: formats.day(newest), oldest: formats.day(oldest) })
  return (
    <span className={styles.age} title={title}>
      <span className={styles.wide}>{t('frame.usage')} </span>
      {formats.age(newest, session.today)}
    </span>
  )
}

function MeMenu({ onKeys }: { onKeys: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [isLeavingDemo, setLeavingDemo] = useState(false)
  const leave = useSignOut()
  const { data: session } = useSuspenseQuery(sessionQuery)
  if (!session.person) return null
  const { name, email, right } = session.person
  const leaveDemo = { is: 'command' as const, label: `${t('setup.ownData.open')}…`, run: () => setLeavingDemo(true) }
  return (
    <>
      <LazyMenu
        label={t('frame.me', { name })}
        icon={<Person20Regular />}
        entries={[
          { is: 'about', label: name, more: `${email} · ${t(`right.${right}`)}` },
          { is: 'command', label: t('account.title'), run: () => void navigate({ to: '/account' }) },
          { is: 'command', label: t('keys.title'), hint: '?', run: onKeys },
          ...(mayStartOwnData(session) ? [leaveDemo] : []),
          { is: 'command', label: t('frame.signOut'), run: () => void leave() },
        ]}
      />
      {isLeavingDemo && <OwnData onClose={() => setLeavingDemo(false)} />}
    </>
  )
}

export function useSignOut() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const router = useRouter()
  return async () => {
    try {
      await signOut()
    } catch {
      showToast({ title: t('error.offline.title'), intent: 'error' })
      return
    }
    // The sign-in page sends away whoever it believes to be signed in.
    client.setQueryData(sessionQuery.queryKey, session => session && { ...session, person: null })
    await router.navigate({ to: '/sign-in' })
    client.clear()
    await router.invalidate()
  }
}
