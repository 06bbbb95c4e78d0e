import { Body1Strong, makeStyles, Spinner, Subtitle2, tokens } from '@fluentui/react-components'
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
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { because } = subject
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
      <section className={styles.section} aria-labelledby="explain-facts">
        <Subtitle2 as="h3" id="explain-facts">
          {t('explain.facts')}
        </Subtitle2>
        {because.facts.length > 0 ? (
          <FactTable facts={because.facts} today={plan.plan.date} />
        ) : (
          <p className={styles.quiet}>{t('explain.noFacts')}</p>
        )}
      </section>
      {(subject.kind === 'item' || subject.kind === 'gate') && (
        <Answered customer={customer} version={plan.version} kind={subject.kind} id={subject.id} />
      )}
      <Written because={because} />
    </>
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

/** Asked for when opened, because plans are kept without proofs: what would change the answer, and how it came about. */
function Answered({ customer, version, kind, id }: { customer: string; version: number; kind: 'item' | 'gate'; id: string }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const answer = useQuery(explainQuery(customer, { kind, id }, version))
  const proof = answer.data?.because.proof
  return (
    <>
      <section className={styles.section} aria-labelledby="explain-flip">
        <Subtitle2 as="h3" id="explain-flip">
          {t('explain.flip')}
        </Subtitle2>
        <FlipAnswer answer={answer} />
      </section>
      {proof && (
        <section className={styles.section} aria-labelledby="explain-proof">
          <Subtitle2 as="h3" id="explain-proof">
            {t('explain.proof')}
          </Subtitle2>
          <ProofTree proof={proof} />
        </section>
      )}
    </>
  )
}

function FlipAnswer({ answer }: { answer: { isError: boolean; error: unknown; data: ExplainView | undefined; refetch: () => unknown } }) {
  const { t } = useTranslation()
  if (answer.isError) return <ErrorNotice error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Spinner size="tiny" label={t('loading')} labelPosition="after" />
  return <FlipList flip={answer.data.flip} />
}
