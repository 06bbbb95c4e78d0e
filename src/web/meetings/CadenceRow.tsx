import { makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CadenceView } from '../../model/meeting-api.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { FormDialog } from '../ui/FormDialog.tsx'
import { useFormats } from '../ui/format.ts'
import { personName } from '../ui/person-name.ts'
import { invitationWords } from './invitation-words.ts'
import { moment } from './times.ts'

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
  what: { flex: '1 1 260px', minWidth: 0, overflowWrap: 'anywhere' },
  name: { fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  actions: { display: 'flex', flexWrap: 'wrap', gap: '4px' },
})

type CadenceRowProps = {
  cadence: CadenceView
  refusal: string | undefined
  isBusy: boolean
  onChange: () => void
  onEnd: () => void
}

/** A series: how often, who holds it, when next. Ending it takes back what was invited to, so that is asked first. */
export function CadenceRow({ cadence, refusal, isBusy, onChange, onEnd }: CadenceRowProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const [isAsked, setAsked] = useState(false)
  const [first] = cadence.next
  return (
    <li className={styles.row} data-cadence={cadence.id}>
      <div className={styles.what}>
        <div className={styles.name}>{cadence.title}</div>
        <div className={styles.quiet}>
          {[
            t(`meetings.kind.${cadence.kind}`),
            formats.text(cadence.ruleText),
            cadence.timeZone,
            personName(cadence.organizer.name, t),
            t('meetings.invited', { count: cadence.attendees.length, number: formats.number(cadence.attendees.length) }),
            ...(cadence.calendar.way === null ? [] : [invitationWords(cadence.calendar, t)]),
          ].join(' · ')}
        </div>
        {first !== undefined && <div>{t('meetings.nextOn', { when: moment(first, cadence.timeZone, formats.locale) })}</div>}
      </div>
      <div className={styles.actions}>
        <ActionButton
          size="small"
          refusal={refusal}
          disabledFocusable={isBusy}
          aria-label={t('meetings.changeOf', { title: cadence.title })}
          onClick={onChange}
        >
          {t('meetings.change')}
        </ActionButton>
        <ActionButton
          size="small"
          refusal={refusal}
          disabledFocusable={isBusy}
          aria-label={t('meetings.endOf', { title: cadence.title })}
          onClick={() => setAsked(true)}
        >
          {t('meetings.end')}
        </ActionButton>
      </div>
      {isAsked && (
        <FormDialog
          title={t('meetings.endOf', { title: cadence.title })}
          onClose={() => setAsked(false)}
          submit={{
            label: t('meetings.endSure'),
            isBusy,
            run: () => {
              setAsked(false)
              onEnd()
            },
          }}
        >
          {t('meetings.endHelp')}
        </FormDialog>
      )}
    </li>
  )
}
