import { Field, MessageBar, MessageBarBody, makeStyles, Select, Subtitle2, tokens } from '@fluentui/react-components'
import { Add20Regular } from '@fluentui/react-icons/svg/add'
import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AssignmentView, CustomerPeople } from '../../model/admin-api.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { useFormats } from '../ui/format.ts'
import { Notice } from '../ui/Notice.tsx'
import { AssignDialog } from './AssignDialog.tsx'
import { AssignmentRow } from './AssignmentRow.tsx'
import { EndDialog } from './EndDialog.tsx'
import { byRole } from './order.ts'
import { usePeopleWrites } from './people-writes.ts'
import { customerPeopleQuery } from './queries.ts'

const route = getRouteApi('/frame/customers/$customer/people')

const useStyles = makeStyles({
  column: { maxWidth: '860px', margin: '0 auto', display: 'flex', flexDirection: 'column', gap: '16px' },
  head: { display: 'flex', flexWrap: 'wrap', gap: '12px', alignItems: 'center', justifyContent: 'space-between' },
  team: { flex: '0 1 320px' },
  list: {
    listStyleType: 'none',
    margin: '4px 0 0',
    padding: 0,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
})

/** What is asked over the page; one at a time. */
type Asked = { is: 'nothing' } | { is: 'add' } | { is: 'end'; assignment: AssignmentView }

/** Who works for this customer, in which role, for which services and until when. */
export function PeoplePage() {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { customer } = route.useParams()
  const { data: people } = useSuspenseQuery(customerPeopleQuery(customer))
  const writes = usePeopleWrites(customer)
  const [asked, setAsked] = useState<Asked>({ is: 'nothing' })
  const refusal = people.canAssign.ok ? undefined : formats.text(people.canAssign.reason)
  const close = () => setAsked({ is: 'nothing' })
  const groups = byRole(people.assignments)
  const ended = people.assignments.filter(({ state }) => state === 'ended')
  const rows = (assignments: readonly AssignmentView[]) =>
    assignments.map(assignment => (
      <AssignmentRow
        key={assignment.id}
        assignment={assignment}
        refusal={refusal}
        isBusy={writes.isBusy}
        onEnd={() => setAsked({ is: 'end', assignment })}
        onChange={writes.change}
      />
    ))
  return (
    <div className={styles.column}>
      {refusal !== undefined && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{t('people.readOnly', { reason: refusal })}</MessageBarBody>
        </MessageBar>
      )}
      <div className={styles.head}>
        <TeamField people={people} refusal={refusal} onChoose={team => writes.change({ is: 'team', team })} />
        <ActionButton appearance="primary" icon={<Add20Regular />} refusal={refusal} onClick={() => setAsked({ is: 'add' })} data-assign>
          {t('people.add')}
        </ActionButton>
      </div>
      {groups.length === 0 && (
        <Notice title={t('people.none')}>{t(refusal === undefined ? 'people.noneHelp' : 'people.noneHelpOthers')}</Notice>
      )}
      {groups.map(({ role, assignments }) => (
        <section key={role} aria-labelledby={`role-${role}`}>
          <Subtitle2 as="h2" id={`role-${role}`}>
            {t(`role.${role}`)}
          </Subtitle2>
          <ul className={styles.list}>{rows(assignments)}</ul>
        </section>
      ))}
      {ended.length > 0 && (
        <details>
          <summary>{t('people.ended', { count: ended.length, number: formats.number(ended.length) })}</summary>
          <ul className={styles.list}>{rows(ended)}</ul>
        </details>
      )}
      {asked.is === 'add' && <AssignDialog people={people} onSave={assignment => writes.save({ is: 'add', assignment })} onClose={close} />}
      {asked.is === 'end' && (
        <EndDialog
          assignment={asked.assignment}
          now={people.assignments.find(({ id }) => id === asked.assignment.id)}
          onSave={until => writes.save({ is: 'end', assignment: asked.assignment, until })}
          onClose={close}
        />
      )}
    </div>
  )
}

type TeamFieldProps = { people: CustomerPeople; refusal: string | undefined; onChoose: (team: string | null) => void }

function TeamField({ people: { team, teams }, refusal, onChoose }: TeamFieldProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  // Those who may not choose are not told of the other teams.
  const choices = team && !teams.some(({ id }) => id === team.id) ? [team, ...teams] : teams
  return (
    <Field className={styles.team} label={t('people.team')} hint={t('people.teamHint')}>
      <Select value={team?.id ?? ''} disabled={refusal !== undefined} onChange={(_, { value }) => onChoose(value || null)}>
        <option value="">{t('people.noTeam')}</option>
        {choices.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  )
}
