import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { bulkChangesQuery } from '../../customers/queries.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { useFormats } from '../../ui/format.ts'
import { ErrorNotice, Notice } from '../../ui/Notice.tsx'
import { Skeletons } from '../../ui/Skeletons.tsx'
import { Undo } from './Undo.tsx'

/** Changes of many customers at once, the newest first, each with its undo. */
export function BulkChangeList() {
  const { t } = useTranslation()
  const formats = useFormats()
  const { data, error, refetch } = useQuery(bulkChangesQuery)
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeletons heights={[40, 40, 40]} />
  if (data.changes.length === 0) return <Notice title={t('customers.changes.none')}>{t('customers.changes.noneHelp')}</Notice>
  return (
    <DataTable
      label={t('customers.part.changes')}
      rows={data.changes}
      keyOf={each => each.id}
      columns={[
        { id: 'what', head: t('customers.changes.what'), cell: each => formats.text(each.what) },
        { id: 'customers', head: t('customers.changes.customers'), isNumber: true, cell: each => formats.number(each.customers) },
        { id: 'by', head: t('customers.changes.by'), cell: each => `${each.by}, ${formats.moment(each.at)}` },
        {
          id: 'undo',
          head: t('customers.changes.undo'),
          cell: each =>
            each.undone ? (
              t('customers.changes.undone', { by: each.undone.by, at: formats.moment(each.undone.at) })
            ) : (
              <Undo bulk={each.id} />
            ),
        },
      ]}
    />
  )
}
