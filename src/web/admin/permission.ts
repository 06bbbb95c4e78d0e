import { useSuspenseQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { sessionQuery } from '../session/queries.ts'

/** Actions of the server's policy that these screens ask for. */
export type Action =
  | 'see-people'
  | 'see-customer'
  | 'change-lists'
  | 'manage-people'
  | 'manage-teams'
  | 'assign'
  | 'set-expertise'
  | 'manage-customers'
  | 'change-settings'
  | 'connect-tenant'
  | 'see-jobs'
  | 'run-jobs'
  | 'see-checks'
  | 'see-audit'

/** Tells for an action why the person may not do it; undefined when they may. */
export function useRefusal(): (action: Action) => string | undefined {
  const { t } = useTranslation()
  const { data: session } = useSuspenseQuery(sessionQuery)
  const { person } = session
  return action => {
    if (person?.may.includes(action)) return undefined
    const right = person ? t(`right.${person.right}`) : ''
    const scope = person ? t(`scope.${person.scope}`) : ''
    return t('admin.refusal', { what: t(`admin.action.${action}`), right, scope })
  }
}
