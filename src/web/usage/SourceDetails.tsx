import { makeStyles, Subtitle2, tokens } from '@fluentui/react-components'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { UsageSeries } from '../../model/api.ts'
import type { FigureSource } from '../../model/usage-api.ts'
import { Facts } from '../ui/Facts.tsx'
import { type Formats, useFormats } from '../ui/format.ts'
import { FirstFew } from './FirstFew.tsx'

const useStyles = makeStyles({
  summary: { cursor: 'pointer', width: 'fit-content', ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` } },
  inside: { display: 'flex', flexDirection: 'column', gap: '16px', padding: '12px 0 4px' },
  tenants: { display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(min(320px, 100%), 1fr))', gap: '16px' },
  title: { margin: '0 0 4px' },
  small: { fontSize: tokens.fontSizeBase200 },
})

/** As much of a file's hash as one compares by eye. */
const SHORT = 12

type SourceDetailsProps = { series: UsageSeries; tenantName: (tenant: string) => string }

/** Where each tenant's part of the figure comes from, what it lacks, what was corrected, and activations, which are not use. */
export function SourceDetails({ series, tenantName }: SourceDetailsProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const { sources, corrections, activations } = series
  if (sources.length + corrections.length + activations.length === 0) return null
  return (
    <details>
      <summary className={styles.summary}>{t('usage.whereFrom')}</summary>
      <div className={styles.inside}>
        <div className={styles.tenants}>
          {sources.map(source => (
            <section key={source.tenant}>
              <Subtitle2 as="h3" block className={styles.title}>
                {tenantName(source.tenant)}
              </Subtitle2>
              <SourceFacts source={source} />
            </section>
          ))}
        </div>
        {corrections.length > 0 && <Corrections series={series} tenantName={tenantName} />}
        {activations.length > 0 && <Activations series={series} tenantName={tenantName} />}
      </div>
    </details>
  )
}

function SourceFacts({ source }: { source: FigureSource }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { report, file, sha256, refreshDate, window, rows, concealed, importedAt, origin } = source
  const facts: (readonly [string, string | null])[] = [
    [t('usage.fact.report'), report],
    [t('usage.fact.file'), file],
    [t('usage.fact.hash'), sha256?.slice(0, SHORT) ?? null],
    [t('usage.fact.refreshed'), refreshDate && formats.day(refreshDate)],
    [
      t('usage.fact.window'),
      window &&
        t('usage.window', {
          from: formats.day(window.from),
          to: formats.day(window.to),
          count: window.days,
          days: formats.number(window.days),
        }),
    ],
    [t('usage.fact.rows'), rows && rowsWords(rows, t, formats)],
    [t('usage.fact.names'), report && t(concealed ? 'quality.concealed' : 'usage.namesPlain')],
    [t('usage.fact.came'), importedAt && `${formats.moment(importedAt)}${origin ? ` · ${t(`usage.origin.${origin}`)}` : ''}`],
  ]
  const known = facts.flatMap(([term, what]) => (what ? [[term, what] as const] : []))
  return known.length > 0 ? <Facts className={styles.small} facts={known} /> : <span className={styles.small}>{t('explain.noSource')}</span>
}

function rowsWords(rows: NonNullable<FigureSource['rows']>, t: TFunction, formats: Formats): string {
  return (['read', 'rejected', 'deleted', 'duplicates'] as const)
    .filter(kind => kind === 'read' || rows[kind] > 0)
    .map(kind => t(`usage.rows.${kind}`, { count: rows[kind], number: formats.number(rows[kind]) }))
    .join(', ')
}

function Corrections({ series: { corrections }, tenantName }: SourceDetailsProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  return (
    <section>
      <Subtitle2 as="h3" block className={styles.title}>
        {t('usage.corrections')}
      </Subtitle2>
      <div className={styles.small}>
        <FirstFew all={corrections} keyOf={({ tenant, day, measure, at }) => `${tenant} ${day} ${measure} ${at}`}>
          {({ tenant, day, measure, before, after, at, why }) =>
            t(`usage.correction.${why}`, {
              day: formats.day(day),
              tenant: tenantName(tenant),
              measure: t(`usage.measure.${measure}`),
              before: formats.number(before),
              after: formats.number(after),
              at: formats.moment(at),
            })
          }
        </FirstFew>
      </div>
    </section>
  )
}

function Activations({ series: { activations }, tenantName }: SourceDetailsProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  return (
    <section>
      <Subtitle2 as="h3" block className={styles.title}>
        {t('usage.activations')}
      </Subtitle2>
      <div className={styles.small}>
        <FirstFew all={activations} keyOf={({ tenant, product }) => `${tenant} ${product}`}>
          {({ tenant, product, assigned, activated, asOf }) =>
            t(assigned === null ? 'usage.activation.some' : 'usage.activation.of', {
              count: activated,
              tenant: tenantName(tenant),
              product,
              activated: formats.number(activated),
              assigned: formats.number(assigned),
              day: formats.day(asOf),
            })
          }
        </FirstFew>
      </div>
    </section>
  )
}
