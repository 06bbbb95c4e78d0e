import { Field, Input, makeStyles, Select, Textarea } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomerExpertRequests } from '../../../model/expert-request-api.ts'
import { EXPERT_LANGUAGES, EXPERT_REGIONS, EXPERT_SKILLS } from '../../../model/expert-skills.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useFormats } from '../../ui/format.ts'
import { ExpertChoice } from './ExpertChoice.tsx'
import { wordsIn } from './words.ts'
import { useRequestWrites } from './writes.ts'

const useStyles = makeStyles({
  pair: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 200px), 1fr))', gap: '12px', alignItems: 'start' },
  select: { minWidth: 0, '& select': { minWidth: 0, width: '100%' } },
})

type AskDialogProps = { view: CustomerExpertRequests; onClose: () => void }

/** What is needed, for which service and how many, by when, and whom to ask. */
export default function AskDialog({ view, onClose }: AskDialogProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const words = wordsIn(formats)
  const writes = useRequestWrites()
  const services = view.services.filter(each => each.may.ok)
  const [skill, setSkill] = useState('')
  // Whoever may not ask for the customer as a whole begins with a service.
  const [service, setService] = useState(view.may.ok ? '' : (services[0]?.service ?? ''))
  const [language, setLanguage] = useState(view.language ?? '')
  const [region, setRegion] = useState('')
  // Follows the service until somebody writes another number.
  const [typedSeats, setSeats] = useState<string | null>(null)
  const [wantedOn, setWantedOn] = useState('')
  const [purpose, setPurpose] = useState('')
  const [expert, setExpert] = useState<string | null>(null)
  const [tried, setTried] = useState(false)
  const [error, setError] = useState<unknown>()
  const known = services.find(each => each.service === service)?.seats ?? null
  const seats = typedSeats ?? (known === null ? '' : String(known))
  const faults = {
    skill: skill === '' ? t('experts.skillNeeded') : undefined,
    seats: /^\d{0,9}$/.test(seats.trim()) ? undefined : t('experts.seatsFault'),
    purpose: purpose.trim() === '' ? t('experts.purposeNeeded') : undefined,
  }
  const wanted = { skill, service: service || null, language: language || null, region: region || null }
  const run = async () => {
    setTried(true)
    if (Object.values(faults).some(each => each !== undefined)) return
    try {
      const input = {
        ...wanted,
        seats: seats.trim() === '' ? null : Number(seats),
        wantedOn: wantedOn || null,
        purpose: purpose.trim(),
        expert,
      }
      await writes.ask(view.customer.id, input, view.requests)
      onClose()
    } catch (failure) {
      setError(failure)
    }
  }
  const faultOf = (name: keyof typeof faults) => (tried && faults[name] ? { validationMessage: faults[name] } : {})
  return (
    <FormDialog
      title={t('experts.dialog.ask', { customer: view.customer.name })}
      onClose={onClose}
      submit={{ label: t('experts.ask'), run: () => void run(), isBusy: writes.isBusy }}
      error={error}
    >
      <Field label={t('experts.skill')} required {...faultOf('skill')}>
        <Select className={styles.select} value={skill} onChange={(_, { value }) => setSkill(value)}>
          <option value="">{t('experts.choose')}</option>
          {EXPERT_SKILLS.map(({ id }) => (
            <option key={id} value={id}>
              {words.skill(id)}
            </option>
          ))}
        </Select>
      </Field>
      <div className={styles.pair}>
        <Field label={t('experts.service')}>
          <Select className={styles.select} value={service} onChange={(_, { value }) => setService(value)}>
            {view.may.ok && <option value="">{t('experts.noService')}</option>}
            {services.map(each => (
              <option key={each.service} value={each.service}>
                {words.service(each.service)}
              </option>
            ))}
          </Select>
        </Field>
        <Field
          label={t('experts.seats')}
          hint={t(service !== '' && known === null ? 'experts.seatsUnknown' : 'experts.seatsHint')}
          {...faultOf('seats')}
        >
          <Input inputMode="numeric" value={seats} onChange={(_, { value }) => setSeats(value)} />
        </Field>
        <Field label={t('experts.language')}>
          <Select className={styles.select} value={language} onChange={(_, { value }) => setLanguage(value)}>
            <option value="">{t('experts.any')}</option>
            {EXPERT_LANGUAGES.map(each => (
              <option key={each} value={each}>
                {words.language(each)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('experts.region')}>
          <Select className={styles.select} value={region} onChange={(_, { value }) => setRegion(value)}>
            <option value="">{t('experts.any')}</option>
            {EXPERT_REGIONS.map(({ id }) => (
              <option key={id} value={id}>
                {words.region(id)}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <Field label={t('experts.wantedOn')}>
        <Input type="date" value={wantedOn} onChange={(_, { value }) => setWantedOn(value)} />
      </Field>
      <Field label={t('experts.purpose')} hint={t('experts.purposeHint')} required {...faultOf('purpose')}>
        <Textarea value={purpose} maxLength={4000} rows={4} onChange={(_, { value }) => setPurpose(value)} />
      </Field>
      {skill !== '' && <ExpertChoice wanted={wanted} chosen={expert} onChoose={setExpert} />}
    </FormDialog>
  )
}
