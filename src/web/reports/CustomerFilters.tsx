import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { SEGMENTS } from '../../model/choices.ts'
import { PickFilter } from '../ui/PickFilter.tsx'
import { reportFiltersQuery } from './queries.ts'
import type { CustomersSearch } from './search.ts'

/** Whose customers a report is about. */
export function CustomerFilters({ search, change }: { search: CustomersSearch; change: (next: CustomersSearch) => void }) {
  const { t } = useTranslation()
  const { data: { owners, teams } = { owners: [], teams: [] } } = useQuery(reportFiltersQuery)
  const nameOf = (named: readonly { id: string; name: string }[]) => (id: string) => named.find(each => each.id === id)?.name ?? id
  return (
    <>
      <PickFilter
        label={t('reports.filter.owner')}
        values={idsOf(owners, search.owner)}
        nameOf={nameOf(owners)}
        value={search.owner}
        onPick={owner => change({ owner })}
      />
      <PickFilter
        label={t('reports.filter.team')}
        values={idsOf(teams, search.team)}
        nameOf={nameOf(teams)}
        value={search.team}
        onPick={team => change({ team })}
      />
      <PickFilter
        label={t('reports.filter.segment')}
        values={SEGMENTS}
        nameOf={segment => t(`segment.${segment}`)}
        value={search.segment}
        onPick={segment => change({ segment })}
      />
    </>
  )
}

/** What the address asks for is among them also while the names are on their way, or where it is nobody's. */
const idsOf = (named: readonly { id: string }[], chosen: string | undefined): readonly string[] => {
  const ids = named.map(({ id }) => id)
  return chosen === undefined || ids.includes(chosen) ? ids : [...ids, chosen]
}
