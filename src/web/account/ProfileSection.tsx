import { Button, Field, Input, Select } from '@fluentui/react-components'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type OwnAccount, PersonName } from '../../model/admin-api.ts'
import { chooseLanguage, LANGUAGES, languageName } from '../i18n.ts'
import { Fault } from '../session/Fault.tsx'
import { focusFirstFault } from '../session/first-fault.ts'
import { changeProfile, useChange } from './queries.ts'
import { Section, useRowStyles } from './Section.tsx'

export function ProfileSection({ account: { person } }: { account: OwnAccount }) {
  const { t } = useTranslation()
  const styles = useRowStyles()
  const [name, setName] = useState(person.name)
  const [locale, setLocale] = useState(person.locale)
  const [isTried, setTried] = useState(false)
  const isName = PersonName.safeParse(name).success
  const save = useChange({
    run: changeProfile,
    done: 'account.saved',
    after: () => locale !== person.locale && void chooseLanguage(locale),
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setTried(true)
    if (!isName) return focusFirstFault(event.currentTarget)
    if (!save.isPending) save.mutate({ name: name.trim(), locale })
  }
  return (
    <Section title={t('account.profile')}>
      <form className={styles.form} noValidate onSubmit={submit} aria-label={t('account.profile')}>
        <Field className={styles.field} label={t('signIn.email')} hint={t('account.emailHint')}>
          <Input name="email" type="email" appearance="filled-darker" readOnly value={person.email} />
        </Field>
        <Field
          className={styles.field}
          label={t('setup.name')}
          required
          {...(isTried && !isName ? { validationMessage: t('setup.nameMissing') } : {})}
        >
          <Input name="name" autoComplete="name" maxLength={200} value={name} onChange={(_, typed) => setName(typed.value)} />
        </Field>
        <Field className={styles.field} label={t('frame.language')} hint={t('account.languageHint')}>
          <Select name="language" value={locale} onChange={(_, { value }) => setLocale(value)}>
            {LANGUAGES.map(tag => (
              <option key={tag} value={tag} lang={tag}>
                {languageName(tag)}
              </option>
            ))}
          </Select>
        </Field>
        <Fault error={save.error} />
        <Button type="submit" disabledFocusable={save.isPending}>
          {t('save')}
        </Button>
      </form>
    </Section>
  )
}
