import { Checkbox, Field, Input, Select } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlanView } from '../../model/api.ts'
import type { CustomerDetails } from '../../model/customer-api.ts'
import { SERVICES } from '../../model/services.ts'
import { customerPath } from '../customer/queries.ts'
import { playbookQuery } from '../playbooks/queries.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { useFormats } from '../ui/format.ts'
import { apiUrl, send } from '../ui/http.ts'
import { type DialogProps, Loaded } from './Loaded.tsx'
import { useChange } from './use-change.ts'

type Service = CustomerDetails['services'][number]
type Row = { intended: boolean | null; state: 'unknown' | 'no' | 'on'; day: string }

/** Which services the customer means to use, and since when they are activated: a day, not yet, or not known. */
export default function ServicesDialog(props: DialogProps) {
  const { t } = useTranslation()
  return (
    <Loaded {...props} title={t('customers.action.services')} needs="change">
      {details => <ServicesForm {...props} details={details} />}
    </Loaded>
  )
}

const rowOf = (service: Service | undefined): Row => ({
  intended: service?.intended ?? null,
  state: typeof service?.activatedOn === 'string' ? 'on' : service?.activatedOn === false ? 'no' : 'unknown',
  day: typeof service?.activatedOn === 'string' ? service.activatedOn : '',
})

function ServicesForm({ customer, onClose, details }: DialogProps & { details: CustomerDetails }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { data: playbook } = useQuery(playbookQuery)
  const services = playbook?.services ?? SERVICES
  const [start] = useState(details)
  const [rows, setRows] = useState<Readonly<Record<string, Row>>>({})
  const before = (id: string) => rowOf(start.services.find(each => each.service === id))
  const now = (id: string) => rows[id] ?? before(id)
  const set = (id: string, row: Partial<Row>) => setRows(all => ({ ...all, [id]: { ...now(id), ...row } }))
  const change = useChange<void>(
    customer,
    () =>
      save(
        customer,
        services.map(each => each.id),
        before,
        now,
        start.version,
      ),
    {
      done: t('customers.saved'),
      onDone: onClose,
    },
  )
  const missing = services.find(each => now(each.id).state === 'on' && now(each.id).day === '')
  const [tried, setTried] = useState(false)
  const run = () => {
    setTried(true)
    if (!missing) change.run()
  }
  return (
    <FormDialog
      title={t('customers.action.services')}
      onClose={onClose}
      submit={{ label: t('customers.save'), run, isBusy: change.isBusy }}
      error={change.error ?? (change.conflict ? new Error(t('customers.conflict')) : undefined)}
    >
      {services.map(each => {
        const row = now(each.id)
        const name = formats.text(each.name, each.id)
        const needsDay = tried && row.state === 'on' && row.day === ''
        return (
          <fieldset key={each.id} style={{ border: 0, margin: 0, padding: 0 }}>
            <legend>{name}</legend>
            <Checkbox
              label={t('customers.intended')}
              aria-label={`${name}: ${t('customers.intended')}`}
              checked={row.intended === true}
              onChange={(_, { checked }) => set(each.id, { intended: checked === true })}
            />
            {row.intended !== null && (
              <Field label={t('customers.activated')} size="small">
                <Select
                  value={row.state}
                  onChange={(_, { value }) => set(each.id, { state: value === 'on' || value === 'no' ? value : 'unknown' })}
                >
                  <option value="unknown">{t('customers.activation.unknown')}</option>
                  <option value="no">{t('customers.activation.no')}</option>
                  <option value="on">{t('customers.activation.on')}</option>
                </Select>
              </Field>
            )}
            {row.intended !== null && row.state === 'on' && (
              <Field label={t('customers.activatedOn')} required {...(needsDay ? { validationMessage: t('customers.dayNeeded') } : {})}>
                <Input type="date" value={row.day} onChange={(_, { value }) => set(each.id, { day: value })} />
              </Field>
            )}
          </fieldset>
        )
      })}
    </FormDialog>
  )
}

/** Each fact goes out with the version that the one before made: what somebody else changed meanwhile stops it. */
async function save(customer: string, ids: readonly string[], before: (id: string) => Row, now: (id: string) => Row, first: number) {
  let version = first
  const put = async (name: string, service: string, value: unknown) => {
    ;({ version } = await send<PlanView>('PUT', apiUrl(customerPath(customer, 'facts')), { name, service, value, version }))
  }
  const told = ({ state, day }: Row) => (state === 'on' ? day : state === 'no' ? false : null)
  for (const id of ids) {
    const [old, next] = [before(id), now(id)]
    if (next.intended !== null && next.intended !== old.intended) await put('service.intended', id, next.intended)
    if (next.intended !== null && told(next) !== told(old)) await put('service.activatedOn', id, told(next))
  }
}
