import { makeStyles, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { FactUsed } from '../../model/plan.ts'
import { useFormats } from '../ui/format.ts'
import { valueText } from './values.ts'

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: '4px 0 0', padding: 0 },
  fact: { padding: '8px 0', borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
  line: { display: 'flex', justifyContent: 'space-between', gap: '12px' },
  name: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
  value: { fontWeight: tokens.fontWeightSemibold, textAlign: 'end', fontVariantNumeric: 'tabular-nums' },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
})

/** Each fact once, with where it comes from and how old it is; an unknown one says why. */
export function FactTable({ facts, today }: { facts: readonly FactUsed[]; today: string }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const styles = useStyles()
  const origin = (fact: FactUsed) =>
    [
      fact.value === null && fact.why && t(`explain.why.${fact.why}`),
      fact.source ?? t(fact.path === null ? 'explain.derived' : 'explain.noSource'),
      fact.asOf && t('explain.asOf', { day: formats.day(fact.asOf), age: formats.age(fact.asOf, today) }),
    ].filter(Boolean)
  return (
    <ul className={styles.list}>
      {facts.map((fact, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same word may stand for several services; the list is never reordered
        <li key={`${fact.path ?? fact.name}-${at}`} className={styles.fact}>
          <div className={styles.line}>
            <span className={styles.name}>{fact.path ?? fact.name}</span>
            <span className={styles.value}>{valueText(fact.value, t, formats)}</span>
          </div>
          <div className={styles.quiet}>{origin(fact).join(' · ')}</div>
        </li>
      ))}
    </ul>
  )
}
