import {
  Button,
  Checkbox,
  Field,
  Input,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  Select,
  Textarea,
} from '@fluentui/react-components'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BlockersView, BlockerView } from '../../model/blocker-api.ts'
import { refusalFor } from '../customer/may-write.ts'
import { customerPath, planQuery } from '../customer/queries.ts'
import { itemTitle } from '../explain/subject.ts'
import { BoxGroup } from '../ui/BoxGroup.tsx'
import { FormDialog } from '../ui/FormDialog.tsx'
import { isLostUpdate } from '../ui/failure.ts'
import { UNKNOWN, useFormats } from '../ui/format.ts'
import { apiUrl, HttpError, send } from '../ui/http.ts'
import { PersonPicker } from '../ui/PersonPicker.tsx'

const useStyles = makeStyles({
  group: { border: 0, margin: 0, padding: 0, display: 'flex', flexWrap: 'wrap', gap: '0 12px' },
  row: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(180px, 1fr))', gap: '12px', alignItems: 'start' },
})

/** As the API takes it; a day and a number as they are typed. */
type Draft = Readonly<{
  title: string
  services: readonly string[]
  items: readonly string[]
  reason: string
  seats: string
  owner: { id: string; name: string } | undefined
  nextAction: string
  nextActionOn: string
}>

type Theirs = Readonly<Record<'title' | 'reason', string>> &
  Readonly<{
    services: readonly string[]
    items: readonly string[]
    seats: number | null
    owner: string | null
    ownerName: string | null
    nextAction: string | null
    nextActionOn: string | null
  }>

const draftOf = (blocker: BlockerView | undefined): Draft => ({
  title: blocker?.title ?? '',
  services: blocker?.services ?? [],
  items: blocker?.items ?? [],
  reason: blocker?.reason.id ?? '',
  seats: blocker?.seats == null ? '' : String(blocker.seats),
  owner: blocker?.owner ?? undefined,
  nextAction: blocker?.nextAction ?? '',
  nextActionOn: blocker?.nextActionOn ?? '',
})

type BlockerDialogProps = Readonly<{
  view: BlockersView
  blocker?: BlockerView
  onClose: () => void
  onSaved: (view: BlockersView) => void
}>

