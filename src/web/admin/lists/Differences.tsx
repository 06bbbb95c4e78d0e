import { useTranslation } from 'react-i18next'
import type { Reason } from '../../../model/success-plan-api.ts'
import { useFormats } from '../../ui/format.ts'
import { differences } from './reason-list.ts'

/** What became of one list in another. */
export function Differences({ before, after }: { before: readonly Reason[]; after: readonly Reason[] }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const found = differences(before, after)
  const order = (reasons: readonly Reason[]) => reasons.map(each => each.id).join()
  if (found.length === 0) return <p>{t(order(before) === order(after) ? 'lists.same' : 'lists.onlyOrder')}</p>
  return (
    <ul>
      {found.map(({ is, reason }) => (
        <li key={`${is} ${reason.id}`}>{t(`lists.became.${is}`, { reason: formats.text(reason.text, reason.id) })}</li>
      ))}
    </ul>
  )
}
