import { Badge, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { LoadView } from '../../model/item-api.ts'
import { sessionQuery } from '../session/queries.ts'
import { AppLink } from '../ui/AppLink.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { useFormats } from '../ui/format.ts'
import { ErrorNotice, Notice } from '../ui/Notice.tsx'
import { PickFilter } from '../ui/PickFilter.tsx'
import { personName } from '../ui/person-name.ts'
import { Skeletons } from '../ui/Skeletons.tsx'
import { Bars } from './Bars.tsx'
import { loadQuery } from './load-query.ts'
import { ReportFrame } from './ReportFrame.tsx'
import { useReportStyles } from './report-styles.ts'
import { LOAD_SORTS } from './search.ts'

const route = getRouteApi('/frame/reports/load')

const useStyles = makeStyles({
  over: { marginInlineStart: '8px' },
  bar: { height: '4px', borderRadius: '2px', backgroundColor: tokens.colorNeutralBackground5, overflow: 'hidden', minWidth: '80px' },
  filled: { height: '100%', backgroundColor: tokens.colorBrandBackground },
  full: { backgroundColor: tokens.colorPaletteDarkOrangeForeground1 },
  late: { color: tokens.colorPaletteRedForeground1, fontWeight: tokens.fontWeightSemibold },
  places: { listStyleType: 'none', margin: '4px 0 0', padding: 0, fontWeight: tokens.fontWeightRegular },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
})

type Person = LoadView['people'][number]

/** More people than one compares at a glance; the table has all of them. */
const MOST_PEOPLE = 15

/** What everybody has open and looks after, for those who give out work. */
export function LoadPage() {
  const { t } = useTranslation()
  const formats = useFormats()
  const { sort = 'open' } = route.useSearch()
  const navigate = route.useNavigate()
  const { data: session } = useSuspenseQuery(sessionQuery)
  const maySee = session.person?.may.includes('see-load') ?? false
  const { data, error, refetch } = useQuery({ ...loadQuery, enabled: maySee })
  const over = data?.people.filter(each => each.open > data.cap).length
  return (
    <ReportFrame
      title={t('load.title')}
      lead={data && `${t('load.lead', { cap: formats.number(data.cap) })} ${over ? t('load.over', { count: over }) : t('load.nobodyOver')}`}
      definition={t('reports.definition.load')}
      file={maySee ? { path: '/load/export', query: {}, name: 'load.csv' } : undefined}
      filters={
        maySee && (
          <PickFilter
            label={t('load.sort')}
            values={LOAD_SORTS}
            nameOf={each => t(`load.by.${each}`)}
            allName={t('load.by.open')}
            value={sort === 'open' ? undefined : sort}
            onPick={picked => void navigate({ search: { sort: picked }, replace: true })}
          />
        )
      }
    >
      {!maySee ? (
        <Notice title={t('load.refused')}>{t('load.refusedHelp')}</Notice>
      ) : data ? (
        <Report view={data} sort={sort} />
      ) : error ? (
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeletons heights={[220, 44, 44, 44, 44]} />
      )}
    </ReportFrame>
  )
}

function Report({ view: { cap, people }, sort }: { view: LoadView; sort: (typeof LOAD_SORTS)[number] | 'open' }) {
  const { t } = useTranslation()
  const page = useReportStyles()
  const styles = useStyles()
  const formats = useFormats()
  if (people.length === 0) return <Notice title={t('load.none')}>{t('load.noneHelp')}</Notice>
  const name = (person: Person) => personName(person.name, t)
  const rows = [...people].sort((a, b) => (sort === 'name' || a[sort] === b[sort] ? name(a).localeCompare(name(b)) : b[sort] - a[sort]))
  const loaded = people.filter(({ open }) => open > 0)
  return (
    <>
      {loaded.length > 0 && (
        <div className={page.charts}>
          <Bars
            title={t('reports.load.chart')}
            words={[
              t('reports.load.mark', { cap: formats.number(cap) }),
              loaded.length > MOST_PEOPLE ? t('reports.most', { number: formats.number(MOST_PEOPLE) }) : '',
            ]
              .filter(Boolean)
              .join(' ')}
            mark={cap}
            bars={loaded.slice(0, MOST_PEOPLE).map(person => ({
              id: person.id,
              name: name(person),
              count: person.open,
              part: person.overdue,
              text: t('reports.load.bar', { open: formats.number(person.open), late: formats.number(person.overdue) }),
            }))}
          />
        </div>
      )}
      <DataTable
        label={t('load.title')}
        rows={rows}
        keyOf={({ id }) => id}
        columns={[
          {
            id: 'person',
            head: t('load.person'),
            cell: person => (
              <>
                {name(person)}
                {person.open > cap && (
                  <Badge appearance="tint" color="warning" className={styles.over}>
                    {t('load.isOver')}
                  </Badge>
                )}
              </>
            ),
          },
          {
            id: 'open',
            head: t('load.open'),
            isNumber: true,
            cell: ({ open }) => (
              <>
                {t('load.of', { open: formats.number(open), cap: formats.number(cap) })}
                <div className={styles.bar} aria-hidden>
                  <div
                    className={mergeClasses(styles.filled, open > cap && styles.full)}
                    style={{ width: `${Math.min(100, (100 * open) / cap)}%` }}
                  />
                </div>
              </>
            ),
          },
          { id: 'soon', head: t('load.dueSoon'), isNumber: true, cell: ({ dueSoon }) => formats.number(dueSoon) },
          {
            id: 'late',
            head: t('load.overdue'),
            isNumber: true,
            cell: ({ overdue }) => <span className={mergeClasses(overdue > 0 && styles.late)}>{formats.number(overdue)}</span>,
          },
          { id: 'assigned', head: t('load.assigned'), isNumber: true, cell: ({ assigned }) => formats.number(assigned) },
          {
            id: 'owned',
            head: t('load.owned'),
            isNumber: true,
            cell: person =>
              person.owned === 0 ? (
                formats.number(0)
              ) : (
                <AppLink
                  to="/portfolio"
                  search={{ owner: person.name }}
                  aria-label={t('load.ownedBy', { count: person.owned, name: name(person) })}
                >
                  {formats.number(person.owned)}
                </AppLink>
              ),
          },
          { id: 'where', head: t('load.where'), cell: person => <Places person={person} /> },
        ]}
      />
    </>
  )
}

/** The customers where somebody has open work, once one asks. */
function Places({ person }: { person: Person }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { customers } = person
  if (customers.length === 0) return '–'
  return (
    <details>
      <summary>{t('load.places', { count: customers.length })}</summary>
      <ul className={styles.places} aria-label={t('load.placesOf', { name: personName(person.name, t) })}>
        {customers.map(({ id, name, open, dueSoon, overdue }) => (
          <li key={id}>
            <AppLink to="/customers/$customer/plan" params={{ customer: id }}>
              {name}
            </AppLink>{' '}
            <span className={styles.quiet}>
              {t('load.place', { open: formats.number(open), soon: formats.number(dueSoon), late: formats.number(overdue) })}
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}
