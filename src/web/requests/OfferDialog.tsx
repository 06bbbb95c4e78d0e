import { Checkbox, Field, Select, Textarea } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomerHandshakes } from '../../model/handshake-api.ts'
import { SERVICES } from '../../model/services.ts'
import { BoxGroup } from '../ui/BoxGroup.tsx'
import { FormDialog } from '../ui/FormDialog.tsx'
import { useFormats } from '../ui/format.ts'
import { useHandshakeWrites } from './handshake-writes.ts'

type OfferDialogProps = { view: CustomerHandshakes; onClose: () => void }

/** Several services at once, to one person; those that cannot be offered stay in their place and say why. */
export default function OfferDialog({ view, onClose }: OfferDialogProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  const writes = useHandshakeWrites()
  const free = view.services.flatMap(each => (each.offer.ok ? [each.service] : []))
  const [chosen, setChosen] = useState<readonly string[]>(free)
  const [to, setTo] = useState('')
  const [message, setMessage] = useState('')
  const [tried, setTried] = useState(false)
  const [error, setError] = useState<unknown>()
  // Whoever is there for each of the chosen services.
  const lists = view.services.flatMap(({ service, offer }) => (offer.ok && chosen.includes(service) ? [offer.to] : []))
  const people = (lists[0] ?? []).filter(person => lists.every(list => list.some(each => each.id === person.id)))
  const toNow = people.some(({ id }) => id === to) ? to : ''
  const run = async () => {
    setTried(true)
    if (chosen.length === 0) return
    try {
      await writes.offer(view.customer.id, { services: chosen, ...(toNow ? { to: toNow } : {}), message: message.trim() || null })
      onClose()
    } catch (failure) {
      setError(failure)
    }
  }
  return (
    <FormDialog
      title={t('requests.dialog.offer')}
      onClose={onClose}
      submit={{ label: t('requests.offer'), run: () => void run(), isBusy: writes.isBusy }}
      error={error}
    >
      <p style={{ margin: 0 }}>{t('requests.comesOf.offer')}</p>
      <BoxGroup label={t('requests.services')} fault={tried && chosen.length === 0 ? t('requests.servicesNeeded') : undefined}>
        {view.services.map(({ service, offer }) => {
          const name = formats.text(SERVICES.find(({ id }) => id === service)?.name, service)
          return (
            <Checkbox
              key={service}
              style={{ display: 'flex' }}
              label={offer.ok ? name : `${name} – ${formats.text(offer.reason)}`}
              disabled={!offer.ok}
              checked={chosen.includes(service)}
              onChange={(_, { checked }) => setChosen(checked === true ? [...chosen, service] : chosen.filter(each => each !== service))}
            />
          )
        })}
      </BoxGroup>
      <Field label={t('requests.to')} hint={t('requests.toHint')}>
        <Select value={toNow} onChange={(_, { value }) => setTo(value)}>
          <option value="">{t('requests.toFirst')}</option>
          {people.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('requests.message')}>
        <Textarea value={message} maxLength={4000} rows={3} onChange={(_, { value }) => setMessage(value)} />
      </Field>
    </FormDialog>
  )
}
