import { Badge, makeStyles, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { ReviewCard, ReviewColumn, ReviewHelp } from '../../model/reviews-board-api.ts'
import { AppLink } from '../ui/AppLink.tsx'
import { useFormats } from '../ui/format.ts'
import { personName } from '../ui/person-name.ts'

const useStyles = makeStyles({
  card: {
    padding: '8px 10px',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    overflowWrap: 'anywhere',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  name: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, margin: '2px 0 0' },
  why: {
    margin: '4px 0 0',
    fontSize: tokens.fontSizeBase200,
    display: '-webkit-box',
    overflow: 'hidden',
    '-webkit-line-clamp': '4',
    '-webkit-box-orient': 'vertical',
  },
  line: { margin: '4px 0 0', fontSize: tokens.fontSizeBase200, display: 'flex', flexWrap: 'wrap', gap: '4px', alignItems: 'center' },
  helps: { display: 'flex', flexWrap: 'wrap', gap: '0 10px', margin: '4px 0 0', fontSize: tokens.fontSizeBase200 },
  // High enough to be hit with a finger.
  link: { fontSize: tokens.fontSizeBase200, display: 'inline-block', lineHeight: '24px' },
})

/** One customer: why it stands here, since when, whose it is, and links to where what is missing is put right. */
export function ReviewCardView({ card, column }: { card: ReviewCard; column: ReviewColumn }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { customer, name, segment, owner, gate, meeting, heldOn, outcomes, isComplete } = card
  const isPast = column === 'scheduled' || column === 'held' || column === 'outcome'
  return (
    <li className={styles.card} data-card={customer} tabIndex={-1} aria-labelledby={`review-of-${customer}`}>
      <h3 className={styles.name} id={`review-of-${customer}`}>
        <AppLink to="/customers/$customer/review" params={{ customer }}>
          {name}
        </AppLink>
      </h3>
      <p className={styles.quiet}>
        {[...(segment ? [t(`segment.${segment}`)] : []), owner === null ? t('customer.nobody') : personName(owner, t)].join(' · ')}
      </p>
      {meeting && (
        <p className={styles.line}>
          {t('reviews.meets', { when: formats.moment(meeting.at) })}
          {meeting.isOver && (
            <Badge appearance="tint" color="warning" shape="rounded">
              {t('reviews.isOver')}
            </Badge>
          )}
        </p>
      )}
      {heldOn !== null && <p className={styles.line}>{t('reviews.heldOn', { day: formats.day(heldOn) })}</p>}
      {column === 'outcome' && (
        <p className={styles.line}>
          {outcomes.map(outcome => (
            <Badge key={outcome} appearance="tint" color="brand" shape="rounded">
              {t(`reviews.outcome.${outcome}`)}
            </Badge>
          ))}
          {t(isComplete ? 'reviews.isComplete' : 'reviews.isOpen')}
        </p>
      )}
      {gate.since !== null && <p className={styles.quiet}>{t(`reviews.gate.${gate.state}`, { day: formats.day(gate.since) })}</p>}
      {/* Once the review is planned the gate is news only where it is met no longer. */}
      {gate.because !== null && (!isPast || gate.state !== 'met') && column !== 'outcome' && (
        <p className={styles.why} title={formats.text(gate.because)}>
          {formats.text(gate.because)}
        </p>
      )}
      <nav className={styles.helps} aria-label={t('reviews.helps', { name })}>
        {card.helps.map(help => (
          <HelpLink key={help} help={help} card={card} column={column} />
        ))}
      </nav>
    </li>
  )
}

function HelpLink({ help, card: { customer, meeting }, column }: { help: ReviewHelp; card: ReviewCard; column: ReviewColumn }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const common = { params: { customer }, className: styles.link }
  switch (help) {
    case 'meetings':
      return meeting ? (
        <AppLink {...common} to="/customers/$customer/meetings" search={{ meeting: meeting.id }}>
          {t(meeting.isOver ? 'reviews.to.say' : 'reviews.to.meeting')}
        </AppLink>
      ) : (
        <AppLink {...common} to="/customers/$customer/meetings" search={{ plan: 'review' }}>
          {t('reviews.to.plan')}
        </AppLink>
      )
    case 'usage':
      return (
        <AppLink {...common} to="/customers/$customer/usage">
          {t(column === 'not-ready' ? 'reviews.to.usage' : 'reviews.to.figures')}
        </AppLink>
      )
    case 'services':
      return (
        <AppLink {...common} to="/customers/$customer/plan" search={{ change: 'services' }}>
          {t('reviews.to.services')}
        </AppLink>
      )
    case 'success':
      return (
        <AppLink {...common} to="/customers/$customer/success">
          {t('reviews.to.success')}
        </AppLink>
      )
    case 'review':
      return (
        <AppLink {...common} to="/customers/$customer/review">
          {t(`reviews.to.${column === 'held' ? 'outcome' : column === 'outcome' ? 'agreed' : 'review'}`)}
        </AppLink>
      )
  }
}
