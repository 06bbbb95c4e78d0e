import { Button, Field, Input, MessageBar, MessageBarBody, makeStyles, Select, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SEAT_INTENTS, type SeatIntent } from '../../model/success.ts'
import type { Reason, SeatsView } from '../../model/success-plan-api.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { useFormats } from '../ui/format.ts'
import { isConflict, usePlanWrite, type Write } from './plan-writes.ts'

const useStyles = makeStyles({
  part: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(220px, 100%), 1fr))',
    gap: '8px',
    alignItems: 'end',
    border: 'none',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    padding: '8px 0',
    margin: 0,
  },
  // As wide as its place, not as wide as twenty letters.
  control: { minWidth: 0, width: '100%' },
  remove: { justifySelf: 'start' },
  add: { alignSelf: 'flex-start' },
})

type Part = { key: number; intent: SeatIntent; seats: string; reason: string; note: string }
type Props = { customer: string; seats: SeatsView; name: string; reasons: readonly Reason[]; onClose: () => void }

const NEEDS_REASON: readonly SeatIntent[] = ['blocked', 'no-intent']

/** The seats of a service by what the customer means to do with them; what is not said yet is unknown. */
export default function SeatsDialog({ customer, seats, name, reasons, onClose }: Props) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const [total, setTotal] = useState(String(seats.entitled ?? seats.split?.seats ?? ''))
  const [parts, setParts] = useState<readonly Part[]>(() => partsOf(seats))
  const [fault, setFault] = useState<string | null>(null)
  const write = usePlanWrite(customer, { isQuiet: true, onDone: onClose })
  const theirs = isConflict(write.error)
    ? ((write.error.problem.details as { theirs?: { parts: readonly { intent: SeatIntent; seats: number }[] } | null }).theirs ?? null)
    : undefined
  const all = Number(total)
  const sum = parts.reduce((count, part) => count + (Number(part.seats) || 0), 0)
  const change = (key: number, next: Partial<Part>) => setParts(parts.map(part => (part.key === key ? { ...part, ...next } : part)))
  const run = () => {
    const isCount = (typed: string, least: number) => /^\d{1,9}$/.test(typed) && Number(typed) >= least
    if (!isCount(total, 0) || parts.some(part => !isCount(part.seats, 1))) return setFault(t('success.seatsFault'))
    if (sum !== all) return setFault(t('success.sumFault', { sum: formats.number(sum), all: formats.number(all) }))
    if (parts.some(part => NEEDS_REASON.includes(part.intent) && part.reason === '')) return setFault(t('success.reasonFault'))
    setFault(null)
    write.mutate({
      method: 'PUT',
      path: ['services', seats.service, 'seats'],
      body: {
        seats: all,
        parts: parts.map(({ intent, seats, reason, note }) => ({
          intent,
          seats: Number(seats),
          reason: reason === '' ? null : reason,
          note: note.trim() || null,
        })),
      },
      done: t('success.saved'),
      undo: undoOf(seats, all),
    })
  }
  return (
    <FormDialog
      title={t('success.splitOf', { service: name })}
      onClose={onClose}
      submit={{ label: t(theirs === undefined ? 'save' : 'conflict.saveMine'), run, isBusy: write.isPending }}
      error={theirs === undefined ? write.error : undefined}
    >
      {theirs !== undefined && (
        <MessageBar intent="warning" layout="multiline" role="alert">
          <MessageBarBody>
            {t('conflict.title')}. {t('conflict.theirs')}:{' '}
            {theirs?.parts.map(part => `${formats.number(part.seats)} ${t(`success.intent.${part.intent}`)}`).join(' · ') ?? '–'}
          </MessageBarBody>
        </MessageBar>
      )}
      <Field label={t('success.allSeats')} hint={seats.entitled === null ? t('success.seatsUnknown') : t('success.seatsFrom')}>
        <Input inputMode="numeric" value={total} readOnly={seats.entitled !== null} onChange={(_, { value }) => setTotal(value)} />
      </Field>
      {parts.map((part, index) => (
        <fieldset key={part.key} className={styles.part}>
          <legend>{t('success.part', { number: index + 1 })}</legend>
          <Field label={t('success.field.intent')}>
            <Select
              className={styles.control}
              value={part.intent}
              onChange={(_, { value }) => change(part.key, { intent: value as SeatIntent })}
            >
              {SEAT_INTENTS.map(intent => (
                <option key={intent} value={intent}>
                  {t(`success.intent.${intent}`)}
                </option>
              ))}
            </Select>
          </Field>
          <Field label={t('success.field.seats')}>
            <Input
              className={styles.control}
              inputMode="numeric"
              value={part.seats}
              onChange={(_, { value }) => change(part.key, { seats: value })}
            />
          </Field>
          <Field label={t('success.field.reason')} required={NEEDS_REASON.includes(part.intent)}>
            <Select className={styles.control} value={part.reason} onChange={(_, { value }) => change(part.key, { reason: value })}>
              <option value="">{t('success.none')}</option>
              {reasonsFor(part, seats, reasons, formats.text)}
            </Select>
          </Field>
          <Field label={t('success.field.note')}>
            <Input
              className={styles.control}
              value={part.note}
              maxLength={1000}
              onChange={(_, { value }) => change(part.key, { note: value })}
            />
          </Field>
          <Button
            className={styles.remove}
            size="small"
            aria-label={t('success.removeOf', { what: t('success.part', { number: index + 1 }) })}
            onClick={() => setParts(parts.filter(each => each.key !== part.key))}
          >
            {t('success.remove')}
          </Button>
        </fieldset>
      ))}
      <Button
        className={styles.add}
        size="small"
        onClick={() => setParts([...parts, { ...EMPTY, key: Math.max(0, ...parts.map(part => part.key)) + 1, seats: rest() }])}
      >
        {t('success.addPart')}
      </Button>
      <Field {...(fault ? { validationMessage: fault } : {})}>
        <span role="status">{t('success.sum', { sum: formats.number(sum), all: Number.isFinite(all) ? formats.number(all) : '–' })}</span>
      </Field>
    </FormDialog>
  )

  /** What is not in any part yet. */
  function rest(): string {
    return all > sum ? String(all - sum) : ''
  }
}

