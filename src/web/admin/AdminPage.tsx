import { makeStyles, Title3, Tooltip, tokens } from '@fluentui/react-components'
import { Link, Outlet } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useRefusal } from './permission.ts'
import { SECTIONS } from './sections.ts'

const useStyles = makeStyles({
  page: { height: '100%', minWidth: 0, display: 'grid', gridTemplateRows: 'auto minmax(0, 1fr)' },
  head: {
    padding: '12px 24px 0',
    '@media (max-width: 640px)': { padding: '8px 12px 0' },
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    minWidth: 0,
  },
  bar: { display: 'flex', gap: '4px', marginInlineStart: '-10px', overflowX: 'auto', minWidth: 0 },
  link: {
    display: 'flex',
    alignItems: 'center',
    flexShrink: 0,
    height: '44px',
    padding: '0 10px',
    whiteSpace: 'nowrap',
    color: tokens.colorNeutralForeground2,
    textDecorationLine: 'none',
    borderBottom: '3px solid transparent',
    ':hover': { color: tokens.colorNeutralForeground1, borderBottomColor: tokens.colorNeutralStroke1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
    '&[aria-current="page"]': {
      fontWeight: tokens.fontWeightSemibold,
      color: tokens.colorNeutralForeground1,
      borderBottomColor: tokens.colorCompoundBrandStroke,
    },
    '&[aria-disabled="true"]': { color: tokens.colorNeutralForegroundDisabled, borderBottomColor: 'transparent', cursor: 'not-allowed' },
  },
})

export function AdminPage() {
  const { t } = useTranslation()
  const styles = useStyles()
  const refusalOf = useRefusal()
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Title3 as="h1">{t('nav.admin')}</Title3>
        <nav className={styles.bar} aria-label={t('admin.sections')}>
          {SECTIONS.map(({ id, to, action }) => {
            const refusal = refusalOf(action)
            return refusal === undefined ? (
              <Link key={id} to={to} className={styles.link} ref={showCurrent}>
                {t(`admin.section.${id}`)}
              </Link>
            ) : (
              <Tooltip key={id} content={refusal} relationship="description" withArrow>
                {/* biome-ignore lint/a11y/useSemanticElements: a link that leads nowhere has no href, and says why */}
                <span role="link" aria-disabled="true" tabIndex={0} className={styles.link}>
                  {t(`admin.section.${id}`)}
                </span>
              </Tooltip>
            )
          })}
        </nav>
      </header>
      <Outlet />
    </div>
  )
}

/** On a phone the bar is wider than the screen; the section one is in must be in sight. */
const showCurrent = (link: HTMLAnchorElement | null) => {
  if (link?.getAttribute('aria-current') === 'page') link.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}
