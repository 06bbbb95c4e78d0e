import { Button, makeStyles, mergeClasses, Title3, tokens } from '@fluentui/react-components'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useCallback, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PortfolioRow } from '../../model/api.ts'
import { SEGMENTS } from '../../model/choices.ts'
import { SERVICES } from '../../model/services.ts'
import { CustomerExplain } from '../explain/lazy.tsx'
import { DemoNote } from '../setup/DemoNote.tsx'
import { FindBox } from '../ui/FindBox.tsx'
import { inLanguage, useFormats } from '../ui/format.ts'
import { usePageKeys } from '../ui/keys.ts'
import { ErrorNotice, Notice } from '../ui/Notice.tsx'
import { PageTitle } from '../ui/PageTitle.tsx'
import { PickFilter } from '../ui/PickFilter.tsx'
import { Hidden } from '../ui/Visually.tsx'
import type { SortKey } from './columns.tsx'
import { ExportButton } from './ExportButton.tsx'
import { Grid } from './Grid.tsx'
import { usePortfolioRows } from './rows.ts'
import { ATTENTIONS, type PortfolioSearch, REVIEWS } from './search.ts'

const route = getRouteApi('/frame/portfolio')

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
  heading: { display: 'flex', alignItems: 'baseline', gap: '12px', flexWrap: 'wrap' },
  count: { color: tokens.colorNeutralForeground3 },
  filters: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'flex-end' },
  search: { flex: '1 1 220px', maxWidth: '360px' },
  grid: { minHeight: 0 },
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
  const open = (row: PortfolioRow) => void navigate({ to: '/customers/$customer/plan', params: { customer: row.id } })
  const sort = { by: search.sort ?? ('priority' as const), order: search.order ?? ('desc' as const) }
  const onSort = (by: SortKey) => change({ sort: by, order: by === sort.by ? (sort.order === 'asc' ? 'desc' : 'asc') : FIRST_ORDER[by] })
  return (
    <div className={styles.split}>
      <div className={mergeClasses(styles.page, search.explain !== undefined && styles.covered)}>
        <div className={styles.heading}>
          <PageTitle name={t('nav.portfolio')} />
          <Title3 as="h1">{t('nav.portfolio')}</Title3>
          <span className={styles.count}>
            {rows.total === undefined ? '\u00a0' : t('portfolio.count', { count: rows.total, total: formats.number(rows.total) })}
          </span>
          {rows.total !== undefined && (
            <Hidden live>{t('portfolio.count', { count: rows.total, total: formats.number(rows.total) })}</Hidden>
          )}
          <DemoNote />
        </div>
        <search className={styles.filters} aria-label={t('portfolio.filters')}>
          <FindBox key={clearings} ref={searchBox} q={search.q} onFind={q => change({ q })} onLeave={() => grid.current?.focus()} />
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
            values={ATTENTIONS}
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
          {isFiltered && <Button onClick={clear}>{t('portfolio.clear')}</Button>}
          <ExportButton search={search} isEmpty={rows.total === 0} />
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
          ) : (
            <Grid
              ref={grid}
              view={[search.q, search.segment, search.review, search.attention, search.mine, sort.by, sort.order].join('|')}
              total={rows.total ?? 30}
              services={rows.services}
              nameOf={nameOf}
              rowAt={rows.rowAt}
              onRange={rows.onRange}
              sort={sort}
              onSort={onSort}
              onOpen={open}
              onExplain={row => change({ explain: row.id })}
              busy={rows.busy}
            />
          )}
        </div>
      </div>
      {search.explain !== undefined && (
        <CustomerExplain customer={search.explain} subject="gate:review" onClose={() => change({ explain: undefined })} />
      )}
    </div>
  )
}

/** On the page as a whole, or on the main area, where the focus is after coming from another screen. */
const isNowhere = (target: EventTarget | null) => target === document.body || (target instanceof HTMLElement && target.id === 'main')

/** The way a column is most useful at first: names from A, numbers from the largest. */
const FIRST_ORDER: Readonly<Record<SortKey, 'asc' | 'desc'>> = {
  name: 'asc',
  segment: 'asc',
  review: 'asc',
  priority: 'desc',
  seats: 'desc',
  due: 'desc',
  teams: 'desc',
  exchange: 'desc',
  sharepoint: 'desc',
  onedrive: 'desc',
}

function useFilters({ q, segment, review, attention, mine }: PortfolioSearch) {
  const navigate = route.useNavigate()
  // The search box keeps its own text while one types; a new number makes a new, empty box.
  const [clearings, setClearings] = useState(0)
  const change = (next: { [K in keyof PortfolioSearch]?: PortfolioSearch[K] | undefined }) =>
    void navigate({ search: previous => ({ ...previous, ...next }), replace: !('explain' in next) })
  const clear = () => {
    setClearings(count => count + 1)
    change({ q: undefined, segment: undefined, review: undefined, attention: undefined, mine: undefined })
  }
  const isElse = Boolean(q || segment || review || attention)
  return { change, clear, clearings, isFiltered: isElse || mine === true, isOnlyMine: mine === true && !isElse }
}

function useServiceName() {
  const { i18n } = useTranslation()
  const { language } = i18n
  return useCallback((id: string) => inLanguage(SERVICES.find(each => each.id === id)?.name, language, id), [language])
}
