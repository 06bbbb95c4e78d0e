import { Body1Strong, makeStyles, Subtitle2, tokens } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ExplainView, PlanView } from '../../model/api.ts'
import type { Because } from '../../model/plan.ts'
import { planQuery } from '../customer/queries.ts'
import { useFormats } from '../ui/format.ts'
import { ErrorNotice, Notice } from '../ui/Notice.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { StateBadge } from '../ui/StateBadge.tsx'
import { FactTable } from './FactTable.tsx'
import { FlipList } from './FlipList.tsx'
import { ProofTree } from './ProofTree.tsx'
import { explainQuery } from './queries.ts'
import { findSubject, type Subject } from './subject.ts'

const useStyles = makeStyles({
  section: { marginTop: '20px' },
  title: { display: 'flex', gap: '8px', alignItems: 'center', flexWrap: 'wrap' },
  sentence: { fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, margin: '12px 0 0' },
  rule: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
    padding: '8px',
    margin: '8px 0',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
  derived: { marginTop: '12px', '& summary': { cursor: 'pointer', minHeight: '24px', color: tokens.colorBrandForegroundLink } },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
})

export type CustomerExplainProps = { customer: string; subject: string; onClose: () => void }

/** Why, with the proof; and for items and gates what would change the answer. */
export default function CustomerExplain({ customer, subject }: CustomerExplainProps) {
  const { t } = useTranslation()
  const plan = useQuery(planQuery(customer))
  if (plan.isError) return <ErrorNotice error={plan.error} onRetry={() => void plan.refetch()} />
  if (!plan.data) return <Skeletons heights={[28, 60, 120, 120]} />
  const found = findSubject(plan.data, subject)
  if (!found) return <Notice title={t('explain.gone')}>{t('explain.goneHelp')}</Notice>
  return <Explanation customer={customer} plan={plan.data} subject={found} />
}

function Explanation({ customer, plan, subject }: { customer: string; plan: PlanView; subject: Subject }) {
  const { kind, id } = subject
  const canFlip = kind === 'item' || kind === 'gate'
  const answer = useQuery({ ...explainQuery(customer, { kind: kind === 'gate' ? 'gate' : 'item', id }, plan.version), enabled: canFlip })
  // Plans are kept without proofs; the answer asked for when opened has one.
  const because = answer.data?.because ?? subject.because
  return (
    <>
      <Head plan={plan} subject={subject} because={because} />
      {answer.isLoading ? (
        // All parts come at once, so that none pushes another down.
        <Skeletons heights={[72, 72, 160, 160]} />
      ) : (
        <>
          {canFlip && <Flip answer={answer} />}
          <Written because={because} />
          <Proven because={because} />
          <FactsUsed because={because} today={plan.plan.date} />
        </>
      )}
    </>
  )
}

function Head({ plan, subject, because }: { plan: PlanView; subject: Subject; because: Because }) {
  const styles = useStyles()
  const formats = useFormats()
  const service = plan.playbook.services.find(each => each.id === subject.service)?.name
  const title = formats.text(subject.title)
  const sentence = formats.text(because.text)
  return (
    <>
      <div className={styles.title}>
        {title !== sentence && (
          <Body1Strong>
            {title}
            {subject.service && ` · ${formats.text(service, subject.service)}`}
          </Body1Strong>
        )}
        <StateBadge of={subject.of} state={subject.state} />
      </div>
      <p className={styles.sentence}>{sentence}</p>
    </>
  )
}

function Proven({ because: { proof } }: { because: Because }) {
  const { t } = useTranslation()
  const styles = useStyles()
  if (!proof) return null
  return (
    <section className={styles.section} aria-labelledby="explain-proof">
      <Subtitle2 as="h3" id="explain-proof">
        {t('explain.proof')}
      </Subtitle2>
      <ProofTree proof={proof} />
    </section>
  )
}

/** What was known, and, folded, what was computed from it. */
function FactsUsed({ because: { facts }, today }: { because: Because; today: string }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const derived = facts.filter(fact => fact.path === null)
  return (
    <section className={styles.section} aria-labelledby="explain-facts">
      <Subtitle2 as="h3" id="explain-facts">
        {t('explain.facts')}
      </Subtitle2>
      {facts.length === 0 && <p className={styles.quiet}>{t('explain.noFacts')}</p>}
      <FactTable facts={facts.filter(fact => fact.path !== null)} today={today} />
      {derived.length > 0 && (
        <details className={styles.derived}>
          <summary>{t('explain.computed')}</summary>
          <FactTable facts={derived} today={today} />
        </details>
      )}
    </section>
  )
}

/** Where the playbook says so. */
function Written({ because }: { because: Because }) {
  const { t } = useTranslation()
  const styles = useStyles()
  if (because.rule === null && because.file === null) return null
  return (
    <section className={styles.section} aria-labelledby="explain-rule">
      <Subtitle2 as="h3" id="explain-rule">
        {t('explain.rule')}
      </Subtitle2>
      {because.rule !== null && <pre className={styles.rule}>{because.rule}</pre>}
      {because.file !== null && (
        <p className={styles.quiet}>
          {because.line === null ? because.file : t('explain.place', { file: because.file, line: because.line })}
        </p>
      )}
    </section>
  )
}

function Flip({ answer }: { answer: Answer }) {
  const { t } = useTranslation()
  const styles = useStyles()
  return (
    <section className={styles.section} aria-labelledby="explain-flip">
      <Subtitle2 as="h3" id="explain-flip">
        {t('explain.flip')}
      </Subtitle2>
      <FlipAnswer answer={answer} />
    </section>
  )
}

type Answer = { isError: boolean; error: unknown; data: ExplainView | undefined; refetch: () => unknown }

function FlipAnswer({ answer }: { answer: Answer }) {
  if (answer.isError) return <ErrorNotice error={answer.error} onRetry={() => void answer.refetch()} />
  return answer.data ? <FlipList flip={answer.data.flip} /> : null
}
