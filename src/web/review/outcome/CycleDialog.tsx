import { Checkbox, Field, makeStyles, Textarea } from '@fluentui/react-components'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { customerPath, planQuery } from '../../customer/queries.ts'
import { useTelling } from '../../decisions/use-telling.ts'
import { BoxGroup } from '../../ui/BoxGroup.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useFormats } from '../../ui/format.ts'
import { apiUrl, send } from '../../ui/http.ts'
import { ChangedBar } from './ChangedBar.tsx'
import type { ReviewDialogProps } from './DayDialogs.tsx'

const useStyles = makeStyles({ boxes: { display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(180px, 1fr))' } })

/** The next cycle, at kick-off, with the services it is about. */
export function CycleDialog({ view, onClose }: ReviewDialogProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { data: plan } = useSuspenseQuery(planQuery(view.customer))
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const [seen] = useState(view.version)
  const { isBusy, error, run, conflict } = useTelling(view.customer, onClose)
  const lacksReason = view.cycle.needsReason && reason.trim() === ''
  const save = () => {
    setTried(true)
    if (chosen.length === 0 || lacksReason) return
    const body = { services: chosen, reason: reason.trim() || null }
    void run(version => send('POST', apiUrl(customerPath(view.customer, 'engagements')), { ...body, version }), seen)
  }
  const toggle = (service: string, is: boolean) => setChosen(is ? [...chosen, service] : chosen.filter(each => each !== service))
  return (
    <FormDialog
      title={t('review.begin')}
      onClose={onClose}
      submit={conflict ? undefined : { label: t('review.begin'), run: save, isBusy }}
      error={error}
    >
      {conflict && <ChangedBar conflict={conflict} />}
      <p>{t('review.beginHelp')}</p>
      <BoxGroup
        label={t('review.services')}
        required
        className={styles.boxes}
        fault={tried && chosen.length === 0 ? t('review.serviceNeeded') : undefined}
      >
        {plan.playbook.services.map(({ id, name }) => (
          <Checkbox
            key={id}
            label={formats.text(name, id)}
            checked={chosen.includes(id)}
            onChange={(_, { checked }) => toggle(id, checked === true)}
          />
        ))}
      </BoxGroup>
      <Field
        label={t('review.reason')}
        required={view.cycle.needsReason}
        {...(tried && lacksReason ? { validationMessage: t('review.reasonNeeded') } : {})}
      >
        <Textarea value={reason} maxLength={1000} rows={3} resize="vertical" onChange={(_, { value }) => setReason(value)} />
      </Field>
    </FormDialog>
  )
}
