import { makeStyles, Title3 } from '@fluentui/react-components'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { PageTitle } from '../ui/PageTitle.tsx'
import { AccessSection } from './AccessSection.tsx'
import { CodesSection } from './CodesSection.tsx'
import { KeptSection } from './KeptSection.tsx'
import { KeysSection } from './KeysSection.tsx'
import { PasskeySection } from './PasskeySection.tsx'
import { PasswordSection } from './PasswordSection.tsx'
import { ProfileSection } from './ProfileSection.tsx'
import { accountQuery } from './queries.ts'
import { SessionsSection } from './SessionsSection.tsx'

const useStyles = makeStyles({
  page: {
    display: 'flex',
    flexDirection: 'column',
    gap: '16px',
    maxWidth: '780px',
    margin: '0 auto',
    padding: '12px 16px 48px',
  },
})

/** Everything a person keeps about themselves here: who they are, how they sign in, from where, and what they may. */
export function AccountPage() {
  const { t } = useTranslation()
  const styles = useStyles()
  const { data: account } = useSuspenseQuery(accountQuery)
  return (
    <div className={styles.page}>
      <PageTitle name={t('account.title')} />
      <Title3 as="h1">{t('account.title')}</Title3>
      <ProfileSection account={account} />
      <AccessSection account={account} />
      <PasswordSection account={account} />
      <PasskeySection account={account} />
      <CodesSection account={account} />
      <SessionsSection account={account} />
      <KeysSection account={account} />
      <KeptSection account={account} />
    </div>
  )
}
