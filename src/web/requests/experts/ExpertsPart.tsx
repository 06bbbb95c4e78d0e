import { makeStyles, Subtitle2, tokens } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { useFormats } from '../../ui/format.ts'
import { ErrorNotice } from '../../ui/Notice.tsx'
import { Skeletons } from '../../ui/Skeletons.tsx'
import { customerExpertRequestsQuery } from './queries.ts'
import { RequestList } from './RequestList.tsx'

// Nobody sees a dialog before asking for one.
const AskDialog = lazy(() => import('./AskDialog.tsx'))

const useStyles = makeStyles({
  section: {
    display: 'flex',
    flexDirection: 'column',
    gap: '12px',
    paddingTop: '12px',
    minWidth: 0,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
  },
  head: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center', justifyContent: 'space-between', padding: '0 16px' },
  none: { margin: 0, padding: '0 16px 12px' },
})

/** Experts who were asked to help with this customer, and asking another. */
export default function ExpertsPart({ customer }: { customer: string }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const [isAsking, setAsking] = useState(false)
  const { data: view, error, refetch } = useQuery(customerExpertRequestsQuery(customer))
  const mayAsk = view !== undefined && (view.may.ok || view.services.some(each => each.may.ok))
  const refusal = !view || mayAsk || view.may.ok ? undefined : formats.text(view.may.reason)
  return (
    <section className={styles.section} aria-labelledby="expert-requests">
      <div className={styles.head}>
        <Subtitle2 as="h3" id="expert-requests" tabIndex={-1} data-expert-requests>
          {t('experts.title')}
        </Subtitle2>
        {view && (
          <ActionButton size="small" refusal={refusal} onClick={() => setAsking(true)}>
            {t('experts.askOne')}
          </ActionButton>
        )}
      </div>
      {!view && (
        <div className={styles.none}>
          {error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : <Skeletons heights={[110]} />}
        </div>
      )}
      {view?.requests.length === 0 && <p className={styles.none}>{t('experts.noneOfCustomer')}</p>}
      {view && view.requests.length > 0 && <RequestList label={t('experts.title')} requests={view.requests} isOfCustomer />}
      <Suspense fallback={null}>{isAsking && view && <AskDialog view={view} onClose={() => setAsking(false)} />}</Suspense>
    </section>
  )
}
