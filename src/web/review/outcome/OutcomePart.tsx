import { Badge, makeStyles, Subtitle2, tokens } from '@fluentui/react-components'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EngagementView, ReviewView } from '../../../model/review-api.ts'
import type { Outcome, Text } from '../../../model/words.ts'
import { refusalFor } from '../../customer/may-write.ts'
import { EvidenceItems } from '../../decisions/EvidenceItems.tsx'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { AppLink } from '../../ui/AppLink.tsx'
import { UNKNOWN, useFormats } from '../../ui/format.ts'
import { StateBadge } from '../../ui/StateBadge.tsx'
import { CycleDialog } from './CycleDialog.tsx'
import { DoneDialog, HeldDialog, StepDialog } from './DayDialogs.tsx'
import { OutcomesDialog } from './OutcomesDialog.tsx'
import { reviewQuery } from './queries.ts'
import { ReasonDialog } from './ReasonDialog.tsx'

const useStyles = makeStyles({
  part: { display: 'flex', flexDirection: 'column', gap: '12px' },
  card: {
    padding: '12px 16px',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    overflowWrap: 'anywhere',
  },
  head: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center' },
  steps: { margin: 0, paddingInlineStart: '24px', display: 'flex', flexDirection: 'column', gap: '12px' },
  step: { paddingInlineStart: '4px' },
  line: { margin: '4px 0' },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  list: { margin: '4px 0', paddingInlineStart: '16px' },
  title: { fontWeight: tokens.fontWeightSemibold },
})

export type Asked = 'held' | 'task' | 'outcomes' | 'correct' | 'cancel' | 'reopen' | 'cycle' | 'maintenance' | null

/** From the gate to what was agreed, in the order in which it has to be: the meeting, its task, the outcome, and what follows. */
export function OutcomePart({ customer }: { customer: string }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const { data: view } = useSuspenseQuery(reviewQuery(customer))
  const [asked, ask] = useState<Asked>(null)
  const close = () => ask(null)
  const dialog = { view, onClose: close }
  return (
    <section className={styles.part} aria-label={t('review.outcome')} data-focus-home tabIndex={-1}>
      <Gate view={view} />
      <div className={styles.card}>
        <ol className={styles.steps}>
          <Held view={view} ask={ask} />
          <Task view={view} ask={ask} />
          <Agreed view={view} ask={ask} />
        </ol>
      </div>
      {view.engagement.state !== 'open' && <Onwards view={view} ask={ask} />}
      <Ending view={view} ask={ask} />
      <Before view={view} />
      {asked === 'held' && <HeldDialog {...dialog} />}
      {asked === 'task' && <DoneDialog {...dialog} />}
      {(asked === 'outcomes' || asked === 'correct') && <OutcomesDialog {...dialog} isCorrection={asked === 'correct'} />}
      {(asked === 'cancel' || asked === 'reopen') && <ReasonDialog {...dialog} is={asked} />}
      {asked === 'cycle' && <CycleDialog {...dialog} />}
      {asked === 'maintenance' && <StepDialog {...dialog} to="maintenance" />}
    </section>
  )
}

type PartProps = Readonly<{ view: ReviewView; ask: (asked: Asked) => void }>

function Gate({ view }: { view: ReviewView }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { engagement, gate, opened } = view
  return (
    <div className={styles.card}>
      <div className={styles.head}>
        <Subtitle2 as="h3">{t('review.cycle', { cycle: formats.number(engagement.cycle) })}</Subtitle2>
        <Badge appearance="tint" color={engagement.state === 'open' ? 'brand' : engagement.state === 'complete' ? 'success' : 'warning'}>
          {t(`review.engagement.${engagement.state}`)}
        </Badge>
        <span>{t('review.gateNow')}</span>
        <StateBadge of="gate" state={gate.state} />
      </div>
      <p className={styles.line}>{formats.text(gate.because)}</p>
      {opened ? (
        <>
          <p className={styles.line}>
            {t('review.opened', { day: formats.day(opened.on), who: opened.by })} {t('review.gateThen')}{' '}
            <StateBadge of="gate" state={opened.gate} />
          </p>
          <p className={styles.quiet}>{formats.text(opened.because)}</p>
          {opened.override !== null && (
            <>
              <p className={styles.line}>
                <Badge appearance="tint" color="danger" shape="rounded">
                  {t('decisions.forced')}
                </Badge>{' '}
                {t('review.against', { reason: opened.override.reason })}
              </p>
              <EvidenceItems customer={view.customer} evidence={opened.override.evidence} mayRemove={false} />
            </>
          )}
        </>
      ) : (
        <p className={styles.line}>
          {t('review.notOpened')}{' '}
          <AppLink to="/customers/$customer/plan" params={{ customer: view.customer }}>
            {t('review.toDecisions')}
          </AppLink>
        </p>
      )}
    </div>
  )
}

