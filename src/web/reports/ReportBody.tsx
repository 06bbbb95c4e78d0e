import { Button, makeStyles } from '@fluentui/react-components'
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorNotice, Notice } from '../ui/Notice.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'

const useStyles = makeStyles({ more: { alignSelf: 'flex-start' } })

type Paged = Readonly<{ rows: readonly unknown[] }>
type ReportBodyProps<Page extends Paged> = {
  answer: UseInfiniteQueryResult<InfiniteData<Page>>
  /** Whether a filter may be why there is nothing. */
  isFiltered: boolean
  onClear: () => void
  /** Why there is nothing, where no filter hides it, and what to do. */
  none: Readonly<{ title: string; help: string }>
  /** Says that there is nothing to show; else that no rows came. */
  isNone?: (page: Page) => boolean
  heights?: readonly number[]
  /** The first page, which has the sums, and the rows of all that came so far. */
  children: (page: Page, rows: Page['rows']) => ReactNode
}

const HEIGHTS = [220, 44, 44, 44]

/** Grey while it comes, an error with a way to try again, nothing with its reason, or the report; and the way to the next page. */
export function ReportBody<Page extends Paged>(props: ReportBodyProps<Page>) {
  const { answer, isFiltered, onClear, none, isNone, heights = HEIGHTS, children } = props
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = answer
  const { t } = useTranslation()
  const styles = useStyles()
  const [page] = data?.pages ?? []
  if (!data || !page) return error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : <Skeletons heights={[...heights]} />
  // Rows of pages of one kind, one page after the other.
  const rows: Page['rows'] = data.pages.flatMap(each => each.rows)
  if (isNone ? isNone(page) : rows.length === 0) {
    return (
      <Notice
        title={isFiltered ? t('reports.noMatch') : none.title}
        actions={isFiltered && <Button onClick={onClear}>{t('portfolio.clear')}</Button>}
      >
        {isFiltered ? t('reports.noMatchHelp') : none.help}
      </Notice>
    )
  }
  return (
    <>
      {children(page, rows)}
      {hasNextPage && (
        <Button className={styles.more} disabledFocusable={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('reports.more')}
        </Button>
      )}
    </>
  )
}
