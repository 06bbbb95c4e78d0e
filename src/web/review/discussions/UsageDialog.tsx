import { Field, Input, Textarea } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSending } from '../../meetings/use-sending.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import type { DiscussionWrite } from './queries.ts'

type UsageDialogProps = Readonly<{ today: string; onSave: (write: DiscussionWrite) => Promise<void>; onClose: () => void }>

const linesOf = (text: string) => text.split('\n').flatMap(line => line.trim() || [])

/** Usage reports were talked about: when, with whom, what was said, and where what was shown is. */
export default function UsageDialog({ today, onSave, onClose }: UsageDialogProps) {
  const { t } = useTranslation()
  const [heldOn, setHeldOn] = useState(today)
  const [participants, setParticipants] = useState('')
  const [note, setNote] = useState('')
  const [links, setLinks] = useState('')
  const [tried, setTried] = useState(false)
  const sending = useSending(onClose)
  const faults = {
    heldOn: heldOn === '' || heldOn > today ? t('discussions.heldNeeded') : undefined,
    links: linesOf(links).every(link => /^https?:\/\/\S+$/i.test(link)) ? undefined : t('discussions.linkNeeded'),
  }
  const shown = (fault: string | undefined) => (tried && fault ? { validationMessage: fault } : {})
  const run = () => {
    setTried(true)
    if (faults.heldOn || faults.links) return
    const body = { heldOn, participants: participants || null, note: note || null, links: linesOf(links) }
    void sending.run(() => onSave({ method: 'POST', path: ['usage-discussions'], body }))
  }
  return (
    <FormDialog
      title={t('discussions.usageRecord')}
      onClose={onClose}
      submit={{ label: t('save'), run, isBusy: sending.isBusy }}
      error={sending.error}
    >
      <Field label={t('discussions.heldOn')} required {...shown(faults.heldOn)}>
        <Input type="date" max={today} value={heldOn} onChange={(_, { value }) => setHeldOn(value)} />
      </Field>
      <Field label={t('discussions.part.participants')} hint={t('discussions.partHint.participants')}>
        <Textarea value={participants} rows={2} maxLength={4000} resize="vertical" onChange={(_, { value }) => setParticipants(value)} />
      </Field>
      <Field label={t('discussions.note')}>
        <Textarea value={note} rows={3} maxLength={4000} resize="vertical" onChange={(_, { value }) => setNote(value)} />
      </Field>
      <Field label={t('discussions.links')} hint={t('discussions.linksHint')} {...shown(faults.links)}>
        <Textarea value={links} rows={2} maxLength={20_000} resize="vertical" onChange={(_, { value }) => setLinks(value)} />
      </Field>
    </FormDialog>
  )
}
