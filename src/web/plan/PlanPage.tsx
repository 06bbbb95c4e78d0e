import { Button, makeStyles, Subtitle2, tokens } from '@fluentui/react-components'
import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlanView } from '../../model/api.ts'
import { ITEM_STATES, ITEM_STATUSES } from '../../model/choices.ts'
import type { ItemStatus } from '../../model/words.ts'
import { refusalFor } from '../customer/may-write.ts'
import { customerQuery, planQuery } from '../customer/queries.ts'
import type { PlanSearch } from '../customer/search.ts'
import { PlanDecisions } from '../decisions/PlanDecisions.tsx'
import { itemTitle } from '../explain/subject.ts'
import { withTexts } from '../i18n.ts'
import { PlanHandshakes } from '../requests/PlanHandshakes.tsx'
import { FindBox } from '../ui/FindBox.tsx'
import { useFormats } from '../ui/format.ts'
import { Notice } from '../ui/Notice.tsx'
import { PickFilter } from '../ui/PickFilter.tsx'
import { FollowUps, SelectedBar } from './FollowUps.tsx'
import { filterFollowUps, filterPlan, filtersIn } from './filter.ts'
import { itemsQuery, useItemWrites } from './item-writes.ts'
import { keepFilters } from './kept-filters.ts'
import { ProcessView } from './ProcessView.tsx'
import { PlanContextProvider } from './plan-context.ts'
import { usePlanKeys } from './plan-keys.ts'
import { Summary } from './Summary.tsx'
import { type Seen, useStatusWrites } from './status-writes.ts'

