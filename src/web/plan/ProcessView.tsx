import { makeStyles, Subtitle1, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../ui/format.ts'
import { StateBadge } from '../ui/StateBadge.tsx'
import { Checklist } from './Checklist.tsx'
import type { ProcessEntry } from './filter.ts'
import { usePlan } from './plan-context.ts'
import { StepView } from './StepView.tsx'
import { WhyButton } from './WhyButton.tsx'

const useStyles = makeStyles({
  process: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    padding: '12px 16px 16px',
    marginTop: '8px',
    scrollMarginTop: '8px',
  },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px' },
  title: { flex: '1 1 240px', margin: 0 },
  because: { color: tokens.colorNeutralForeground3, margin: '2px 0 8px' },
})

/** One process: its state and reason, what should be there first, its steps, and what should have come out. */
export function ProcessView({ entry: { process, state, steps }, isFiltered }: { entry: ProcessEntry; isFiltered: boolean }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { explain } = usePlan()
  const title = formats.text(process.title, process.id)
  return (
    <section className={styles.process} aria-labelledby={`process-${process.id}`} id={process.id}>
      <div className={styles.head}>
        <Subtitle1 as="h3" id={`process-${process.id}`} className={styles.title}>
          {title}
        </Subtitle1>
        <StateBadge of="process" state={state.state} />
        <WhyButton about={title} onClick={() => explain(`process:${process.id}`)} />
      </div>
      <p className={styles.because}>{formats.text(state.because.text)}</p>
      {!isFiltered && <Checklist title={t('plan.inputs')} process={process.id} checks={state.checklists.inputs} />}
      {steps.map(step => (
        <StepView key={step.step.id} entry={step} process={process} />
      ))}
      {!isFiltered && <Checklist title={t('plan.outputs')} process={process.id} checks={state.checklists.outputs} />}
    </section>
  )
}
