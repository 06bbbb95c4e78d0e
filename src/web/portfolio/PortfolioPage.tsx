import { Button, makeStyles, mergeClasses, Title3, tokens } from '@fluentui/react-components'
import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PortfolioRow } from '../../model/api.ts'
import { PORTFOLIO_ATTENTIONS, PORTFOLIO_GROUPS, SEGMENTS } from '../../model/choices.ts'
import type { PortfolioGroup, SavedView } from '../../model/portfolio-api.ts'
import { SERVICES } from '../../model/services.ts'
import { CustomerExplain } from '../explain/lazy.tsx'
import { withTexts } from '../i18n.ts'
import { useLastChanged } from '../live/changed.ts'
import { DemoNote } from '../setup/DemoNote.tsx'
import { FindBox } from '../ui/FindBox.tsx'
import { inLanguage, useFormats } from '../ui/format.ts'
import { usePageKeys } from '../ui/keys.ts'
import { ErrorNotice, Notice } from '../ui/Notice.tsx'
import { PageTitle } from '../ui/PageTitle.tsx'
import { Panel } from '../ui/Panel.tsx'
import { PickFilter } from '../ui/PickFilter.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { Hidden } from '../ui/Visually.tsx'
import { ExportButton } from './ExportButton.tsx'
import { Grid } from './Grid.tsx'
import { usePortfolioRows } from './rows.ts'
import { COLUMN_SETS, PortfolioSearch, REVIEWS } from './search.ts'
import type { SortKey } from './sort.ts'

const route = getRouteApi('/frame/portfolio')

const Multiples = lazy(() => withTexts(import('./Multiples.tsx'), 'multiples'))
const AlertsLine = lazy(() => withTexts(import('./AlertsLine.tsx'), 'alerts'))
const PriorityPanel = lazy(() => import('./PriorityPanel.tsx'))
const ViewsDialog = lazy(() => import('./ViewsDialog.tsx'))
const PortfolioActions = lazy(() => withTexts(import('../customers/PortfolioActions.tsx'), 'customers', 'people'))
const ChosenBar = lazy(() => withTexts(import('./ChosenBar.tsx'), 'customers', 'people'))
const AlertList = lazy(() => withTexts(import('./AlertList.tsx'), 'alerts'))

const useStyles = makeStyles({
  split: { display: 'flex', height: '100%', minWidth: 0 },
  page: {
    flex: 1,
    minWidth: 0,
    height: '100%',
    display: 'grid',
    gridTemplateRows: 'auto auto minmax(240px, 1fr)',
    gridTemplateColumns: 'minmax(0, 1fr)',
    overflowY: 'auto',
    gap: '8px',
    padding: '12px 16px 16px',
  },
  covered: { '@media (max-width: 900px)': { display: 'none' } },
  // As high as the button that comes later, so that nothing below moves then.
  heading: { display: 'flex', alignItems: 'center', gap: '4px 12px', flexWrap: 'wrap', minHeight: '32px' },
  count: { color: tokens.colorNeutralForeground3 },
  filters: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'flex-end' },
  // A phone's first screen shows customers; what they are picked by folds away.
  picks: { display: 'contents' },
  folded: { '@media (max-width: 640px)': { display: 'none' } },
  unfold: { '@media (min-width: 641px)': { display: 'none' } },
  search: { flex: '1 1 220px', maxWidth: '360px' },
  grid: { minHeight: 0 },
  // Alerts take what is left of the line, with room for the sign kept for them: they come late and must not begin another line.
  // On a phone they stay on the first line, where there is room for a number.
  alerts: { minWidth: '56px', flex: '1 1 0', order: 2, '@media (max-width: 900px)': { order: 0 } },
  actions: { minHeight: '32px', '@media (max-width: 900px)': { flexBasis: '100%' } },
  demo: { order: 1 },
  top: { display: 'flex', flexDirection: 'column', gap: '8px', minWidth: 0 },
  chosen: { backgroundColor: tokens.colorNeutralBackground1Selected, border: `1px solid ${tokens.colorNeutralStroke1Selected}` },
  views: { display: 'flex', gap: '4px', border: 0, margin: 0, padding: 0 },
})

