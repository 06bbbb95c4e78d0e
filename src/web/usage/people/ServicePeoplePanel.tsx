import { Button, makeStyles, Subtitle2, tokens } from '@fluentui/react-components'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomerView } from '../../../model/api.ts'
import { sessionQuery } from '../../session/queries.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { ErrorNotice } from '../../ui/Notice.tsx'
import { Skeletons } from '../../ui/Skeletons.tsx'
import { connectionsQuery } from '../connections/queries.ts'
import { servicePeopleQuery } from './queries.ts'
import { TenantPeople } from './TenantPeople.tsx'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: '12px', minWidth: 0 },
  ask: { display: 'flex', flexWrap: 'wrap', gap: '4px 12px', alignItems: 'center' },
  quiet: { margin: 0, color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, maxWidth: '70ch' },
})

type ServicePeoplePanelProps = { customer: CustomerView; service: string; name: string }

/** Champions and dormant seats of one service. Asked for by hand: who looked is recorded. */
export function ServicePeoplePanel({ customer, service, name }: ServicePeoplePanelProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const { data: session } = useSuspenseQuery(sessionQuery)
  const [isShown, show] = useState(false)
  const mayNot = session.person?.may.includes('see-champions') ? undefined : t('champions.refusal')
  if (!isShown) {
    return (
      <div className={styles.ask}>
        <ActionButton size="small" refusal={mayNot} aria-label={t('champions.showOf', { service: name })} onClick={() => show(true)}>
          {t('champions.show')}
        </ActionButton>
        <p className={styles.quiet}>{mayNot ?? t('champions.recorded')}</p>
      </div>
    )
  }
  return <Shown customer={customer} service={service} name={name} onHide={() => show(false)} />
}

function Shown({ customer, service, name, onHide }: ServicePeoplePanelProps & { onHide: () => void }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const { data, error, refetch } = useQuery(servicePeopleQuery(customer.id, service))
  const { data: connections } = useQuery(connectionsQuery(customer.id))
  const isForbidden = (tenant: string) => connections?.tenants.some(each => each.id === tenant && !each.allowsPeople) === true
  return (
    <section className={styles.root} aria-label={t('champions.titleOf', { service: name })}>
      <div className={styles.ask}>
        <Subtitle2 as="h3">{t('champions.title')}</Subtitle2>
        <Button size="small" appearance="subtle" onClick={onHide}>
          {t('champions.hide')}
        </Button>
      </div>
      {data ? (
        data.tenants.length === 0 ? (
          <p className={styles.quiet}>{t('champions.noTenant')}</p>
        ) : (
          data.tenants.map(tenant => (
            <TenantPeople
              key={tenant.tenant}
              tenant={tenant}
              service={name}
              isNamed={data.tenants.length > 1}
              hint={isForbidden(tenant.tenant) ? t('champions.howToAllow') : undefined}
            />
          ))
        )
      ) : error ? (
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeletons heights={[24, 36, 36, 36]} />
      )}
    </section>
  )
}
