import { Button, Field, Input, makeStyles } from '@fluentui/react-components'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { archivedQuery } from '../../customers/queries.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { FailureBar } from '../../ui/FailureBar.tsx'
import { useFormats } from '../../ui/format.ts'
import { apiUrl, send } from '../../ui/http.ts'
import { ErrorNotice, Notice } from '../../ui/Notice.tsx'
import { Skeletons } from '../../ui/Skeletons.tsx'

const useStyles = makeStyles({ find: { maxWidth: '400px' } })

/** Customers that were put away: why, by whom, and the way back. */
export function ArchivedList() {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const client = useQueryClient()
  const [typed, setTyped] = useState('')
  const { data, error, refetch } = useQuery(archivedQuery(useDeferredValue(typed.trim())))
  const back = useMutation({
    mutationFn: (id: string) => send('POST', apiUrl(`/archived-customers/${encodeURIComponent(id)}/return`)),
    onSuccess: () => client.invalidateQueries(),
  })
  return (
    <>
      <Field label={t('customers.archived.find')} className={styles.find}>
        <Input type="search" value={typed} onChange={(_, { value }) => setTyped(value)} />
      </Field>
      <FailureBar error={back.error} />
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeletons heights={[40, 40, 40]} />}
      {data?.customers.length === 0 && <Notice title={t('customers.archived.none')}>{t('customers.archived.noneHelp')}</Notice>}
      {data && data.customers.length > 0 && (
        <DataTable
          label={t('customers.part.archived')}
          rows={data.customers}
          keyOf={each => each.id}
          columns={[
            { id: 'name', head: t('customers.name'), cell: each => `${each.name} (${each.id})` },
            {
              id: 'why',
              head: t('customers.archived.why'),
              cell: each => (each.undoneFile === null ? (each.reason ?? '–') : t('customers.archived.undone', { file: each.undoneFile })),
            },
            { id: 'by', head: t('customers.changes.by'), cell: each => `${each.by ?? '–'}, ${formats.moment(each.archivedAt)}` },
            {
              id: 'back',
              head: t('customers.archived.back'),
              cell: each =>
                each.mergedInto ? (
                  <AppLink to="/customers/$customer/plan" params={{ customer: each.mergedInto.id }}>
                    {t('customers.archived.merged', { name: each.mergedInto.name })}
                  </AppLink>
                ) : (
                  <Button
                    size="small"
                    disabledFocusable={back.isPending}
                    aria-label={t('customers.archived.returnOne', { name: each.name })}
                    onClick={() => back.mutate(each.id)}
                  >
                    {t('customers.archived.return')}
                  </Button>
                ),
            },
          ]}
        />
      )}
    </>
  )
}
