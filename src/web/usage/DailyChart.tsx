import { makeStyles, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { UsageSeries } from '../../model/api.ts'
import { useFormats } from '../ui/format.ts'
import { brokenPath } from '../ui/Sparkline.tsx'
import { Plot } from './Plot.tsx'
import { niceTop, type Plane, spanOf } from './plane.ts'
import { consecutive } from './series.ts'

const useStyles = makeStyles({
  line: {
    fill: 'none',
    stroke: tokens.colorNeutralForeground3,
    strokeWidth: '1.5px',
    vectorEffect: 'non-scaling-stroke',
    strokeLinejoin: 'round',
    strokeLinecap: 'round',
  },
})

type DailyChartProps = { daily: UsageSeries['daily']; name: string; describedBy: string }

/** People active on each day: a quiet picture of the week, never summed up to a month. */
export function DailyChart({ daily, name, describedBy }: DailyChartProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const span = spanOf(daily, [])
  if (!span) return null
  const path = ({ x, y }: Plane, run: UsageSeries['daily']) =>
    `${brokenPath(run.map(({ day, active }) => [x(day), y(active)]))}${run.length === 1 ? 'h0.01' : ''}`
  return (
    <Plot
      label={t('usage.chartDaily', { service: name })}
      describedBy={describedBy}
      span={span}
      top={Math.max(niceTop(Math.max(...daily.map(({ active }) => active))), 2)}
      tick={formats.number}
      stops={daily.map(({ day, active, atLeast }) => ({
        day,
        value: active,
        words: [
          formats.day(day),
          t(atLeast ? 'usage.dailyAtLeast' : 'usage.dailyWords', { count: active, number: formats.number(active) }),
        ],
      }))}
      start={daily.length - 1}
      lines={plane => consecutive(daily).map(run => <path key={run[0]?.day} className={styles.line} d={path(plane, run)} />)}
    />
  )
}