function Held({ view, ask }: PartProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const refusal = useRefusal(view.canBegin)
  const day = view.meetingHeldOn
  return (
    <li className={styles.step}>
      <span className={styles.title}>{t('review.meeting')}</span>{' '}
      {day === null
        ? t('review.notHeld')
        : day > view.today
          ? t('review.planned', { day: formats.day(day) })
          : t('review.heldOn', { day: formats.day(day) })}
      {view.engagement.state === 'open' && (
        <div className={styles.head}>
          <ActionButton size="small" refusal={refusal} onClick={() => ask('held')}>
            {t(day === null ? 'review.tellHeld' : 'review.changeHeld')}
          </ActionButton>
          <AppLink to="/customers/$customer/meetings" params={{ customer: view.customer }}>
            {t('review.toMeetings')}
          </AppLink>
        </div>
      )}
    </li>
  )
}

function Task({ view, ask }: PartProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const refusal = useRefusal(view.canRecord)
  const { task } = view
  if (!task) return <li className={styles.step}>{t('review.noTask')}</li>
  const absent = task.item === null ? t('review.taskNotThere') : undefined
  return (
    <li className={styles.step}>
      <span className={styles.title}>
        {task.id} {formats.text(task.title)}
      </span>{' '}
      {t(task.isDone ? 'review.taskDone' : 'review.taskOpen')}
      {!task.isDone && (
        <div className={styles.head}>
          <ActionButton size="small" refusal={refusal ?? absent} onClick={() => ask('task')}>
            {t('review.finishTask')}
          </ActionButton>
        </div>
      )}
    </li>
  )
}

