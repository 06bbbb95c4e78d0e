import { makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../ui/format.ts'
import { firstFew } from './first-few.ts'

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '4px', overflowWrap: 'anywhere' },
  more: { color: tokens.colorNeutralForeground3 },
})

type FirstFewProps<T> = { all: readonly T[]; keyOf: (each: T) => string; children: (each: T) => ReactNode }

/** The first few of a list that may be as long as a report, and how many more there are. */
export function FirstFew<T>({ all, keyOf, children }: FirstFewProps<T>) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { shown, more } = firstFew(all, keyOf)
  if (all.length === 0) return null
  return (
    <ul className={styles.list}>
      {shown.map(({ key, each }) => (
        <li key={key}>{children(each)}</li>
      ))}
      {more > 0 && <li className={styles.more}>{t('usage.more', { count: more, number: formats.number(more) })}</li>}
    </ul>
  )
}
