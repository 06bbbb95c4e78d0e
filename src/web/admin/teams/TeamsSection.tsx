import { Button, makeStyles } from '@fluentui/react-components'
import { Add20Regular } from '@fluentui/react-icons/svg/add'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TeamView } from '../../../model/admin-api.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { useFormats } from '../../ui/format.ts'
import { ErrorNotice, Notice } from '../../ui/Notice.tsx'
import { Skeletons } from '../../ui/Skeletons.tsx'
import { useRefusal } from '../permission.ts'
import { teamsQuery } from '../queries.ts'
import { Section } from '../Section.tsx'
import { SplitPage } from '../SplitPage.tsx'
import { CalendarDialog } from './CalendarDialog.tsx'
import { RemoveTeamDialog } from './RemoveTeamDialog.tsx'
import { TeamDialog } from './TeamDialog.tsx'

const useStyles = makeStyles({ actions: { display: 'flex', flexWrap: 'wrap', gap: '4px' } })

/** What is asked over the list; one at a time. */
type Asked = { is: 'nothing' } | { is: 'make' } | { is: 'change' | 'remove' | 'calendar'; team: TeamView }

/** Teams and their members. */
export function TeamsSection() {
  const { t } = useTranslation()
  const refusalOf = useRefusal()
  const [asked, setAsked] = useState<Asked>({ is: 'nothing' })
  return (
    <SplitPage>
      <Section
        id="teams"
        actions={
          <ActionButton
            appearance="primary"
            icon={<Add20Regular />}
            refusal={refusalOf('manage-teams')}
            onClick={() => setAsked({ is: 'make' })}
          >
            {t('admin.teams.make')}
          </ActionButton>
        }
      >
        <TeamList asked={asked} onAsk={setAsked} />
      </Section>
    </SplitPage>
  )
}

/** So many names are shown of a team; the rest is a number. */
const MOST_NAMES = 6

function TeamList({ asked, onAsk }: { asked: Asked; onAsk: (asked: Asked) => void }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { data, error, refetch } = useQuery(teamsQuery)
  const close = () => onAsk({ is: 'nothing' })
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeletons heights={[40, 44, 44, 44]} />
  return (
    <>
      {data.teams.length === 0 ? (
        <Notice title={t('admin.teams.none')} actions={<Button onClick={() => onAsk({ is: 'make' })}>{t('admin.teams.make')}</Button>}>
          {t('admin.teams.noneHelp')}
        </Notice>
      ) : (
        <DataTable
          label={t('admin.section.teams')}
          rows={data.teams}
          keyOf={({ id }) => id}
          columns={[
            { id: 'name', head: t('admin.teams.name'), cell: team => team.name },
            {
              id: 'members',
              head: t('admin.teams.members'),
              cell: ({ members }) => {
                const rest = members.length - MOST_NAMES
                const names = members.slice(0, MOST_NAMES).map(({ name }) => name)
                return names.length === 0
                  ? t('admin.teams.nobody')
                  : [...names, ...(rest > 0 ? [t('admin.teams.more', { count: rest })] : [])].join(', ')
              },
            },
            { id: 'customers', head: t('admin.teams.customers'), isNumber: true, cell: team => formats.number(team.customers) },
            {
              id: 'actions',
              head: t('admin.actions'),
              cell: team => (
                <span className={styles.actions}>
                  <Button
                    size="small"
                    aria-label={t('admin.teams.changeOf', { name: team.name })}
                    onClick={() => onAsk({ is: 'change', team })}
                  >
                    {t('admin.change')}
                  </Button>
                  <Button
                    size="small"
                    aria-label={t('workCalendar.of', { name: team.name })}
                    onClick={() => onAsk({ is: 'calendar', team })}
                  >
                    {t('workCalendar.open')}
                  </Button>
                  <Button
                    size="small"
                    aria-label={t('admin.teams.removeOf', { name: team.name })}
                    onClick={() => onAsk({ is: 'remove', team })}
                  >
                    {t('admin.remove')}
                  </Button>
                </span>
              ),
            },
          ]}
        />
      )}
      {asked.is === 'make' && <TeamDialog taken={data.teams.map(({ id }) => id)} onClose={close} />}
      {asked.is === 'change' && <TeamDialog team={asked.team} taken={[]} onClose={close} />}
      {asked.is === 'calendar' && <CalendarDialog team={asked.team} onClose={close} />}
      {asked.is === 'remove' && <RemoveTeamDialog team={asked.team} onClose={close} />}
    </>
  )
}
