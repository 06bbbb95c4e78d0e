import { Badge, type BadgeProps, Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { HandshakeView, May } from '../../model/handshake-api.ts'
import { SERVICES } from '../../model/services.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { AppLink } from '../ui/AppLink.tsx'
import { useFormats } from '../ui/format.ts'
import { personName } from '../ui/person-name.ts'
import type { HandshakeWrite } from './handshake-writes.ts'

const useStyles = makeStyles({
  card: { padding: '12px 16px', display: 'flex', flexDirection: 'column', gap: '6px', overflowWrap: 'anywhere' },
  meant: { boxShadow: `inset 3px 0 0 ${tokens.colorBrandForeground1}` },
  head: { display: 'flex', flexWrap: 'wrap', gap: '4px 8px', alignItems: 'center' },
  service: { fontWeight: tokens.fontWeightSemibold },
  quiet: { margin: 0, color: tokens.colorNeutralForeground3 },
  late: { margin: 0, color: tokens.colorStatusWarningForeground1 },
  said: {
    listStyleType: 'none',
    margin: 0,
    padding: '0 0 0 12px',
    borderLeft: `2px solid ${tokens.colorNeutralStroke2}`,
    display: 'flex',
    flexDirection: 'column',
    gap: '6px',
  },
  body: { margin: 0, whiteSpace: 'pre-wrap' },
  actions: { display: 'flex', flexWrap: 'wrap', gap: '8px', marginTop: '4px' },
})

const LOOKS: Readonly<Record<HandshakeView['state'], NonNullable<BadgeProps['color']>>> = {
  offered: 'brand',
  asked: 'warning',
  accepted: 'success',
  declined: 'informative',
  withdrawn: 'informative',
}

type HandshakeCardProps = {
  handshake: HandshakeView
  /** Below a customer its name is no news. */
  isOfCustomer?: boolean
  /** The one that a link speaks of. */
  isMeant?: boolean
  onAsk: (is: HandshakeWrite['is']) => void
}

/** One handshake: who offers what to whom, what was said, and what one may do. */
export function HandshakeCard({ handshake, isOfCustomer = false, isMeant = false, onAsk }: HandshakeCardProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { customer, state, offeredBy, offeredTo, messages, may } = handshake
  const service = formats.text(SERVICES.find(({ id }) => id === handshake.service)?.name, handshake.service)
  const name = (person: { name: string }) => personName(person.name, t)
  const isOpen = state === 'offered' || state === 'asked'
  const about = isOfCustomer ? service : `${service}, ${customer.name}`
  const button = (is: HandshakeWrite['is'], label: string, right: May, isPrimary = false): ReactNode => (
    <ActionButton
      size="small"
      appearance={isPrimary ? 'primary' : 'secondary'}
      refusal={right.ok ? undefined : formats.text(right.reason)}
      aria-label={`${label}: ${about}`}
      onClick={() => onAsk(is)}
    >
      {label}
    </ActionButton>
  )
  return (
    <li
      className={mergeClasses(styles.card, isMeant && styles.meant)}
      data-handshake={handshake.id}
      {...(isMeant ? { 'aria-current': 'true' } : {})}
    >
      <div className={styles.head}>
        <span className={styles.service}>{service}</span>
        {!isOfCustomer && (
          <AppLink to="/customers/$customer/plan" params={{ customer: customer.id }}>
            {customer.name}
          </AppLink>
        )}
        <Badge appearance="tint" shape="rounded" color={LOOKS[state]} data-state={state}>
          {t(`requests.state.${state}`)}
        </Badge>
      </div>
      <p className={styles.quiet}>
        {t('requests.offered', { by: name(offeredBy), to: name(offeredTo), at: formats.moment(handshake.offeredAt) })}
      </p>
      {isOpen && <Waiting handshake={handshake} />}
      {handshake.answeredBy && handshake.answeredAt && (
        <p className={styles.quiet}>
          {t('requests.answered', { by: name(handshake.answeredBy), at: formats.moment(handshake.answeredAt) })}
          {handshake.reason !== null && ` ${t('requests.because', { reason: handshake.reason })}`}
        </p>
      )}
      {messages.length > 0 && (
        <ol className={styles.said} aria-label={t('requests.messages')}>
          {messages.map((message, at) => (
            // Messages are never changed, only added.
            // biome-ignore lint/suspicious/noArrayIndexKey: their place is what tells them apart
            <li key={at}>
              <p className={styles.quiet}>{t('requests.wrote', { by: name(message.by), at: formats.moment(message.at) })}</p>
              <p className={styles.body}>{message.body}</p>
            </li>
          ))}
        </ol>
      )}
      {isOpen && (
        <div className={styles.actions}>
          {button('accept', t('requests.accept'), may.accept, may.accept.ok)}
          {button('decline', t('requests.decline'), may.decline)}
          {button('write', t(state === 'asked' ? 'requests.reply' : 'requests.ask'), may.write)}
          {button('withdraw', t('requests.withdraw'), may.withdraw)}
        </div>
      )}
      {state === 'accepted' && may.decline.ok && (
        <div className={styles.actions}>
          <Button size="small" aria-label={`${t('requests.handBack')}: ${about}`} onClick={() => onAsk('decline')}>
            {t('requests.handBack')}
          </Button>
        </div>
      )}
    </li>
  )
}

/** Since when, and until when, nobody answered. */
function Waiting({ handshake: { remindOn, remindedAt, escalatedAt, escalatedTo } }: { handshake: HandshakeView }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  if (escalatedAt && escalatedTo) {
    const told = { name: personName(escalatedTo.name, t), at: formats.moment(escalatedAt) }
    return <p className={styles.late}>{t('requests.escalated', told)}</p>
  }
  if (remindedAt) return <p className={styles.late}>{t('requests.reminded', { at: formats.moment(remindedAt) })}</p>
  return <p className={styles.quiet}>{t('requests.remindOn', { day: formats.day(remindOn) })}</p>
}
