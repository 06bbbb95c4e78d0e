import { Checkbox, Field, Input, MessageBar, MessageBarBody } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CONTACT_ROLES, type ContactView } from '../../model/customer-api.ts'
import { SERVICES } from '../../model/services.ts'
import { customerPath } from '../customer/queries.ts'
import { ConflictBar } from '../customers/ConflictBar.tsx'
import { LANGUAGE } from '../customers/fields.tsx'
import { useChange } from '../customers/use-change.ts'
import { playbookQuery } from '../playbooks/queries.ts'
import { BoxGroup } from '../ui/BoxGroup.tsx'
import { FormDialog } from '../ui/FormDialog.tsx'
import { useFormats } from '../ui/format.ts'
import { apiUrl, HttpError, send } from '../ui/http.ts'

const TEXTS = ['name', 'email', 'title', 'phone', 'language', 'country', 'timeZone', 'doNotContact'] as const
type TextName = (typeof TEXTS)[number]
type Values = Record<TextName, string> & {
  roles: readonly string[]
  services: readonly string[]
  surveyEligible: boolean
  archived: boolean
}

const valuesOf = (contact: Partial<ContactView> = {}): Values => ({
  name: contact.name ?? '',
  email: contact.email ?? '',
  title: contact.title ?? '',
  phone: contact.phone ?? '',
  language: contact.language ?? '',
  country: contact.country ?? '',
  timeZone: contact.timeZone ?? '',
  doNotContact: contact.doNotContact ?? '',
  roles: contact.roles ?? [],
  services: contact.services ?? [],
  surveyEligible: contact.surveyEligible ?? false,
  archived: contact.isArchived ?? false,
})

type ContactDialogProps = { customer: string; contact?: ContactView; onClose: () => void }