export function PortfolioPage() {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const search = route.useSearch()
  const rows = usePortfolioRows(search)
  const navigate = useNavigate()
  const grid = useRef<HTMLDivElement>(null)
  const searchBox = useRef<HTMLInputElement>(null)
  const { change, clear, isFiltered, isOnlyMine, clearings } = useFilters(search)
  const nameOf = useServiceName()
  usePageKeys({
    '/': () => searchBox.current?.focus(),
    // From nowhere in particular, j goes to the rows; inside the grid the grid itself answers.
    j: event => (isNowhere(event.target) ? grid.current?.focus() : false),
  })
  const client = useQueryClient()
  const open = (row: PortfolioRow) => {
    // `[` and `]` at the customer go on in this list, also where it is long and given up by then.
    client.setQueryData(['portfolio', 'came-from'], { rows: rows.loaded.map(({ id }) => ({ id })) })
    void navigate({ to: '/customers/$customer/plan', params: { customer: row.id } })
  }
  const sort = { by: search.sort ?? ('priority' as const), order: search.order ?? ('desc' as const) }
  const view = [
    search.q,
    search.segment,
    search.phase,
    search.review,
    search.attention,
    search.owner,
    search.mine,
    search.group,
    sort.by,
    sort.order,
  ].join('|')
  // Of the customers that are loaded; more names come as one scrolls, and the palette finds everybody.
  const owners = [...new Set([search.owner, ...rows.loaded.map(row => row.owner)])].filter(each => typeof each === 'string').sort()
  const changed = useLastChanged(id => rows.loaded.some(row => row.id === id))
  const changedRow = changed && rows.loaded.find(row => row.id === changed.customer)
  const [hasAlertsOpen, openAlerts] = useState(false)
  const [hasFiltersOpen, openFilters] = useState(false)
  const [hasViewsOpen, openViews] = useState(false)
  // By id with their names; kept while one goes on searching, so that they can be found one by one.
  const [chosen, setChosen] = useState<ReadonlyMap<string, string>>(new Map())
  const chosenIds = useMemo(() => new Set(chosen.keys()), [chosen])
  const choose = ({ id, name }: PortfolioRow) =>
    setChosen(before => new Map(before.has(id) ? [...before].filter(([each]) => each !== id) : [...before, [id, name]]))
  const forgetChosen = () => {
    setChosen(new Map())
    grid.current?.focus()
  }
  const phaseName = useCallback(
    (id: string | null) => formats.text(rows.phases.find(phase => phase.id === id)?.name, id ?? t('list.group.without')),
    [formats, rows.phases, t],
  )
  const groupName = ({ key, name }: PortfolioGroup) =>
    key === null
      ? t('list.group.without')
      : search.group === 'phase'
        ? phaseName(key)
        : search.group === 'segment'
          ? t(`segment.${key}`)
          : (name ?? key)
  const openView = (saved: SavedView) => {
    openViews(false)
    // Read as an address is: what has no meaning any more is left out.
    void navigate({ to: '/portfolio', search: PortfolioSearch(saved.search) })
  }
  const onSort = (by: SortKey) =>
    change({ sort: by, order: by === sort.by ? (sort.order === 'asc' ? 'desc' : 'asc') : FROM_SMALL.has(by) ? 'asc' : 'desc' })
  return (
    <div className={styles.split}>
      <div className={mergeClasses(styles.page, (search.explain ?? search.priority) !== undefined && styles.covered)}>
        <div className={styles.top}>
          <div className={styles.heading}>
            <PageTitle name={t('nav.portfolio')} />
            <Title3 as="h1">{t('nav.portfolio')}</Title3>
            <span className={styles.count}>
              {rows.total === undefined ? '\u00a0' : t('portfolio.count', { count: rows.total, total: formats.number(rows.total) })}
            </span>
            {rows.total !== undefined && (
              <Hidden live>{t('portfolio.count', { count: rows.total, total: formats.number(rows.total) })}</Hidden>
            )}
            <Hidden live>{changedRow && `${changedRow.name}: ${t('live.changed', { name: changed?.by ?? t('live.somebody') })}`}</Hidden>
            <div className={styles.alerts}>
              <Suspense fallback={null}>
                <AlertsLine isOpen={hasAlertsOpen} onToggle={() => openAlerts(open => !open)} />
              </Suspense>
            </div>
            <div className={styles.actions}>
              <Suspense fallback={null}>
                <PortfolioActions />
              </Suspense>
            </div>
            <div className={styles.demo}>
              <DemoNote />
            </div>
          </div>
          {hasAlertsOpen && (
            <Suspense fallback={null}>
              <AlertList />
            </Suspense>
          )}
        </div>
        <search className={styles.filters} aria-label={t('portfolio.filters')}>
          <FindBox key={clearings} ref={searchBox} q={search.q} onFind={q => change({ q })} onLeave={() => grid.current?.focus()} />
          <Button className={styles.unfold} aria-expanded={hasFiltersOpen} onClick={() => openFilters(open => !open)}>
            {t('portfolio.filters')}
          </Button>
          <div className={mergeClasses(styles.picks, !hasFiltersOpen && styles.folded)}>
            <PickFilter
              label={t('column.segment')}
              values={SEGMENTS}
              nameOf={each => t(`segment.${each}`)}
              value={search.segment}
              onPick={segment => change({ segment })}
            />
            <PickFilter
              label={t('column.review')}
              values={REVIEWS}
              nameOf={each => t(`gate.${each}`)}
              value={search.review}
              onPick={review => change({ review })}
            />
            <PickFilter
              label={t('portfolio.attention')}
              values={PORTFOLIO_ATTENTIONS}
              nameOf={each => t(`attention.${each}`)}
              value={search.attention}
              onPick={attention => change({ attention })}
            />
            <PickFilter
              label={t('portfolio.whose')}
              values={['mine']}
              nameOf={() => t('portfolio.mine')}
              value={search.mine ? 'mine' : undefined}
              onPick={mine => change({ mine: mine && true })}
            />
            <PickFilter
              label={t('column.owner')}
              values={owners}
              nameOf={each => each}
              value={search.owner}
              onPick={owner => change({ owner })}
            />
            <PickFilter
              label={t('list.column.phase')}
              values={rows.phases.map(phase => phase.id)}
              nameOf={phaseName}
              value={search.phase}
              onPick={phase => change({ phase })}
            />
            <PickFilter
              label={t('list.columns')}
              values={COLUMN_SETS}
              nameOf={each => t(`list.set.${each}`)}
              allName={t('list.set.first')}
              value={search.columns}
              onPick={columns => change({ columns })}
            />
            <PickFilter
              label={t('list.groupBy')}
              values={PORTFOLIO_GROUPS}
              nameOf={each => t(`list.group.${each}`)}
              allName={t('list.group.none')}
              value={search.group}
              onPick={group => change({ group })}
            />
          </div>
          {isFiltered && <Button onClick={clear}>{t('portfolio.clear')}</Button>}
          <Button aria-haspopup="dialog" onClick={() => openViews(true)}>
            {t('list.views.title')}
          </Button>
          <fieldset className={styles.views} aria-label={t('portfolio.view')}>
            {VIEWS.map(({ view, name }) => (
              <Button
                key={name}
                aria-pressed={search.view === view}
                className={mergeClasses(search.view === view && styles.chosen)}
                onClick={() => change({ view })}
              >
                {t(`portfolio.views.${name}`)}
              </Button>
            ))}
          </fieldset>
          <ExportButton search={search} isEmpty={rows.total === 0} />
          {chosen.size > 0 && (
            <Suspense fallback={null}>
              <ChosenBar chosen={chosen} onClear={forgetChosen} />
            </Suspense>
          )}
        </search>
        <div className={styles.grid}>
          {rows.error ? (
            <ErrorNotice error={rows.error} onRetry={rows.retry} />
          ) : rows.total === 0 ? (
            <Notice
              title={t(isOnlyMine ? 'portfolio.noneMine' : isFiltered ? 'portfolio.noMatch' : 'portfolio.none')}
              actions={isFiltered && <Button onClick={clear}>{t('portfolio.clear')}</Button>}
            >
              {t(isOnlyMine ? 'portfolio.noneMineHelp' : isFiltered ? 'portfolio.noMatchHelp' : 'portfolio.noneHelp')}
            </Notice>
          ) : search.view === 'charts' ? (
            <Suspense fallback={<Skeletons heights={[56, 152, 152, 152]} />}>
              {rows.total === undefined ? (
                <Skeletons heights={[56, 152, 152, 152]} />
              ) : (
                <Multiples
                  view={view}
                  total={rows.total}
                  services={rows.services}
                  service={search.service}
                  nameOf={nameOf}
                  rowAt={rows.rowAt}
                  onRange={rows.onRange}
                  sort={sort}
                  onSort={({ by, order }) => change({ sort: by, order })}
                  onService={service => change({ service })}
                  onTable={() => change({ view: undefined })}
                />
              )}
            </Suspense>
          ) : (
            <Grid
              ref={grid}
              view={view}
              total={rows.total ?? 30}
              services={rows.services}
              nameOf={nameOf}
              phaseName={phaseName}
              groups={rows.groups}
              groupName={groupName}
              columnSet={search.columns}
              rowAt={rows.rowAt}
              onRange={rows.onRange}
              sort={sort}
              onSort={onSort}
              onPriority={row => change({ priority: row.id, explain: undefined })}
              onOpen={open}
              chosen={chosenIds}
              onChoose={choose}
              onExplain={row => change({ explain: row.id, priority: undefined })}
              busy={rows.busy}
            />
          )}
        </div>
      </div>
      {search.priority !== undefined && (
        <Panel
          key={search.priority}
          title={t('list.priority.title')}
          closeLabel={t('list.priority.close')}
          onClose={() => change({ priority: undefined })}
        >
          <Suspense fallback={<Skeletons heights={[40, 48, 48, 48, 48]} />}>
            <PriorityPanel customer={search.priority} />
          </Suspense>
        </Panel>
      )}
      {hasViewsOpen && (
        <Suspense fallback={null}>
          <ViewsDialog search={search} onOpen={openView} onClose={() => openViews(false)} />
        </Suspense>
      )}
      {search.explain !== undefined && (
        <CustomerExplain customer={search.explain} subject="gate:review" onClose={() => change({ explain: undefined })} />
      )}
    </div>
  )
}

