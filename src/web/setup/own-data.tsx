import { lazy, Suspense } from 'react'
import type { SessionView } from '../../model/api.ts'

const OwnDataDialog = lazy(() => import('./OwnDataDialog.tsx'))

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
