import { Button, Field, Input, Radio, RadioGroup, Textarea } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChecklistsView, CheckView } from '../../model/decision-api.ts'
import { customerPath } from '../customer/queries.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { useFormats } from '../ui/format.ts'
import { apiUrl, send } from '../ui/http.ts'
import { TheirsBar } from './TheirsBar.tsx'
import { useTelling } from './use-telling.ts'

/** As the route tells of somebody else's word. */
type Theirs = Readonly<{ met: boolean; on: string | null; note: string | null; by: string }>

type CheckDialogProps = Readonly<{ view: ChecklistsView; line: CheckView; onClose: () => void }>

/** A person's word on a line that no rule can answer, and how it was given before. */
export default function CheckDialog({ view, line, onClose }: CheckDialogProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  const [met, setMet] = useState(line.confirmed?.met ?? true)
  const [on, setOn] = useState<string>(line.confirmed?.on ?? view.today)
  const [note, setNote] = useState(line.confirmed?.note ?? '')
  const [tried, setTried] = useState(false)
  // The list is asked anew behind the dialog; what the person saw is what it was opened with.
  const [seen] = useState(view.version)
  const { isBusy, error, run, conflict } = useTelling<Theirs>(view.customer, onClose)
  const lacksDay = on === '' || on > view.today
  const path = customerPath(view.customer, 'checks', line.id)
  const save = () => {
    setTried(true)
    if (!lacksDay) void run(version => send('PUT', apiUrl(path), { met, on, note: note.trim() || null, version }), seen)
  }
  const told = ({ met: isMet, on: day, note: said, by }: Theirs) =>
    [t('decisions.decided', { state: t(`decisions.trace.${isMet ? 'confirmed' : 'missed'}`), day: formats.day(day), by }), said]
      .filter(Boolean)
      .join(' · ')
  return (
    <FormDialog title={formats.text(line.text)} onClose={onClose} submit={{ label: t('save'), run: save, isBusy }} error={error}>
      {conflict && <TheirsBar text={told(conflict.theirs)} onKeep={conflict.keepTheirs} onMine={conflict.saveMine} />}
      <Field label={t('decisions.word')}>
        <RadioGroup value={met ? 'met' : 'missing'} onChange={(_, { value }) => setMet(value === 'met')}>
          <Radio value="met" label={t('decisions.isMet')} />
          <Radio value="missing" label={t('decisions.isMissing')} />
        </RadioGroup>
      </Field>
      <Field label={t('decisions.on')} required {...(tried && lacksDay ? { validationMessage: t('decisions.dayNeeded') } : {})}>
        <Input type="date" value={on} max={view.today} onChange={(_, { value }) => setOn(value)} />
      </Field>
      <Field label={t('decisions.note')}>
        <Textarea value={note} maxLength={500} rows={2} resize="vertical" onChange={(_, { value }) => setNote(value)} />
      </Field>
      {line.trace.length > 0 && (
        <ul aria-label={t('decisions.history')}>
          {line.trace.map(({ kind, by, at }) => (
            <li key={`${kind} ${at}`}>
              {t(`decisions.trace.${kind}`)} {t('decisions.byOn', { who: by, when: formats.moment(at) })}
            </li>
          ))}
        </ul>
      )}
      {line.confirmed && (
        <Button disabledFocusable={isBusy} onClick={() => void run(version => send('DELETE', apiUrl(path, { version })), seen)}>
          {t('decisions.withdrawWord')}
        </Button>
      )}
    </FormDialog>
  )
}
