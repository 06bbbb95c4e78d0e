import { Badge, type BadgeProps, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ExpertRequestView } from '../../../model/expert-request-api.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { AppLink } from '../../ui/AppLink.tsx'
import { useFormats } from '../../ui/format.ts'
import { personName } from '../../ui/person-name.ts'
import { wordsIn } from './words.ts'
import type { RequestWrite } from './writes.ts'

const useStyles = makeStyles({
  card: { padding: '12px 16px', display: 'flex', flexDirection: 'column', gap: '6px', overflowWrap: 'anywhere' },
  meant: { boxShadow: `inset 3px 0 0 ${tokens.colorBrandForeground1}` },
  head: { display: 'flex', flexWrap: 'wrap', gap: '4px 8px', alignItems: 'center' },
  skill: { fontWeight: tokens.fontWeightSemibold },
  quiet: { margin: 0, color: tokens.colorNeutralForeground3 },
  late: { margin: 0, color: tokens.colorStatusWarningForeground1 },
  body: { margin: 0, whiteSpace: 'pre-wrap' },
  said: {
    listStyleType: 'none',
    margin: 0,
    padding: '0 0 0 12px',
    borderLeft: `2px solid ${tokens.colorNeutralStroke2}`,
    display: 'flex',
    flexDirection: 'column',
    gap: '6px',
  },
  actions: { display: 'flex', flexWrap: 'wrap', gap: '8px', marginTop: '4px' },
})

const LOOKS: Readonly<Record<ExpertRequestView['state'], NonNullable<BadgeProps['color']>>> = {
  open: 'brand',
  'needs-detail': 'warning',
  accepted: 'success',
  declined: 'informative',
  done: 'informative',
  withdrawn: 'informative',
}

type RequestCardProps = {
  request: ExpertRequestView
  /** Below a customer its name is no news. */
  isOfCustomer?: boolean
  /** The one that a link speaks of. */
  isMeant?: boolean
  onAsk: (is: RequestWrite['is']) => void
}

/** One request: what is asked for, of whom, by when, what was said, and what one may do. */
export function RequestCard({ request, isOfCustomer = false, isMeant = false, onAsk }: RequestCardProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const words = wordsIn(formats)
  const { customer, state, expert } = request
  const skill = words.skill(request.skill)
  const name = (person: { name: string }) => personName(person.name, t)
  const asked = { by: name(request.requestedBy), to: expert ? name(expert) : '', at: formats.moment(request.requestedAt) }
  return (
    <li
      className={mergeClasses(styles.card, isMeant && styles.meant)}
      data-request={request.id}
      {...(isMeant ? { 'aria-current': 'true' } : {})}
    >
      <div className={styles.head}>
        <span className={styles.skill}>{skill}</span>
        {request.service && <span>{words.service(request.service)}</span>}
        {!isOfCustomer && <CustomerName customer={customer} />}
        <Badge appearance="tint" shape="rounded" color={LOOKS[state]} data-state={state}>
          {t(`experts.state.${state}`)}
        </Badge>
        {request.isLate && (
          <Badge appearance="tint" shape="rounded" color="danger">
            {t('experts.late')}
          </Badge>
        )}
      </div>
      <p className={styles.quiet}>{expert ? t('experts.askedOf', asked) : t('experts.askedAll', asked)}</p>
      <Wanted request={request} />
      <p className={styles.body}>{request.purpose}</p>
      <Due request={request} />
      <Thread request={request} />
      <Actions request={request} about={`${skill}, ${customer.name}`} onAsk={onAsk} />
    </li>
  )
}

/** A link only for those who may see more of the customer than this. */
function CustomerName({ customer }: Pick<ExpertRequestView, 'customer'>) {
  const { t } = useTranslation()
  const styles = useStyles()
  const segment = customer.segment && ` · ${t(`segment.${customer.segment}`, { defaultValue: customer.segment })}`
  return customer.isVisible ? (
    <span>
      <AppLink to="/customers/$customer/review" params={{ customer: customer.id }}>
        {customer.name}
      </AppLink>
      <span className={styles.quiet}>{segment}</span>
    </span>
  ) : (
    <span>
      {customer.name}
      <span className={styles.quiet}>{segment}</span>
    </span>
  )
}

