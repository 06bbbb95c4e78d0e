import { Field, Input, MessageBar, MessageBarBody, Textarea } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DecisionsView, TransitionView } from '../../model/decision-api.ts'
import { customerPath } from '../customer/queries.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { UNKNOWN, useFormats } from '../ui/format.ts'
import { apiUrl, send } from '../ui/http.ts'
import { TheirsBar } from './TheirsBar.tsx'
import { useTelling } from './use-telling.ts'

/** As the route tells of the step somebody else took. */
type Theirs = Readonly<{ on?: string; reason?: string; by?: string }>

type TransitionDialogProps = Readonly<{ view: DecisionsView; transition: TransitionView; onClose: () => void }>

/** Moves the customer on; against the condition with a reason and evidence. */
export default function TransitionDialog({ view, transition, onClose }: TransitionDialogProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  const isForced = transition.state !== 'available'
  const [on, setOn] = useState<string>(view.today)
  const [reason, setReason] = useState('')
  const [title, setTitle] = useState('')
  const [href, setHref] = useState('')
  const [tried, setTried] = useState(false)
  // The plan is asked anew behind the dialog; what the person saw is what it was opened with.
  const [seen] = useState(view.version)
  const { isBusy, error, run, conflict } = useTelling<Theirs>(view.customer, onClose)
  const lacksDay = on === '' || on > view.today
  const lacksReason = isForced && reason.trim() === ''
  const lacksTitle = isForced && title.trim() === ''
  const lacksLink = isForced && !/^https?:\/\/\S+$/i.test(href.trim())
  const save = () => {
    setTried(true)
    if (lacksDay || lacksReason || lacksTitle || lacksLink) return
    const override = isForced ? { reason: reason.trim(), evidence: { title: title.trim(), href: href.trim() } } : null
    const path = customerPath(view.customer, 'transitions', transition.to)
    void run(version => send('POST', apiUrl(path), { on, override, version }), seen)
  }
  const fault = (isFaulty: boolean, text: string) => (tried && isFaulty ? { validationMessage: text } : {})
  const told = ({ on: day, reason: why, by }: Theirs) =>
    [t('decisions.takenBy', { who: by ?? UNKNOWN, day: formats.day(day ?? null) }), why].filter(Boolean).join(' · ')
  return (
    <FormDialog
      title={formats.text(transition.name)}
      onClose={onClose}
      submit={conflict ? undefined : { label: t(isForced ? 'decisions.force' : 'decisions.take'), run: save, isBusy }}
      error={error}
    >
      {/* A step is taken once; one's own day could only stand after theirs is taken back. */}
      {conflict && <TheirsBar text={told(conflict.theirs)} onKeep={conflict.keepTheirs} />}
      {isForced && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            {formats.text(transition.because)} {t('decisions.forceHelp')}
          </MessageBarBody>
        </MessageBar>
      )}
      <Field label={t('decisions.on')} required {...fault(lacksDay, t('decisions.dayNeeded'))}>
        <Input type="date" value={on} max={view.today} onChange={(_, { value }) => setOn(value)} />
      </Field>
      {isForced && (
        <>
          <Field label={t('decisions.forceReason')} required {...fault(lacksReason, t('decisions.reasonNeeded'))}>
            <Textarea value={reason} maxLength={1000} rows={3} resize="vertical" onChange={(_, { value }) => setReason(value)} />
          </Field>
          <Field label={t('decisions.evidenceTitle')} required {...fault(lacksTitle, t('decisions.titleNeeded'))}>
            <Input value={title} maxLength={200} onChange={(_, { value }) => setTitle(value)} />
          </Field>
          <Field label={t('decisions.evidenceLink')} required {...fault(lacksLink, t('decisions.linkNeeded'))}>
            <Input type="url" value={href} maxLength={2000} onChange={(_, { value }) => setHref(value)} />
          </Field>
        </>
      )}
    </FormDialog>
  )
}
