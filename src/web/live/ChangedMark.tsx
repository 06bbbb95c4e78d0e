import { Badge } from '@fluentui/react-components'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../ui/format.ts'
import { forgetChanged, useChanged } from './changed.ts'

/** Says on the page of a customer who else changed it and when, until one leaves it. The message at the edge is what is read out. */
export function ChangedMark({ customer }: { customer: string }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const changed = useChanged(customer)
  useEffect(() => () => forgetChanged(customer), [customer])
  if (!changed) return null
  return (
    <Badge appearance="tint" color="informative" shape="rounded">
      {t('live.changed', { name: changed.by ?? t('live.somebody') })}, {formats.moment(changed.at)}
    </Badge>
  )
}
