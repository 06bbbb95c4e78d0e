import { Button, MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { BulkUndone } from '../../../model/customer-api.ts'
import { FailureBar } from '../../ui/FailureBar.tsx'
import { useFormats } from '../../ui/format.ts'
import { apiUrl, send } from '../../ui/http.ts'

/** Undoes one change of many customers; what was changed since stays, and is named. */
export function Undo({ bulk }: { bulk: string }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const client = useQueryClient()
  const undo = useMutation({
    mutationFn: () => send<BulkUndone>('POST', apiUrl(`/bulk-changes/${bulk}/undo`)),
    onSuccess: () => client.invalidateQueries(),
  })
  if (!undo.data)
    return (
      <div>
        <Button disabledFocusable={undo.isPending} onClick={() => undo.mutate()}>
          {t('customers.undo.run')}
        </Button>
        <FailureBar error={undo.error} />
      </div>
    )
  const { undone, refused } = undo.data
  return (
    <MessageBar intent={refused.length > 0 ? 'warning' : 'success'} layout="multiline" role="status">
      <MessageBarBody>
        <MessageBarTitle>{t('customers.undo.done', { count: undone, number: formats.number(undone) })}</MessageBarTitle>
        {refused.length > 0 && (
          <ul>
            {refused.map(each => (
              <li key={each.id}>
                {each.name}: {formats.text(each.why)}
              </li>
            ))}
          </ul>
        )}
      </MessageBarBody>
    </MessageBar>
  )
}