// Nobody sees a dialog before asking for one.
const StatusDialog = lazy(() => import('./StatusDialog.tsx'))
const ItemsDialog = lazy(() => import('./ItemsDialog.tsx'))
const ItemsConflictDialog = lazy(() => import('./ItemsConflictDialog.tsx'))
const NoteDialog = lazy(() => withTexts(import('../notes/NoteDialog.tsx'), 'notes'))
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
  const { data: items } = useQuery(itemsQuery(id))
  const itemWrites = useItemWrites(id)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [edited, setEdited] = useState<readonly string[]>([])
  const [noted, setNoted] = useState<string | null>(null)
  const lastWrite = useRef<'status' | 'items'>('status')
  const undo = () => (lastWrite.current === 'status' ? writes.undo() : itemWrites.undo())
  const changeItems: typeof itemWrites.change = (changes, seen) => {
    lastWrite.current = 'items'
    itemWrites.change(changes, seen)
  }
  const save: typeof writes.save = (item, input, seen) => {
    lastWrite.current = 'status'
    writes.save(item, input, seen)
  }
  const toggle = (item: string) => setSelected(now => new Set(now.has(item) ? [...now].filter(each => each !== item) : [...now, item]))
  const titleOf = (item: string) =>
    items?.followUps.find(each => each.id === item)?.title ??
    formats.text(itemTitle(view.playbook, item, item.split('@')[0]?.split('/')[2] ?? null))
  const [asked, setAsked] = useState<{ item: string; status: ItemStatus | null; seen: Seen } | null>(null)
  const [clearings, setClearings] = useState(0)
  const searchBox = useRef<HTMLInputElement>(null)
  const client = useQueryClient()
  const change = (next: { [K in keyof PlanSearch]?: PlanSearch[K] | undefined }) => {
    // Words that are looked for keep nothing of what a link said beside them.
    if (Object.keys(next).some(key => key !== 'q')) keepFilters(client, { ...search, ...next })
    void navigate({ search: previous => ({ ...previous, ...next }), replace: true })
  }
  const clear = () => {
    setClearings(count => count + 1)
    change({ q: undefined, service: undefined, state: undefined, role: undefined, status: undefined })
  }
  const explain = (subject: string) => void navigate({ search: previous => ({ ...previous, explain: subject }) })
  const ask = (item: string, status: ItemStatus | null) =>
    setAsked({ item, status, seen: { version: view.version, mark: view.marks[item] ?? null } })
  const endAsking = () => {
    setAsked(null)
    // The menu that opened the dialog is gone; the row it belongs to is where the person was.
    const row = document.querySelector<HTMLElement>(`[data-item="${CSS.escape(asked?.item ?? '')}"]`)
    requestAnimationFrame(() => row?.focus())
  }
  usePlanKeys({
    explain: item => explain(`item:${item}`),
    note: item => refusalFor(customer.canWrite, serviceOf(view, item)) === undefined && ask(item, null),
    undo,
    select: item => refusalFor(customer.canWrite, serviceOf(view, item)) === undefined && toggle(item),
    search: searchBox,
  })
  const processes = useMemo(() => filterPlan(view, search, i18n.language), [view, search, i18n.language])
  const followUps = items && filterFollowUps(items.followUps, search)
  const services = useMemo(() => servicesOf(view), [view])
  const isFiltered = Object.values(filtersIn(search)).some(each => each !== undefined)
  useRowOfLink(search.item, items !== undefined)
  const roles = view.playbook.roles.map(each => each.id)
  const nameOf = (service: string) => formats.text(view.playbook.services.find(each => each.id === service)?.name, service)
  return (
    <PlanContextProvider
      value={{
        view,
        canWrite: customer.canWrite,
        explain,
        save,
        ask,
        pendingItem: writes.pendingItem,
        items,
        selected,
        toggle,
        edit: setEdited,
        writeNote: setNoted,
        changeItems,
        titleOf,
        roleOf: item => roleOf(view, item),
      }}
    >
      <div className={styles.column}>
        <Summary />
        <PlanDecisions customer={id} playbook={view.playbook} />
        <PlanHandshakes customer={id} />
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
          <PickFilter
            label={t('items.role')}
            values={roles}
            nameOf={role => formats.text(view.playbook.roles.find(each => each.id === role)?.name, role)}
            value={search.role}
            onPick={role => change({ role })}
          />
          <PickFilter
            label={t('plan.status')}
            values={ITEM_STATUSES}
            nameOf={status => t(`status.${status}`)}
            value={search.status}
            onPick={status => change({ status })}
          />
          {isFiltered && <Button onClick={clear}>{t('portfolio.clear')}</Button>}
        </search>
        <SelectedBar onClear={() => setSelected(new Set())} />
        {processes.length === 0 && followUps?.length === 0 && (
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
        {followUps && <FollowUps shown={followUps} onAdd={itemWrites.addFollowUp} onShowAll={clear} />}
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
              save(asked.item, input, asked.seen)
            }}
          />
        )}
        {edited.length > 0 && (
          <ItemsDialog
            key={edited.join()}
            ids={edited}
            onClose={() => setEdited([])}
            onSave={(changes, seen) => {
              setEdited([])
              setSelected(new Set())
              changeItems(changes, seen)
            }}
          />
        )}
        {noted !== null && (
          <NoteDialog customer={id} note={null} subject={`item:${noted}`} about={titleOf(noted)} onClose={() => setNoted(null)} />
        )}
        {itemWrites.conflict && (
          <ItemsConflictDialog conflict={itemWrites.conflict} onTheirs={itemWrites.keepTheirs} onMine={itemWrites.saveMine} />
        )}
        {writes.conflict && <ConflictDialog conflict={writes.conflict} onTheirs={writes.keepTheirs} onMine={writes.saveMine} />}
      </Suspense>
    </PlanContextProvider>
  )
}

/** A link that means one row brings the focus to it, once: what is drawn anew later moves nobody. */
function useRowOfLink(item: string | undefined, isThere: boolean): void {
  useEffect(() => {
    if (item === undefined || !isThere) return
    const row = document.querySelector<HTMLElement>(`[data-item="${CSS.escape(item)}"]`)
    row?.focus({ preventScroll: true })
    row?.scrollIntoView({ block: 'center' })
  }, [item, isThere])
}

const serviceOf = ({ plan }: PlanView, id: string): string | null =>
  plan.processes.flatMap(process => process.steps.flatMap(step => step.items)).find(item => item.id === id)?.service ?? null

const roleOf = ({ playbook }: PlanView, id: string): string | null => {
  const [process, step, task] = (id.split('@')[0] ?? '').split('/')
  const found = playbook.processes.find(each => each.id === process)?.steps.find(each => each.id === step)
  return found?.tasks.find(each => each.id === task)?.role ?? found?.role ?? null
}

const servicesOf = ({
  plan,
}: {
  plan: { processes: readonly { steps: readonly { items: readonly { service: string | null }[] }[] }[] }
}) => [...new Set(plan.processes.flatMap(process => process.steps.flatMap(step => step.items.flatMap(item => item.service ?? []))))]
