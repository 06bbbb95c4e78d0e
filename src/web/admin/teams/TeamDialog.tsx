import { Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components'
import { Dismiss16Regular } from '@fluentui/react-icons/svg/dismiss'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TeamView } from '../../../model/admin-api.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { send } from '../../ui/http.ts'
import { PersonPicker } from '../../ui/PersonPicker.tsx'
import { plainIdOf } from '../plain-id.ts'
import { findPeopleQuery, urlOf } from '../queries.ts'
import { useWrite } from '../use-write.ts'

const useStyles = makeStyles({
  members: { listStyleType: 'none', margin: 0, padding: 0, maxHeight: '220px', overflowY: 'auto' },
  member: { display: 'flex', justifyContent: 'space-between', alignItems: 'center', gap: '8px' },
  quiet: { color: tokens.colorNeutralForeground3, margin: 0 },
})

type TeamDialogProps = {
  /** Absent for a new one. */
  team?: TeamView
  /** Ids that a new team cannot have. */
  taken: readonly string[]
  onClose: () => void
}

/** Name and members of a team. */
export function TeamDialog({ team, taken, onClose }: TeamDialogProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const [name, setName] = useState(team?.name ?? '')
  const [members, setMembers] = useState(team?.members ?? [])
  const [typed, setTyped] = useState('')
  const [tried, setTried] = useState(false)
  const { data: found } = useQuery(findPeopleQuery(typed))
  const save = useWrite({
    write: () =>
      send<unknown>('PUT', urlOf('teams', team?.id ?? plainIdOf(name, taken, 'team')), {
        name: name.trim(),
        members: members.map(({ id }) => id),
      }),
    changes: [['teams'], ['people'], ['customer']],
    done: t('admin.teams.saved', { name: name.trim() }),
    onDone: onClose,
    isForm: true,
  })
  const fault = name.trim() === '' ? t('admin.teams.nameFault') : undefined
  const run = () => {
    setTried(true)
    if (!fault) save.mutate(undefined)
  }
  return (
    <FormDialog
      title={t(team ? 'admin.teams.changeOf' : 'admin.teams.make', { name: team?.name })}
      onClose={onClose}
      submit={{ label: t('save'), run, isBusy: save.isPending }}
      error={save.error}
    >
      <Field label={t('admin.teams.name')} required {...(tried && fault ? { validationMessage: fault } : {})}>
        <Input value={name} maxLength={100} onChange={(_, { value }) => setName(value)} />
      </Field>
      <PersonPicker
        label={t('admin.teams.addMember')}
        people={(found?.people ?? []).filter(({ id }) => members.every(member => member.id !== id))}
        chosen={undefined}
        onChoose={person => {
          if (!person) return
          setMembers([...members, { id: person.id, name: person.name }])
          setTyped('')
        }}
        onType={setTyped}
        moreOf={person => person.email}
      />
      {members.length === 0 ? (
        <p className={styles.quiet}>{t('admin.teams.nobody')}</p>
      ) : (
        <ul className={styles.members} aria-label={t('admin.teams.members')}>
          {members.map(member => (
            <li key={member.id} className={styles.member}>
              {member.name}
              <Button
                appearance="subtle"
                size="small"
                icon={<Dismiss16Regular />}
                aria-label={t('admin.teams.takeOut', { name: member.name })}
                title={t('admin.teams.takeOut', { name: member.name })}
                onClick={() => setMembers(members.filter(({ id }) => id !== member.id))}
              />
            </li>
          ))}
        </ul>
      )}
    </FormDialog>
  )
}
