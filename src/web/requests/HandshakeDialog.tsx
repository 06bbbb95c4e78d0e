import { Field, MessageBar, MessageBarBody, Textarea } from '@fluentui/react-components'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HandshakeView } from '../../model/handshake-api.ts'
import { SERVICES } from '../../model/services.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { isLostUpdate } from '../ui/failure.ts'
import { useFormats } from '../ui/format.ts'
import { personName } from '../ui/person-name.ts'
import { type HandshakeWrite, useHandshakeWrites } from './handshake-writes.ts'
import { customerHandshakesQuery } from './queries.ts'

type HandshakeDialogProps = { handshake: HandshakeView; is: HandshakeWrite['is']; onClose: () => void }

/**
 * Asks for what an answer needs, and says what comes of it. Where somebody else was first, both are shown, and one's own is sent only
 * when it still can be and is meant.
 */
export default function HandshakeDialog({ handshake: first, is, onClose }: HandshakeDialogProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  const client = useQueryClient()
  const writes = useHandshakeWrites()
  const [handshake, setHandshake] = useState(first)
  const [words, setWords] = useState('')
  const [tried, setTried] = useState(false)
  const [error, setError] = useState<unknown>()
  const isHandingBack = is === 'decline' && handshake.state === 'accepted'
  const what = isHandingBack ? 'handBack' : is === 'write' && first.state === 'asked' ? 'reply' : is === 'write' ? 'ask' : is
  const needsWords = is === 'decline' || is === 'write'
  const fault = needsWords && words.trim() === '' ? t(is === 'decline' ? 'requests.reasonNeeded' : 'requests.messageNeeded') : undefined
  const isLate = isLostUpdate(error)
  const names = {
    service: formats.text(SERVICES.find(({ id }) => id === first.service)?.name, first.service),
    customer: first.customer.name,
    to: personName(first.offeredTo.name, t),
  }
  const run = async () => {
    setTried(true)
    if (fault) return
    const input: HandshakeWrite = is === 'decline' ? { is, reason: words.trim() } : is === 'write' ? { is, body: words.trim() } : { is }
    try {
      await writes.save(handshake, input)
      onClose()
    } catch (failure) {
      if (isLostUpdate(failure)) {
        const now = await client.fetchQuery(customerHandshakesQuery(first.customer.id)).catch(() => undefined)
        setHandshake(now?.handshakes.find(({ id }) => id === first.id) ?? handshake)
      }
      setError(failure)
    }
  }
  const right = handshake.may[is]
  return (
    <FormDialog
      title={t(`requests.dialog.${what}`, names)}
      onClose={onClose}
      submit={
        isLate && !right.ok
          ? undefined
          : { label: t(isLate ? 'requests.mineToo' : `requests.${what}`), run: () => void run(), isBusy: writes.isBusy }
      }
      error={isLate ? undefined : error}
    >
      <p style={{ margin: 0 }}>{t(`requests.comesOf.${what}`, names)}</p>
      {needsWords && (
        <Field
          label={t(is === 'decline' ? 'requests.reason' : 'requests.message')}
          required
          {...(tried && fault ? { validationMessage: fault } : {})}
        >
          <Textarea value={words} maxLength={4000} rows={4} onChange={(_, { value }) => setWords(value)} />
        </Field>
      )}
      {isLate && (
        <MessageBar intent="warning" layout="multiline" role="alert">
          <MessageBarBody>
            {t('requests.theirs', {
              state: t(`requests.state.${handshake.state}`),
              by: handshake.answeredBy ? personName(handshake.answeredBy.name, t) : t('requests.somebody'),
            })}{' '}
            {handshake.reason !== null && t('requests.because', { reason: handshake.reason })}{' '}
            {right.ok ? t('requests.mineStill') : formats.text(right.reason)}
          </MessageBarBody>
        </MessageBar>
      )}
    </FormDialog>
  )
}
