import { makeStyles, Subtitle2 } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { SERVICES } from '../../model/services.ts'
import { DataTable } from '../ui/DataTable.tsx'
import { useFormats } from '../ui/format.ts'
import { ErrorNotice } from '../ui/Notice.tsx'
import { personName } from '../ui/person-name.ts'
import { customerHandshakesQuery } from './queries.ts'

const useStyles = makeStyles({ section: { display: 'flex', flexDirection: 'column', gap: '8px' }, none: { margin: 0 } })

/** Who leads the adoption of which service, from which day, and who did before. */
export function AdoptionOwners({ customer }: { customer: string }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { data, error, refetch } = useQuery(customerHandshakesQuery(customer))
  return (
    <section className={styles.section} aria-labelledby="adoption-owners">
      <Subtitle2 as="h2" id="adoption-owners">
        {t('requests.owners')}
      </Subtitle2>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data?.owners.length === 0 && <p className={styles.none}>{t('requests.ownersNone')}</p>}
      {data && data.owners.length > 0 && (
        <DataTable
          label={t('requests.owners')}
          rows={data.owners}
          keyOf={({ service, since }) => `${service} ${since}`}
          columns={[
            {
              id: 'service',
              head: t('requests.service'),
              cell: ({ service }) => formats.text(SERVICES.find(({ id }) => id === service)?.name, service),
            },
            { id: 'person', head: t('requests.owner'), cell: ({ person }) => personName(person.name, t) },
            { id: 'since', head: t('requests.since'), cell: ({ since }) => formats.day(since) },
            { id: 'until', head: t('requests.until'), cell: ({ until }) => (until === null ? t('requests.today') : formats.day(until)) },
          ]}
        />
      )}
    </section>
  )
}
