import { Badge, type BadgeProps, makeStyles, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { MeetingLine } from '../../model/meeting-api.ts'
import { SERVICES } from '../../model/services.ts'
import type { MeetingState } from '../../model/success.ts'
import { AppLink } from '../ui/AppLink.tsx'
import { useFormats } from '../ui/format.ts'
import { personName } from '../ui/person-name.ts'
import { span } from './times.ts'

const useStyles = makeStyles({
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '4px 16px',
    justifyContent: 'space-between',
    padding: '8px 12px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    ':last-child': { borderBottomWidth: 0 },
  },
  what: { flex: '1 1 260px', minWidth: 0, overflowWrap: 'anywhere' },
  title: { display: 'flex', flexWrap: 'wrap', gap: '6px', alignItems: 'center', fontWeight: tokens.fontWeightSemibold },
  when: { flex: '0 1 auto', fontVariantNumeric: 'tabular-nums' },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
})

export const STATE_LOOKS: Readonly<Record<MeetingState, NonNullable<BadgeProps['color']>>> = {
  scheduled: 'brand',
  held: 'success',
  missed: 'warning',
  cancelled: 'informative',
}

type MeetingRowProps = { meeting: MeetingLine; showsCustomer?: boolean; hours?: string }

/** A meeting in a list; `hours` stands for the whole time where the day stands above. */
export function MeetingRow({ meeting, showsCustomer = false, hours }: MeetingRowProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { id, customer, customerName, title, startsAt, endsAt, timeZone, kind, state, services, organizer, outcome, answers } = meeting
  const asked = answers.accepted + answers.declined + answers.tentative + answers['needs-action']
  const about = [
    t(`meetings.kind.${kind}`),
    ...(meeting.about === null ? [] : [t(`meetings.about.${meeting.about}`)]),
    ...services.map(each => formats.text(SERVICES.find(service => service.id === each)?.name, each)),
    personName(organizer.name, t),
    ...(asked > 0 && state === 'scheduled'
      ? [t('meetings.accepted', { number: formats.number(answers.accepted), asked: formats.number(asked) })]
      : []),
    ...(answers.declined > 0 && state === 'scheduled'
      ? [t('meetings.declined', { count: answers.declined, number: formats.number(answers.declined) })]
      : []),
  ]
  return (
    <li className={styles.row} data-meeting={id}>
      <div className={styles.what}>
        <div className={styles.title}>
          <AppLink to="/customers/$customer/meetings" params={{ customer }} search={{ meeting: id }}>
            {showsCustomer ? `${customerName}: ${title}` : title}
          </AppLink>
          {state !== 'scheduled' && (
            <Badge appearance="tint" color={STATE_LOOKS[state]}>
              {t(`meetings.state.${state}`)}
            </Badge>
          )}
        </div>
        <div className={styles.quiet}>{about.join(' · ')}</div>
        {outcome !== null && <div>{outcome}</div>}
      </div>
      <div className={styles.when}>
        {hours ?? span(startsAt, endsAt, timeZone, formats.locale)}
        {hours === undefined && <div className={styles.quiet}>{timeZone}</div>}
      </div>
    </li>
  )
}
