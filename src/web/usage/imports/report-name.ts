import { useTranslation } from 'react-i18next'

/** What a report is called in the reader's language; one that this portal does not know keeps its own name. */
export function useReportName(): (report: string | null) => string {
  const { t } = useTranslation()
  return report => (report === null ? t('report.entitlements') : t(`report.${report}`, { defaultValue: report }))
}
