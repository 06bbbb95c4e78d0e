import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Panel } from '../ui/Panel.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import type { CustomerExplainProps } from './CustomerExplain.tsx'

const Loaded = lazy(() => import('./CustomerExplain.tsx'))

/** The explanation beside a screen; its code comes when it is first asked for. */
export function CustomerExplain(props: CustomerExplainProps) {
  const { t } = useTranslation()
  return (
    <Panel title={t('explain.title')} closeLabel={t('explain.close')} onClose={props.onClose}>
      <Suspense fallback={<Skeletons heights={[28, 60, 120, 120]} />}>
        <Loaded {...props} />
      </Suspense>
    </Panel>
  )
}
