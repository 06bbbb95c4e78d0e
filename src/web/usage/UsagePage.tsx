import { MessageBar, MessageBarBody, makeStyles } from '@fluentui/react-components'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { UsageView, WriteAccess } from '../../model/api.ts'
import { SERVICES } from '../../model/services.ts'
import { refusalFor } from '../customer/may-write.ts'
import { customerQuery } from '../customer/queries.ts'
import { sessionQuery } from '../session/queries.ts'
import { failureText } from '../ui/failure.ts'
import { useFormats } from '../ui/format.ts'
import { Notice } from '../ui/Notice.tsx'
import { ConnectionsSection } from './connections/ConnectionsSection.tsx'
import { FirstFew } from './FirstFew.tsx'
import { ImportsSection } from './imports/ImportsSection.tsx'
import { KnownOnBanner, KnownOnField } from './KnownOn.tsx'
import { ProblemText } from './ProblemText.tsx'
import { ServicePeoplePanel } from './people/ServicePeoplePanel.tsx'
import { targetsQuery, usageQuery } from './queries.ts'
import { RangeChoice } from './RangeChoice.tsx'
import { ServiceCard } from './ServiceCard.tsx'
import { RANGES } from './series.ts'
import { UploadSection } from './UploadSection.tsx'
import { UsageAlerts } from './UsageAlerts.tsx'
import { UsageExport } from './UsageExport.tsx'

const route = getRouteApi('/frame/customers/$customer/usage')

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', gap: '16px', maxWidth: '1200px', margin: '0 auto' },
  tools: { display: 'flex', flexWrap: 'wrap', gap: '8px 24px', alignItems: 'flex-end', justifyContent: 'space-between' },
  right: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'flex-end' },
})

export function UsagePage() {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { customer: id } = route.useParams()
  const { knownOn, months } = route.useSearch()
  const navigate = route.useNavigate()
  const { data: usage } = useSuspenseQuery(usageQuery(id, knownOn))
  const { data: customer } = useSuspenseQuery(customerQuery(id))
  const { data: session } = useSuspenseQuery(sessionQuery)
  // Forecasts are of today; beside the past they would say what nobody knew then.
  const targets = useQuery({ ...targetsQuery(id), enabled: knownOn === undefined })
  const range = RANGES.find(each => String(each) === months) ?? 18
  const nameOf = (service: string) => formats.text(SERVICES.find(each => each.id === service)?.name, service)
  const tenantName = (tenant: string) => customer.tenants.find(each => each.id === tenant)?.name ?? tenant
  const lookAt = (day: string | undefined) => {
    if (day !== knownOn) void navigate({ search: previous => ({ ...previous, knownOn: day }) })
  }
  const refusalOf = (access: WriteAccess, service: string) => {
    if (knownOn !== undefined) return t('usage.refusedInPast')
    const reason = refusalFor(access, service)
    return reason && formats.text(reason)
  }
  return (
    <div className={styles.page}>
      <UsageAlerts customer={id} />
      <UploadSection key={customer.id} customer={customer} nameOf={nameOf} />
      <Problems usage={usage} />
      {usage.services.length === 0 && <Notice title={t('usage.none')}>{t('usage.noneHelp')}</Notice>}
      {(usage.services.some(series => series.points.length > 0) || knownOn !== undefined) && (
        <div className={styles.tools}>
          <RangeChoice
            range={range}
            onChoose={each =>
              void navigate({
                search: previous => ({ ...previous, months: each === 18 ? undefined : (`${each}` as const) }),
                replace: true,
              })
            }
          />
          <div className={styles.right}>
            <KnownOnField knownOn={knownOn} today={session.today} onChoose={lookAt} />
            <UsageExport customer={id} isPast={knownOn !== undefined} />
          </div>
        </div>
      )}
      {usage.knownOn && <KnownOnBanner knownOn={usage.knownOn} onChoose={lookAt} />}
      {targets.error && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            {t('targets.notLoaded')} {failureText(targets.error, t, formats)}
          </MessageBarBody>
        </MessageBar>
      )}
      {usage.services.map(series => (
        <ServiceCard
          key={series.service}
          customer={id}
          series={series}
          targets={knownOn === undefined ? targets.data?.services.find(({ service }) => service === series.service) : undefined}
          name={nameOf(series.service)}
          today={knownOn === undefined ? session.today : (usage.knownOn ?? session.today)}
          range={range}
          isPast={knownOn !== undefined}
          tenantName={tenantName}
          refusals={{ targets: refusalOf(customer.canSetTargets, series.service), share: refusalOf(customer.canSetFacts, series.service) }}
        >
          {knownOn === undefined && <ServicePeoplePanel customer={customer} service={series.service} name={nameOf(series.service)} />}
        </ServiceCard>
      ))}
      <ConnectionsSection customer={customer} />
      <ImportsSection customer={customer} />
    </div>
  )
}

/** What the newest import said. */
function Problems({ usage: { problems } }: { usage: UsageView }) {
  const { t } = useTranslation()
  return (
    <FirstFew all={problems} keyOf={({ code, file, line }) => `${code} ${file} ${line}`}>
      {problem => (
        <MessageBar intent={problem.severity} layout="multiline">
          <MessageBarBody>
            <ProblemText code={problem.code} particulars={problem.message} /> (
            {problem.line === null ? problem.file : t('explain.place', { file: problem.file, line: problem.line })})
          </MessageBarBody>
        </MessageBar>
      )}
    </FirstFew>
  )
}
