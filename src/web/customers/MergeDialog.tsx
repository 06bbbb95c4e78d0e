import { Combobox, Field, Option } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PortfolioPage } from '../../model/api.ts'
import type { MergeResult } from '../../model/customer-api.ts'
import { customerPath } from '../customer/queries.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { apiUrl, get, send } from '../ui/http.ts'
import { type DialogProps, Loaded } from './Loaded.tsx'
import { MergePreview } from './MergePreview.tsx'
import { useChange } from './use-change.ts'

/** Another customer goes into this one: found by name, previewed, then done. */
export default function MergeDialog(props: DialogProps) {
  const { t } = useTranslation()
  return (
    <Loaded {...props} title={t('customers.action.merge')} needs="manage">
      {({ name }) => <MergeForm {...props} name={name} />}
    </Loaded>
  )
}

function MergeForm({ customer, onClose, name }: DialogProps & { name: string }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [isOpen, setOpen] = useState(false)
  const [from, setFrom] = useState<{ id: string; name: string }>()
  const q = useDeferredValue(typed.trim())
  const found = useQuery({
    queryKey: ['customer-find', q],
    queryFn: ({ signal }) => get<PortfolioPage>('/portfolio', { q, limit: 20 }, signal),
    enabled: q !== '',
  })
  const path = apiUrl(customerPath(customer, 'merge'))
  const preview = useQuery({
    // Not among what is asked anew once the customer is merged: by then there is nothing to preview.
    queryKey: ['merge-preview', customer, from?.id],
    queryFn: () => send<MergeResult>('POST', path, { from: from?.id, preview: true }),
    enabled: from !== undefined,
    gcTime: 0,
  })
  const change = useChange<void>(customer, () => send('POST', path, { from: from?.id }), {
    done: t('customers.merge.done'),
    onDone: onClose,
  })
  const canRun = preview.data?.refusals.length === 0
  const rows = (found.data?.rows ?? []).filter(each => each.id !== customer)
  return (
    <FormDialog
      title={t('customers.merge.title', { name })}
      onClose={onClose}
      submit={{ label: t('customers.merge.run'), run: () => canRun && change.run(), isBusy: change.isBusy || !canRun }}
      error={change.error ?? preview.error ?? found.error}
    >
      <Field label={t('customers.merge.which')} hint={t('customers.merge.hint', { name })} required>
        <Combobox
          inlinePopup
          autoComplete="off"
          open={isOpen}
          onOpenChange={(_, { open }) => setOpen(open)}
          value={from?.name ?? typed}
          selectedOptions={from ? [from.id] : []}
          onChange={event => {
            setTyped(event.target.value)
            setOpen(true)
            setFrom(undefined)
          }}
          onOptionSelect={(_, { optionValue, optionText }) => optionValue && setFrom({ id: optionValue, name: optionText ?? optionValue })}
        >
          {rows.map(each => (
            <Option key={each.id} value={each.id} text={each.name}>
              {`${each.name} (${each.id})`}
            </Option>
          ))}
          {rows.length === 0 && (
            <Option disabled value="" text={t('customers.merge.noneFound')}>
              {t('customers.merge.noneFound')}
            </Option>
          )}
        </Combobox>
      </Field>
      {preview.data && from && <MergePreview result={preview.data} />}
    </FormDialog>
  )
}
