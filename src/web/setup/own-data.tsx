import { lazy, Suspense } from 'react'
import type { SessionView } from '../../model/api.ts'
import { withTexts } from '../i18n.ts'

const OwnDataDialog = lazy(() => withTexts(import('./OwnDataDialog.tsx'), 'setup', 'sign-in'))

/** Offered in a demo, to whoever runs it. */
export const mayStartOwnData = ({ demo, person }: SessionView): boolean => demo && (person?.may.includes('manage-people') ?? false)

/** The dialog, whose code comes when somebody asks for it. */
export function OwnData({ onClose }: { onClose: () => void }) {
  return (
    <Suspense fallback={null}>
      <OwnDataDialog onClose={onClose} />
    </Suspense>
  )
}