/** A contact, new or changed. What a survey needs is asked for when it is to get one. */
export function ContactDialog({ customer, contact, onClose }: ContactDialogProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { data: playbook } = useQuery(playbookQuery)
  const [values, setValues] = useState(valuesOf(contact))
  const [version, setVersion] = useState(contact?.version ?? 0)
  const [bounceSeen, setBounceSeen] = useState(false)
  const [tried, setTried] = useState(false)
  const change = useChange<number, ContactView>(
    customer,
    sent => {
      const { archived, surveyEligible, roles, services } = values
      const texts = Object.fromEntries(TEXTS.map(name => [name, values[name].trim() || null]))
      const body = { ...texts, country: values.country.trim().toUpperCase() || null, roles, services, surveyEligible }
      return contact
        ? send('PUT', apiUrl(customerPath(customer, 'contacts', contact.id)), { ...body, archived, bounceSeen, version: sent })
        : send('POST', apiUrl(customerPath(customer, 'contacts')), body)
    },
    { done: t('contacts.saved'), onDone: onClose },
  )
  const faults = faultsOf(values)
  const told = new Map(
    change.error instanceof HttpError ? (change.error.problem.faults ?? []).map(each => [each.path, each.message] as const) : [],
  )
  const fault = (name: string) => {
    const own = faults.get(name)
    return tried && own
      ? { validationMessage: t(`contacts.fault.${own}`) }
      : told.has(name)
        ? { validationMessage: told.get(name) ?? '' }
        : {}
  }
  const run = () => {
    setTried(true)
    if (faults.size === 0) change.run(change.conflict?.version ?? version)
  }
  const set = (more: Partial<Values>) => setValues(now => ({ ...now, ...more }))
  const field = (name: TextName, more: { required?: boolean; hint?: string; type?: 'email' | 'tel' } = {}) => (
    <Field label={t(`contacts.${name}`)} required={more.required ?? false} {...(more.hint ? { hint: more.hint } : {})} {...fault(name)}>
      <Input
        value={values[name]}
        {...(more.type ? { type: more.type } : {})}
        autoComplete="off"
        onChange={(_, { value }) => set({ [name]: value })}
      />
    </Field>
  )
  const isAsked = values.surveyEligible
  const theirs = change.conflict && valuesOf(change.conflict.theirs)
  const toggled = (list: readonly string[], one: string, isIn: boolean) => (isIn ? [...list, one] : list.filter(each => each !== one))
  const boxes = { border: 0, margin: 0, padding: 0 }
  return (
    <FormDialog
      title={contact ? t('contacts.editTitle', { name: contact.name }) : t('contacts.add')}
      onClose={onClose}
      submit={{ label: t('contacts.save'), run, isBusy: change.isBusy }}
      error={change.error}
    >
      {theirs && (
        <ConflictBar
          differences={TEXTS.filter(name => theirs[name] !== values[name]).map(name => ({
            label: t(`contacts.${name}`),
            theirs: theirs[name],
            yours: values[name],
          }))}
          onTake={() => {
            setValues(theirs)
            setVersion(change.conflict?.version ?? version)
            change.forget()
          }}
        />
      )}
      {field('name', { required: true })}
      {field('email', { required: isAsked, type: 'email' })}
      {contact?.bounced && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            {t('contacts.bouncedSaid', { at: formats.moment(contact.bounced.at), said: contact.bounced.said })}
            <Checkbox
              label={t('contacts.bounceSeen')}
              checked={bounceSeen}
              onChange={(_, { checked }) => setBounceSeen(checked === true)}
            />
          </MessageBarBody>
        </MessageBar>
      )}
      {field('title')}
      {field('phone', { type: 'tel' })}
      <fieldset style={boxes}>
        <legend>{t('contacts.roles')}</legend>
        {CONTACT_ROLES.map(each => (
          <Checkbox
            key={each}
            label={t(`contacts.role.${each}`)}
            checked={values.roles.includes(each)}
            onChange={(_, { checked }) => set({ roles: toggled(values.roles, each, checked === true) })}
          />
        ))}
      </fieldset>
      <BoxGroup
        label={t('contacts.services')}
        hint={t('contacts.servicesHint')}
        required={isAsked}
        fault={fault('services').validationMessage}
      >
        {(playbook?.services ?? SERVICES).map(each => (
          <Checkbox
            key={each.id}
            label={formats.text(each.name, each.id)}
            checked={values.services.includes(each.id)}
            onChange={(_, { checked }) => set({ services: toggled(values.services, each.id, checked === true) })}
          />
        ))}
      </BoxGroup>
      {field('language', { required: isAsked, hint: t('contacts.languageHint') })}
      {field('country', { required: isAsked, hint: t('contacts.countryHint') })}
      {field('timeZone', { hint: t('contacts.timeZoneHint') })}
      {field('doNotContact', { hint: t('contacts.doNotContactHint') })}
      <Checkbox
        label={t('contacts.surveyEligible')}
        checked={values.surveyEligible}
        onChange={(_, { checked }) => set({ surveyEligible: checked === true })}
      />
      {contact && (
        <Checkbox
          label={t('contacts.isArchived')}
          checked={values.archived}
          onChange={(_, { checked }) => set({ archived: checked === true })}
        />
      )}
    </FormDialog>
  )
}

type FaultName = 'name' | 'email' | 'language' | 'country' | 'services' | 'surveyNeeds'

/** What is wrong, by field; the server checks the same again. */
function faultsOf(values: Values): ReadonlyMap<string, FaultName> {
  const faults = new Map<string, FaultName>()
  if (values.name.trim() === '') faults.set('name', 'name')
  if (values.email.trim() !== '' && !/^[^\s<>,;:@"]+@[^\s<>,;:@"]+$/.test(values.email.trim())) faults.set('email', 'email')
  if (values.language.trim() !== '' && !LANGUAGE.test(values.language.trim())) faults.set('language', 'language')
  if (values.country.trim() !== '' && !/^[A-Za-z]{2}$/.test(values.country.trim())) faults.set('country', 'country')
  if (!values.surveyEligible) return faults
  for (const name of ['email', 'language', 'country'] as const) if (values[name].trim() === '') faults.set(name, 'surveyNeeds')
  if (values.services.length === 0) faults.set('services', 'surveyNeeds')
  return faults
}
