import { Button, Field, Input, Select } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomerDetails, MergeResult } from '../../model/customer-api.ts'
import { customerPath } from '../customer/queries.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { apiUrl, send } from '../ui/http.ts'
import { type DialogProps, Loaded } from './Loaded.tsx'
import { MergePreview } from './MergePreview.tsx'
import { useChange } from './use-change.ts'

/** Tenants of the customer: one more, another name, or two that are the same one. */
export default function TenantsDialog(props: DialogProps) {
  const { t } = useTranslation()
  return (
    <Loaded {...props} title={t('customers.action.tenants')} needs="change">
      {details => <TenantsForm {...props} details={details} />}
    </Loaded>
  )
}

function TenantsForm({ customer, onClose, details }: DialogProps & { details: CustomerDetails }) {
  const { t } = useTranslation()
  const [id, setId] = useState('')
  const [name, setName] = useState('')
  const [tenant, setTenant] = useState('')
  const [into, setInto] = useState('')
  const { version, tenants } = details
  const path = (...rest: string[]) => apiUrl(customerPath(customer, 'tenants', ...rest))
  const change = useChange<'add' | 'rename' | 'merge'>(
    customer,
    what =>
      what === 'add'
        ? send('POST', path(), { id: id.trim(), name: name.trim() || id.trim(), version })
        : what === 'rename'
          ? send('PUT', path(tenant, 'name'), { name: name.trim(), version })
          : send('POST', path(tenant, 'merge'), { into }),
    {
      done: t('customers.saved'),
      onDone: () => {
        setId('')
        setName('')
        setTenant('')
        setInto('')
      },
    },
  )
  const preview = useQuery({
    // Not among what is asked anew once the tenants are merged: by then there is nothing to preview.
    queryKey: ['merge-tenants-preview', customer, tenant, into],
    queryFn: () => send<MergeResult>('POST', path(tenant, 'merge'), { into, preview: true }),
    enabled: tenant !== '' && into !== '' && tenant !== into,
    gcTime: 0,
  })
  const isMerge = tenant !== '' && into !== '' && into !== tenant
  const what = tenant === '' ? 'add' : isMerge ? 'merge' : 'rename'
  const canRun = what === 'add' ? id.trim() !== '' : what === 'rename' ? name.trim() !== '' : preview.data?.refusals.length === 0
  return (
    <FormDialog
      title={t('customers.action.tenants')}
      onClose={onClose}
      submit={{ label: t(`customers.tenant.${what}`), run: () => canRun && change.run(what), isBusy: change.isBusy || !canRun }}
      error={change.error ?? preview.error ?? (change.conflict ? new Error(t('customers.conflict')) : undefined)}
    >
      <Field label={t('customers.tenant.which')}>
        <Select value={tenant} onChange={(_, { value }) => setTenant(value)}>
          <option value="">{t('customers.tenant.new')}</option>
          {tenants.map(each => (
            <option key={each.id} value={each.id}>
              {each.name === each.id ? each.id : `${each.name} (${each.id})`}
            </option>
          ))}
        </Select>
      </Field>
      {tenant === '' && (
        <Field label={t('customers.id')} hint={t('customers.tenant.idHint')} required>
          <Input value={id} onChange={(_, { value }) => setId(value)} />
        </Field>
      )}
      {!isMerge && (
        <Field label={t('customers.name')}>
          <Input value={name} maxLength={200} onChange={(_, { value }) => setName(value)} />
        </Field>
      )}
      {tenant !== '' && tenants.length > 1 && (
        <Field label={t('customers.tenant.into')} hint={t('customers.tenant.intoHint')}>
          <Select value={into} onChange={(_, { value }) => setInto(value)}>
            <option value="">–</option>
            {tenants
              .filter(each => each.id !== tenant)
              .map(each => (
                <option key={each.id} value={each.id}>
                  {each.name}
                </option>
              ))}
          </Select>
        </Field>
      )}
      {isMerge && preview.data && <MergePreview result={preview.data} />}
      {isMerge && (
        <Button size="small" onClick={() => setInto('')}>
          {t('customers.tenant.notMerge')}
        </Button>
      )}
    </FormDialog>
  )
}
