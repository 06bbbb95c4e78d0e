import { makeStyles, Title3 } from '@fluentui/react-components'
import { useSuspenseQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { withTexts } from '../i18n.ts'
import { sessionQuery } from '../session/queries.ts'
import { PageTitle } from '../ui/PageTitle.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { AccessSection } from './AccessSection.tsx'
import { CodesSection } from './CodesSection.tsx'
import { KeptSection } from './KeptSection.tsx'
import { KeysSection } from './KeysSection.tsx'
import { NotificationSection } from './NotificationSection.tsx'
import { PasskeySection } from './PasskeySection.tsx'
import { PasswordSection } from './PasswordSection.tsx'
import { PreferenceSection } from './PreferenceSection.tsx'
import { ProfileSection } from './ProfileSection.tsx'
import { accountQuery } from './queries.ts'
import { SessionsSection } from './SessionsSection.tsx'

// Few are experts, and nobody is at first.
const ExpertiseSection = lazy(() => withTexts(import('../requests/experts/ExpertiseSection.tsx'), 'experts'))

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
  const { data: session } = useSuspenseQuery(sessionQuery)
  return (
    <div className={styles.page}>
      <PageTitle name={t('account.title')} />
      <Title3 as="h1">{t('account.title')}</Title3>
      <ProfileSection account={account} />
      <PreferenceSection />
      <NotificationSection />
      <AccessSection account={account} />
      {session.person?.may.includes('answer-expert-request') && (
        <Suspense fallback={<Skeletons heights={[240]} />}>
          <ExpertiseSection />
        </Suspense>
      )}
      <PasswordSection account={account} />
      <PasskeySection account={account} />
      <CodesSection account={account} />
      <SessionsSection account={account} />
      <KeysSection account={account} />
      <KeptSection account={account} />
    </div>
  )
}
