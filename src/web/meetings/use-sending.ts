import { useState } from 'react'

/** A form on its way: closes when it was saved, keeps its fields and the error when it was not. */
export function useSending(onClose: () => void) {
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
  return { isBusy: state.isBusy, error: state.error, run }
}
