import { MessageBar, MessageBarActions, MessageBarBody, makeStyles, Subtitle2, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type Because, type PlanGate, shownTransition } from '../../model/plan.ts'
import { warningKey } from '../explain/subject.ts'
import { useFormats } from '../ui/format.ts'
import { StateBadge } from '../ui/StateBadge.tsx'
import { usePlan } from './plan-context.ts'
import { WhyButton } from './WhyButton.tsx'

const useStyles = makeStyles({
  gates: {
    listStyleType: 'none',
    margin: '8px 0 0',
    padding: '0 16px',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    '& > li + li': { borderTop: `1px solid ${tokens.colorNeutralStroke3}` },
  },
  gate: {
    display: 'grid',
    // Not `max-content`: the sentence below spans this column too, and would make it as wide as one line of it.
    gridTemplateColumns: 'minmax(0, auto) auto minmax(min-content, 1fr)',
    alignItems: 'center',
    gap: '2px 8px',
    padding: '10px 0',
  },
  name: { fontWeight: tokens.fontWeightSemibold },
  why: { textAlign: 'end' },
  sentence: { gridColumn: '1 / -1', margin: 0, color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  subtitle: { display: 'block', marginTop: '16px' },
  list: { listStyleType: 'none', margin: '8px 0 0', padding: 0, display: 'flex', flexDirection: 'column', gap: '4px' },
  proposal: { display: 'flex', gap: '8px', alignItems: 'center', flexWrap: 'wrap' },
  grow: { flex: '1 1 260px' },
  steps: { margin: '12px 0 0', padding: 0, listStyleType: 'none', display: 'flex', flexWrap: 'wrap', gap: '4px 8px', alignItems: 'center' },
  jump: { color: tokens.colorBrandForegroundLink },
})

/** Where the customer stands: processes in order, gates, what a person should decide, and what is not right. */
export function Summary() {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { view, explain } = usePlan()
  const { plan, playbook } = view
  const open = plan.proposals.filter(proposal => proposal.state !== 'decided')
  return (
    <section aria-labelledby="standing">
      <Subtitle2 as="h2" id="standing">
        {t('plan.standing')}
      </Subtitle2>
      <ul className={styles.gates}>
        {reviewFirst(plan.gates).map(gate => {
          const name = formats.text(playbook.gates.find(each => each.id === gate.id)?.name, gate.id)
          return (
            <li key={gate.id} className={styles.gate} data-gate={gate.id}>
              <Standing
                name={name}
                badge={<StateBadge of="gate" state={gate.state} />}
                because={gate.because}
                subject={`gate:${gate.id}`}
              />
            </li>
          )
        })}
        <li className={styles.gate}>
          <Standing
            name={t('plan.overall')}
            badge={<StateBadge of="overall" state={plan.overall.state} />}
            because={plan.overall.because}
            subject="overall:overall"
          />
        </li>
      </ul>
      <ol className={styles.steps}>
        {plan.processes.map(process => (
          <li key={process.id} className={styles.proposal}>
            <a className={styles.jump} href={`#${process.id}`}>
              {formats.text(playbook.processes.find(each => each.id === process.id)?.title, process.id)}
            </a>
            <StateBadge of="process" state={process.state} />
          </li>
        ))}
      </ol>
      {plan.warnings.length > 0 && (
        <div className={styles.list}>
          {plan.warnings.map(warning => (
            <MessageBar key={warningKey(warning)} intent="warning" layout="multiline">
              <MessageBarBody>{formats.text(warning.because.text)}</MessageBarBody>
              <MessageBarActions>
                <WhyButton about={t(`warning.${warning.code}`)} onClick={() => explain(`warning:${warningKey(warning)}`)} />
              </MessageBarActions>
            </MessageBar>
          ))}
        </div>
      )}
      {open.length > 0 && (
        <>
          <Subtitle2 as="h3" className={styles.subtitle}>
            {t('plan.proposals')}
          </Subtitle2>
          <ul className={styles.list}>
            {open.map(proposal => (
              <li key={proposal.id} className={styles.proposal}>
                <span className={styles.grow}>{formats.text(proposal.because.text)}</span>
                <StateBadge of="proposal" state={proposal.state} />
                <WhyButton about={formats.text(proposal.because.text)} onClick={() => explain(`proposal:${proposal.id}`)} />
              </li>
            ))}
          </ul>
        </>
      )}
      {plan.transitions.length > 0 && (
        <>
          <Subtitle2 as="h3" className={styles.subtitle}>
            {t('plan.transitions')}
          </Subtitle2>
          <ul className={styles.list}>
            {plan.transitions.map(transition => {
              const name = formats.text(
                playbook.processes.find(each => each.id === transition.to)?.title,
                t(`destination.${transition.to}`),
              )
              return (
                <li key={transition.to} className={styles.proposal}>
                  <span className={styles.grow}>{name}</span>
                  <StateBadge of="transition" state={shownTransition(transition)} />
                  <WhyButton about={name} onClick={() => explain(`transition:${transition.to}`)} />
                </li>
              )
            })}
          </ul>
        </>
      )}
    </section>
  )
}

/** The gate that everything leads to, then what it is made of. */
const reviewFirst = (gates: readonly PlanGate[]) => gates.toSorted((a, b) => Number(b.id === 'review') - Number(a.id === 'review'))

function Standing({ name, badge, because, subject }: { name: string; badge: ReactNode; because: Because; subject: string }) {
  const styles = useStyles()
  const formats = useFormats()
  const { explain } = usePlan()
  return (
    <>
      <span className={styles.name}>{name}</span>
      <span>{badge}</span>
      <span className={styles.why}>
        <WhyButton about={name} onClick={() => explain(subject)} />
      </span>
      <p className={styles.sentence}>{formats.text(because.text)}</p>
    </>
  )
}
