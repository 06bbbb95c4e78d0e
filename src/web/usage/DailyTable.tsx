import { useTranslation } from 'react-i18next'
import type { UsageSeries } from '../../model/api.ts'
import { useFormats } from '../ui/format.ts'
import { useTableStyles } from './FigureTable.tsx'

/** People active on each day, newest first. */
export function DailyTable({ daily, name }: { daily: UsageSeries['daily']; name: string }) {
  const { t } = useTranslation()
  const styles = useTableStyles()
  const formats = useFormats()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard
    <section className={styles.scroll} tabIndex={0} aria-label={t('usage.dailyTable', { service: name })}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('usage.day')}</th>
            <th scope="col">{t('usage.active')}</th>
          </tr>
        </thead>
        <tbody>
          {daily.toReversed().map(({ day, active, atLeast }) => (
            <tr key={day}>
              <th scope="row">{formats.day(day)}</th>
              <td>
                {atLeast && '≥\u00a0'}
                {formats.number(active)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
