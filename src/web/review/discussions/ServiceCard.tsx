import { Badge, type BadgeProps, makeStyles, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { DiscussionStatus, ServiceDiscussion } from '../../../model/discussion-api.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { AppLink } from '../../ui/AppLink.tsx'
import { useFormats } from '../../ui/format.ts'
import { personName } from '../../ui/person-name.ts'
import { answerOf } from './AskedField.tsx'

const LOOKS: Readonly<Record<DiscussionStatus, NonNullable<BadgeProps['color']>>> = {
  proposed: 'informative',
  planned: 'brand',
  held: 'success',
  declined: 'informative',
}

const useStyles = makeStyles({
  card: { padding: '8px 0', borderTop: `1px solid ${tokens.colorNeutralStroke2}`, overflowWrap: 'anywhere', listStyleType: 'none' },
  head: { display: 'flex', flexWrap: 'wrap', gap: '4px 8px', alignItems: 'center' },
  name: { margin: 0, fontSize: tokens.fontSizeBase300 },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  text: { margin: '4px 0 0', whiteSpace: 'pre-wrap' },
  list: { margin: '4px 0 0', paddingInlineStart: '20px' },
  actions: { display: 'flex', flexWrap: 'wrap', gap: '8px', marginTop: '6px' },
})

type ServiceCardProps = Readonly<{
  customer: string
  service: ServiceDiscussion
  name: string
  refusal: string | undefined
  onAsk: (what: 'record' | 'follow-up' | 'take-back') => void
}>

/** What is known of the discussion of one service; nothing recorded is told apart from no interest. */
export function ServiceCard({ customer, service, name, refusal, onAsk }: ServiceCardProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { discussion, earlier, followUps, intended } = service
  const days = [
    ...(discussion?.heldOn ? [t('discussions.heldOnDay', { day: formats.day(discussion.heldOn) })] : []),
    ...(discussion?.plannedFor && discussion.status === 'planned'
      ? [t('discussions.plannedForDay', { day: formats.day(discussion.plannedFor) })]
      : []),
    ...earlier.map(day => t('discussions.earlier', { day: formats.day(day) })),
  ]
  const texts = (['successFactors', 'participants', 'outcome'] as const).filter(part => discussion?.[part])
  return (
    <li className={styles.card} data-focus-home data-discussion={service.service}>
      <div className={styles.head}>
        <h4 className={styles.name}>{name}</h4>
        {discussion && (
          <Badge appearance="tint" shape="rounded" color={LOOKS[discussion.status]}>
            {t(`discussions.status.${discussion.status}`)}
          </Badge>
        )}
        <span className={styles.quiet}>
          {[
            t(`discussions.intended.${answerOf(intended)}`),
            t(`discussions.interestIs.${answerOf(discussion?.interest ?? null)}`),
            ...days,
          ].join(' · ')}
        </span>
      </div>
      {texts.map(part => (
        <p key={part} className={styles.text}>
          <span className={styles.quiet}>{t(`discussions.part.${part}`)}:</span> {discussion?.[part]}
        </p>
      ))}
      {followUps.length > 0 && (
        <ul className={styles.list} aria-label={t('discussions.followUps')}>
          {followUps.map(({ id, title, assignee, due, status }) => (
            <li key={id}>
              <AppLink to="/customers/$customer/plan" params={{ customer }} search={{ item: `follow-up:${id}` }}>
                {title}
              </AppLink>{' '}
              <span className={styles.quiet}>
                {[
                  t(`status.${status}`),
                  ...(assignee ? [personName(assignee.name, t)] : []),
                  ...(due ? [t('plan.dueOn', { day: formats.day(due) })] : []),
                ].join(' · ')}
              </span>
            </li>
          ))}
        </ul>
      )}
      {discussion && <div className={styles.quiet}>{t('discussions.by', { who: discussion.by, when: formats.moment(discussion.at) })}</div>}
      <div className={styles.actions}>
        <ActionButton
          size="small"
          refusal={refusal}
          aria-label={t(discussion ? 'discussions.changeOf' : 'discussions.recordOf', { name })}
          onClick={() => onAsk('record')}
        >
          {t(discussion ? 'discussions.change' : 'discussions.record')}
        </ActionButton>
        <ActionButton size="small" refusal={refusal} aria-label={t('discussions.followUpOf', { name })} onClick={() => onAsk('follow-up')}>
          {t('discussions.followUp')}
        </ActionButton>
        {discussion && (
          <ActionButton
            size="small"
            appearance="subtle"
            refusal={refusal}
            aria-label={t('discussions.takeBackOf', { name })}
            onClick={() => onAsk('take-back')}
          >
            {t('discussions.takeBack')}
          </ActionButton>
        )}
      </div>
    </li>
  )
}
