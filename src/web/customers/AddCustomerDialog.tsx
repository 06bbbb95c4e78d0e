import { Checkbox, Field, Input, MessageBar, MessageBarBody, Select } from '@fluentui/react-components'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AddedCustomer } from '../../model/customer-api.ts'
import { SERVICES } from '../../model/services.ts'
import { playbookQuery } from '../playbooks/queries.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { useFormats } from '../ui/format.ts'
import { apiUrl, send } from '../ui/http.ts'
import { PersonPicker } from '../ui/PersonPicker.tsx'
import { DetailFields, type DetailValues, LANGUAGE } from './fields.tsx'
import { nameQuery } from './queries.ts'

const ID = /^[a-z0-9][a-z0-9-]{0,62}$/
const TENANT = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/

/** A new customer. Its id follows the name until somebody writes another; a name that is there asks to be confirmed. */
export default function AddCustomerDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [ownId, setOwnId] = useState<string>()
  const [details, setDetails] = useState<DetailValues>({ segment: null, initiatives: [], language: 'en', assignedOn: '' })
  const [owner, setOwner] = useState<{ id: string; name: string }>()
  const [team, setTeam] = useState('')
  const [tenants, setTenants] = useState('')
  const [services, setServices] = useState<readonly string[]>([])
  const [sameName, setSameName] = useState(false)
  const [tried, setTried] = useState(false)
  const proposed = useQuery({ ...nameQuery(useDeferredValue(name.trim())), placeholderData: keepPreviousData })
  const { data: playbook } = useQuery(playbookQuery)
  const id = ownId ?? (name.trim() === '' ? '' : (proposed.data?.id ?? ''))
  const same = name.trim() === '' ? [] : (proposed.data?.same ?? [])
  const tenantIds = tenants.split(/[\s,;]+/).filter(each => each !== '')
  const wrongTenant = tenantIds.find(each => !TENANT.test(each))
  const add = useMutation({
    mutationFn: () =>
      send<AddedCustomer>('POST', apiUrl('/customers'), {
        ...details,
        ...{ id, name: name.trim(), owner: owner?.id ?? null, team: team || null, sameName },
        assignedOn: details.assignedOn || null,
        tenants: tenantIds.map(each => ({ id: each, name: each })),
        services: services.map(service => ({ service })),
      }),
    onSuccess: async added => {
      await client.invalidateQueries({ queryKey: ['portfolio'] })
      onClose()
      void navigate({ to: '/customers/$customer/plan', params: { customer: added.id } })
    },
  })
  const isSameMissing = same.length > 0 && !sameName
  const run = () => {
    setTried(true)
    if (name.trim() === '' || !ID.test(id) || !LANGUAGE.test(details.language) || wrongTenant || isSameMissing) return
    add.mutate()
  }
  return (
    <FormDialog
      title={t('customers.add')}
      onClose={onClose}
      submit={{ label: t('customers.addSave'), run, isBusy: add.isPending }}
      error={add.error ?? proposed.error}
    >
      <Field
        label={t('customers.name')}
        required
        {...(tried && name.trim() === '' ? { validationMessage: t('customers.nameNeeded') } : {})}
      >
        <Input value={name} maxLength={200} onChange={(_, { value }) => setName(value)} />
      </Field>
      {same.length > 0 && (
        <>
          <MessageBar intent="warning" layout="multiline" role="alert">
            <MessageBarBody>{t('customers.sameName', { ids: same.map(each => each.id).join(', ') })}</MessageBarBody>
          </MessageBar>
          <Field {...(tried && isSameMissing ? { validationMessage: t('customers.sameNameNeeded') } : {})}>
            <Checkbox
              label={t('customers.sameNameConfirm')}
              checked={sameName}
              onChange={(_, { checked }) => setSameName(checked === true)}
            />
          </Field>
        </>
      )}
      <Field
        label={t('customers.id')}
        hint={t('customers.idHint')}
        required
        {...(tried && !ID.test(id) ? { validationMessage: t('customers.idWrong') } : {})}
      >
        <Input value={id} onChange={(_, { value }) => setOwnId(value)} />
      </Field>
      <DetailFields value={details} onChange={setDetails} />
      <PersonPicker
        label={t('column.owner')}
        people={proposed.data?.owners ?? []}
        chosen={owner}
        onChoose={setOwner}
        hint={t('customers.ownerHint')}
      />
      <Field label={t('people.team')}>
        <Select value={team} onChange={(_, { value }) => setTeam(value)}>
          <option value="">{t('people.noTeam')}</option>
          {(proposed.data?.teams ?? []).map(each => (
            <option key={each.id} value={each.id}>
              {each.name}
            </option>
          ))}
        </Select>
      </Field>
      <Field
        label={t('customers.tenants')}
        hint={t('customers.tenantsHint')}
        {...(wrongTenant ? { validationMessage: t('customers.tenantWrong', { tenant: wrongTenant }) } : {})}
      >
        <Input value={tenants} onChange={(_, { value }) => setTenants(value)} />
      </Field>
      <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
        <legend>{t('customers.servicesIntended')}</legend>
        {(playbook?.services ?? SERVICES).map(each => (
          <Checkbox
            key={each.id}
            label={formats.text(each.name, each.id)}
            checked={services.includes(each.id)}
            onChange={(_, { checked }) => setServices(now => (checked ? [...now, each.id] : now.filter(one => one !== each.id)))}
          />
        ))}
      </fieldset>
    </FormDialog>
  )
}
