import { Field, Input, makeStyles } from '@fluentui/react-components'
import { useSuspenseQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ChangePerson, PersonName, type PersonView } from '../../../model/admin-api.ts'
import { sessionQuery } from '../../session/queries.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { FailureBar } from '../../ui/FailureBar.tsx'
import { send } from '../../ui/http.ts'
import { useRefusal } from '../permission.ts'
import { urlOf } from '../queries.ts'
import { useWrite } from '../use-write.ts'
import { type Access, AccessFields } from './AccessFields.tsx'

const useStyles = makeStyles({ form: { display: 'flex', flexDirection: 'column', gap: '12px' } })

const accessOf = ({ right, scope, teams }: PersonView): Access => ({ right, scope, teams: teams.map(({ id }) => id) })

/** Name, right, scope and teams; saved together, and only what was changed. */
export function PersonForm({ person }: { person: PersonView }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const refusal = useRefusal()('manage-people')
  const { data: session } = useSuspenseQuery(sessionQuery)
  const [name, setName] = useState(person.name)
  const [access, setAccess] = useState(accessOf(person))
  const save = useWrite({
    write: (change: ChangePerson) => send<unknown>('PUT', urlOf('people', person.id), change),
    changes: [['people'], ['teams'], ['session'], ['customer']],
    done: t('admin.people.saved', { name: name.trim() }),
    isForm: true,
  })
  const change = changeOf(person, name, access)
  const isSame = Object.keys(change).length === 0
  const nameFault = PersonName.safeParse(name).success ? undefined : t('admin.people.nameFault')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!refusal && !isSame && !nameFault && !save.isPending) save.mutate(change)
  }
  return (
    <form className={styles.form} noValidate onSubmit={submit} aria-label={t('admin.people.formOf', { name: person.name })}>
      <Field
        label={t('admin.people.name')}
        required
        {...(refusal ? { hint: refusal } : {})}
        {...(nameFault ? { validationMessage: nameFault } : {})}
      >
        <Input value={name} disabled={refusal !== undefined} onChange={(_, { value }) => setName(value)} />
      </Field>
      <AccessFields
        access={access}
        onChange={setAccess}
        refusal={refusal}
        fixed={session.person?.id === person.id ? t('admin.people.ownAccess') : undefined}
      />
      <FailureBar error={save.error} />
      <div>
        <ActionButton type="submit" appearance="primary" refusal={refusal ?? (isSame ? t('admin.nothingChanged') : undefined)}>
          {t('save')}
        </ActionButton>
      </div>
    </form>
  )
}

function changeOf(person: PersonView, name: string, access: Access): ChangePerson {
  const before = accessOf(person)
  const sameTeams = [...before.teams].sort().join() === [...access.teams].sort().join()
  return {
    ...(name.trim() === person.name ? {} : { name: name.trim() }),
    ...(access.right === before.right ? {} : { right: access.right }),
    ...(access.scope === before.scope ? {} : { scope: access.scope }),
    ...(sameTeams ? {} : { teams: [...access.teams] }),
  }
}
