import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { useInfiniteQuery, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { SKILL_IDS } from '../../../model/expert-skills.ts'
import { SERVICES } from '../../../model/services.ts'
import { sessionQuery } from '../../session/queries.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { FindBox } from '../../ui/FindBox.tsx'
import { useFormats } from '../../ui/format.ts'
import { ErrorNotice, Notice } from '../../ui/Notice.tsx'
import { PickFilter } from '../../ui/PickFilter.tsx'
import { personName } from '../../ui/person-name.ts'
import { Skeletons } from '../../ui/Skeletons.tsx'
import { BOXES, REQUEST_STATES } from '../search.ts'
import type { FiltersInUse } from '../use-filters.ts'
import { expertRequestLoadsQuery, expertRequestsQuery } from './queries.ts'
import { RequestList } from './RequestList.tsx'
import { wordsIn } from './words.ts'

const useStyles = makeStyles({
  lead: { margin: 0, color: tokens.colorNeutralForeground3 },
  filters: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'flex-end' },
  more: { alignSelf: 'flex-start' },
})
const SERVICE_IDS = SERVICES.filter(each => each.countsUsage).map(each => each.id)

/** What experts are asked: inbox with the queue, outbox, everything one may see, and how much each expert has. */
export default function ExpertRequests({ filters }: { filters: FiltersInUse }) {
  const { t } = useTranslation()
  const styles = useStyles()
  return (
    <>
      <p className={styles.lead}>{t('experts.lead')}</p>
      <Filters filters={filters} />
      {filters.search.box === 'load' ? <Loads /> : <Requests filters={filters} />}
    </>
  )
}

function Filters({ filters: { search, change, clearings } }: { filters: FiltersInUse }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const words = wordsIn(useFormats())
  return (
    <search className={styles.filters} aria-label={t('requests.filters')}>
      <PickFilter
        label={t('requests.box')}
        values={BOXES.slice(1)}
        allName={t('requests.boxes.inbox')}
        nameOf={each => t(`requests.boxes.${each}`)}
        value={search.box === 'inbox' ? undefined : search.box}
        onPick={box => change({ box, request: undefined })}
      />
      {search.box !== 'load' && (
        <>
          <PickFilter
            label={t('requests.status')}
            values={REQUEST_STATES.slice(1)}
            allName={t('requests.states.open')}
            nameOf={each => t(`requests.states.${each}`)}
            value={search.state === 'open' ? undefined : search.state}
            onPick={state => change({ state, request: undefined })}
          />
          <PickFilter
            label={t('experts.skill')}
            values={SKILL_IDS}
            nameOf={words.skill}
            value={SKILL_IDS.find(each => each === search.skill)}
            onPick={skill => change({ skill })}
          />
          <PickFilter
            label={t('requests.service')}
            values={SERVICE_IDS}
            nameOf={words.service}
            value={search.service}
            onPick={service => change({ service })}
          />
          <FindBox key={clearings} q={search.q} onFind={q => change({ q })} />
        </>
      )}
    </search>
  )
}

function Requests({ filters: { search, clear, change, isFiltered } }: { filters: FiltersInUse }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(expertRequestsQuery(search))
  if (!data) return error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : <Skeletons heights={[140, 140, 140]} />
  const rows = data.pages.flatMap(each => each.rows)
  const box = search.box ?? 'inbox'
  return (
    <>
      {rows.length === 0 ? (
        <Notice
          title={t(isFiltered ? 'experts.noMatch' : `experts.none.${box}`)}
          actions={
            isFiltered ? (
              <Button onClick={clear}>{t('portfolio.clear')}</Button>
            ) : (
              box !== 'all' && <Button onClick={() => change({ box: 'all', state: 'any' })}>{t('experts.seeAll')}</Button>
            )
          }
        >
          {t(isFiltered ? 'experts.noMatchHelp' : `experts.noneHelp.${box}`)}
        </Notice>
      ) : (
        <>
          <p className={styles.lead} role="status">
            {t('experts.count', { count: data.pages[0]?.total ?? 0, number: formats.number(data.pages[0]?.total ?? 0) })}
          </p>
          <RequestList label={t(`requests.boxes.${box}`)} requests={rows} meant={search.request} />
        </>
      )}
      {hasNextPage && (
        <Button className={styles.more} disabledFocusable={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('requests.more')}
        </Button>
      )}
    </>
  )
}

function Loads() {
  const { t } = useTranslation()
  const formats = useFormats()
  const { data: session } = useSuspenseQuery(sessionQuery)
  const maySee = session.person?.may.includes('see-load') ?? false
  const { data, error, refetch } = useQuery({ ...expertRequestLoadsQuery, enabled: maySee })
  if (!maySee) return <Notice title={t('requests.loadRefused')}>{t('requests.loadRefusedHelp')}</Notice>
  if (!data) return error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : <Skeletons heights={[40, 44, 44]} />
  if (data.people.length === 0) return <Notice title={t('experts.loadNone')}>{t('experts.noneHelp.all')}</Notice>
  return (
    <DataTable
      label={t('requests.boxes.load')}
      rows={data.people}
      keyOf={({ person }) => person.id}
      columns={[
        { id: 'person', head: t('experts.expert'), cell: ({ person }) => personName(person.name, t) },
        { id: 'waiting', head: t('requests.waiting'), isNumber: true, cell: ({ waiting }) => formats.number(waiting) },
        { id: 'late', head: t('experts.late'), isNumber: true, cell: ({ late }) => formats.number(late) },
        { id: 'accepted', head: t('experts.state.accepted'), isNumber: true, cell: ({ accepted }) => formats.number(accepted) },
        {
          id: 'most',
          head: t('experts.atOnce'),
          isNumber: true,
          cell: ({ atOnce }) => (atOnce === null ? t('experts.unsaid') : formats.number(atOnce)),
        },
        { id: 'done', head: t('experts.state.done'), isNumber: true, cell: ({ done }) => formats.number(done) },
      ]}
    />
  )
}
