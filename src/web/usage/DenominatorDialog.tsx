import { Field, Input, MessageBar, MessageBarBody, Radio, RadioGroup } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { UsageSeries } from '../../model/api.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { useFormats } from '../ui/format.ts'
import { parseSeats } from './target-form.ts'
import { isConflict, useDenominatorWrite } from './target-writes.ts'

const KINDS = ['usual', 'entitled', 'assigned', 'custom'] as const
type Kind = (typeof KINDS)[number]

type DenominatorDialogProps = { customer: string; series: UsageSeries; serviceName: string; onClose: () => void }

/** Of what the active users are a share. */
export default function DenominatorDialog({ customer, series, serviceName, onClose }: DenominatorDialogProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { denominator, entitled, current, service } = series
  const [kind, setKind] = useState<Kind>(denominator.chosen && denominator.kind ? denominator.kind : 'usual')
  const [typed, setTyped] = useState(denominator.kind === 'custom' && denominator.seats !== null ? String(denominator.seats) : '')
  const [tried, setTried] = useState(false)
  const write = useDenominatorWrite(customer, service, onClose)
  const seats = kind === 'custom' ? parseSeats(typed) : null
  const run = () => {
    setTried(true)
    if (seats !== undefined) write.mutate({ kind: kind === 'usual' ? null : kind, seats })
  }
  const known: Readonly<Record<Kind, number | null>> = { usual: null, entitled, assigned: current.assigned, custom: null }
  const hasTheirs = isConflict(write.error)
  return (
    <FormDialog
      title={t('usage.share.title', { service: serviceName })}
      onClose={onClose}
      submit={{ label: t(hasTheirs ? 'conflict.saveMine' : 'save'), run, isBusy: write.isPending }}
      error={hasTheirs ? undefined : write.error}
    >
      {hasTheirs && (
        <MessageBar intent="warning" layout="multiline" role="alert">
          <MessageBarBody>
            {t('conflict.title')}. {t('conflict.theirs')}:{' '}
            {t(`usage.share.${denominator.chosen ? (denominator.kind ?? 'usual') : 'usual'}`)}
            {denominator.kind === 'custom' && ` (${formats.number(denominator.seats)})`}.
          </MessageBarBody>
        </MessageBar>
      )}
      <Field label={t('usage.share.label')}>
        <RadioGroup value={kind} onChange={(_, { value }) => setKind(KINDS.find(each => each === value) ?? 'usual')}>
          {KINDS.map(each => (
            <Radio
              key={each}
              value={each}
              label={known[each] === null ? t(`usage.share.${each}`) : `${t(`usage.share.${each}`)} (${formats.number(known[each])})`}
            />
          ))}
        </RadioGroup>
      </Field>
      {kind === 'custom' && (
        <Field
          label={t('usage.share.seats')}
          required
          {...(tried && seats === undefined ? { validationMessage: t('usage.share.seatsFault') } : {})}
        >
          <Input inputMode="numeric" value={typed} onChange={(_, { value }) => setTyped(value)} />
        </Field>
      )}
    </FormDialog>
  )
}
