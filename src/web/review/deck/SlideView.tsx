import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { Block, ChartData, Slide } from '../../../model/deck.ts'
import { useFormats } from '../../ui/format.ts'

const useStyles = makeStyles({
  slide: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
    boxShadow: tokens.shadow4,
    padding: '24px 28px',
    minHeight: '320px',
    overflowWrap: 'anywhere',
    outlineStyle: 'none',
  },
  title: { margin: '0 0 12px', fontSize: tokens.fontSizeBase500, color: tokens.colorBrandForeground1 },
  words: { margin: '0 0 8px' },
  lead: { fontSize: tokens.fontSizeBase400 },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  scroll: { overflowX: 'auto', margin: '0 0 12px' },
  table: { width: '100%', borderCollapse: 'collapse', fontSize: tokens.fontSizeBase200 },
  cell: { textAlign: 'start', padding: '4px 8px 4px 0', borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, verticalAlign: 'top' },
  right: { textAlign: 'end' },
})

/** A slide as it will say it; a chart as the table of its numbers. */
export function SlideView({ slide }: { slide: Slide }) {
  const styles = useStyles()
  return (
    <article className={styles.slide} aria-labelledby="slide-title">
      <h3 id="slide-title" className={styles.title}>
        {slide.title}
      </h3>
      {slide.blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no names, and come anew with every answer
        <BlockView key={index} block={block} />
      ))}
    </article>
  )
}

function BlockView({ block }: { block: Block }) {
  const styles = useStyles()
  switch (block.type) {
    case 'words':
      return (
        <p className={mergeClasses(styles.words, block.tone === 'lead' && styles.lead, block.tone === 'quiet' && styles.quiet)}>
          {block.text}
        </p>
      )
    case 'bullets':
      return (
        <ul>
          {block.items.map(item => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      )
    case 'table':
      return <Table heads={block.columns.map(({ title, align }) => ({ title, isRight: align === 'right' }))} rows={block.rows} />
    case 'chart':
      return <Chart chart={block.chart} />
    default:
      return block satisfies never
  }
}

function Chart({ chart: { description, categories, series } }: { chart: ChartData }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const shown = (value: number | null | undefined) => (value == null ? t('deck.unknown') : `${formats.number(value)} %`)
  return (
    <figure aria-label={description}>
      <Table
        heads={[{ title: t('deck.of'), isRight: false }, ...series.map(({ name }) => ({ title: name, isRight: true }))]}
        rows={categories.map((category, at) => [category, ...series.map(({ values }) => shown(values[at]))])}
      />
    </figure>
  )
}

type TableProps = Readonly<{ heads: readonly Readonly<{ title: string; isRight: boolean }>[]; rows: readonly (readonly string[])[] }>

function Table({ heads, rows }: TableProps) {
  const styles = useStyles()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className={styles.scroll} tabIndex={0} aria-label={heads.map(({ title }) => title).join(', ')}>
      <table className={styles.table}>
        <thead>
          <tr>
            {heads.map(({ title, isRight }) => (
              <th key={title} scope="col" className={mergeClasses(styles.cell, isRight && styles.right)}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, line) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no names, and come anew with every answer
            <tr key={line}>
              {row.map((cell, at) => (
                <td key={heads[at]?.title ?? cell} className={mergeClasses(styles.cell, heads[at]?.isRight && styles.right)}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
