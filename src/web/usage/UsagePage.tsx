import { MessageBar, MessageBarBody, makeStyles } from '@fluentui/react-components'
import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SERVICES } from '../../model/services.ts'
import { customerQuery, usageQuery } from '../customer/queries.ts'
import { sessionQuery } from '../session/queries.ts'
import { useFormats } from '../ui/format.ts'
import { Notice } from '../ui/Notice.tsx'
import { FirstFew } from './FirstFew.tsx'
import { RangeChoice } from './RangeChoice.tsx'
import { ServiceCard } from './ServiceCard.tsx'
import type { Range } from './series.ts'
import { UploadSection } from './UploadSection.tsx'

const route = getRouteApi('/frame/customers/$customer/usage')

const useStyles = makeStyles({ page: { display: 'flex', flexDirection: 'column', gap: '16px', maxWidth: '1200px', margin: '0 auto' } })

export function UsagePage() {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { customer: id } = route.useParams()
  const { data: usage } = useSuspenseQuery(usageQuery(id))
  const { data: customer } = useSuspenseQuery(customerQuery(id))
  const { data: session } = useSuspenseQuery(sessionQuery)
  const [range, setRange] = useState<Range>(18)
  const nameOf = (service: string) => formats.text(SERVICES.find(each => each.id === service)?.name, service)
  return (
    <div className={styles.page}>
      <UploadSection key={customer.id} customer={customer} nameOf={nameOf} />
      <FirstFew all={usage.problems} keyOf={({ code, file, line }) => `${code} ${file} ${line}`}>
        {problem => (
          <MessageBar intent={problem.severity} layout="multiline">
            <MessageBarBody>
              {problem.message} ({problem.line === null ? problem.file : t('explain.place', { file: problem.file, line: problem.line })})
            </MessageBarBody>
          </MessageBar>
        )}
      </FirstFew>
      {usage.services.length === 0 && <Notice title={t('usage.none')}>{t('usage.noneHelp')}</Notice>}
      {usage.services.some(series => series.points.length > 0) && <RangeChoice range={range} onChoose={setRange} />}
      {usage.services.map(series => (
        <ServiceCard key={series.service} series={series} name={nameOf(series.service)} today={session.today} range={range} />
      ))}
    </div>
  )
}
