import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useCurrentInSight } from '../ui/in-sight.ts'
import { useTabStyles } from '../ui/tab-styles.ts'
import { REPORTS } from './reports.ts'

/** The way from one report to the next, and back to the list of all. */
export function ReportLinks() {
  const { t } = useTranslation()
  const tabs = useTabStyles()
  const row = useCurrentInSight<HTMLElement>('[aria-current="page"]')
  return (
    <nav ref={row} className={tabs.row} aria-label={t('nav.reports')}>
      <Link to="/reports" activeOptions={{ exact: true }} className={tabs.tab}>
        {t('reports.all')}
      </Link>
      {REPORTS.map(({ id, to }) => (
        // The filters of one report are none of the other's.
        <Link key={id} to={to} search={{}} className={tabs.tab}>
          {t(`reportName.${id}`)}
        </Link>
      ))}
    </nav>
  )
}
