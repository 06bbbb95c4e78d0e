import { Badge } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../ui/format.ts'
import { contactQuery } from './queries.ts'

/** Said when nothing was noted and no meeting was held for more than two weeks. */
export function SilentFlag({ customer }: { customer: string }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { data } = useQuery(contactQuery(customer))
  if (!data?.isSilent) return null
  return (
    <Badge appearance="tint" color="warning">
      {data.days === null ? t('customer.neverInTouch') : t('customer.silent', { days: formats.number(data.days) })}
    </Badge>
  )
}
