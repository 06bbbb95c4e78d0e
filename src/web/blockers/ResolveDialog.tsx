import { Field, Textarea } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BlockersView, BlockerView } from '../../model/blocker-api.ts'
import { customerPath } from '../customer/queries.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { apiUrl, send } from '../ui/http.ts'

type ResolveDialogProps = Readonly<{ customer: string; blocker: BlockerView; onClose: () => void; onSaved: (view: BlockersView) => void }>

/** What was done about a blocker. */
export function ResolveDialog({ customer, blocker, onClose, onSaved }: ResolveDialogProps) {
  const { t } = useTranslation()
  const [resolution, setResolution] = useState('')
  const [tried, setTried] = useState(false)
  const [state, setState] = useState<{ isBusy: boolean; error?: unknown }>({ isBusy: false })
  const isEmpty = resolution.trim() === ''
  const save = async () => {
    setTried(true)
    if (isEmpty) return
    setState({ isBusy: true })
    try {
      const body = { resolution: resolution.trim(), version: blocker.version }
      onSaved(await send('POST', apiUrl(customerPath(customer, 'blockers', blocker.id, 'resolution')), body))
      onClose()
    } catch (error) {
      setState({ isBusy: false, error })
    }
  }
  return (
    <FormDialog
      title={t('blockers.resolveTitle', { title: blocker.title })}
      onClose={onClose}
      submit={{ label: t('blockers.resolve'), run: () => void save(), isBusy: state.isBusy }}
      error={state.error}
    >
      <Field label={t('blockers.resolution')} required {...(tried && isEmpty ? { validationMessage: t('blockers.resolutionNeeded') } : {})}>
        <Textarea value={resolution} maxLength={2000} rows={4} resize="vertical" onChange={(_, { value }) => setResolution(value)} />
      </Field>
    </FormDialog>
  )
}
