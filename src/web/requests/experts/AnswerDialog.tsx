import { Checkbox, Field, MessageBar, MessageBarBody, Textarea } from '@fluentui/react-components'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ExpertRequestView } from '../../../model/expert-request-api.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { isLostUpdate } from '../../ui/failure.ts'
import { useFormats } from '../../ui/format.ts'
import { personName } from '../../ui/person-name.ts'
import { ExpertChoice } from './ExpertChoice.tsx'
import { wordsIn } from './words.ts'
import { asItStands, type RequestWrite, useRequestWrites } from './writes.ts'

export type DialogOf = Exclude<RequestWrite['is'], 'acknowledge'>

/** What each needs said: a reason, a message, what came of it. */
const NEEDS = { decline: 'reason', write: 'message', done: 'note' } as const

type AnswerDialogProps = { request: ExpertRequestView; is: DialogOf; onClose: () => void }

/**
 * Asks for what an answer needs, and says what comes of it. Where somebody else was first, both are shown, and one's own is sent only
 * when it still can be and is meant.
 */
export default function AnswerDialog({ request: first, is, onClose }: AnswerDialogProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  const client = useQueryClient()
  const writes = useRequestWrites()
  const [request, setRequest] = useState<ExpertRequestView | undefined>(first)
  const [words, setWords] = useState('')
  const [keepAssignment, setKeep] = useState(false)
  const [expert, setExpert] = useState<string | null>(null)
  const [tried, setTried] = useState(false)
  const [error, setError] = useState<unknown>()
  const needed = is in NEEDS ? NEEDS[is as keyof typeof NEEDS] : undefined
  const fault = needed && words.trim() === '' ? t(`experts.needed.${needed}`) : undefined
  // It is in the queue already, so that somebody is to be chosen.
  const isInQueue = first.expert === null && first.state !== 'declined'
  const choiceFault = is === 'handOn' && isInQueue && expert === null ? t('experts.needed.expert') : undefined
  const isLate = isLostUpdate(error)
  const names = {
    skill: wordsIn(formats).skill(first.skill),
    customer: first.customer.name,
    expert: first.expert ? personName(first.expert.name, t) : t('experts.anyExpert'),
    by: personName(first.requestedBy.name, t),
  }
  const run = async () => {
    setTried(true)
    if (fault || choiceFault || !request) return
    try {
      await writes.save(request, inputOf(is, words.trim(), { keepAssignment, expert }))
      onClose()
    } catch (failure) {
      if (isLostUpdate(failure)) setRequest(await asItStands(client, first).catch(() => request))
      setError(failure)
    }
  }
  const right = request?.may[is]
  const isOver = isLate && !right?.ok
  return (
    <FormDialog
      title={t(`experts.dialog.${is}`, names)}
      onClose={onClose}
      submit={
        isOver ? undefined : { label: t(isLate ? 'experts.mineToo' : `experts.action.${is}`), run: () => void run(), isBusy: writes.isBusy }
      }
      error={isLate ? undefined : error}
    >
      <p style={{ margin: 0 }}>{t(`experts.comesOf.${is}`, names)}</p>
      {is === 'handOn' && (
        <ExpertChoice
          wanted={first}
          chosen={expert}
          onChoose={setExpert}
          present={first.state === 'declined' ? undefined : (first.expert?.id ?? null)}
          fault={tried ? choiceFault : undefined}
        />
      )}
      {(needed || is === 'handOn') && (
        <Field
          label={t(`experts.${needed ?? 'message'}`)}
          required={needed !== undefined}
          {...(tried && fault ? { validationMessage: fault } : {})}
        >
          <Textarea value={words} maxLength={4000} rows={4} onChange={(_, { value }) => setWords(value)} />
        </Field>
      )}
      {is === 'done' && first.hasAssignment && (
        <Checkbox label={t('experts.keep', names)} checked={keepAssignment} onChange={(_, { checked }) => setKeep(checked === true)} />
      )}
      {isLate && (
        <MessageBar intent="warning" layout="multiline" role="alert">
          <MessageBarBody>
            {request && request.version > first.version
              ? t('experts.theirs', {
                  state: t(`experts.state.${request.state}`),
                  expert: request.expert ? personName(request.expert.name, t) : t('experts.anyExpert'),
                })
              : t('experts.goneOn')}{' '}
            {right?.ok ? t('experts.mineStill') : right && formats.text(right.reason)}
          </MessageBarBody>
        </MessageBar>
      )}
    </FormDialog>
  )
}

function inputOf(is: DialogOf, words: string, more: { keepAssignment: boolean; expert: string | null }): RequestWrite {
  switch (is) {
    case 'decline':
      return { is, reason: words }
    case 'write':
      return { is, body: words }
    case 'done':
      return { is, note: words, keepAssignment: more.keepAssignment }
    case 'handOn':
      return { is, expert: more.expert, message: words || null }
    case 'accept':
    case 'withdraw':
      return { is }
  }
}
