import { makeStyles, mergeClasses, Title3, Tooltip, tokens } from '@fluentui/react-components'
import { Link, Outlet } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useTabStyles } from '../ui/tab-styles.ts'
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
  bar: { overflowX: 'auto', minWidth: 0 },
  link: {
    flexShrink: 0,
    whiteSpace: 'nowrap',
    '&[aria-disabled="true"]': { color: tokens.colorNeutralForegroundDisabled, borderBottomColor: 'transparent', cursor: 'not-allowed' },
  },
})

export function AdminPage() {
  const { t } = useTranslation()
  const styles = useStyles()
  const tabs = useTabStyles()
  const link = mergeClasses(tabs.tab, styles.link)
  const refusalOf = useRefusal()
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Title3 as="h1">{t('nav.admin')}</Title3>
        <nav className={mergeClasses(tabs.row, styles.bar)} aria-label={t('admin.sections')}>
          {SECTIONS.map(({ id, to, action }) => {
            const refusal = refusalOf(action)
            return refusal === undefined ? (
              <Link key={id} to={to} className={link} ref={showCurrent}>
                {t(`admin.section.${id}`)}
              </Link>
            ) : (
              <Tooltip key={id} content={refusal} relationship="description" withArrow>
                {/* biome-ignore lint/a11y/useSemanticElements: a link that leads nowhere has no href, and says why */}
                <span role="link" aria-disabled="true" tabIndex={0} className={link}>
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
