import {
  Badge,
  Button,
  Field,
  Input,
  LargeTitle,
  MessageBar,
  MessageBarBody,
  makeStyles,
  Subtitle2,
  Text,
  tokens,
} from '@fluentui/react-components'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { LanguageMenu, ThemeMenu } from '../frame/SettingMenus.tsx'
import { HttpError } from '../ui/http.ts'
import { sessionQuery, signIn } from './queries.ts'

const route = getRouteApi('/sign-in')

const useStyles = makeStyles({
  page: { minHeight: '100%', display: 'grid', gridTemplateRows: '48px 1fr', backgroundColor: tokens.colorNeutralBackground2 },
  bar: { display: 'flex', justifyContent: 'flex-end', alignItems: 'center', gap: '4px', padding: '0 8px' },
  main: { display: 'flex', flexWrap: 'wrap', gap: '24px', justifyContent: 'center', alignContent: 'center', padding: '16px' },
  card: {
    display: 'flex',
    flexDirection: 'column',
    gap: '16px',
    width: 'min(100%, 380px)',
    padding: '24px',
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusXLarge,
    boxShadow: tokens.shadow4,
  },
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '8px' },
  account: { width: '100%', justifyContent: 'space-between', gap: '8px', minHeight: '40px', height: 'auto', textAlign: 'start' },
  right: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, fontWeight: tokens.fontWeightRegular },
  quiet: { color: tokens.colorNeutralForeground3 },
  heading: { display: 'flex', gap: '8px', alignItems: 'center' },
})

export function SignInPage() {
  const { t } = useTranslation()
  const styles = useStyles()
  const { data: session } = useSuspenseQuery(sessionQuery)
  const enter = useEnter()
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    enter.mutate({ email: String(form.get('email')), password: String(form.get('password')) })
  }
  return (
    <div className={styles.page}>
      <header className={styles.bar}>
        <LanguageMenu />
        <ThemeMenu />
      </header>
      <main className={styles.main}>
        <form className={styles.card} onSubmit={onSubmit} aria-labelledby="sign-in">
          <LargeTitle as="h1" id="sign-in">
            Impulso
          </LargeTitle>
          <Text className={styles.quiet}>{t('signIn.lead')}</Text>
          {enter.error && (
            <MessageBar intent="error" role="alert">
              <MessageBarBody>{t(reasonOf(enter.error))}</MessageBarBody>
            </MessageBar>
          )}
          <Field label={t('signIn.email')} required>
            <Input name="email" type="email" autoComplete="username" />
          </Field>
          <Field label={t('signIn.password')} required>
            <Input name="password" type="password" autoComplete="current-password" />
          </Field>
          <Button type="submit" appearance="primary" disabledFocusable={enter.isPending}>
            {t('signIn.submit')}
          </Button>
        </form>
        {session.demoAccounts.length > 0 && (
          <section className={styles.card} aria-labelledby="demo">
            <div className={styles.heading}>
              <Subtitle2 as="h2" id="demo">
                {t('signIn.demoTitle')}
              </Subtitle2>
              <Badge appearance="tint" color="warning">
                {t('signIn.demo')}
              </Badge>
            </div>
            <Text className={styles.quiet}>{t('signIn.demoLead')}</Text>
            <ul className={styles.list}>
              {session.demoAccounts.map(({ name, right, email, password }) => (
                <li key={email}>
                  <Button className={styles.account} disabledFocusable={enter.isPending} onClick={() => enter.mutate({ email, password })}>
                    <span>{name}</span> <span className={styles.right}>{t(`right.${right}`)}</span>
                  </Button>
                </li>
              ))}
            </ul>
          </section>
        )}
      </main>
    </div>
  )
}

function useEnter() {
  const router = useRouter()
  const client = useQueryClient()
  const { to } = route.useSearch()
  return useMutation({
    mutationFn: signIn,
    onSuccess: async () => {
      // What the last person saw must not flash up for the next one.
      client.clear()
      router.history.replace(to ?? '/')
      await router.invalidate()
    },
  })
}

function reasonOf(error: Error): string {
  if (!(error instanceof HttpError)) return 'error.other.title'
  if (error.status === 0) return 'error.offline.title'
  return error.status === 429 ? 'signIn.tooMany' : error.status < 500 ? 'signIn.wrong' : 'error.other.title'
}