function Wanted({ request: { seats, language, region, wantedOn } }: { request: ExpertRequestView }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const words = wordsIn(formats)
  const parts = [
    seats !== null && t('experts.seatCount', { count: seats, number: formats.number(seats) }),
    language !== null && words.language(language),
    region !== null && words.region(region),
    wantedOn !== null && t('experts.wantedBy', { day: formats.day(wantedOn) }),
  ].filter(each => each !== false)
  return parts.length === 0 ? null : <p className={styles.quiet}>{parts.join(' · ')}</p>
}

/** By when somebody should act, or who was told that nobody did. */
function Due({ request }: { request: ExpertRequestView }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { state, dueOn, isLate, escalatedAt, escalatedTo, remindedAt, acknowledgedAt, acknowledgedBy, decideBy } = request
  if (dueOn === null) return null
  const what = state === 'needs-detail' ? 'detailBy' : acknowledgedAt === null ? 'acknowledgeBy' : 'decideBy'
  const due = t(`experts.due.${what}`, { day: formats.day(dueOn), decide: formats.day(decideBy) })
  const seen = acknowledgedBy && state === 'open' ? ` ${t('experts.seenBy', { name: personName(acknowledgedBy.name, t) })}` : ''
  const told =
    escalatedAt && escalatedTo
      ? ` ${t('experts.escalated', { name: personName(escalatedTo.name, t), at: formats.moment(escalatedAt) })}`
      : remindedAt
        ? ` ${t('experts.reminded', { at: formats.moment(remindedAt) })}`
        : ''
  return <p className={isLate ? styles.late : styles.quiet}>{`${due}${seen}${told}`}</p>
}

/** What was said and done since it was asked for. */
function Thread({ request: { messages } }: { request: ExpertRequestView }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const later = messages.filter(each => each.step !== 'requested')
  if (later.length === 0) return null
  return (
    <ol className={styles.said} aria-label={t('experts.thread')}>
      {later.map((message, at) => (
        // Messages are never changed, only added.
        // biome-ignore lint/suspicious/noArrayIndexKey: their place is what tells them apart
        <li key={at}>
          <p className={styles.quiet}>
            {t(`experts.step.${message.step === 'handed-on' && message.to === null ? 'queued' : message.step}`, {
              by: personName(message.by.name, t),
              to: message.to ? personName(message.to.name, t) : '',
              at: formats.moment(message.at),
            })}
          </p>
          {message.body !== null && <p className={styles.body}>{message.body}</p>}
        </li>
      ))}
    </ol>
  )
}

type ActionsProps = { request: ExpertRequestView; about: string; onAsk: RequestCardProps['onAsk'] }

/** Those of the state stay in their place, with the reason where one may not; those of others are left out. */
function Actions({ request, about, onAsk }: ActionsProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { state, may, acknowledgedAt } = request
  const shown: readonly RequestWrite['is'][] = {
    open: ['accept', ...(acknowledgedAt === null ? (['acknowledge'] as const) : []), 'decline', 'write', 'handOn', 'withdraw'] as const,
    'needs-detail': ['accept', 'decline', 'write', 'handOn', 'withdraw'] as const,
    accepted: ['done', 'write', 'handOn', 'withdraw'] as const,
    declined: ['handOn'] as const,
    done: [],
    withdrawn: [],
  }[state]
  if (shown.length === 0) return null
  const label = (is: RequestWrite['is']): string => t(`experts.action.${is}`)
  const button = (is: RequestWrite['is']): ReactNode => {
    const right = may[is]
    return (
      <ActionButton
        key={is}
        size="small"
        appearance={right.ok && (is === 'accept' || is === 'done') ? 'primary' : 'secondary'}
        refusal={right.ok ? undefined : formats.text(right.reason)}
        aria-label={`${label(is)}: ${about}`}
        onClick={() => onAsk(is)}
      >
        {label(is)}
      </ActionButton>
    )
  }
  return <div className={styles.actions}>{shown.map(button)}</div>
}
