import { makeStyles, Subtitle2, tokens } from '@fluentui/react-components'

const useStyles = makeStyles({
  title: { margin: 0 },
  words: { margin: '4px 0 12px' },
  list: {
    margin: '8px 0 0',
    display: 'grid',
    gridTemplateColumns: 'minmax(min-content, max-content) minmax(40px, 1fr) max-content',
    gap: '8px 12px',
    alignItems: 'center',
  },
  term: { color: tokens.colorNeutralForeground2, maxWidth: '24ch', overflowWrap: 'break-word' },
  bar: {
    position: 'relative',
    margin: 0,
    height: '12px',
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusSmall,
  },
  fill: { display: 'flex', height: '100%', borderRadius: tokens.borderRadiusSmall, overflow: 'hidden' },
  all: { flexGrow: 1, backgroundColor: tokens.colorBrandBackground },
  // Beside the words that say it: colour alone tells nobody.
  part: { backgroundColor: tokens.colorPaletteDarkOrangeForeground1 },
  mark: { position: 'absolute', top: '-3px', bottom: '-3px', width: '2px', backgroundColor: tokens.colorNeutralForeground1 },
  number: { margin: 0, fontVariantNumeric: 'tabular-nums', textAlign: 'end' },
})

export type Bar = Readonly<{
  id: string
  name: string
  count: number
  /** Of `count`, drawn apart: what is late of what waits. */
  part?: number
  /** The count in words; it stands beside the bar. */
  text: string
}>

type BarsProps = {
  title: string
  words?: string
  bars: readonly Bar[]
  /** The count that a full bar stands for; else the largest. */
  full?: number
  /** A count to compare with, drawn across every bar. */
  mark?: number
}

/** Counts as bars with their names and numbers: a list to whoever does not see them. */
export function Bars({ title, words, bars, full, mark }: BarsProps) {
  const styles = useStyles()
  const most = full ?? Math.max(1, mark ?? 0, ...bars.map(({ count }) => count))
  const percent = (count: number) => `${most === 0 ? 0 : (Math.min(count, most) / most) * 100}%`
  return (
    <section>
      <Subtitle2 as="h2" block className={styles.title}>
        {title}
      </Subtitle2>
      {words && <p className={styles.words}>{words}</p>}
      <dl className={styles.list}>
        {bars.map(({ id, name, count, part = 0, text }) => [
          <dt key={`${id}-term`} className={styles.term}>
            {name}
          </dt>,
          <dd key={`${id}-bar`} className={styles.bar} aria-hidden>
            <div className={styles.fill} style={{ width: percent(count) }}>
              {part > 0 && <div className={styles.part} style={{ width: `${(part / count) * 100}%` }} />}
              {part < count && <div className={styles.all} />}
            </div>
            {mark !== undefined && <div className={styles.mark} style={{ insetInlineStart: percent(mark) }} />}
          </dd>,
          <dd key={id} className={styles.number}>
            {text}
          </dd>,
        ])}
      </dl>
    </section>
  )
}
