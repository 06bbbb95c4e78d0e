import { Field, Input, MessageBar, MessageBarBody } from '@fluentui/react-components'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Fault } from '../session/Fault.tsx'
import { useLeaveTo } from '../session/use-enter.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { FirstAdministrator, isComplete, NOBODY } from './FirstAdministrator.tsx'
import { startOwnData } from './queries.ts'

/** Ends the demo: what goes is said before, and a word has to be typed, because nothing brings it back. */
export default function OwnDataDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const leave = useLeaveTo()
  const [person, setPerson] = useState(NOBODY)
  const [typed, setTyped] = useState('')
  const [isTried, setTried] = useState(false)
  const start = useMutation({
    mutationFn: () => startOwnData({ name: person.name.trim(), email: person.email.trim(), password: person.password }),
    onSuccess: () => leave({ done: 'own-data', to: '/admin/checks' }),
  })
  const word = t('setup.ownData.word')
  const isMeant = typed.trim().toLocaleLowerCase() === word.toLocaleLowerCase()
  const run = () => {
    setTried(true)
    if (isMeant && isComplete(person)) start.mutate()
  }
  return (
    <FormDialog
      title={t('setup.ownData.title')}
      onClose={onClose}
      submit={{ label: t('setup.ownData.submit'), run, isBusy: start.isPending }}
    >
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>{t('setup.ownData.goes')}</MessageBarBody>
      </MessageBar>
      <p>{t('setup.ownData.stays')}</p>
      <FirstAdministrator value={person} onChange={setPerson} isTried={isTried} />
      <Field
        label={t('setup.ownData.confirm', { word })}
        required
        {...(isTried && !isMeant ? { validationMessage: t('setup.ownData.notMeant', { word }) } : {})}
      >
        <Input name="confirm" autoComplete="off" value={typed} onChange={(_, input) => setTyped(input.value)} />
      </Field>
      <Fault error={start.error} />
    </FormDialog>
  )
}
