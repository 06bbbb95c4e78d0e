import { Button, makeStyles, mergeClasses, Subtitle2, Title3, tokens } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TodayPart, TodayRow, TodayView } from '../../model/today-api.ts'
import { CustomerExplain } from '../explain/lazy.tsx'
import { AppLink } from '../ui/AppLink.tsx'
import { useFormats } from '../ui/format.ts'
import { usePageKeys } from '../ui/keys.ts'
import { ErrorNotice, Notice } from '../ui/Notice.tsx'
import { PageTitle } from '../ui/PageTitle.tsx'
import { PickFilter } from '../ui/PickFilter.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { todayQuery } from './queries.ts'
import { WHOSE } from './search.ts'
import { TodayRows } from './TodayRows.tsx'
import { canComplete, useComplete, useLooked } from './writes.ts'

const route = getRouteApi('/frame/today')
/** Rows of each part at first, and with every "more". */
const STEP = 50
const MOST = 200

const useStyles = makeStyles({
  split: { display: 'flex', height: '100%', minWidth: 0 },
  page: { flex: 1, minWidth: 0, height: '100%', overflowY: 'auto', padding: '12px 16px 48px' },
  covered: { '@media (max-width: 900px)': { display: 'none' } },
  column: { display: 'flex', flexDirection: 'column', gap: '20px', maxWidth: '1080px' },
  heading: { display: 'flex', alignItems: 'end', gap: '12px', flexWrap: 'wrap', justifyContent: 'space-between' },
  date: { color: tokens.colorNeutralForeground3 },
  part: { display: 'flex', flexDirection: 'column', gap: '6px' },
  partHead: { display: 'flex', alignItems: 'center', gap: '8px', flexWrap: 'wrap', minHeight: '32px' },
  title: { margin: 0 },
  quiet: { color: tokens.colorNeutralForeground3, margin: 0 },
  bar: {
    position: 'sticky',
    bottom: 0,
    display: 'flex',
    gap: '8px',
    alignItems: 'center',
    padding: '8px 12px',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
    boxShadow: tokens.shadow8,
  },
  meetings: { margin: 0, paddingInlineStart: '20px', lineHeight: tokens.lineHeightBase400 },
})

/** What to do and what to know today. */
export function TodayPage() {
  const { t } = useTranslation()
  const styles = useStyles()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [limit, setLimit] = useState(STEP)
  const today = useQuery(todayQuery(search, limit))
  const [customer, subject] = search.explain?.split(' ') ?? []
  const explain = (next: string | undefined) => void navigate({ search: previous => ({ ...previous, explain: next }) })
  return (
    <div className={styles.split}>
      <div className={mergeClasses(styles.page, search.explain !== undefined && styles.covered)}>
        <div className={styles.column}>
          <div className={styles.heading}>
            <PageTitle name={t('nav.today')} />
            <div>
              <Title3 as="h1">{t('nav.today')}</Title3>
              <Today day={today.data?.today} />
            </div>
            <PickFilter
              label={t('today.whose')}
              values={WHOSE}
              nameOf={each => t(`today.of.${each}`)}
              allName={t('today.of.mine')}
              value={search.whose}
              onPick={whose => void navigate({ search: previous => ({ ...previous, whose }), replace: true })}
            />
          </div>
          {today.error ? (
            <ErrorNotice error={today.error} onRetry={() => void today.refetch()} />
          ) : today.data ? (
            <Parts
              view={today.data}
              onExplain={row => row.subject && explain(`${row.customer.id} ${row.subject}`)}
              onMore={limit < MOST ? () => setLimit(limit + STEP) : undefined}
              isMine={search.whose === undefined}
              onAll={() => void navigate({ search: previous => ({ ...previous, whose: 'all' }) })}
            />
          ) : (
            <Skeletons heights={[28, 56, 56, 28, 56, 56]} />
          )}
        </div>
      </div>
      {customer && subject && (
        <CustomerExplain key={search.explain} customer={customer} subject={subject} onClose={() => explain(undefined)} />
      )}
    </div>
  )
}

function Today({ day }: { day: string | undefined }) {
  const styles = useStyles()
  const formats = useFormats()
  return <div className={styles.date}>{day ? formats.day(day) : '\u00a0'}</div>
}

type PartsProps = {
  view: TodayView
  onExplain: (row: TodayRow) => void
  /** Undefined when no more can be shown. */
  onMore: (() => void) | undefined
  isMine: boolean
  onAll: () => void
}

