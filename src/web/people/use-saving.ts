import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isConflict } from '../ui/failure.ts'

/** A form on its way: closes when it was saved, keeps its fields and says why when it was not. */
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
  return { ...state, run, conflict: isConflict(state.error) ? t('people.conflict') : undefined }
}
