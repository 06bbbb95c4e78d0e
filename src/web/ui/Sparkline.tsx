import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'

const WIDTH = 48
const HEIGHT = 20
const PAD = 3

const useStyles = makeStyles({
  svg: { flexShrink: 0, overflow: 'visible' },
  line: { fill: 'none', stroke: tokens.colorBrandForeground1, strokeWidth: '1.5px' },
  target: { stroke: tokens.colorNeutralStroke1, strokeWidth: '1px', strokeDasharray: '2 2' },
  dot: { fill: tokens.colorBrandForeground1, stroke: tokens.colorBrandForeground1, strokeWidth: '1.5px' },
  hollow: { fill: tokens.colorNeutralBackground1 },
})

type SparklineProps = { values: readonly (number | null)[]; target: number; hollow: boolean }

/** A small trend with the target as a dashed line. Weeks without data leave a gap; the last point is hollow when the figure is not fresh. */
export function Sparkline({ values, target, hollow }: SparklineProps) {
  const styles = useStyles()
  const top = Math.max(target * 1.3, ...values.map(value => value ?? 0))
  const x = (index: number) => PAD + (index / Math.max(values.length - 1, 1)) * (WIDTH - 2 * PAD)
  const y = (value: number) => HEIGHT - PAD - (value / top) * (HEIGHT - 2 * PAD)
  const lastIndex = values.findLastIndex(value => value !== null)
  const last = values[lastIndex]
  return (
    <svg className={styles.svg} width={WIDTH} height={HEIGHT} aria-hidden focusable="false">
      <line className={styles.target} x1={0} x2={WIDTH} y1={y(target)} y2={y(target)} />
      <path className={styles.line} d={brokenPath(values.map((value, index) => (value === null ? null : [x(index), y(value)])))} />
      {typeof last === 'number' && (
        <circle className={mergeClasses(styles.dot, hollow && styles.hollow)} cx={x(lastIndex)} cy={y(last)} r={2.5} />
      )}
    </svg>
  )
}

/** An SVG path that starts anew after every missing point. */
export function brokenPath(points: readonly (readonly [number, number] | null)[]): string {
  let drawing = false
  let path = ''
  for (const point of points) {
    if (point) path += `${drawing ? 'L' : 'M'}${point[0].toFixed(1)} ${point[1].toFixed(1)}`
    drawing = point !== null
  }
  return path
}
