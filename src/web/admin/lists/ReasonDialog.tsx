import { Checkbox, Field, Input, makeStyles } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reason, ReasonsView, ReasonUse } from '../../../model/success-plan-api.ts'
import { LANGUAGES, languageName } from '../../i18n.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { plainIdOf } from '../plain-id.ts'
import { LostReasons } from './LostReasons.tsx'
import { withReason } from './reason-list.ts'
import type { Reasons } from './use-reasons.ts'

const useStyles = makeStyles({ uses: { border: 'none', margin: 0, padding: 0, minWidth: 0 } })

const USES: readonly ReasonUse[] = ['blocker', 'seats']

type ReasonDialogProps = {
  /** The list that the person looked at when they began. */
  seen: ReasonsView
  /** Absent for a new one. */
  reason?: Reason
  reasons: Reasons
  onClose: () => void
}

/** What a reason is called in each language, and what it may be given for. */
export function ReasonDialog({ seen, reason, reasons, onClose }: ReasonDialogProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const [text, setText] = useState<Readonly<Record<string, string>>>(reason?.text ?? {})
  const [uses, setUses] = useState<readonly ReasonUse[]>(reason?.uses ?? USES)
  const [tried, setTried] = useState(false)
  const typed = (tag: string) => (text[tag] ?? '').trim()
  const run = () => {
    setTried(true)
    if (LANGUAGES.some(tag => typed(tag) === '')) return
    const id =
      reason?.id ??
      plainIdOf(
        typed('en'),
        seen.reasons.map(each => each.id),
        'reason',
      )
    const next = { ...reason, id, text: { en: typed('en'), 'pt-BR': typed('pt-BR') }, uses }
    reasons.write({ seen, change: withReason(next), done: t('lists.saved', { what: typed('en') }), onDone: onClose })
  }
  return (
    <FormDialog
      title={reason ? t('lists.changeOf', { what: reason.text.en }) : t('lists.addReason')}
      onClose={onClose}
      submit={reasons.lost ? undefined : { label: t('save'), run, isBusy: reasons.isBusy }}
    >
      <LostReasons reasons={reasons} />
      {LANGUAGES.map(tag => (
        <Field
          key={tag}
          label={languageName(tag)}
          required
          {...(tried && typed(tag) === '' ? { validationMessage: t('lists.textNeeded') } : {})}
        >
          <Input lang={tag} value={text[tag] ?? ''} maxLength={200} onChange={(_, { value }) => setText({ ...text, [tag]: value })} />
        </Field>
      ))}
      <fieldset className={styles.uses}>
        <legend>{t('lists.uses')}</legend>
        {USES.map(use => (
          <Checkbox
            key={use}
            label={t(`lists.use.${use}`)}
            checked={uses.includes(use)}
            onChange={(_, { checked }) => setUses(USES.filter(each => (each === use ? checked === true : uses.includes(each))))}
          />
        ))}
      </fieldset>
      {reason && <p style={{ margin: 0 }}>{t('lists.renameHelp')}</p>}
    </FormDialog>
  )
}
