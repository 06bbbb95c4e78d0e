import { Field, Input, makeStyles, Subtitle2 } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Erasure, PersonView } from '../../../model/admin-api.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useFormats } from '../../ui/format.ts'
import { send } from '../../ui/http.ts'
import { urlOf } from '../queries.ts'
import { useWrite } from '../use-write.ts'

const useStyles = makeStyles({ list: { margin: '4px 0 8px', paddingInlineStart: '20px' } })

/** Forgets a person: says before what goes and what stays, and afterwards what went and what stayed. */
export function EraseDialog({ person, onClose }: { person: PersonView; onClose: (isErased: boolean) => void }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const [email, setEmail] = useState('')
  const [tried, setTried] = useState(false)
  const erase = useWrite({
    write: () => send<Erasure>('POST', urlOf('people', person.id, 'erasure'), { email: email.trim() }),
    // The person stays in the list until the result was read: the panel it stands in would go with them.
    changes: [['teams']],
    isForm: true,
  })
  if (erase.data) return <Erased name={person.name} erasure={erase.data} onClose={() => onClose(true)} />
  const isRight = email.trim().toLowerCase() === person.email.toLowerCase()
  const run = () => {
    setTried(true)
    if (isRight) erase.mutate(undefined)
  }
  return (
    <FormDialog
      title={t('admin.people.eraseTitle', { name: person.name })}
      onClose={() => onClose(false)}
      submit={{ label: t('admin.people.eraseSave'), run, isBusy: erase.isPending }}
      error={erase.error}
    >
      <div>
        <Subtitle2 as="h3">{t('admin.people.goes')}</Subtitle2>
        <ul className={styles.list}>
          {(['account', 'signIn', 'mail', 'notes'] as const).map(each => (
            <li key={each}>{t(`admin.people.gone.${each}`)}</li>
          ))}
        </ul>
        <Subtitle2 as="h3">{t('admin.people.stays')}</Subtitle2>
        <ul className={styles.list}>
          {(['work', 'record'] as const).map(each => (
            <li key={each}>{t(`admin.people.kept.${each}`)}</li>
          ))}
        </ul>
        <strong>{t('admin.people.noWayBack')}</strong>
      </div>
      <Field
        label={t('admin.people.typeEmail', { email: person.email })}
        required
        {...(tried && !isRight ? { validationMessage: t('admin.people.otherEmail') } : {})}
      >
        <Input type="email" value={email} autoComplete="off" onChange={(_, { value }) => setEmail(value)} />
      </Field>
    </FormDialog>
  )
}

function Erased({ name, erasure: { erased, kept }, onClose }: { name: string; erasure: Erasure; onClose: () => void }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  return (
    <FormDialog title={t('admin.people.erased', { name })} onClose={onClose}>
      <div>
        <Subtitle2 as="h3">{t('admin.people.goneNow')}</Subtitle2>
        <ul className={styles.list}>
          {erased.map(({ kind, title, count }) => (
            <li key={kind}>
              {formats.text(title, kind)}: {formats.number(count)}
            </li>
          ))}
        </ul>
        <Subtitle2 as="h3">{t('admin.people.keptNow')}</Subtitle2>
        <ul className={styles.list}>
          {kept.map(({ kind, title, why }) => (
            <li key={kind}>
              {formats.text(title, kind)}: {formats.text(why)}
            </li>
          ))}
        </ul>
      </div>
    </FormDialog>
  )
}