function Agreed({ view, ask }: PartProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const record = useRefusal(view.canRecord)
  const correct = useRefusal(view.canCorrect)
  const { engagement, outcomes } = view
  const refusal = record ?? (outcomes.ok ? undefined : formats.text(outcomes.reason))
  return (
    <li className={styles.step}>
      <span className={styles.title}>{t('review.outcome')}</span>{' '}
      {engagement.outcomes.length === 0 && t(engagement.state === 'cancelled' ? 'review.noneCancelled' : 'review.none')}
      <Outcomes engagement={engagement} />
      {engagement.state === 'open' && (
        <div className={styles.head}>
          <ActionButton appearance="primary" refusal={refusal} onClick={() => ask('outcomes')}>
            {t('review.record')}
          </ActionButton>
          {refusal !== undefined && <span className={styles.quiet}>{refusal}</span>}
        </div>
      )}
      {engagement.state === 'complete' && (
        <div className={styles.head}>
          <ActionButton size="small" refusal={correct} onClick={() => ask('correct')}>
            {t('review.correct')}
          </ActionButton>
        </div>
      )}
      {view.corrections.length > 0 && (
        <ul className={styles.list} aria-label={t('review.corrections')}>
          {view.corrections.map(({ before, after, reason, by, at }) => (
            <li key={at}>
              {t('review.corrected', {
                ...{ when: formats.moment(at), who: by, reason: reason ?? UNKNOWN },
                ...{ before: listOf(before, t), after: after.length === 0 ? t('review.noOutcome') : listOf(after, t) },
              })}
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}

const listOf = (outcomes: readonly Outcome[], t: (key: string) => string) => outcomes.map(each => t(`review.is.${each}`)).join(', ')

function Outcomes({ engagement }: { engagement: EngagementView }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  if (engagement.outcomes.length === 0) return null
  return (
    <ul className={styles.list}>
      {engagement.outcomes.map(({ outcome, by, at }) => (
        <li key={outcome}>
          {t(`review.is.${outcome}`)}{' '}
          <span className={styles.quiet}>{t('review.told', { who: by ?? UNKNOWN, when: formats.moment(at) })}</span>
        </li>
      ))}
    </ul>
  )
}

/** R13: what the outcomes lead to. */
function Onwards({ view, ask }: PartProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const begin = useRefusal(view.canBegin)
  const maintenance = view.steps.find(each => each.to === 'maintenance')
  const isHandedOver = view.engagement.outcomes.some(each => each.outcome === 'transition-to-csm')
  const open = view.services.filter(each => each.intended && ['none', 'declined'].includes(each.handshake ?? ''))
  return (
    <div className={styles.card}>
      <Subtitle2 as="h3">{t('review.onwards')}</Subtitle2>
      <p className={styles.line}>{t(view.cycle.needsReason ? 'review.cycleLater' : 'review.cycleCalled')}</p>
      <ActionButton
        appearance={view.cycle.needsReason ? 'secondary' : 'primary'}
        refusal={begin ?? (view.cycle.ok ? undefined : formats.text(view.cycle.reason))}
        onClick={() => ask('cycle')}
      >
        {t('review.begin')}
      </ActionButton>
      {isHandedOver && (
        <p className={styles.line}>
          {open.length === 0 ? t('review.allOffered') : t('review.toOffer', { count: open.length, number: formats.number(open.length) })}{' '}
          <AppLink to="/customers/$customer/plan" params={{ customer: view.customer }}>
            {t('review.toHandshakes')}
          </AppLink>
        </p>
      )}
      {maintenance && view.engagement.state === 'complete' && (
        <>
          <p className={styles.line}>
            {formats.text(maintenance.name)}:{' '}
            {maintenance.takenOn === null
              ? formats.text(maintenance.because)
              : t('review.since', { day: formats.day(maintenance.takenOn) })}
          </p>
          {maintenance.takenOn === null && maintenance.state === 'available' && (
            <ActionButton refusal={begin} onClick={() => ask('maintenance')}>
              {formats.text(maintenance.name)}
            </ActionButton>
          )}
        </>
      )}
    </div>
  )
}

/** A customer that is lost, which is no outcome. */
function Ending({ view, ask }: PartProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const cancel = useRefusal(view.canCancel)
  const reopen = useRefusal(view.canCorrect)
  if (view.engagement.state === 'complete') return null
  const isOpen = view.engagement.state === 'open'
  return (
    <div className={styles.head}>
      {!isOpen && <span>{t('review.cancelledFor', { reason: view.engagement.cancelReason ?? UNKNOWN })}</span>}
      <ActionButton size="small" refusal={isOpen ? cancel : reopen} onClick={() => ask(isOpen ? 'cancel' : 'reopen')}>
        {t(isOpen ? 'review.cancel' : 'review.reopen')}
      </ActionButton>
    </div>
  )
}

function Before({ view }: { view: ReviewView }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  if (view.history.length === 0) return null
  return (
    <details>
      <summary>{t('review.before', { count: view.history.length, number: formats.number(view.history.length) })}</summary>
      {view.history.map(each => (
        <div key={each.id} className={styles.card}>
          <span className={styles.title}>{t('review.cycle', { cycle: formats.number(each.cycle) })}</span>{' '}
          {t(`review.engagement.${each.state}`)} {each.closedAt && formats.moment(each.closedAt)} {each.cancelReason}
          <Outcomes engagement={each} />
        </div>
      ))}
    </details>
  )
}

/** Why something of the customer as a whole may not be changed; undefined when it may. */
function useRefusal(access: ReviewView['canRecord']): string | undefined {
  const formats = useFormats()
  const refusal: Text | undefined = refusalFor(access, null)
  return refusal && formats.text(refusal)
}