const VIEWS = [
  { view: undefined, name: 'grid' },
  { view: 'charts', name: 'charts' },
] as const

/** On the page as a whole, or on the main area, where the focus is after coming from another screen. */
const isNowhere = (target: EventTarget | null) => target === document.body || (target instanceof HTMLElement && target.id === 'main')

/** The way a column is most useful at first: words from A and days from the nearest, numbers from the largest. */
const FROM_SMALL: ReadonlySet<SortKey> = new Set([
  'name',
  'segment',
  'review',
  'owner',
  'csm',
  'team',
  'phase',
  'nextDue',
  'meeting',
  'lastNote',
  'figures',
])

function useFilters({ q, segment, phase, review, attention, owner, mine }: PortfolioSearch) {
  const navigate = route.useNavigate()
  // The search box keeps its own text while one types; a new number makes a new, empty box.
  const [clearings, setClearings] = useState(0)
  const change = (next: { [K in keyof PortfolioSearch]?: PortfolioSearch[K] | undefined }) =>
    void navigate({ search: previous => ({ ...previous, ...next }), replace: !('explain' in next || 'priority' in next) })
  const clear = () => {
    setClearings(count => count + 1)
    change({
      q: undefined,
      segment: undefined,
      phase: undefined,
      review: undefined,
      attention: undefined,
      owner: undefined,
      mine: undefined,
    })
  }
  const isElse = Boolean(q || segment || phase || review || attention || owner)
  return { change, clear, clearings, isFiltered: isElse || mine === true, isOnlyMine: mine === true && !isElse }
}

function useServiceName() {
  const { i18n } = useTranslation()
  const { language } = i18n
  return useCallback((id: string) => inLanguage(SERVICES.find(each => each.id === id)?.name, language, id), [language])
}
