import { Field, Input, Select, Textarea } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DecisionState, DecisionsView, ProposalView } from '../../model/decision-api.ts'
import { customerPath } from '../customer/queries.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { useFormats } from '../ui/format.ts'
import { apiUrl, send } from '../ui/http.ts'
import { TheirsBar } from './TheirsBar.tsx'
import { useTelling } from './use-telling.ts'

/** As the model has it; the model would bring the schema library. */
const BY_CUSTOMER: readonly DecisionState[] = ['agreed', 'declined']
const WITH_REASON: readonly DecisionState[] = ['declined', 'proposed', 'accepted', 'rejected']

/** As the route tells of somebody else's decision. */
type Theirs = Readonly<{
  state: DecisionState | 'withdrawn'
  on: string
  reason: string | null
  contact: string | null
  by: string
}>

type DecisionDialogProps = Readonly<{
  view: DecisionsView
  proposal: ProposalView
  name: string
  state: DecisionState
  onClose: () => void
}>

/** Who decided, when and why. */
export default function DecisionDialog({ view, proposal, name, state, onClose }: DecisionDialogProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  const [contact, setContact] = useState('')
  const [on, setOn] = useState<string>(view.today)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const { isBusy, error, run, conflict } = useTelling<Theirs>(view.customer, onClose)
  const lacksContact = BY_CUSTOMER.includes(state) && contact === ''
  const lacksReason = WITH_REASON.includes(state) && reason.trim() === ''
  const lacksDay = on === '' || on > view.today
  const save = () => {
    setTried(true)
    if (lacksContact || lacksReason || lacksDay) return
    const body = { state, contact: contact || null, reason: reason.trim() || null, on }
    void run(seq => send('POST', apiUrl(customerPath(view.customer, 'decisions', proposal.id)), { ...body, seq }), proposal.seq)
  }
  const fault = (isFaulty: boolean, text: string) => (tried && isFaulty ? { validationMessage: text } : {})
  const told = ({ state: theirs, on: day, by, contact: who, reason: why }: Theirs) =>
    [
      t('decisions.decided', { state: t(`decisions.state.${theirs}`), day: formats.day(day), by }),
      who && t('decisions.withContact', { contact: who }),
      why,
    ]
      .filter(Boolean)
      .join(' · ')
  return (
    <FormDialog
      title={`${name}: ${t(`decisions.do.${state}`)}`}
      onClose={onClose}
      submit={{ label: t(`decisions.do.${state}`), run: save, isBusy }}
      error={error}
    >
      {conflict && <TheirsBar text={told(conflict.theirs)} onKeep={conflict.keepTheirs} onMine={conflict.saveMine} />}
      {proposal.because && <p>{formats.text(proposal.because)}</p>}
      {BY_CUSTOMER.includes(state) && (
        <Field
          label={t('decisions.contact')}
          required
          {...(view.contacts.length === 0 ? { hint: t('decisions.noContacts') } : {})}
          {...fault(lacksContact, t('decisions.contactNeeded'))}
        >
          <Select value={contact} onChange={(_, { value }) => setContact(value)}>
            <option value="">{t('decisions.chooseContact')}</option>
            {view.contacts.map(({ id, name: each }) => (
              <option key={id} value={id}>
                {each}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <Field label={t('decisions.on')} required {...fault(lacksDay, t('decisions.dayNeeded'))}>
        <Input type="date" value={on} max={view.today} onChange={(_, { value }) => setOn(value)} />
      </Field>
      <Field label={t('decisions.reason')} required={WITH_REASON.includes(state)} {...fault(lacksReason, t('decisions.reasonNeeded'))}>
        <Textarea value={reason} maxLength={1000} rows={3} resize="vertical" onChange={(_, { value }) => setReason(value)} />
      </Field>
    </FormDialog>
  )
}
