import { Badge, makeStyles, Select, Subtitle2, tokens } from '@fluentui/react-components'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlaybookView } from '../../model/api.ts'
import type { DecisionState, DecisionsView, ProposalView, TransitionView } from '../../model/decision-api.ts'
import { refusalFor } from '../customer/may-write.ts'
import { customerPath } from '../customer/queries.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { AppLink } from '../ui/AppLink.tsx'
import { failureText } from '../ui/failure.ts'
import { UNKNOWN, useFormats } from '../ui/format.ts'
import { apiUrl, send } from '../ui/http.ts'
import { ErrorNotice } from '../ui/Notice.tsx'
import { StateBadge } from '../ui/StateBadge.tsx'
import { showToast } from '../ui/toasts.tsx'
import { EvidenceItems } from './EvidenceItems.tsx'
import { decisionsQuery } from './queries.ts'

// Nobody sees a dialog before asking for one.
const DecisionDialog = lazy(() => import('./DecisionDialog.tsx'))
const TransitionDialog = lazy(() => import('./TransitionDialog.tsx'))

const useStyles = makeStyles({
  list: {
    listStyleType: 'none',
    margin: '8px 0 0',
    padding: '0 16px',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    '& > li + li': { borderTop: `1px solid ${tokens.colorNeutralStroke3}` },
  },
  line: { display: 'flex', flexWrap: 'wrap', gap: '4px 8px', alignItems: 'center', padding: '10px 0', overflowWrap: 'anywhere' },
  name: { fontWeight: tokens.fontWeightSemibold },
  why: { flexBasis: '100%', margin: 0, color: tokens.colorNeutralForeground2 },
  quiet: { flexBasis: '100%', color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  more: { display: 'flex', flexWrap: 'wrap', gap: '8px', marginTop: '8px', '& > :first-child': { maxWidth: '320px' } },
})

type Asked = { is: 'nothing' } | { is: 'decide'; proposal: ProposalView; state: DecisionState } | { is: 'take'; transition: TransitionView }

/** What is said first of a proposal that nobody made yet. */
const firstOf = ({ kind }: ProposalView): DecisionState => (kind === 'program' ? 'offered' : 'proposed')

/** Programs and accelerators to decide on, with what was decided; and the steps to the next process. */
export function PlanDecisions({ customer, playbook }: { customer: string; playbook: PlaybookView }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const client = useQueryClient()
  const { data: view, error, refetch } = useQuery(decisionsQuery(customer))
  const [asked, setAsked] = useState<Asked>({ is: 'nothing' })
  const [otherId, setOtherId] = useState('')
  if (!view) return error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : null
  const nameOf = ({ title, service }: ProposalView) =>
    service === null
      ? formats.text(title)
      : t('decisions.ofService', {
          title: formats.text(title),
          service: formats.text(playbook.services.find(each => each.id === service)?.name, service),
        })
  const take = async (path: string, query: Readonly<Record<string, number>>) => {
    try {
      await send('DELETE', apiUrl(path, query))
      await client.invalidateQueries({ queryKey: ['customer', customer] })
    } catch (failure) {
      showToast({ intent: 'error', title: t('decisions.notUndone'), body: failureText(failure, t, formats) })
    }
  }
  const shown = view.proposals.filter(each => each.called !== 'no' || each.state !== null || each.history.length > 0)
  const others = view.proposals.filter(each => !shown.includes(each))
  const other = others.find(each => each.id === otherId)
  const close = () => setAsked({ is: 'nothing' })
  return (
    <section aria-labelledby="decisions">
      <Subtitle2 as="h2" id="decisions">
        {t('decisions.title')}
      </Subtitle2>
      <ul className={styles.list}>
        {shown.map(proposal => (
          <ProposalLine
            key={proposal.id}
            view={view}
            proposal={proposal}
            name={nameOf(proposal)}
            onDecide={state => setAsked({ is: 'decide', proposal, state })}
            onUndo={() => void take(customerPath(customer, 'decisions', proposal.id), { seq: proposal.seq })}
          />
        ))}
        {view.transitions.map(transition => (
          <TransitionLine
            key={transition.to}
            view={view}
            transition={transition}
            onTake={() => setAsked({ is: 'take', transition })}
            onUndo={() => void take(customerPath(customer, 'transitions', transition.to), { version: view.version })}
          />
        ))}
      </ul>
      {others.length > 0 && refusalFor(view.canDecide, null) === undefined && (
        // The arrow keys choose at once in a list that is closed: what is chosen is asked for by a button.
        <div className={styles.more} data-focus-home>
          <Select aria-label={t('decisions.proposeOther')} value={other?.id ?? ''} onChange={(_, { value }) => setOtherId(value)}>
            <option value="">{t('decisions.proposeOther')}</option>
            {others.map(each => (
              <option key={each.id} value={each.id}>
                {nameOf(each)}
              </option>
            ))}
          </Select>
          <ActionButton
            refusal={other ? undefined : t('decisions.chooseFirst')}
            onClick={() => other && setAsked({ is: 'decide', proposal: other, state: firstOf(other) })}
          >
            {t(`decisions.do.${other ? firstOf(other) : 'proposed'}`)}
          </ActionButton>
        </div>
      )}
      <Suspense fallback={null}>
        {asked.is === 'decide' && (
          <DecisionDialog view={view} proposal={asked.proposal} name={nameOf(asked.proposal)} state={asked.state} onClose={close} />
        )}
        {asked.is === 'take' && <TransitionDialog view={view} transition={asked.transition} onClose={close} />}
      </Suspense>
    </section>
  )
}

type ProposalLineProps = Readonly<{
  view: DecisionsView
  proposal: ProposalView
  name: string
  onDecide: (state: DecisionState) => void
  onUndo: () => void
}>

function ProposalLine({ view, proposal, name, onDecide, onUndo }: ProposalLineProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const refused = refusalFor(view.canDecide, proposal.service)
  const refusal = refused && formats.text(refused)
  return (
    <li className={styles.line} data-proposal={proposal.id} data-focus-home>
      <span className={styles.name}>{name}</span>
      {proposal.state === null ? (
        proposal.called !== 'no' && <StateBadge of="proposal" state={proposal.called} />
      ) : (
        <Badge appearance="tint" color="brand" shape="rounded">
          {t(`decisions.state.${proposal.state}`)}
        </Badge>
      )}
      {proposal.next.map(state => (
        <ActionButton
          key={state}
          size="small"
          aria-label={`${t(`decisions.do.${state}`)}: ${name}`}
          refusal={refusal}
          onClick={() => onDecide(state)}
        >
          {t(`decisions.do.${state}`)}
        </ActionButton>
      ))}
      {proposal.canWithdraw && (
        <ActionButton size="small" appearance="subtle" aria-label={`${t('decisions.undo')}: ${name}`} refusal={refusal} onClick={onUndo}>
          {t('decisions.undo')}
        </ActionButton>
      )}
      {proposal.because && <p className={styles.why}>{formats.text(proposal.because)}</p>}
      {proposal.history.map(({ seq, state, contact, reason, on, by }) => (
        <span key={seq} className={styles.quiet}>
          {t('decisions.decided', { state: t(`decisions.state.${state}`), day: formats.day(on), by })}
          {contact && ` · ${t('decisions.withContact', { contact })}`}
          {reason && ` · ${reason}`}
        </span>
      ))}
    </li>
  )
}

type TransitionLineProps = Readonly<{ view: DecisionsView; transition: TransitionView; onTake: () => void; onUndo: () => void }>

function TransitionLine({ view, transition, onTake, onUndo }: TransitionLineProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { taken, state } = transition
  const mayNot = refusalFor(view.canTake, null)
  const mayNotForce = refusalFor(view.canOverride, null)
  const name = formats.text(transition.name)
  const isOpen = state === 'available'
  // While the condition does not hold, the reason is the reason; who may override it is asked for theirs.
  const refusal = mayNot ? formats.text(mayNot) : !isOpen && mayNotForce ? formats.text(transition.because) : undefined
  return (
    <li className={styles.line} data-transition={transition.to} data-focus-home>
      <span className={styles.name}>{name}</span>
      <StateBadge of="transition" state={taken ? 'taken' : state} />
      {taken?.forced != null && (
        <Badge appearance="tint" color="danger" shape="rounded">
          {t('decisions.forced')}
        </Badge>
      )}
      {transition.isNewCycle && (
        <AppLink to="/customers/$customer/review" params={{ customer: view.customer }}>
          {t('tab.review')}
        </AppLink>
      )}
      {!taken && !transition.isNewCycle && (
        <ActionButton
          size="small"
          aria-label={`${t(isOpen ? 'decisions.take' : 'decisions.force')}: ${name}`}
          refusal={refusal}
          onClick={onTake}
        >
          {t(isOpen ? 'decisions.take' : 'decisions.force')}
        </ActionButton>
      )}
      {taken && taken.forced === null && !transition.isNewCycle && (
        <ActionButton
          size="small"
          appearance="subtle"
          aria-label={`${t('decisions.undo')}: ${name}`}
          refusal={mayNot && formats.text(mayNot)}
          onClick={onUndo}
        >
          {t('decisions.undo')}
        </ActionButton>
      )}
      <p className={styles.why}>
        {taken ? t('decisions.takenBy', { who: taken.by ?? UNKNOWN, day: formats.day(taken.on) }) : formats.text(transition.because)}
        {taken?.forced != null && ` · ${taken.forced}`}
      </p>
      <EvidenceItems customer={view.customer} evidence={transition.evidence} mayRemove={false} />
    </li>
  )
}
