import { makeStyles, ProgressBar, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { MetricView, ReadingView } from '../../model/success-plan-api.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { useFormats } from '../ui/format.ts'
import { Sparkline } from '../ui/Sparkline.tsx'

const useStyles = makeStyles({
  root: { borderTop: `1px solid ${tokens.colorNeutralStroke2}`, paddingTop: '8px', display: 'flex', flexDirection: 'column', gap: '4px' },
  row: { display: 'flex', flexWrap: 'wrap', gap: '4px 8px', alignItems: 'center' },
  grow: { flex: '1 1 180px', minWidth: 0, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  day: { whiteSpace: 'nowrap' },
  number: { fontVariantNumeric: 'tabular-nums' },
  table: { borderCollapse: 'collapse', '& th, & td': { textAlign: 'left', padding: '2px 12px 2px 0', fontWeight: 'normal' } },
})

type Props = {
  metric: MetricView
  badge: ReactNode
  why: string | undefined
  onRead: () => void
  onChange: () => void
  onRemove: () => void
  onRemoveReading: (reading: ReadingView) => void
}

/** One metric: where it is, where it should be, and why it stands as it does; the readings as a small trend and as a table. */
export function MetricLine({ metric, badge, why, onRead, onChange, onRemove, onRemoveReading }: Props) {
  const { t, i18n } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const figures = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 2 })
  const figure = (value: number) => `${figures.format(value)}${metric.unit ? ` ${metric.unit}` : ''}`
  const { name, current, target, baseline, standing, readings, effectiveDate } = metric
  const progress = standing.progress
  // Readings of usage come from its reports.
  const isOwn = metric.kind === 'own'
  return (
    <div className={styles.root}>
      <div className={styles.row}>
        <strong className={styles.grow}>{name}</strong>
        {readings.length > 1 && (
          <Sparkline values={readings.map(each => each.value)} target={target} hollow={standing.state === 'unknown'} />
        )}
        {badge}
      </div>
      <div className={styles.number}>
        {current === null
          ? t('success.noReading')
          : t('success.now', { value: figure(current.value), day: formats.day(current.asOf), from: fromOf(current.from) })}
        {' · '}
        {t(`success.targetOf.${metric.direction}`, { value: figure(target) })}
        {effectiveDate && ` · ${t('success.until', { day: formats.day(effectiveDate) })}`}
        {baseline !== null && ` · ${t('success.baselineOf', { value: figure(baseline) })}`}
        {metric.baselineOn && baseline !== null && ` (${formats.day(metric.baselineOn)})`}
      </div>
      {progress !== null && <ProgressBar value={progress} aria-label={t('success.progressOf', { metric: name })} />}
      <span className={styles.quiet}>{formats.text(standing.because)}</span>
      <div className={styles.row}>
        <ActionButton
          id={readId(metric.id)}
          size="small"
          refusal={why ?? (metric.kind === 'usage' ? t('success.readFromUsage') : undefined)}
          aria-label={t('success.addReading', { metric: name })}
          onClick={onRead}
        >
          {t('success.read')}
        </ActionButton>
        <ActionButton size="small" refusal={why} aria-label={t('success.changeOf', { what: name })} onClick={onChange}>
          {t('success.change')}
        </ActionButton>
        <ActionButton size="small" refusal={why} aria-label={t('success.removeOf', { what: name })} onClick={onRemove}>
          {t('success.remove')}
        </ActionButton>
      </div>
      {readings.length > 0 && (
        <details>
          <summary id={readingsId(metric.id)}>{t('success.readings', { count: readings.length })}</summary>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t('success.field.day')}</th>
                <th scope="col">{t('success.field.value')}</th>
                <th scope="col">{t('success.field.note')}</th>
                {isOwn && <td />}
              </tr>
            </thead>
            <tbody>
              {readings.toReversed().map(each => (
                <tr key={each.day}>
                  <th scope="row" className={styles.day}>
                    {formats.day(each.day)}
                  </th>
                  <td className={styles.number}>{figure(each.value)}</td>
                  <td>{[each.note, each.by, t(`success.source.${each.source}`)].filter(Boolean).join(' · ')}</td>
                  {isOwn && (
                    <td>
                      <ActionButton
                        size="small"
                        appearance="subtle"
                        refusal={why}
                        aria-label={t('success.removeReading', { metric: name, day: formats.day(each.day) })}
                        onClick={() => onRemoveReading(each)}
                      >
                        {t('success.remove')}
                      </ActionButton>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </div>
  )

  /** By hand, or the names of the reports. */
  function fromOf(from: string): string {
    return metric.kind === 'usage' ? from : t(`success.source.${from}`)
  }
}

export const readId = (metric: string): string => `read-${metric}`
export const readingsId = (metric: string): string => `readings-${metric}`
