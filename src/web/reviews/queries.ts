import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { ReviewColumn, ReviewsBoard } from '../../model/reviews-board-api.ts'
import { get } from '../ui/http.ts'
import type { ReviewsSearch } from './search.ts'

export type ReviewsWanted = Pick<ReviewsSearch, 'q' | 'segment' | 'mine'>
const wantedOf = ({ q, segment, mine }: ReviewsWanted) => ({ q, segment, mine })

/** Every column from its first card. The last answer stays in sight while a new search runs. */
export const reviewsQuery = (search: ReviewsWanted) =>
  queryOptions({
    queryKey: ['reviews', wantedOf(search)],
    queryFn: ({ signal }) => get<ReviewsBoard>('/reviews', wantedOf(search), signal),
    placeholderData: keepPreviousData,
  })

/** What a column holds after the cards that came with the board; only once somebody asks for it. */
export const moreReviewsQuery = (search: ReviewsWanted, column: ReviewColumn, next: string | null) =>
  infiniteQueryOptions({
    queryKey: ['reviews', wantedOf(search), column, next],
    queryFn: ({ pageParam, signal }) =>
      get<ReviewsBoard>('/reviews', { ...wantedOf(search), column, cursor: pageParam ?? undefined }, signal),
    initialPageParam: next,
    getNextPageParam: (last: ReviewsBoard) => last.columns[0]?.next ?? null,
    enabled: false,
  })
