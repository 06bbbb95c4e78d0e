import { Button, makeStyles, Subtitle2, tokens } from '@fluentui/react-components'
import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlanView } from '../../model/api.ts'
import { ITEM_STATES } from '../../model/choices.ts'
import type { ItemStatus } from '../../model/words.ts'
import { refusalFor } from '../customer/may-write.ts'
import { customerQuery, planQuery } from '../customer/queries.ts'
import type { PlanSearch } from '../customer/search.ts'
import { FindBox } from '../ui/FindBox.tsx'
import { useFormats } from '../ui/format.ts'
import { Notice } from '../ui/Notice.tsx'
import { PickFilter } from '../ui/PickFilter.tsx'
import { filterPlan } from './filter.ts'
import { ProcessView } from './ProcessView.tsx'
import { PlanContextProvider } from './plan-context.ts'
import { usePlanKeys } from './plan-keys.ts'
import { Summary } from './Summary.tsx'
import { useStatusWrites } from './status-writes.ts'

// Nobody sees a dialog before asking for one.
const StatusDialog = lazy(() => import('./StatusDialog.tsx'))
const ConflictDialog = lazy(() => import('./ConflictDialog.tsx'))

const route = getRouteApi('/frame/customers/$customer/plan')

const useStyles = makeStyles({
  column: { maxWidth: '780px', margin: '0 auto', display: 'flex', flexDirection: 'column', gap: '16px' },
  filters: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'flex-end' },
  phase: { color: tokens.colorNeutralForeground3, marginTop: '8px' },
})

export function PlanPage() {
  const { t, i18n } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { customer: id } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { data: view } = useSuspenseQuery(planQuery(id))
  const { data: customer } = useSuspenseQuery(customerQuery(id))
  const writes = useStatusWrites(id)
  const [asked, setAsked] = useState<{ item: string; status: ItemStatus | null } | null>(null)
  const [clearings, setClearings] = useState(0)
  const searchBox = useRef<HTMLInputElement>(null)
  const change = (next: { [K in keyof PlanSearch]?: PlanSearch[K] | undefined }) =>
    void navigate({ search: previous => ({ ...previous, ...next }), replace: true })
  const clear = () => {
    setClearings(count => count + 1)
    change({ q: undefined, service: undefined, state: undefined })
  }
  const explain = (subject: string) => void navigate({ search: previous => ({ ...previous, explain: subject }) })
  const ask = (item: string, status: ItemStatus | null) => setAsked({ item, status })
  const endAsking = () => {
    setAsked(null)
    // The menu that opened the dialog is gone; the row it belongs to is where the person was.
    const row = document.querySelector<HTMLElement>(`[data-item="${CSS.escape(asked?.item ?? '')}"]`)
    requestAnimationFrame(() => row?.focus())
  }
  usePlanKeys({
    explain: item => explain(`item:${item}`),
    note: item => refusalFor(customer.canWrite, serviceOf(view, item)) === undefined && ask(item, null),
    undo: writes.undo,
    search: searchBox,
  })
  const processes = useMemo(() => filterPlan(view, search, i18n.language), [view, search, i18n.language])
  const services = useMemo(() => servicesOf(view), [view])
  const isFiltered = Boolean(search.q || search.service || search.state)
  const nameOf = (service: string) => formats.text(view.playbook.services.find(each => each.id === service)?.name, service)
  return (
    <PlanContextProvider value={{ view, canWrite: customer.canWrite, explain, save: writes.save, ask, pendingItem: writes.pendingItem }}>
      <div className={styles.column}>
        <Summary />
        <search className={styles.filters} aria-label={t('plan.filters')}>
          <FindBox key={clearings} ref={searchBox} q={search.q} onFind={q => change({ q })} />
          <PickFilter
            label={t('plan.service')}
            values={services}
            nameOf={nameOf}
            value={search.service}
            onPick={service => change({ service })}
          />
          <PickFilter
            label={t('plan.state')}
            values={ITEM_STATES}
            nameOf={state => t(`state.${state}`)}
            value={search.state}
            onPick={state => change({ state })}
          />
          {isFiltered && <Button onClick={clear}>{t('portfolio.clear')}</Button>}
        </search>
        {processes.length === 0 && (
          <Notice title={t('plan.noMatch')} actions={<Button onClick={clear}>{t('portfolio.clear')}</Button>}>
            {t('plan.noMatchHelp')}
          </Notice>
        )}
        {processes.map((entry, at) => (
          <div key={entry.process.id}>
            {entry.process.phase !== null && entry.process.phase !== processes[at - 1]?.process.phase && (
              <Subtitle2 as="h2" block className={styles.phase}>
                {t('plan.phase', {
                  name: formats.text(view.playbook.phases.find(phase => phase.id === entry.process.phase)?.name, entry.process.phase),
                })}
              </Subtitle2>
            )}
            <ProcessView entry={entry} isFiltered={isFiltered} />
          </div>
        ))}
      </div>
      <Suspense fallback={null}>
        {asked && (
          <StatusDialog
            key={asked.item}
            item={asked.item}
            status={asked.status}
            onClose={endAsking}
            onSave={input => {
              endAsking()
              writes.save(asked.item, input)
            }}
          />
        )}
        {writes.conflict && <ConflictDialog conflict={writes.conflict} onTheirs={writes.keepTheirs} onMine={writes.saveMine} />}
      </Suspense>
    </PlanContextProvider>
  )
}

const serviceOf = ({ plan }: PlanView, id: string): string | null =>
  plan.processes.flatMap(process => process.steps.flatMap(step => step.items)).find(item => item.id === id)?.service ?? null

const servicesOf = ({
  plan,
}: {
  plan: { processes: readonly { steps: readonly { items: readonly { service: string | null }[] }[] }[] }
}) => [...new Set(plan.processes.flatMap(process => process.steps.flatMap(step => step.items.flatMap(item => item.service ?? []))))]