/** Opens a blocker, or changes one. Somebody else's change meanwhile is shown beside one's own, to choose. */
export function BlockerDialog({ view, blocker, onClose, onSaved }: BlockerDialogProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { data: plan } = useSuspenseQuery(planQuery(view.customer))
  const [draft, setDraft] = useState(() => draftOf(blocker))
  const [version, setVersion] = useState(blocker?.version)
  const [tried, setTried] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const change = (more: Partial<Draft>) => setDraft(now => ({ ...now, ...more }))
  const faults = {
    title: draft.title.trim() === '' ? t('blockers.titleNeeded') : undefined,
    reason: draft.reason === '' ? t('blockers.reasonNeeded') : undefined,
    seats: /^\d{0,9}$/.test(draft.seats.trim()) ? undefined : t('blockers.seatsWrong'),
    nextAction: draft.nextActionOn !== '' && draft.nextAction.trim() === '' ? t('blockers.actionNeeded') : undefined,
  }
  const save = async (against: number | undefined) => {
    setTried(true)
    if (Object.values(faults).some(each => each !== undefined)) return
    setBusy(true)
    const body = {
      title: draft.title.trim(),
      services: draft.services,
      items: draft.items,
      reason: draft.reason,
      seats: draft.seats.trim() === '' ? null : Number(draft.seats),
      owner: draft.owner?.id ?? null,
      nextAction: draft.nextAction.trim() || null,
      nextActionOn: draft.nextActionOn || null,
    }
    try {
      onSaved(
        blocker
          ? await send('PUT', apiUrl(customerPath(view.customer, 'blockers', blocker.id)), { ...body, version: against })
          : await send('POST', apiUrl(customerPath(view.customer, 'blockers')), body),
      )
      onClose()
    } catch (failure) {
      setBusy(false)
      setError(failure)
    }
  }
  const conflict =
    isLostUpdate(error) && error instanceof HttpError ? (error.problem.details as { theirs: Theirs; version: number }) : undefined
  const keepTheirs = ({ theirs, version: now }: { theirs: Theirs; version: number }) => {
    setDraft({
      ...theirs,
      seats: theirs.seats === null ? '' : String(theirs.seats),
      owner: theirs.owner === null ? undefined : { id: theirs.owner, name: theirs.ownerName ?? theirs.owner },
      nextAction: theirs.nextAction ?? '',
      nextActionOn: theirs.nextActionOn ?? '',
    })
    setVersion(now)
    setError(undefined)
  }
  const intended = plan.playbook.services.filter(
    ({ id }) =>
      draft.services.includes(id) ||
      plan.plan.processes.some(each => each.steps.some(step => step.items.some(item => item.service === id))),
  )
  const items = plan.plan.processes
    .flatMap(each => each.steps.flatMap(step => step.items))
    .filter(
      item =>
        draft.items.includes(item.id) ||
        (['due', 'waiting', 'unknown'].includes(item.state) &&
          (draft.services.length === 0 || item.service === null || draft.services.includes(item.service))),
    )
  const isListed = view.reasons.some(each => each.id === draft.reason)
  const shown = (fault: string | undefined) => (tried && fault ? { validationMessage: fault } : {})
  return (
    <FormDialog
      title={t(blocker ? 'blockers.editTitle' : 'blockers.addTitle')}
      onClose={onClose}
      submit={{ label: t('save'), run: () => void save(version), isBusy }}
      error={conflict ? undefined : error}
    >
      {conflict && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{t('conflict.title')}</MessageBarTitle>
            {t('blockers.theirs', {
              title: conflict.theirs.title,
              seats: formats.number(conflict.theirs.seats),
              owner: conflict.theirs.ownerName ?? UNKNOWN,
              action: conflict.theirs.nextAction ?? UNKNOWN,
              day: formats.day(conflict.theirs.nextActionOn),
            })}
          </MessageBarBody>
          <MessageBarActions>
            <Button onClick={() => keepTheirs(conflict)}>{t('conflict.keepTheirs')}</Button>
            <Button onClick={() => void save(conflict.version)}>{t('conflict.saveMine')}</Button>
          </MessageBarActions>
        </MessageBar>
      )}
      <Field label={t('blockers.what')} required {...shown(faults.title)}>
        <Input value={draft.title} maxLength={200} onChange={(_, { value }) => change({ title: value })} />
      </Field>
      <Field label={t('blockers.reason')} required {...shown(faults.reason)}>
        <Select value={draft.reason} onChange={(_, { value }) => change({ reason: value })}>
          <option value="">{t('blockers.chooseReason')}</option>
          {blocker && !isListed && draft.reason !== '' && <option value={blocker.reason.id}>{formats.text(blocker.reason.text)}</option>}
          {view.reasons.map(({ id, text }) => (
            <option key={id} value={id}>
              {formats.text(text, id)}
            </option>
          ))}
        </Select>
      </Field>
      <BoxGroup label={t('blockers.services')} hint={t('blockers.servicesHint')} className={styles.group}>
        {intended.map(({ id, name }) => (
          <Checkbox
            key={id}
            label={formats.text(name, id)}
            checked={draft.services.includes(id)}
            disabled={refusalFor(view.canSet, id) !== undefined}
            onChange={(_, { checked }) =>
              change({ services: checked ? [...draft.services, id] : draft.services.filter(each => each !== id) })
            }
          />
        ))}
      </BoxGroup>
      {items.length > 0 && (
        <details>
          <summary>{t('blockers.itemsChosen', { count: draft.items.length })}</summary>
          {items.map(({ id, task }) => (
            <div key={id}>
              <Checkbox
                label={formats.text(itemTitle(plan.playbook, id, task))}
                checked={draft.items.includes(id)}
                onChange={(_, { checked }) => change({ items: checked ? [...draft.items, id] : draft.items.filter(each => each !== id) })}
              />
            </div>
          ))}
        </details>
      )}
      <div className={styles.row}>
        <Field label={t('blockers.seats')} hint={t('blockers.seatsHint')} {...shown(faults.seats)}>
          <Input value={draft.seats} inputMode="numeric" onChange={(_, { value }) => change({ seats: value })} />
        </Field>
        <PersonPicker label={t('blockers.owner')} people={view.owners} chosen={draft.owner} onChoose={owner => change({ owner })} />
      </div>
      <Field label={t('blockers.nextAction')} {...shown(faults.nextAction)}>
        <Textarea
          value={draft.nextAction}
          maxLength={1000}
          rows={2}
          resize="vertical"
          onChange={(_, { value }) => change({ nextAction: value })}
        />
      </Field>
      <Field label={t('blockers.nextActionOn')} hint={t('blockers.nextActionHint')}>
        <Input type="date" value={draft.nextActionOn} onChange={(_, { value }) => change({ nextActionOn: value })} />
      </Field>
    </FormDialog>
  )
}
