import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { ArrowTrendingLines20Regular } from '@fluentui/react-icons/svg/arrow-trending-lines'
import { Board20Regular } from '@fluentui/react-icons/svg/board'
import { Book20Regular } from '@fluentui/react-icons/svg/book'
import { CalendarLtr20Regular } from '@fluentui/react-icons/svg/calendar-ltr'
import { Handshake20Regular } from '@fluentui/react-icons/svg/handshake'
import { Home20Regular } from '@fluentui/react-icons/svg/home'
import { Navigation20Regular } from '@fluentui/react-icons/svg/navigation'
import { Settings20Regular } from '@fluentui/react-icons/svg/settings'
import { Trophy20Regular } from '@fluentui/react-icons/svg/trophy'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { firstSection } from '../admin/sections.ts'
import { sessionQuery } from '../session/queries.ts'
import { useCurrentInSight } from '../ui/in-sight.ts'
import { preference } from '../ui/preference.ts'

const SCREENS = [
  { to: '/today', label: 'nav.today', icon: <Home20Regular aria-hidden /> },
  { to: '/portfolio', label: 'nav.portfolio', icon: <Board20Regular aria-hidden /> },
  { to: '/meetings', label: 'nav.meetings', icon: <CalendarLtr20Regular aria-hidden /> },
  { to: '/requests', label: 'nav.requests', icon: <Handshake20Regular aria-hidden /> },
  { to: '/reviews', label: 'nav.reviews', icon: <Trophy20Regular aria-hidden /> },
  { to: '/playbooks', label: 'nav.playbooks', icon: <Book20Regular aria-hidden /> },
  { to: '/reports', label: 'nav.reports', icon: <ArrowTrendingLines20Regular aria-hidden /> },
  { to: '/admin', label: 'nav.admin', icon: <Settings20Regular aria-hidden /> },
] as const

const sideBar = preference('side-bar', ['wide', 'narrow'] as const, 'wide')

const useStyles = makeStyles({
  side: {
    gridArea: 'side',
    width: '240px',
    padding: '8px',
    display: 'flex',
    flexDirection: 'column',
    gap: '4px',
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
    '@media (max-width: 640px)': { display: 'none' },
  },
  narrow: { width: '56px' },
  toggle: { alignSelf: 'flex-start', minWidth: '40px', height: '40px' },
  bottom: {
    gridArea: 'bottom',
    display: 'none',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    // Names are not cut: where they do not fit side by side, the bar scrolls and the page does not.
    minWidth: 0,
    overflowX: 'auto',
    '@media (max-width: 640px)': { display: 'flex' },
  },
  link: {
    display: 'flex',
    alignItems: 'center',
    gap: '12px',
    height: '40px',
    padding: '0 10px',
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    fontSize: tokens.fontSizeBase300,
    '& svg': { flexShrink: 0 },
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
    '&[aria-current="page"]': {
      fontWeight: tokens.fontWeightSemibold,
      backgroundColor: tokens.colorSubtleBackgroundSelected,
      boxShadow: `inset 3px 0 0 ${tokens.colorBrandForeground1}`,
    },
  },
  disabled: {
    color: tokens.colorNeutralForegroundDisabled,
    cursor: 'not-allowed',
    ':hover': { backgroundColor: 'transparent' },
  },
  bottomLink: {
    flex: '1 0 auto',
    padding: '0 8px',
    flexDirection: 'column',
    justifyContent: 'center',
    gap: '2px',
    height: '56px',
    fontSize: tokens.fontSizeBase200,
    '&[aria-current="page"]': { boxShadow: `inset 0 3px 0 ${tokens.colorBrandForeground1}` },
  },
})

export function SideBar() {
  const { t } = useTranslation()
  const styles = useStyles()
  const narrow = sideBar.use() === 'narrow'
  return (
    <nav className={mergeClasses(styles.side, narrow && styles.narrow)} aria-label={t('nav.label')}>
      <Button
        className={styles.toggle}
        appearance="subtle"
        icon={<Navigation20Regular />}
        aria-expanded={!narrow}
        aria-label={t('nav.toggle')}
        title={t('nav.toggle')}
        onClick={() => sideBar.set(narrow ? 'wide' : 'narrow')}
      />
      {SCREENS.map(screen => (
        <ScreenLink key={screen.to} screen={screen} className={styles.link} isNarrow={narrow} />
      ))}
    </nav>
  )
}

export function BottomBar() {
  const { t } = useTranslation()
  const styles = useStyles()
  const bar = useCurrentInSight<HTMLElement>('[aria-current="page"]')
  return (
    <nav ref={bar} className={styles.bottom} aria-label={t('nav.label')}>
      {SCREENS.map(screen => (
        <ScreenLink key={screen.to} screen={screen} className={mergeClasses(styles.link, styles.bottomLink)} />
      ))}
    </nav>
  )
}

type ScreenLinkProps = { screen: (typeof SCREENS)[number]; className: string; isNarrow?: boolean }

/** A screen that holds nothing for this person stays in its place and says why it does not open. */
function ScreenLink({ screen: { to, label, icon }, className, isNarrow = false }: ScreenLinkProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const { data: session } = useSuspenseQuery(sessionQuery)
  const name = t(label)
  if (to === '/admin' && !firstSection(session.person?.may ?? [])) {
    const reason = t('nav.adminRefused')
    return (
      // biome-ignore lint/a11y/useSemanticElements: a link that leads nowhere has no href
      <span
        role="link"
        aria-disabled="true"
        tabIndex={0}
        aria-label={`${name}. ${reason}`}
        title={reason}
        className={mergeClasses(className, styles.disabled)}
      >
        {icon}
        {!isNarrow && name}
      </span>
    )
  }
  return (
    <Link to={to} className={className} {...(isNarrow ? { 'aria-label': name, title: name } : {})}>
      {icon}
      {!isNarrow && name}
    </Link>
  )
}
