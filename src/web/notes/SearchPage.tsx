import { Button, makeStyles, Title3, tokens } from '@fluentui/react-components'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { AppLink } from '../ui/AppLink.tsx'
import { FindBox } from '../ui/FindBox.tsx'
import { useFormats } from '../ui/format.ts'
import { usePageKeys } from '../ui/keys.ts'
import { ErrorNotice, Notice } from '../ui/Notice.tsx'
import { PageTitle } from '../ui/PageTitle.tsx'
import { searchQuery } from './queries.ts'

const route = getRouteApi('/frame/search')

const useStyles = makeStyles({
  page: { padding: '16px 24px 48px', maxWidth: '780px', margin: '0 auto', '@media (max-width: 640px)': { padding: '12px' } },
  title: { margin: '0 0 12px' },
  list: { listStyleType: 'none', margin: '12px 0', padding: 0 },
  found: { padding: '10px 0', borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
})

/** As short as the server takes. */
const SHORTEST = 2

/** Notes of all customers one may see. */
export function SearchPage() {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { q } = route.useSearch()
  const navigate = route.useNavigate()
  const box = useRef<HTMLInputElement>(null)
  const isAsked = (q ?? '').length >= SHORTEST
  const found = useInfiniteQuery({ ...searchQuery(q ?? ''), enabled: isAsked })
  const results = found.data?.pages.flatMap(page => page.results) ?? []
  usePageKeys({ '/': () => box.current?.focus() })
  return (
    <div className={styles.page}>
      <PageTitle name={t('search.title')} />
      <Title3 as="h1" block className={styles.title}>
        {t('search.title')}
      </Title3>
      <search aria-label={t('search.title')}>
        <FindBox ref={box} q={q} onFind={next => void navigate({ search: { q: next }, replace: true })} />
      </search>
      {!isAsked && <Notice title={t('search.start')}>{t('search.startHelp')}</Notice>}
      {isAsked && found.isPending && <p role="status">{t('search.loading')}</p>}
      {found.isError && <ErrorNotice error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && results.length === 0 && <Notice title={t('search.none')}>{t('search.noneHelp')}</Notice>}
      <ul className={styles.list} aria-label={t('search.results')}>
        {results.map(each => (
          <li key={each.note} className={styles.found}>
            <AppLink to="/customers/$customer/notes" params={{ customer: each.customer.id }} search={{ note: each.note }}>
              {each.customer.name}
            </AppLink>
            <div>
              {each.excerpt.map((part, index) =>
                // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text, drawn anew as a whole
                part.isMatch ? <mark key={index}>{part.text}</mark> : <span key={index}>{part.text}</span>,
              )}
            </div>
            <div className={styles.quiet}>
              {each.by} · <time dateTime={each.at}>{formats.moment(each.at)}</time>
            </div>
          </li>
        ))}
      </ul>
      {found.hasNextPage && (
        <Button disabledFocusable={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('search.more')}
        </Button>
      )}
    </div>
  )
}
