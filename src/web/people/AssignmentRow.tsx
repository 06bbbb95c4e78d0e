import { Badge, makeStyles, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { AssignmentView } from '../../model/admin-api.ts'
import { SERVICES } from '../../model/services.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { useFormats } from '../ui/format.ts'
import { personName } from '../ui/person-name.ts'
import type { PeopleWrite } from './people-writes.ts'

const useStyles = makeStyles({
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '6px 12px',
    alignItems: 'center',
    justifyContent: 'space-between',
    padding: '8px 12px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    ':last-child': { borderBottomWidth: 0 },
  },
  what: { flex: '1 1 240px', minWidth: 0, overflowWrap: 'anywhere' },
  name: { display: 'flex', flexWrap: 'wrap', gap: '6px', alignItems: 'center', fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  actions: { display: 'flex', flexWrap: 'wrap', gap: '4px' },
})

type AssignmentRowProps = {
  assignment: AssignmentView
  refusal: string | undefined
  isBusy: boolean
  onEnd: () => void
  onChange: (write: PeopleWrite) => void
}

export function AssignmentRow({ assignment, refusal, isBusy, onEnd, onChange }: AssignmentRowProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const { person, isPrimary, covers, state } = assignment
  const whyNoPrimary = covers ? t('people.coverNoPrimary') : state === 'future' ? t('people.futureNoPrimary') : undefined
  return (
    <li className={styles.row} data-assignment={assignment.id}>
      <div className={styles.what}>
        <div className={styles.name}>
          {personName(person.name, t)}
          {isPrimary && (
            <Badge appearance="tint" color="brand">
              {t('people.primary')}
            </Badge>
          )}
          {state === 'future' && (
            <Badge appearance="tint" color="informative">
              {t('people.future')}
            </Badge>
          )}
        </div>
        <div className={styles.quiet}>
          <Holds assignment={assignment} />
        </div>
      </div>
      {state !== 'ended' && (
        <div className={styles.actions}>
          {!isPrimary && (
            <ActionButton
              size="small"
              refusal={refusal ?? whyNoPrimary}
              disabledFocusable={isBusy}
              aria-label={t('people.makePrimaryOf', { name: person.name })}
              onClick={() => onChange({ is: 'primary', assignment, isPrimary: true })}
            >
              {t('people.makePrimary')}
            </ActionButton>
          )}
          <ActionButton
            size="small"
            refusal={refusal}
            disabledFocusable={isBusy}
            aria-label={t('people.endOf', { name: person.name })}
            onClick={onEnd}
          >
            {t('people.end')}
          </ActionButton>
          <ActionButton
            size="small"
            refusal={refusal}
            disabledFocusable={isBusy}
            aria-label={t('people.removeOf', { name: person.name })}
            onClick={() => onChange({ is: 'remove', assignment })}
          >
            {t('admin.remove')}
          </ActionButton>
        </div>
      )}
    </li>
  )
}

/** Service, days and whom the person stands in for, in one line. */
function Holds({ assignment: { service, since, until, covers } }: { assignment: AssignmentView }) {
  const { t } = useTranslation()
  const formats = useFormats()
  return [
    service === null ? t('people.allServices') : formats.text(SERVICES.find(({ id }) => id === service)?.name, service),
    until === null
      ? t('people.since', { day: formats.day(since) })
      : t('people.sinceUntil', { since: formats.day(since), until: formats.day(until) }),
    ...(covers ? [t('people.standsInFor', { name: personName(covers.name, t) })] : []),
  ].join(' · ')
}
