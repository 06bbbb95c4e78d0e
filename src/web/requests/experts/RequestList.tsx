import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { lazy, Suspense, useState } from 'react'
import type { ExpertRequestView } from '../../../model/expert-request-api.ts'
import type { DialogOf } from './AnswerDialog.tsx'
import { RequestCard } from './RequestCard.tsx'
import { useRequestWrites } from './writes.ts'

// Nobody sees a dialog before asking for one.
const AnswerDialog = lazy(() => import('./AnswerDialog.tsx'))

const useStyles = makeStyles({
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    '& > li + li': { borderTop: `1px solid ${tokens.colorNeutralStroke3}` },
  },
  // Within a frame of its own.
  framed: { border: 'none', borderTop: `1px solid ${tokens.colorNeutralStroke3}`, borderRadius: 0, backgroundColor: 'transparent' },
})

type RequestListProps = { label: string; requests: readonly ExpertRequestView[]; isOfCustomer?: boolean; meant?: string | undefined }

/** Requests with what one may do about each. */
export function RequestList({ label, requests, isOfCustomer = false, meant }: RequestListProps) {
  const styles = useStyles()
  const writes = useRequestWrites()
  const [asked, setAsked] = useState<{ is: DialogOf; request: ExpertRequestView }>()
  return (
    <>
      <ul className={mergeClasses(styles.list, isOfCustomer && styles.framed)} aria-label={label}>
        {requests.map(request => (
          <RequestCard
            key={request.id}
            request={request}
            isOfCustomer={isOfCustomer}
            isMeant={request.id === meant}
            onAsk={is => (is === 'acknowledge' ? void writes.acknowledge(request) : setAsked({ is, request }))}
          />
        ))}
      </ul>
      <Suspense fallback={null}>
        {asked && <AnswerDialog request={asked.request} is={asked.is} onClose={() => setAsked(undefined)} />}
      </Suspense>
    </>
  )
}
