import { makeStyles, ToggleButton, tokens } from '@fluentui/react-components'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ForecastBand, MilestoneView, UsagePoint } from '../../model/usage-api.ts'
import { type Formats, UNKNOWN, useFormats } from '../ui/format.ts'
import { GRAINS, type Grain, type RowNote, rowsOf, type TableRow } from './rows.ts'
import { milestoneName } from './words.ts'

export const useTableStyles = makeStyles({
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', justifyContent: 'space-between', gap: '4px 8px' },
  title: { fontSize: tokens.fontSizeBase200, fontWeight: tokens.fontWeightSemibold },
  grains: { display: 'flex', gap: '4px', border: 0, margin: 0, padding: 0 },
  scroll: {
    maxHeight: '300px',
    overflow: 'auto',
    marginTop: '4px',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  table: {
    width: '100%',
    borderCollapse: 'collapse',
    fontVariantNumeric: 'tabular-nums',
    fontSize: tokens.fontSizeBase200,
    '& th, & td': { padding: '4px 8px', textAlign: 'end', verticalAlign: 'top', borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
    '& th:first-child': { textAlign: 'start', paddingInlineStart: 0 },
    '& tbody th': { fontWeight: tokens.fontWeightRegular },
    '& thead th': {
      position: 'sticky',
      top: 0,
      backgroundColor: tokens.colorNeutralBackground1,
      fontWeight: tokens.fontWeightSemibold,
    },
  },
  group: { '&&': { fontWeight: tokens.fontWeightSemibold, paddingTop: '12px' } },
  note: { display: 'block', color: tokens.colorNeutralForeground3 },
  expected: { color: tokens.colorNeutralForeground3, fontStyle: 'italic' },
})

type FigureTableProps = { points: readonly UsagePoint[]; band: ForecastBand; milestones: readonly MilestoneView[]; name: string }

/** The same as the chart in numbers, newest first, as fine as one likes. */
export function FigureTable({ points, band, milestones, name }: FigureTableProps) {
  const { t } = useTranslation()
  const styles = useTableStyles()
  const [grain, setGrain] = useState<Grain>('month')
  const { known, ahead } = rowsOf({ points, band, milestones, grain })
  return (
    <div>
      <div className={styles.head}>
        <span className={styles.title}>{t(`usage.by.${grain}`)}</span>
        <fieldset className={styles.grains} aria-label={t('usage.grain', { service: name })}>
          {GRAINS.map(each => (
            <ToggleButton key={each} size="small" appearance="subtle" checked={each === grain} onClick={() => setGrain(each)}>
              {t(`usage.grains.${each}`)}
            </ToggleButton>
          ))}
        </fieldset>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard */}
      <section className={styles.scroll} tabIndex={0} aria-label={t('usage.table', { service: name })}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('usage.day')}</th>
              <th scope="col">{t('usage.active')}</th>
              <th scope="col">{t('usage.percent')}</th>
            </tr>
          </thead>
          <tbody>
            {known.map(row => (
              <Row key={row.day} row={row} />
            ))}
          </tbody>
          {ahead.length > 0 && (
            <tbody>
              <tr>
                <th scope="rowgroup" colSpan={3} className={styles.group}>
                  {t('usage.expectedRows')}
                </th>
              </tr>
              {ahead.map(row => (
                <Row key={row.day} row={row} />
              ))}
            </tbody>
          )}
        </table>
      </section>
    </div>
  )
}

function Row({ row }: { row: TableRow }) {
  const { t } = useTranslation()
  const styles = useTableStyles()
  const formats = useFormats()
  return (
    <tr>
      <th scope="row">
        {formats.day(row.day)}
        {row.notes.map(note => (
          <span key={JSON.stringify(note)} className={styles.note}>
            {noteWords(note, t, formats)}
          </span>
        ))}
      </th>
      <td>{formats.number(row.active)}</td>
      <td>
        <Share row={row} />
      </td>
    </tr>
  )
}

function Share({ row: { percent, expected } }: { row: TableRow }) {
  const { t } = useTranslation()
  const styles = useTableStyles()
  const formats = useFormats()
  if (!expected) return percent === null ? UNKNOWN : formats.percent(percent)
  const range = { low: formats.percent(Math.max(expected.low, 0)), high: formats.percent(expected.high) }
  return (
    <>
      <span className={styles.expected}>{formats.percent(expected.middle)}</span>
      <span className={styles.note}>{t('usage.expectedRange', range)}</span>
    </>
  )
}

function noteWords(note: RowNote, t: TFunction, formats: Formats): string {
  if (note.kind === 'restated') return t('usage.corrected')
  return t(`usage.note.${note.kind}`, { milestone: milestoneName({ id: note.milestone, percent: note.percent }, { t, formats }) })
}
