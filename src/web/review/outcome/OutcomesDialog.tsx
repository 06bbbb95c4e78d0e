import { Checkbox, Field, Textarea } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { OUTCOMES, type Outcome } from '../../../model/words.ts'
import { customerPath } from '../../customer/queries.ts'
import { useTelling } from '../../decisions/use-telling.ts'
import { BoxGroup } from '../../ui/BoxGroup.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { apiUrl, send } from '../../ui/http.ts'
import { ChangedBar } from './ChangedBar.tsx'
import type { ReviewDialogProps } from './DayDialogs.tsx'

/** One or more of the four; as a correction with its reason, and then also none. */
export function OutcomesDialog({ view, isCorrection, onClose }: ReviewDialogProps & Readonly<{ isCorrection: boolean }>) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<readonly Outcome[]>(view.engagement.outcomes.map(each => each.outcome))
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const [seen] = useState(view.version)
  const { isBusy, error, run, conflict } = useTelling(view.customer, onClose)
  const lacksOutcome = !isCorrection && chosen.length === 0
  const lacksReason = isCorrection && reason.trim() === ''
  const save = () => {
    setTried(true)
    if (lacksOutcome || lacksReason) return
    const path = apiUrl(customerPath(view.customer, 'review', 'outcomes'))
    void run(
      version =>
        isCorrection
          ? send('PUT', path, { outcomes: chosen, reason: reason.trim(), version })
          : send('POST', path, { outcomes: chosen, version }),
      seen,
    )
  }
  return (
    <FormDialog
      title={t(isCorrection ? 'review.correct' : 'review.record')}
      onClose={onClose}
      submit={conflict ? undefined : { label: t(isCorrection ? 'review.save' : 'review.complete'), run: save, isBusy }}
      error={error}
    >
      {conflict && <ChangedBar conflict={conflict} />}
      <BoxGroup
        label={t('review.agreed')}
        required={!isCorrection}
        hint={t(isCorrection ? 'review.correctHelp' : 'review.recordHelp')}
        fault={tried && lacksOutcome ? t('review.oneNeeded') : undefined}
      >
        {OUTCOMES.map(outcome => (
          <div key={outcome}>
            <Checkbox
              label={t(`review.is.${outcome}`)}
              checked={chosen.includes(outcome)}
              onChange={(_, { checked }) =>
                setChosen(OUTCOMES.filter(each => (each === outcome ? checked === true : chosen.includes(each))))
              }
            />
          </div>
        ))}
      </BoxGroup>
      {isCorrection && (
        <Field label={t('review.reason')} required {...(tried && lacksReason ? { validationMessage: t('review.reasonNeeded') } : {})}>
          <Textarea value={reason} maxLength={1000} rows={3} resize="vertical" onChange={(_, { value }) => setReason(value)} />
        </Field>
      )}
    </FormDialog>
  )
}
