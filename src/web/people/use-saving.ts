import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isLostUpdate, isTwice } from '../ui/failure.ts'

/** A form on its way: closes when it was saved, keeps its fields and says why when it was not. A `warning` is a failure with a way on. */
export function useSaving(onClose: () => void) {
  const { t } = useTranslation()
  const [state, setState] = useState<{ isBusy: boolean; error?: unknown }>({ isBusy: false })
  const run = async (save: () => Promise<void>): Promise<void> => {
    setState({ isBusy: true })
    try {
      await save()
      onClose()
    } catch (error) {
      setState({ isBusy: false, error })
    }
  }
  const { isBusy, error } = state
  const known = isLostUpdate(error) ? t('people.conflict') : isTwice(error) ? t('people.twice') : undefined
  return { isBusy, run, warning: known, error: known === undefined ? error : undefined }
}
