import {
  Button,
  Field,
  Input,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  Radio,
  RadioGroup,
  Select,
  Textarea,
} from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DiscussionStatus, ServiceDiscussion } from '../../../model/discussion-api.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { isLostUpdate } from '../../ui/failure.ts'
import { UNKNOWN, useFormats } from '../../ui/format.ts'
import { HttpError } from '../../ui/http.ts'
import { ANSWERS, answerOf, askedValue } from './AskedField.tsx'
import { type Content, contentOf, EMPTY } from './content.ts'
import type { DiscussionWrite } from './queries.ts'

/** The model's, which would bring the schema library with it. */
const STATUSES = ['proposed', 'planned', 'held', 'declined'] as const satisfies readonly DiscussionStatus[]

/** A day belongs to what was held, and to nothing else. */
const sent = (content: Content) => ({ ...content, heldOn: content.status === 'held' ? content.heldOn : null })

type DiscussionDialogProps = Readonly<{
  service: ServiceDiscussion
  name: string
  today: string
  onSave: (write: DiscussionWrite) => Promise<void>
  onClose: () => void
}>

/** The discussion of one service, as a whole. What somebody else saved meanwhile is shown, to choose. */
export default function DiscussionDialog({ service, name, today, onSave, onClose }: DiscussionDialogProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  const [draft, setDraft] = useState(() => contentOf(service.discussion))
  const [version, setVersion] = useState(service.discussion?.version ?? 0)
  const [tried, setTried] = useState(false)
  const [state, setState] = useState<{ isBusy: boolean; error?: unknown }>({ isBusy: false })
  const change = (more: Partial<Content>) => setDraft(now => ({ ...now, ...more }))
  const faults = {
    plannedFor: draft.status === 'planned' && !draft.plannedFor ? t('discussions.plannedNeeded') : undefined,
    heldOn: draft.status === 'held' && (!draft.heldOn || draft.heldOn > today) ? t('discussions.heldNeeded') : undefined,
  }
  const shown = (fault: string | undefined) => (tried && fault ? { validationMessage: fault } : {})
  const save = async (against: number) => {
    setTried(true)
    if (faults.plannedFor || faults.heldOn) return
    setState({ isBusy: true })
    try {
      await onSave({ method: 'PUT', path: ['discussions', service.service], body: { ...sent(draft), version: against } })
      onClose()
    } catch (error) {
      setState({ isBusy: false, error })
    }
  }
  const conflict =
    isLostUpdate(state.error) && state.error instanceof HttpError
      ? (state.error.problem.details as { theirs: Content | null; version: number })
      : undefined
  const keepTheirs = (theirs: Content | null, now: number) => {
    setDraft(theirs ?? EMPTY)
    setVersion(now)
    setState({ isBusy: false })
  }
  const texts = ['successFactors', 'participants', 'outcome'] as const
  return (
    <FormDialog
      title={t('discussions.dialogTitle', { name })}
      onClose={onClose}
      submit={{ label: t('save'), run: () => void save(version), isBusy: state.isBusy }}
      error={conflict ? undefined : state.error}
    >
      {conflict && (
        <MessageBar intent="warning" layout="multiline" role="alert">
          <MessageBarBody>
            <MessageBarTitle>{t('conflict.title')}</MessageBarTitle>
            {conflict.theirs === null
              ? t('discussions.theirsGone')
              : t('discussions.theirs', {
                  status: t(`discussions.status.${conflict.theirs.status}`),
                  interest: t(`discussions.answer.${answerOf(conflict.theirs.interest)}`),
                  day: formats.day(conflict.theirs.heldOn ?? conflict.theirs.plannedFor),
                  outcome: conflict.theirs.outcome ?? UNKNOWN,
                })}
          </MessageBarBody>
          <MessageBarActions>
            <Button onClick={() => keepTheirs(conflict.theirs, conflict.version)}>{t('conflict.keepTheirs')}</Button>
            <Button onClick={() => void save(conflict.version)}>{t('conflict.saveMine')}</Button>
          </MessageBarActions>
        </MessageBar>
      )}
      <Field label={t('discussions.interest', { name })} hint={t('discussions.interestHint')}>
        <RadioGroup
          layout="horizontal"
          value={answerOf(draft.interest)}
          onChange={(_, { value }) => change({ interest: askedValue(value) })}
        >
          {ANSWERS.map(answer => (
            <Radio key={answer} value={answer} label={t(`discussions.answer.${answer}`)} />
          ))}
        </RadioGroup>
      </Field>
      <Field label={t('discussions.statusLabel')}>
        <Select value={draft.status} onChange={(_, { value }) => change({ status: STATUSES.find(each => each === value) ?? draft.status })}>
          {STATUSES.map(status => (
            <option key={status} value={status}>
              {t(`discussions.status.${status}`)}
            </option>
          ))}
        </Select>
      </Field>
      {draft.status === 'planned' && (
        <Field label={t('discussions.plannedFor')} required {...shown(faults.plannedFor)}>
          <Input type="date" value={draft.plannedFor ?? ''} onChange={(_, { value }) => change({ plannedFor: value || null })} />
        </Field>
      )}
      {draft.status === 'held' && (
        <Field label={t('discussions.heldOn')} required {...shown(faults.heldOn)}>
          <Input type="date" max={today} value={draft.heldOn ?? ''} onChange={(_, { value }) => change({ heldOn: value || null })} />
        </Field>
      )}
      {texts.map(part => (
        <Field key={part} label={t(`discussions.part.${part}`)} hint={t(`discussions.partHint.${part}`)}>
          <Textarea
            value={draft[part] ?? ''}
            rows={2}
            maxLength={4000}
            resize="vertical"
            onChange={(_, { value }) => change({ [part]: value })}
          />
        </Field>
      ))}
    </FormDialog>
  )
}
