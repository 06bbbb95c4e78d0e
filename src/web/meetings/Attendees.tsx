import { Badge, type BadgeProps, makeStyles, Subtitle2, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { AttendeeView } from '../../model/meeting-api.ts'
import type { AttendeeAnswer } from '../../model/success.ts'
import { useFormats } from '../ui/format.ts'
import { personName } from '../ui/person-name.ts'

const useStyles = makeStyles({
  part: {
    padding: '12px 16px',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  list: { listStyleType: 'none', margin: '8px 0 0', padding: 0, display: 'flex', flexDirection: 'column', gap: '8px' },
  person: { display: 'flex', flexWrap: 'wrap', gap: '4px 8px', alignItems: 'center', overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
})

const LOOKS: Readonly<Record<AttendeeAnswer, NonNullable<BadgeProps['color']>>> = {
  accepted: 'success',
  declined: 'danger',
  tentative: 'warning',
  'needs-action': 'informative',
}

/** Who was asked, what they said, and why an invitation does not reach somebody. */
export function Attendees({ attendees }: { attendees: readonly AttendeeView[] }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  return (
    <section className={styles.part} aria-labelledby="meeting-attendees">
      <Subtitle2 as="h3" id="meeting-attendees">
        {t('meetings.form.attendees')}
      </Subtitle2>
      {attendees.length === 0 && <div className={styles.quiet}>{t('meetings.nobodyInvited')}</div>}
      <ul className={styles.list}>
        {attendees.map(each => (
          <li key={each.id}>
            <div className={styles.person}>
              {personName(each.name, t)}
              <Badge appearance="tint" color={LOOKS[each.answer]}>
                {t(`meetings.answer.${each.answer}`)}
              </Badge>
              {each.isOnlyThis && <span className={styles.quiet}>{t('meetings.onlyThis')}</span>}
              {each.isOptional && <span className={styles.quiet}>{t('meetings.form.optional')}</span>}
              {each.answeredAt !== null && <span className={styles.quiet}>{formats.moment(each.answeredAt)}</span>}
              {each.problem !== null && (
                <Badge appearance="tint" color="warning">
                  {t(`meetings.problem.${each.problem}`)}
                </Badge>
              )}
            </div>
            {each.comment !== null && <div className={styles.quiet}>{each.comment}</div>}
          </li>
        ))}
      </ul>
    </section>
  )
}
