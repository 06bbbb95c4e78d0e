import { Button, Field, MessageBar, MessageBarBody, makeStyles, Select, Subtitle2, tokens } from '@fluentui/react-components'
import { Add20Regular } from '@fluentui/react-icons/svg/add'
import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AssignmentView, CustomerPeople } from '../../model/admin-api.ts'
import { AdoptionOwners } from '../requests/AdoptionOwners.tsx'
import { ActionButton } from '../ui/ActionButton.tsx'
import { useFormats } from '../ui/format.ts'
import { Notice } from '../ui/Notice.tsx'
import { AssignDialog } from './AssignDialog.tsx'
import { AssignmentRow } from './AssignmentRow.tsx'
import ContactsSection from './ContactsSection.tsx'
import { EndDialog } from './EndDialog.tsx'
import { byRole } from './order.ts'
import { usePeopleWrites } from './people-writes.ts'
import { customerPeopleQuery } from './queries.ts'

const route = getRouteApi('/frame/customers/$customer/people')

const useStyles = makeStyles({
  column: { maxWidth: '860px', margin: '0 auto', display: 'flex', flexDirection: 'column', gap: '16px' },
  head: { display: 'flex', flexWrap: 'wrap', gap: '12px', alignItems: 'center', justifyContent: 'space-between' },
  team: { flex: '0 1 420px' },
  choice: { display: 'flex', gap: '8px', '& > :first-child': { flex: '1 1 auto', minWidth: 0 } },
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
        <TeamField people={people} isBusy={writes.isBusy} refusal={refusal} onSave={team => writes.change({ is: 'team', team })} />
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
      <AdoptionOwners customer={customer} />
      <ContactsSection customer={customer} />
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

type TeamFieldProps = { people: CustomerPeople; isBusy: boolean; refusal: string | undefined; onSave: (team: string | null) => void }

/** Arrow keys go through a closed list and choose at each: what is chosen is saved by a button. */
function TeamField({ people: { team, teams }, isBusy, refusal, onSave }: TeamFieldProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const listId = useId()
  const now = team?.id ?? ''
  const [chosen, choose] = useState({ instead: now, value: now })
  // A choice falls away when the team has been changed meanwhile.
  const value = chosen.instead === now ? chosen.value : now
  // Those who may not choose are not told of the other teams.
  const choices = team && !teams.some(({ id }) => id === team.id) ? [team, ...teams] : teams
  const isSame = value === now
  return (
    <Field className={styles.team} label={{ children: t('people.team'), htmlFor: listId }} hint={t('people.teamHint')}>
      {field => (
        <div className={styles.choice}>
          <Select
            {...field}
            id={listId}
            value={value}
            disabled={refusal !== undefined}
            onChange={(_, data) => choose({ instead: now, value: data.value })}
          >
            <option value="">{t('people.noTeam')}</option>
            {choices.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
          {refusal === undefined && (
            <Button disabledFocusable={isSame || isBusy} onClick={() => onSave(value || null)}>
              {t('people.saveTeam')}
            </Button>
          )}
        </div>
      )}
    </Field>
  )
}
