import { useTranslation } from 'react-i18next'
import type { TeamView } from '../../../model/admin-api.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useFormats } from '../../ui/format.ts'
import { send } from '../../ui/http.ts'
import { urlOf } from '../queries.ts'
import { useWrite } from '../use-write.ts'

/** Says what becomes of the customers and members before a team goes. */
export function RemoveTeamDialog({ team, onClose }: { team: TeamView; onClose: () => void }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const remove = useWrite({
    write: () => send<unknown>('DELETE', urlOf('teams', team.id)),
    changes: [['teams'], ['people'], ['customer'], ['portfolio']],
    done: t('admin.teams.removed', { name: team.name }),
    onDone: onClose,
    isForm: true,
  })
  return (
    <FormDialog
      title={t('admin.teams.removeOf', { name: team.name })}
      onClose={onClose}
      submit={{ label: t('admin.remove'), run: () => remove.mutate(undefined), isBusy: remove.isPending }}
      error={remove.error}
    >
      <p style={{ margin: 0 }}>{t('admin.teams.itsCustomers', { count: team.customers, number: formats.number(team.customers) })}</p>
      <p style={{ margin: 0 }}>
        {t('admin.teams.itsMembers', { count: team.members.length, number: formats.number(team.members.length) })}
      </p>
    </FormDialog>
  )
}
