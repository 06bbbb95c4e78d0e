import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { Board20Regular } from '@fluentui/react-icons/svg/board'
import { Book20Regular } from '@fluentui/react-icons/svg/book'
import { Navigation20Regular } from '@fluentui/react-icons/svg/navigation'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { preference } from '../ui/preference.ts'

const SCREENS = [
  { to: '/portfolio', label: 'nav.portfolio', icon: <Board20Regular aria-hidden /> },
  { to: '/playbooks', label: 'nav.playbooks', icon: <Book20Regular aria-hidden /> },
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
  bottomLink: {
    flex: 1,
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
      {SCREENS.map(({ to, label, icon }) => (
        <Link key={to} to={to} className={styles.link} {...(narrow ? { 'aria-label': t(label), title: t(label) } : {})}>
          {icon}
          {!narrow && t(label)}
        </Link>
      ))}
    </nav>
  )
}

export function BottomBar() {
  const { t } = useTranslation()
  const styles = useStyles()
  return (
    <nav className={styles.bottom} aria-label={t('nav.label')}>
      {SCREENS.map(({ to, label, icon }) => (
        <Link key={to} to={to} className={mergeClasses(styles.link, styles.bottomLink)}>
          {icon}
          {t(label)}
        </Link>
      ))}
    </nav>
  )
}
