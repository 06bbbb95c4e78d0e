import { Field, Input, MessageBar, MessageBarBody, MessageBarTitle, makeStyles, Subtitle2 } from '@fluentui/react-components'
import { useSuspenseQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Email, type TestMailResult } from '../../../model/admin-api.ts'
import { sessionQuery } from '../../session/queries.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { FailureBar } from '../../ui/FailureBar.tsx'
import { send } from '../../ui/http.ts'
import { useRefusal } from '../permission.ts'
import { urlOf } from '../queries.ts'
import { useWrite } from '../use-write.ts'

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: '12px', maxWidth: '480px' },
  field: { width: '100%' },
})

/** Sends a mail now and shows what the mail server answered, word for word. */
export function TestMailForm() {
  const { t } = useTranslation()
  const styles = useStyles()
  const refusal = useRefusal()('run-jobs')
  const { data: session } = useSuspenseQuery(sessionQuery)
  const [to, setTo] = useState(session.person?.email ?? '')
  const [tried, setTried] = useState(false)
  const test = useWrite({
    write: () => send<TestMailResult>('POST', urlOf('checks', 'mail'), { to: to.trim() }),
    changes: [['mail'], ['checks']],
    isForm: true,
  })
  const fault = Email.safeParse(to.trim()).success ? undefined : t('admin.people.emailFault')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!refusal && !fault && !test.isPending) test.mutate(undefined)
  }
  return (
    <form className={styles.form} noValidate onSubmit={submit} aria-labelledby="test-mail">
      <Subtitle2 as="h3" id="test-mail">
        {t('admin.checks.testTitle')}
      </Subtitle2>
      <Field className={styles.field} label={t('admin.checks.testTo')} required {...(tried && fault ? { validationMessage: fault } : {})}>
        <Input type="email" value={to} autoComplete="off" onChange={(_, { value }) => setTo(value)} />
      </Field>
      <ActionButton type="submit" refusal={refusal} disabledFocusable={test.isPending}>
        {t('admin.checks.testSend')}
      </ActionButton>
      <FailureBar error={test.error} />
      {test.data && (
        <MessageBar intent={test.data.ok ? 'success' : 'error'} layout="multiline" role="status">
          <MessageBarBody>
            <MessageBarTitle>{t(`admin.checks.result.${test.data.state}`)}</MessageBarTitle>
            {test.data.said}
          </MessageBarBody>
        </MessageBar>
      )}
    </form>
  )
}
