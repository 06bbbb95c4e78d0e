import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { MergeResult } from '../../model/customer-api.ts'
import { useFormats } from '../ui/format.ts'

/** What a merge would move, or why it cannot be. */
export function MergePreview({ result }: { result: MergeResult }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const names = { from: result.from.name, into: result.into.name }
  if (result.refusals.length > 0)
    return (
      <MessageBar intent="error" layout="multiline" role="alert">
        <MessageBarBody>
          <MessageBarTitle>{t('customers.merge.refused', names)}</MessageBarTitle>
          <ul>
            {result.refusals.map(each => (
              <li key={each.en}>{formats.text(each)}</li>
            ))}
          </ul>
        </MessageBarBody>
      </MessageBar>
    )
  return (
    <div role="status">
      <p>{t('customers.merge.moves', names)}</p>
      <ul>
        {result.moves.map(({ what, count }) => (
          <li key={what}>{t(`customers.merge.what.${what}`, { count, number: formats.number(count) })}</li>
        ))}
      </ul>
    </div>
  )
}