function Parts({ view, onExplain, onMore, isMine, onAll }: PartsProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const router = useRouter()
  const [stop, setStop] = useState<string>()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const looked = useLooked()
  const complete = useComplete(() => setChosen(new Set()))
  const parts = [
    { id: 'overdue', part: view.overdue },
    { id: 'week', part: view.week },
    { id: 'changed', part: view.changed },
  ] as const
  const rows = parts.flatMap(({ part }) => part.rows)
  const isEmpty = rows.length === 0 && view.meetings.length === 0
  const current = rows.find(row => row.id === stop) ?? rows[0]
  const picked = rows.filter(row => chosen.has(row.id))
  const open = (row: TodayRow) => router.history.push(row.path)
  const choose = (row: TodayRow) => {
    if (!canComplete(row)) return
    const next = new Set(chosen)
    if (!next.delete(row.id)) next.add(row.id)
    setChosen(next)
  }
  const focused = () => rows.find(row => row.id === document.activeElement?.getAttribute('data-today-row'))
  const move = (step: 1 | -1) => {
    const at = rows.findIndex(row => row.id === focused()?.id)
    const next = at < 0 ? current : rows[Math.max(0, Math.min(rows.length - 1, at + step))]
    if (next) document.querySelector<HTMLElement>(`[data-today-row="${CSS.escape(next.id)}"]`)?.focus()
  }
  // Single letters act where a row has the focus; j and k also lead there from nowhere in particular.
  const onRow = (run: (row: TodayRow) => void) => () => {
    const row = focused()
    if (!row) return false
    run(row)
    return true
  }
  usePageKeys({
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => (focused() ? move(1) : false),
    ArrowUp: () => (focused() ? move(-1) : false),
    Enter: onRow(open),
    e: onRow(onExplain),
    x: onRow(choose),
  })
  if (isEmpty)
    return (
      <Notice title={t('today.none')} actions={isMine && <Button onClick={onAll}>{t('today.showAll')}</Button>}>
        {t(isMine ? 'today.noneMineHelp' : 'today.noneHelp')}
      </Notice>
    )
  return (
    <>
      {view.meetings.length > 0 && (
        <Part title={t('today.meetings')} total={view.meetings.length}>
          <ul className={styles.meetings}>
            {view.meetings.map(({ id, customer, title, startsAt, location }) => (
              <li key={id}>
                {formats.moment(startsAt)} ·{' '}
                <AppLink to="/customers/$customer/meetings" params={{ customer: customer.id }}>
                  {title}
                </AppLink>{' '}
                · {customer.name}
                {location && ` · ${location}`}
              </li>
            ))}
          </ul>
        </Part>
      )}
      {parts.map(({ id, part }) => (
        <Part
          key={id}
          title={t(`today.part.${id}`)}
          total={part.total}
          actions={
            id === 'changed' && (
              <>
                <span className={styles.quiet}>{t('today.since', { moment: formats.moment(view.since) })}</span>
                {part.rows.length > 0 && (
                  <Button size="small" disabledFocusable={looked.isPending} onClick={() => looked.mutate(view.readAt)}>
                    {t('today.looked')}
                  </Button>
                )}
              </>
            )
          }
        >
          {part.rows.length === 0 ? (
            <p className={styles.quiet}>{t(`today.nothing.${id}`)}</p>
          ) : (
            <TodayRows
              label={t(`today.part.${id}`)}
              rows={part.rows}
              today={view.today}
              chosen={chosen}
              stop={current?.id}
              onStop={setStop}
              onOpen={open}
              onChoose={choose}
            />
          )}
          <More part={part} onMore={onMore} />
        </Part>
      ))}
      {picked.length > 0 && (
        <section className={styles.bar} aria-label={t('today.chosen', { count: picked.length })}>
          <span>{t('today.chosen', { count: picked.length })}</span>
          <Button appearance="primary" disabledFocusable={complete.isPending} onClick={() => complete.mutate(picked)}>
            {t('today.complete')}
          </Button>
          <Button onClick={() => setChosen(new Set())}>{t('today.unchoose')}</Button>
        </section>
      )}
    </>
  )
}

function Part({ title, total, actions, children }: { title: string; total: number; actions?: ReactNode; children: ReactNode }) {
  const styles = useStyles()
  const formats = useFormats()
  return (
    <section className={styles.part} aria-label={title}>
      <div className={styles.partHead}>
        <Subtitle2 as="h2" className={styles.title}>
          {title} ({formats.number(total)})
        </Subtitle2>
        {actions}
      </div>
      {children}
    </section>
  )
}

function More({ part, onMore }: { part: TodayPart; onMore: (() => void) | undefined }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const left = part.total - part.rows.length
  if (left <= 0) return null
  const text = t('today.more', { count: left, number: formats.number(left) })
  return onMore ? (
    <Button size="small" onClick={onMore}>
      {text}
    </Button>
  ) : (
    <p className={styles.quiet}>{text}</p>
  )
}
