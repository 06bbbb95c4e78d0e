import { makeStyles, ProgressBar, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { ConnectionFinding, SyncRunView, SyncStepView } from '../../../model/usage-api.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { useFormats } from '../../ui/format.ts'
import { Hidden } from '../../ui/Visually.tsx'
import { useReportName } from '../imports/report-name.ts'
import { isOpen } from './queries.ts'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: '6px' },
  quiet: { margin: 0, color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  line: { margin: 0, fontVariantNumeric: 'tabular-nums' },
  steps: { marginTop: '8px', maxHeight: '420px', overflowY: 'auto' },
  summary: { cursor: 'pointer' },
})

/** How far a run is, what it does or waits for, and every request of it. */
export function RunProgress({ run, findings }: { run: SyncRunView; findings: readonly ConnectionFinding[] }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const reportName = useReportName()
  const open = isOpen(run)
  const failed = run.steps.filter(step => ['needs-consent', 'refused', 'failed'].includes(step.state)).length
  const current = open ? run.steps.find(step => step.state === 'waiting') : undefined
  const far = t('connections.run.far', { done: formats.number(run.done), count: run.total, total: formats.number(run.total) })
  const waits = open && run.resumesAt ? t('connections.run.waits', { when: formats.moment(run.resumesAt) }) : undefined
  return (
    <div className={styles.root}>
      <p className={styles.line}>
        {t(`connections.run.${run.state}`)}
        {' · '}
        {far}
        {failed > 0 && ` · ${t('connections.run.failedSteps', { count: failed, number: formats.number(failed) })}`}
      </p>
      {open && (
        <ProgressBar
          {...(run.total > 0 ? { value: run.done, max: run.total } : {})}
          aria-label={t('connections.run.progress')}
          {...(run.total > 0 ? { 'aria-valuetext': far } : {})}
        />
      )}
      {open && (
        <p className={styles.line}>
          {waits ?? (current ? t('connections.run.current', { report: reportName(current.report) }) : t('connections.run.starting'))}
        </p>
      )}
      <p className={styles.quiet}>
        {t(`connections.trigger.${run.trigger}`, { who: run.requestedBy, when: formats.moment(run.requestedAt) })}
        {run.endedAt && ` · ${t('connections.run.ended', { when: formats.moment(run.endedAt) })}`}
        {run.reachesBack && ` · ${t('connections.run.reachesBack')}`}
      </p>
      {/* Beginning, waiting and end are told; not every step. */}
      <Hidden live>{waits ?? t(`connections.run.${run.state}`)}</Hidden>
      {run.steps.length > 0 && (
        <details>
          <summary className={styles.summary}>
            {t('connections.run.steps', { count: run.steps.length, number: formats.number(run.steps.length) })}
          </summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it must be reachable by the keyboard */}
          <section className={styles.steps} tabIndex={0} aria-label={t('connections.run.table')}>
            <Steps steps={run.steps} findings={findings} />
          </section>
        </details>
      )}
    </div>
  )
}

/** What went wrong with a step is told by a code; its words are among the findings. */
function Steps({ steps, findings }: { steps: readonly SyncStepView[]; findings: readonly ConnectionFinding[] }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const reportName = useReportName()
  // "D30" is how the reporting service writes 30 days.
  const periodWords = (period: string | null) => {
    const days = Number(period?.replace('D', '') || Number.NaN)
    return Number.isNaN(days) ? period : t('imports.period', { count: days, number: formats.number(days) })
  }
  return (
    <DataTable
      label={t('connections.run.table')}
      rows={steps}
      keyOf={({ report, period, day }) => `${report} ${period} ${day}`}
      columns={[
        {
          id: 'report',
          head: t('imports.report'),
          cell: ({ report, period, day }) => [reportName(report), day ? formats.day(day) : periodWords(period)].filter(Boolean).join(', '),
        },
        {
          id: 'state',
          head: t('connections.result'),
          cell: ({ state, problem }) => (
            <>
              {t(`connections.step.${state}`)}
              {problem && <div>{formats.text(findings.find(({ code }) => code === problem)?.text, problem)}</div>}
            </>
          ),
          breaks: true,
        },
        { id: 'refreshed', head: t('imports.refreshed'), width: '130px', cell: ({ refreshDate }) => formats.day(refreshDate) },
        { id: 'rows', head: t('imports.rows'), width: '90px', isNumber: true, cell: ({ rows }) => formats.number(rows) },
        { id: 'tries', head: t('connections.tries'), width: '80px', isNumber: true, cell: ({ tries }) => formats.number(tries) },
      ]}
    />
  )
}
