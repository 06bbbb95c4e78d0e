import { makeStyles } from '@fluentui/react-components'
import { encode } from 'uqr'

const useStyles = makeStyles({ code: { width: '192px', maxWidth: '100%', height: 'auto' } })

/** White space around the code, in its own squares, as the standard wants it. */
const QUIET = 4

/** A code for cameras: dark on light in every theme, because many of them read nothing else. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const styles = useStyles()
  const { data, size } = encode(text, { ecc: 'M', border: 0 })
  const whole = size + 2 * QUIET
  return (
    <svg className={styles.code} viewBox={`0 0 ${whole} ${whole}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <rect width={whole} height={whole} fill="#fff" />
      <path fill="#000" d={squares(data)} />
    </svg>
  )
}

const squares = (data: readonly (readonly boolean[])[]): string =>
  data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : []))).join('')
