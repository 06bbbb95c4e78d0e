import { makeStyles, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { PlanCheck } from '../../model/plan.ts'
import { CheckActions } from '../decisions/CheckActions.tsx'
import { useFormats } from '../ui/format.ts'
import { StateBadge } from '../ui/StateBadge.tsx'
import { usePlan } from './plan-context.ts'
import { WhyButton } from './WhyButton.tsx'

const useStyles = makeStyles({
  box: { backgroundColor: tokens.colorNeutralBackground2, borderRadius: tokens.borderRadiusMedium, padding: '8px 12px', margin: '8px 0' },
  summary: { cursor: 'pointer', fontWeight: tokens.fontWeightSemibold, minHeight: '24px' },
  list: { listStyleType: 'none', margin: '4px 0 0', padding: 0 },
  line: { display: 'flex', gap: '8px', alignItems: 'center', padding: '4px 0', flexWrap: 'wrap' },
  text: { flex: '1 1 260px' },
  count: { color: tokens.colorNeutralForeground3, fontWeight: tokens.fontWeightRegular },
})

/** Key inputs or outputs. They never block anything, so they stay folded with a count. */
export function Checklist({ title, process, checks }: { title: string; process: string; checks: readonly PlanCheck[] }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { explain, view } = usePlan()
  if (checks.length === 0) return null
  const applicable = checks.filter(check => check.state !== 'not-applicable')
  const met = applicable.filter(check => check.state === 'met').length
  return (
    <details className={styles.box}>
      <summary className={styles.summary}>
        {title}{' '}
        <span className={styles.count}>{t('plan.checks', { met: formats.number(met), total: formats.number(applicable.length) })}</span>
      </summary>
      <ul className={styles.list}>
        {checks.map(check => (
          <li key={check.id} className={styles.line} data-check={check.id}>
            <span className={styles.text}>{formats.text(check.text)}</span>
            <StateBadge of="gate" state={check.state} />
            <WhyButton about={formats.text(check.text)} onClick={() => explain(`check:${process}/${check.id}`)} />
            <CheckActions customer={view.customer} check={check.id} />
          </li>
        ))}
      </ul>
    </details>
  )
}
