import { Button, Field, MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type CustomerImport, PORTFOLIO_COLUMNS } from '../../../model/customer-api.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { FailureBar } from '../../ui/FailureBar.tsx'
import { useFormats } from '../../ui/format.ts'
import { apiUrl, upload } from '../../ui/http.ts'
import { Undo } from './Undo.tsx'

/** A portfolio file: what it would change is shown first, line by line; then it is brought in whole or not at all. */
export function ImportForm() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const input = useRef<HTMLInputElement>(null)
  const [file, setFile] = useState<File>()
  const bring = useMutation({
    mutationFn: ({ body, preview }: { body: File; preview: boolean }) =>
      upload<CustomerImport>({
        url: apiUrl(`/customer-imports/${encodeURIComponent(body.name)}`, { preview }),
        body,
        onProgress: () => {},
        signal: new AbortController().signal,
      }),
    onSuccess: ({ preview }) => (preview ? undefined : client.invalidateQueries()),
  })
  const result = bring.data
  const changes = result ? result.rows.added + result.rows.changed + result.rows.returned : 0
  const canBring = file !== undefined && result?.preview === true && result.faultCount === 0 && changes > 0
  return (
    <>
      <p>
        {t('customers.import.columns')} <code>{PORTFOLIO_COLUMNS.join(', ')}</code>
      </p>
      <Field label={t('customers.import.file')} hint={t('customers.import.hint')}>
        {props => (
          <input
            {...props}
            ref={input}
            type="file"
            accept=".csv,text/csv"
            onChange={event => {
              const chosen = event.target.files?.[0]
              setFile(chosen)
              bring.reset()
              if (chosen) bring.mutate({ body: chosen, preview: true })
            }}
          />
        )}
      </Field>
      <FailureBar error={bring.error} />
      {bring.isPending && <p role="status">{t('customers.import.reading')}</p>}
      {result && <Result result={result} />}
      {canBring && (
        <div>
          <Button appearance="primary" disabledFocusable={bring.isPending} onClick={() => bring.mutate({ body: file, preview: false })}>
            {t('customers.import.run', { count: changes, number: changes })}
          </Button>
        </div>
      )}
      {result?.bulk && <Undo bulk={result.bulk} />}
    </>
  )
}

function Result({ result }: { result: CustomerImport }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { rows, faults, faultCount, lines, preview } = result
  const numbers = Object.fromEntries(Object.entries(rows).map(([name, count]) => [name, formats.number(count)]))
  return (
    <>
      <MessageBar intent={faultCount > 0 ? 'error' : preview ? 'info' : 'success'} layout="multiline" role="status">
        <MessageBarBody>
          <MessageBarTitle>
            {t(faultCount > 0 ? 'customers.import.faulty' : preview ? 'customers.import.previewed' : 'customers.import.done')}
          </MessageBarTitle>
          {t('customers.import.counts', numbers)}
        </MessageBarBody>
      </MessageBar>
      {faults.length > 0 && (
        <DataTable
          label={t('customers.import.faults')}
          rows={faults}
          keyOf={each => `${each.line} ${each.column} ${each.message}`}
          columns={[
            { id: 'line', head: t('customers.import.line'), isNumber: true, width: '80px', cell: each => formats.number(each.line) },
            { id: 'column', head: t('customers.import.column'), cell: each => each.column ?? '–' },
            { id: 'message', head: t('customers.import.fault'), cell: each => each.message },
          ]}
        />
      )}
      {faultCount > faults.length && <p>{t('customers.import.more', { number: formats.number(faultCount - faults.length) })}</p>}
      {faultCount === 0 && lines.length > 0 && (
        <DataTable
          label={t('customers.import.lines')}
          rows={lines}
          keyOf={each => each.id}
          columns={[
            { id: 'line', head: t('customers.import.line'), isNumber: true, width: '80px', cell: each => formats.number(each.line) },
            { id: 'name', head: t('customers.name'), cell: each => `${each.name} (${each.id})` },
            { id: 'state', head: t('customers.import.state'), cell: each => t(`customers.import.states.${each.state}`) },
            { id: 'columns', head: t('customers.import.changes'), cell: each => each.columns.join(', ') || '–' },
          ]}
        />
      )}
    </>
  )
}
