import { Button, Checkbox, Field, makeStyles, mergeClasses, Select, Title3, tokens } from '@fluentui/react-components'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { REVIEW_COLUMNS, SEGMENTS } from '../../model/choices.ts'
import type { ReviewCard, ReviewColumn, ReviewsBoard } from '../../model/reviews-board-api.ts'
import { FindBox } from '../ui/FindBox.tsx'
import { useFormats } from '../ui/format.ts'
import { usePageKeys } from '../ui/keys.ts'
import { ErrorNotice, Notice } from '../ui/Notice.tsx'
import { PageTitle } from '../ui/PageTitle.tsx'
import { PickFilter } from '../ui/PickFilter.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { moreReviewsQuery, type ReviewsWanted, reviewsQuery } from './queries.ts'
import { ReviewCardView } from './ReviewCardView.tsx'
import type { ReviewsSearch } from './search.ts'
import { stepFocus } from './step-focus.ts'

const route = getRouteApi('/frame/reviews')

const PHONE = '@media (max-width: 640px)'
const useStyles = makeStyles({
  page: {
    display: 'flex',
    flexDirection: 'column',
    gap: '12px',
    padding: '12px 16px 32px',
    minWidth: 0,
    [PHONE]: { padding: '8px 12px 32px' },
  },
  lead: { margin: '4px 0 0', color: tokens.colorNeutralForeground3 },
  filters: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'flex-end' },
  picker: { display: 'none', [PHONE]: { display: 'grid' } },
  // Six columns need more than some screens have: then the board scrolls and the page does not.
  board: {
    display: 'grid',
    gridTemplateColumns: 'repeat(6, minmax(186px, 1fr))',
    gap: '8px',
    overflowX: 'auto',
    [PHONE]: { display: 'block' },
  },
  column: {
    minWidth: 0,
    padding: '8px',
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground3,
  },
  away: { [PHONE]: { display: 'none' } },
  head: {
    display: 'flex',
    justifyContent: 'space-between',
    alignItems: 'baseline',
    gap: '8px',
    margin: 0,
    fontSize: tokens.fontSizeBase300,
  },
  count: { fontVariantNumeric: 'tabular-nums', color: tokens.colorNeutralForeground2, fontWeight: tokens.fontWeightRegular },
  help: { margin: '2px 0 8px', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  cards: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '8px' },
  none: { margin: 0, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  more: { marginTop: '8px', width: '100%' },
})

/** Customers by how far their success review is, with the reason and what helps from there. */
export function ReviewsPage() {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [clearings, setClearings] = useState(0)
  const board = useRef<HTMLDivElement>(null)
  const searchBox = useRef<HTMLInputElement>(null)
  const { data, error, refetch, isPlaceholderData } = useQuery(reviewsQuery(search))
  const change = (next: Partial<ReviewsSearch>) => void navigate({ search: previous => ({ ...previous, ...next }), replace: true })
  const clear = () => {
    setClearings(count => count + 1)
    change({ q: undefined, segment: undefined, mine: undefined })
  }
  const step = (by: 1 | -1, across = false) => board.current !== null && stepFocus(board.current, by, across)
  usePageKeys({
    '/': () => searchBox.current?.focus(),
    j: () => step(1),
    k: () => step(-1),
    h: () => step(-1, true),
    l: () => step(1, true),
  })
  const total = data?.columns.reduce((sum, each) => sum + each.total, 0) ?? 0
  const isFiltered = search.q !== undefined || search.segment !== undefined || search.mine !== undefined
  const shown = search.column ?? firstOf(data)
  return (
    <div className={styles.page}>
      <div>
        <PageTitle name={t('nav.reviews')} />
        <Title3 as="h1">{t('nav.reviews')}</Title3>
        <p className={styles.lead} role="status">
          {data ? t('reviews.sum', { count: total, total: formats.number(total) }) : t('reviews.loading')}
        </p>
      </div>
      <search className={styles.filters} aria-label={t('reviews.filters')}>
        <FindBox key={clearings} ref={searchBox} q={search.q} onFind={q => change({ q })} />
        <PickFilter
          label={t('column.segment')}
          values={SEGMENTS}
          nameOf={segment => t(`segment.${segment}`)}
          value={search.segment}
          onPick={segment => change({ segment })}
        />
        <Checkbox
          label={t('reviews.mine')}
          checked={search.mine === true}
          onChange={(_, { checked }) => change({ mine: checked === true || undefined })}
        />
        <Field className={styles.picker} label={t('reviews.column')}>
          <Select value={shown} onChange={(_, picked) => change({ column: REVIEW_COLUMNS.find(each => each === picked.value) })}>
            {REVIEW_COLUMNS.map(column => (
              <option key={column} value={column}>
                {`${t(`reviews.name.${column}`)} (${formats.number(data?.columns.find(each => each.column === column)?.total ?? null)})`}
              </option>
            ))}
          </Select>
        </Field>
      </search>
      {!data && (error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : <Skeletons heights={[120, 120, 120]} />)}
      {data && total === 0 && (
        <Notice
          title={t(isFiltered ? 'reviews.noMatch' : 'reviews.none')}
          actions={isFiltered && <Button onClick={clear}>{t('portfolio.clear')}</Button>}
        >
          {t(isFiltered ? 'reviews.noMatchHelp' : 'reviews.noneHelp')}
        </Notice>
      )}
      {data && total > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways where it is narrow, also with the keys
        <section ref={board} className={styles.board} aria-label={t('reviews.board')} aria-busy={isPlaceholderData} tabIndex={0}>
          {data.columns.map(column => (
            <Column key={column.column} {...column} search={search} isAway={column.column !== shown} />
          ))}
        </section>
      )}
    </div>
  )
}

/** On a phone the board opens where somebody can act: at the first column from the left of those to plan, else the first with cards. */
const firstOf = (board: ReviewsBoard | undefined): ReviewColumn => {
  const filled = board?.columns.filter(each => each.total > 0).map(each => each.column) ?? []
  return filled.find(column => column === 'ready') ?? filled[0] ?? 'ready'
}

type ColumnProps = ReviewsBoard['columns'][number] & { search: ReviewsWanted; isAway: boolean }

function Column({ column, total, cards, next, search, isAway }: ColumnProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const more = useInfiniteQuery(moreReviewsQuery(search, column, next))
  // Nothing was asked for yet: the first page of more is fetched by hand.
  const later = next === null ? [] : (more.data?.pages.flatMap(page => page.columns[0]?.cards ?? []) ?? [])
  const hasMore = next !== null && (more.data === undefined || more.hasNextPage)
  const all: readonly ReviewCard[] = [...cards, ...later]
  return (
    <section className={mergeClasses(styles.column, isAway && styles.away)} aria-labelledby={`reviews-${column}`} data-column={column}>
      <h2 id={`reviews-${column}`} className={styles.head}>
        {t(`reviews.name.${column}`)} <span className={styles.count}>{formats.number(total)}</span>
      </h2>
      <p className={styles.help}>{t(`reviews.help.${column}`)}</p>
      {total === 0 && <p className={styles.none}>{t('reviews.empty')}</p>}
      <ul className={styles.cards}>
        {all.map(card => (
          <ReviewCardView key={card.customer} card={card} column={column} />
        ))}
      </ul>
      {more.error && <ErrorNotice error={more.error} />}
      {hasMore && (
        <Button
          className={styles.more}
          disabledFocusable={more.isFetching}
          onClick={() => void (more.data ? more.fetchNextPage() : more.refetch())}
        >
          {t('reviews.more', { count: total - all.length, left: formats.number(total - all.length) })}
        </Button>
      )}
    </section>
  )
}