const EMPTY: Omit<Part, 'key'> = { intent: 'unknown', seats: '', reason: '', note: '' }

function partsOf({ split, entitled }: SeatsView): readonly Part[] {
  if (split) {
    return split.parts.map((part, key) => ({
      key,
      intent: part.intent,
      seats: String(part.seats),
      reason: part.reason ?? '',
      note: part.note ?? '',
    }))
  }
  return [{ ...EMPTY, key: 0, seats: entitled ? String(entitled) : '' }]
}

/** Back to how they were split; not split before means of unknown intent. Nothing to go back to when there were other seats then. */
function undoOf({ service, split }: SeatsView, all: number): Write | undefined {
  if (split && split.seats !== all) return undefined
  const unknown = { intent: 'unknown', seats: all, reason: null, note: null }
  const before = split?.parts.map(({ intent, seats, reason, note }) => ({ intent, seats, reason, note }))
  return { method: 'PUT', path: ['services', service, 'seats'], body: { seats: all, parts: before ?? (all > 0 ? [unknown] : []) } }
}

/** One that was retired stays where it stands. */
function reasonsFor(part: Part, { split }: SeatsView, reasons: readonly Reason[], text: (of: Reason['text']) => string) {
  const kept = split?.parts.find(each => each.reason === part.reason && each.reason !== null)
  const isGone = kept?.reasonText && !reasons.some(each => each.id === part.reason)
  return [
    ...(isGone
      ? [
          <option key={part.reason} value={part.reason}>
            {text(kept.reasonText as Reason['text'])}
          </option>,
        ]
      : []),
    ...reasons.map(each => (
      <option key={each.id} value={each.id}>
        {text(each.text)}
      </option>
    )),
  ]
}
