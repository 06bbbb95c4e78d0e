import { lazy, Suspense } from 'react'
import { Skeletons } from '../ui/Skeletons.tsx'
import type { CustomerExplainProps } from './CustomerExplain.tsx'
import { Panel } from './Panel.tsx'

const Loaded = lazy(() => import('./CustomerExplain.tsx'))

/** The explanation beside a screen; its code comes when it is first asked for. */
export function CustomerExplain(props: CustomerExplainProps) {
  return (
    <Panel onClose={props.onClose}>
      <Suspense fallback={<Skeletons heights={[28, 60, 120, 120]} />}>
        <Loaded {...props} />
      </Suspense>
    </Panel>
  )
}
