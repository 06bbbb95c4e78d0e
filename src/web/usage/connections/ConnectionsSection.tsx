import { makeStyles, Subtitle2, tokens } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { CustomerView } from '../../../model/api.ts'
import { ErrorNotice, Notice } from '../../ui/Notice.tsx'
import { Skeletons } from '../../ui/Skeletons.tsx'
import { connectionsQuery } from './queries.ts'
import { TenantCard } from './TenantCard.tsx'

const useStyles = makeStyles({
  section: { display: 'flex', flexDirection: 'column', gap: '8px', minWidth: 0 },
  quiet: { margin: 0, color: tokens.colorNeutralForeground3, maxWidth: '80ch' },
})

/** How the reports of each tenant come by themselves. */
export function ConnectionsSection({ customer }: { customer: CustomerView }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const { data, error, refetch } = useQuery(connectionsQuery(customer.id))
  return (
    <section className={styles.section} aria-labelledby="connections">
      <Subtitle2 as="h2" id="connections">
        {t('connections.title')}
      </Subtitle2>
      <p className={styles.quiet}>{t('connections.help')}</p>
      {data ? (
        data.tenants.length === 0 ? (
          <Notice title={t('connections.noTenant')}>{t('connections.noTenantHelp')}</Notice>
        ) : (
          data.tenants.map(tenant => <TenantCard key={tenant.id} customer={customer} tenant={tenant} clouds={data.clouds} />)
        )
      ) : error ? (
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeletons heights={[120]} />
      )}
    </section>
  )
}
