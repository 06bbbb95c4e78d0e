import { lazy, Suspense, useState } from 'react'
import type { WriteAccess } from '../../model/api.ts'
import { wholeRefusal } from '../customer/may-write.ts'
import { withTexts } from '../i18n.ts'
import { usePageKeys } from '../ui/keys.ts'

const NoteDialog = lazy(() => withTexts(import('./NoteDialog.tsx'), 'notes'))

/** `n` writes a note from anywhere in a customer, unless the page means something of its own by it. */
export function NoteKey({ customer, access }: { customer: string; access: WriteAccess }) {
  const [isOpen, setOpen] = useState(false)
  usePageKeys({
    n: () => {
      if (wholeRefusal(access) !== undefined) return false
      setOpen(true)
      return true
    },
  })
  return <Suspense fallback={null}>{isOpen && <NoteDialog customer={customer} note={null} onClose={() => setOpen(false)} />}</Suspense>
}
