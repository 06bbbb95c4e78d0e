import { Badge, makeStyles, mergeClasses, Title3, tokens } from '@fluentui/react-components'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Outlet, useMatchRoute, useNavigate, useSearch } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomerView, PortfolioPage } from '../../model/api.ts'
import { CustomerExplain } from '../explain/lazy.tsx'
import { withTexts } from '../i18n.ts'
import { ChangedMark } from '../live/ChangedMark.tsx'
import { NoteKey } from '../notes/NoteKey.tsx'
import { SilentFlag } from '../notes/SilentFlag.tsx'
import { keptFilters } from '../plan/kept-filters.ts'
import { sessionQuery } from '../session/queries.ts'
import { AppLink } from '../ui/AppLink.tsx'
import { useFormats } from '../ui/format.ts'
import { usePageKeys } from '../ui/keys.ts'
import { PageTitle } from '../ui/PageTitle.tsx'
import { AccessNotes } from './AccessNotes.tsx'
import { customerQuery } from './queries.ts'
import { TABS, type TabName, Tabs } from './Tabs.tsx'

const CustomerActions = lazy(() => withTexts(import('../customers/CustomerActions.tsx'), 'customers'))

const route = getRouteApi('/frame/customers/$customer')

const useStyles = makeStyles({
  split: { display: 'flex', height: '100%', minWidth: 0 },
  page: { flex: 1, minWidth: 0, height: '100%', overflowY: 'scroll' },
  covered: { '@media (max-width: 900px)': { display: 'none' } },
  head: {
    padding: '12px 24px 0',
    '@media (max-width: 640px)': { padding: '8px 12px 0' },
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  title: { overflowWrap: 'anywhere', margin: 0 },
  meta: { display: 'flex', flexWrap: 'wrap', gap: '4px 20px', margin: '4px 0 8px', fontSize: tokens.fontSizeBase200 },
  pair: { display: 'flex', gap: '6px', alignItems: 'center' },
  term: { color: tokens.colorNeutralForeground3 },
  what: { margin: 0 },
  // Room for what comes a moment later, so that nothing below moves.
  actions: { display: 'flex', flexWrap: 'wrap', gap: '4px 8px', alignItems: 'center', minHeight: '32px' },
  body: { padding: '16px 24px 48px', '@media (max-width: 640px)': { padding: '12px 12px 32px' } },
})

export function CustomerPage() {
  const { t } = useTranslation()
  const styles = useStyles()
  const { customer: id } = route.useParams()
  const { explain } = useSearch({ from: '/frame/customers/$customer' })
  const { data: customer } = useSuspenseQuery(customerQuery(id))
  const navigate = useNavigate()
  const matches = useMatchRoute()
  const tab = TABS.find(each => matches({ to: `/customers/$customer/${each}`, params: { customer: id }, fuzzy: true })) ?? 'plan'
  useNeighbours(id, tab)
  const closeExplain = () => void navigate({ to: '.', search: previous => ({ ...previous, explain: undefined }) })
  return (
    <div className={styles.split}>
      <div className={mergeClasses(styles.page, explain !== undefined && styles.covered)}>
        <header className={styles.head}>
          <PageTitle name={`${customer.name} · ${t(`tab.${tab}`)}`} />
          <Title3 as="h1" className={styles.title}>
            {customer.name}
          </Title3>
          <Facts customer={customer} />
          <div className={styles.actions}>
            <Suspense fallback={null}>
              <CustomerActions customer={id} />
            </Suspense>
            <SilentFlag customer={id} />
            <ChangedMark customer={id} />
          </div>
          <Tabs customer={id} selected={tab} />
        </header>
        <div className={styles.body} role="tabpanel" aria-labelledby={`tab-${tab}`}>
          <AccessNotes customer={customer} tab={tab} />
          <Outlet />
        </div>
      </div>
      <NoteKey customer={id} access={customer.canWrite} />
      {explain !== undefined && <CustomerExplain key={explain} customer={id} subject={explain} onClose={closeExplain} />}
    </div>
  )
}

function NextMeeting({ customer, id, at }: { customer: string; id: string; at: string }) {
  const formats = useFormats()
  return (
    <AppLink to="/customers/$customer/meetings" params={{ customer }} search={{ meeting: id }}>
      {formats.moment(at)}
    </AppLink>
  )
}

function Facts({ customer }: { customer: CustomerView }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const styles = useStyles()
  const { data: session } = useSuspenseQuery(sessionQuery)
  const oldest = customer.tenants.flatMap(({ refreshDate }) => refreshDate ?? []).toSorted()[0]
  const pairs = [
    [t('column.segment'), customer.segment ? t(`segment.${customer.segment}`) : t('value.unknown')],
    [t('column.seats'), customer.seats === null ? t('value.unknown') : formats.number(customer.seats)],
    [t('column.phase'), customer.phase ? formats.text(customer.phase) : t('value.unknown')],
    [t('column.owner'), customer.owner ?? t('customer.nobody')],
    [t('column.csm'), csmText(customer.csm, t)],
    [
      t('customer.nextMeeting'),
      customer.nextMeeting ? <NextMeeting key="next" customer={customer.id} {...customer.nextMeeting} /> : t('customer.noMeeting'),
    ],
    [
      t('customer.usage'),
      oldest ? t('customer.usageAge', { day: formats.day(oldest), age: formats.age(oldest, session.today) }) : t('customer.noUsage'),
    ],
  ] as const
  return (
    <dl className={styles.meta}>
      {pairs.map(([term, what]) => (
        <div key={term} className={styles.pair}>
          <dt className={styles.term}>{term}</dt>
          <dd className={styles.what}>{what}</dd>
        </div>
      ))}
      {customer.tenants.some(tenant => tenant.concealed) && (
        <div className={styles.pair}>
          <dt className={styles.term}>{t('customer.names')}</dt>
          <dd className={styles.what}>
            <Badge appearance="outline" color="informative">
              {t('quality.concealed')}
            </Badge>
          </dd>
        </div>
      )}
    </dl>
  )
}

function csmText({ assigned, name }: CustomerView['csm'], t: TFunction): string {
  if (assigned === null) return t('value.unknown')
  return assigned ? (name ?? t('value.yes')) : t('customer.nobody')
}

/** `[` and `]` go through the portfolio in the order it was last seen in. */
function useNeighbours(id: string, tab: TabName) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const goTo = async (customer: string) =>
    navigate({ to: `/customers/$customer/${tab}`, params: { customer }, search: tab === 'plan' ? await keptFilters(client) : {} })
  const go = (step: 1 | -1) => {
    const seen = client.getQueriesData<PortfolioPage>({ queryKey: ['portfolio'] }).map(([, page]) => page?.rows ?? [])
    const rows = seen.find(page => page.some(row => row.id === id)) ?? []
    const next = rows[rows.findIndex(row => row.id === id) + step]
    if (next) void goTo(next.id)
    return true
  }
  usePageKeys({ '[': () => go(-1), ']': () => go(1) })
}
