import { Checkbox, Field, Input, MessageBar, MessageBarBody, Select } from '@fluentui/react-components'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ASSIGNED_ROLES, type CustomerPeople } from '../../model/admin-api.ts'
import { SERVICES } from '../../model/services.ts'
import { Day } from '../../model/words.ts'
import { playbookQuery } from '../playbooks/queries.ts'
import { loadQuery } from '../reports/load-query.ts'
import { sessionQuery } from '../session/queries.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { useFormats } from '../ui/format.ts'
import { PersonPicker } from '../ui/PersonPicker.tsx'
import { byRole } from './order.ts'
import type { NewAssignment } from './people-writes.ts'
import { useSaving } from './use-saving.ts'

type Candidate = CustomerPeople['candidates'][number]
type AssignDialogProps = { people: CustomerPeople; onSave: (assignment: NewAssignment) => Promise<void>; onClose: () => void }

/** A person in a role for this customer. What was saved meanwhile is told, and the form keeps what was entered. */
export function AssignDialog({ people, onSave, onClose }: AssignDialogProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { data: session } = useSuspenseQuery(sessionQuery)
  const [person, setPerson] = useState<Candidate>()
  const [role, setRole] = useState<NewAssignment['role']>('fasttrack-engineer')
  const [service, setService] = useState('')
  const [isPrimary, setPrimary] = useState(false)
  const [since, setSince] = useState<string>(session.today)
  const [until, setUntil] = useState('')
  const [covers, setCovers] = useState('')
  const [tried, setTried] = useState(false)
  const saving = useSaving(onClose)
  const { data: load } = useQuery({ ...loadQuery, enabled: session.person?.may.includes('see-load') ?? false })
  const own = load?.people.find(({ id }) => id === person?.id)
  const numbers = {
    open: formats.number(own?.open ?? 0),
    customers: formats.number(own?.assigned ?? 0),
    cap: formats.number(load?.cap ?? 0),
  }
  const { data: playbook } = useQuery(playbookQuery)
  const services = playbook?.services ?? SERVICES
  const inRole = byRole(people.assignments).find(group => group.role === role)?.assignments ?? []
  const coverable = [...new Map(inRole.map(each => [each.person.id, each.person])).values()].filter(({ id }) => id !== person?.id)
  const coversNow = coverable.some(({ id }) => id === covers) ? covers : ''
  const untilFault =
    coversNow !== '' && until === '' ? t('people.untilNeeded') : until !== '' && until < since ? t('people.untilBefore') : undefined
  const run = () => {
    setTried(true)
    if (!person || untilFault || since === '') return
    void saving.run(() =>
      onSave({
        person: person.id,
        role,
        service: service || null,
        isPrimary: isPrimary && coversNow === '',
        since: Day.parse(since),
        until: until === '' ? null : Day.parse(until),
        covers: coversNow || null,
      }),
    )
  }
  const primary = inRole.find(each => each.isPrimary)
  return (
    <FormDialog
      title={t('people.add')}
      onClose={onClose}
      submit={{ label: t('people.addSave'), run, isBusy: saving.isBusy }}
      error={saving.error}
    >
      <PersonPicker
        label={t('people.person')}
        required
        people={people.candidates}
        chosen={person}
        onChoose={setPerson}
        moreOf={each => t(`right.${each.right}`)}
        fault={tried && !person ? t('people.personNeeded') : undefined}
        {...(person && load ? { hint: t('people.load', numbers) } : {})}
      />
      {person && own && load && own.open > load.cap && (
        <MessageBar intent="warning">
          <MessageBarBody>{t('people.overLoad', { ...numbers, name: person.name })}</MessageBarBody>
        </MessageBar>
      )}
      <Field label={t('people.role')} required>
        <Select value={role} onChange={(_, { value }) => setRole(ASSIGNED_ROLES.find(each => each === value) ?? role)}>
          {ASSIGNED_ROLES.map(each => (
            <option key={each} value={each}>
              {t(`role.${each}`)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('people.service')} hint={t('people.serviceHint')}>
        <Select value={service} onChange={(_, { value }) => setService(value)}>
          <option value="">{t('people.allServices')}</option>
          {services.map(({ id, name }) => (
            <option key={id} value={id}>
              {formats.text(name, id)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('people.covers')} hint={t('people.coversHint')}>
        <Select value={coversNow} disabled={coverable.length === 0} onChange={(_, { value }) => setCovers(value)}>
          <option value="">{t('people.coversNobody')}</option>
          {coverable.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field
        hint={
          coversNow ? t('people.coverNoPrimary') : primary ? t('people.primaryNow', { name: primary.person.name }) : t('people.primaryHint')
        }
      >
        <Checkbox
          label={t('people.primary')}
          checked={isPrimary && coversNow === ''}
          disabled={coversNow !== ''}
          onChange={(_, { checked }) => setPrimary(checked === true)}
        />
      </Field>
      <Field label={t('people.from')} required {...(tried && since === '' ? { validationMessage: t('people.fromNeeded') } : {})}>
        <Input type="date" value={since} onChange={(_, { value }) => setSince(value)} />
      </Field>
      <Field
        label={t('people.until')}
        required={coversNow !== ''}
        hint={t('people.untilHint')}
        {...(tried && untilFault ? { validationMessage: untilFault } : {})}
      >
        <Input type="date" value={until} min={since} onChange={(_, { value }) => setUntil(value)} />
      </Field>
      {saving.warning && (
        <MessageBar intent="warning" layout="multiline" role="alert">
          <MessageBarBody>
            {saving.warning} {inRole.length > 0 && t('people.inRoleNow', { names: inRole.map(each => each.person.name).join(', ') })}
          </MessageBarBody>
        </MessageBar>
      )}
    </FormDialog>
  )
}
