import { makeStyles, Title3, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { AppLink } from '../ui/AppLink.tsx'
import { PageTitle } from '../ui/PageTitle.tsx'
import { ReportLinks } from './ReportLinks.tsx'
import { useReportStyles } from './report-styles.ts'
import { REPORTS } from './reports.ts'

const useStyles = makeStyles({
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(320px, 100%), 1fr))',
    gap: '12px',
  },
  card: {
    padding: '12px 16px',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
  },
  name: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, fontWeight: tokens.fontWeightSemibold },
  about: { margin: '4px 0 0', color: tokens.colorNeutralForeground2 },
})

/** All reports, with what each tells. */
export function ReportsPage() {
  const { t } = useTranslation()
  const page = useReportStyles()
  const styles = useStyles()
  return (
    <div className={page.page}>
      <ReportLinks />
      <div>
        <PageTitle name={t('nav.reports')} />
        <Title3 as="h1">{t('nav.reports')}</Title3>
        <p className={page.lead}>{t('reports.lead')}</p>
      </div>
      <ul className={styles.list}>
        {REPORTS.map(({ id, to }) => (
          <li key={id} className={styles.card}>
            <h2 className={styles.name}>
              <AppLink to={to}>{t(`reportName.${id}`)}</AppLink>
            </h2>
            <p className={styles.about}>{t(`reports.about.${id}`)}</p>
          </li>
        ))}
      </ul>
    </div>
  )
}
