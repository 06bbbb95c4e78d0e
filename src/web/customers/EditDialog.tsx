import { Field, Input } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomerDetails } from '../../model/customer-api.ts'
import { customerPath } from '../customer/queries.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { apiUrl, send } from '../ui/http.ts'
import { ConflictBar } from './ConflictBar.tsx'
import { DetailFields, LANGUAGE } from './fields.tsx'
import { type DialogProps, Loaded } from './Loaded.tsx'
import { useChange } from './use-change.ts'

type Values = Pick<CustomerDetails, 'name' | 'segment' | 'initiatives' | 'language' | 'assignedOn'>
const NAMES = ['name', 'segment', 'initiatives', 'language', 'assignedOn'] as const

/** What the customer is called and how it is filed. */
export default function EditDialog(props: DialogProps) {
  const { t } = useTranslation()
  return (
    <Loaded {...props} title={t('customers.action.edit')} needs="change">
      {details => <EditForm {...props} details={details} />}
    </Loaded>
  )
}

function EditForm({ customer, onClose, details }: DialogProps & { details: CustomerDetails }) {
  const { t } = useTranslation()
  // As it was when the form opened: what comes later is told as a conflict, not written over what is typed.
  const [start] = useState(details)
  const [version, setVersion] = useState(details.version)
  const [values, setValues] = useState<Values>(details)
  const path = apiUrl(customerPath(customer, 'details'))
  const change = useChange<{ version: number }, Values>(
    customer,
    sent => send('PUT', path, { ...pick(values), assignedOn: values.assignedOn || null, ...sent }),
    { done: t('customers.saved'), onDone: onClose },
  )
  const [tried, setTried] = useState(false)
  const run = () => {
    setTried(true)
    if (values.name.trim() !== '' && LANGUAGE.test(values.language)) change.run({ version: change.conflict?.version ?? version })
  }
  const theirs = change.conflict?.theirs
  const words = (of: Values, name: (typeof NAMES)[number]): string => {
    const value = of[name]
    if (name === 'segment') return of.segment ? t(`segment.${of.segment}`) : t('value.unknown')
    return Array.isArray(value) ? value.map(each => t(`customers.initiative.${each}`)).join(', ') : String(value ?? '')
  }
  const label = {
    name: 'customers.name',
    segment: 'column.segment',
    initiatives: 'customers.initiatives',
    language: 'customers.language',
    assignedOn: 'customers.assignedOn',
  }
  return (
    <FormDialog
      title={`${t('customers.action.edit')}: ${start.name}`}
      onClose={onClose}
      submit={{ label: t('customers.save'), run, isBusy: change.isBusy }}
      error={change.error}
    >
      {theirs && (
        <ConflictBar
          differences={NAMES.filter(name => words(theirs, name) !== words(values, name)).map(name => ({
            label: t(label[name]),
            theirs: words(theirs, name),
            yours: words(values, name),
          }))}
          onTake={() => {
            setValues(theirs)
            setVersion(change.conflict?.version ?? version)
            change.forget()
          }}
        />
      )}
      <Field
        label={t('customers.name')}
        required
        {...(tried && values.name.trim() === '' ? { validationMessage: t('customers.nameNeeded') } : {})}
      >
        <Input value={values.name} maxLength={200} onChange={(_, { value }) => setValues({ ...values, name: value })} />
      </Field>
      <DetailFields
        value={{ ...values, assignedOn: values.assignedOn ?? '' }}
        // A day as the field gives it; the server reads it.
        onChange={({ assignedOn, ...rest }) => setValues({ ...values, ...rest, assignedOn: (assignedOn || null) as Values['assignedOn'] })}
      />
    </FormDialog>
  )
}

const pick = ({ name, segment, initiatives, language }: Values) => ({ name: name.trim(), segment, initiatives, language })
