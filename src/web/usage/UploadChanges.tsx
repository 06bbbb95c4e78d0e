import { makeStyles, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { ImportResult } from '../../model/api.ts'
import { type Formats, useFormats } from '../ui/format.ts'
import { FirstFew } from './FirstFew.tsx'
import { useReportName } from './imports/report-name.ts'
import { ProblemText } from './ProblemText.tsx'
import { servicesBy } from './upload-list.ts'

const useStyles = makeStyles({
  quiet: { margin: 0, color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  problems: { marginTop: '6px', fontSize: tokens.fontSizeBase200 },
  list: { listStyleType: 'none', margin: '6px 0', padding: 0, display: 'flex', flexDirection: 'column', gap: '4px' },
  change: { fontVariantNumeric: 'tabular-nums' },
  figure: { fontWeight: tokens.fontWeightSemibold },
})

type UploadChangesProps = { result: ImportResult; nameOf: (service: string) => string }

/** What was read, before and after of every figure and gate, then what the reader of the file complained about. */
export function UploadChanges({ result, nameOf }: UploadChangesProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const reportName = useReportName()
  const { rows } = result
  const { changed, same, unknown } = servicesBy(result.services)
  const moved = result.gates.filter(gate => gate.before !== gate.after)
  const still = result.gates.filter(gate => gate.before === gate.after)
  const gateName = (id: string) => t(`gateName.${id}`, { defaultValue: id })
  const counted = (key: 'rejected' | 'deleted' | 'duplicates') =>
    rows[key] > 0 && t(`upload.${key}`, { count: rows[key], number: formats.number(rows[key]) })
  const read = [
    reportName(result.report),
    result.refreshDate && t('upload.refreshed', { day: formats.day(result.refreshDate) }),
    t('upload.rows', { count: rows.read, number: formats.number(rows.read) }),
    counted('rejected'),
    counted('deleted'),
    counted('duplicates'),
  ]
  return (
    <>
      <p className={styles.quiet}>{read.filter(Boolean).join(' · ')}</p>
      {changed.length + moved.length > 0 && (
        <ul className={styles.list}>
          {changed.map(each => (
            <li key={each.service} className={styles.change}>
              {nameOf(each.service)}:{' '}
              <span className={styles.figure}>
                {t('upload.change', { before: formats.percent(each.before), after: formats.percent(each.after) })}
              </span>
              <SeatsOf service={each} formats={formats} />
            </li>
          ))}
          {moved.map(gate => (
            <li key={gate.id} className={styles.change}>
              {t(`upload.gate.${gate.after}`, { gate: gateName(gate.id), before: t(`gate.${gate.before}`) })}
            </li>
          ))}
        </ul>
      )}
      {!result.unchanged && same.length > 0 && (
        <p className={styles.quiet}>
          {t('upload.sameFigures', { services: same.map(each => `${nameOf(each.service)} ${formats.percent(each.after)}`).join(' · ') })}
        </p>
      )}
      {!result.unchanged && unknown.length > 0 && (
        <p className={styles.quiet}>{t('upload.stillUnknown', { services: unknown.map(each => nameOf(each.service)).join(' · ') })}</p>
      )}
      {!result.unchanged && still.length > 0 && (
        <p className={styles.quiet}>{still.map(gate => t(`upload.sameGate.${gate.after}`, { gate: gateName(gate.id) })).join(' · ')}</p>
      )}
      <div className={styles.problems}>
        <FirstFew all={result.problems} keyOf={problem => `${problem.code} ${problem.line} ${problem.message}`}>
          {({ code, severity, message, line }) => (
            <>
              {t(`severity.${severity}`)}: <ProblemText code={code} particulars={message} />
              {line !== null && ` (${t('upload.line', { line })})`}
            </>
          )}
        </FirstFew>
      </div>
    </>
  )
}

/** The numbers behind a percent, and their day. */
function SeatsOf({ service, formats }: { service: ImportResult['services'][number]; formats: Formats }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const { active, assigned, asOf } = service
  const words = [
    active !== null && t('upload.active', { count: active, number: formats.number(active) }),
    assigned !== null && t('upload.assigned', { count: assigned, number: formats.number(assigned) }),
    asOf && formats.day(asOf),
  ].filter(Boolean)
  return words.length === 0 ? null : <span className={styles.quiet}> ({words.join(' · ')})</span>
}
