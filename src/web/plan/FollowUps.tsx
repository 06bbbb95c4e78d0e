import {
  Badge,
  Button,
  Checkbox,
  Field,
  Input,
  makeStyles,
  Select,
  Subtitle1,
  Subtitle2,
  Textarea,
  tokens,
} from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AddFollowUp, FollowUpView } from '../../model/item-api.ts'
import type { Day } from '../../model/words.ts'
import { refusalFor, wholeRefusal } from '../customer/may-write.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { FormDialog } from '../ui/FormDialog.tsx'
import { useFormats } from '../ui/format.ts'
import { usePlan } from './plan-context.ts'

const useStyles = makeStyles({
  section: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    padding: '12px 16px 16px',
  },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px' },
  title: { flex: '1 1 240px', margin: 0 },
  list: { listStyleType: 'none', margin: '4px 0', padding: 0 },
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '4px 12px',
    alignItems: 'center',
    padding: '8px',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  what: { flex: '1 1 240px', minWidth: 0, overflowWrap: 'anywhere' },
  group: { margin: '12px 0 0' },
  hidden: { margin: '8px 0 0' },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, margin: 0 },
})

type Props = {
  /** Those that the filters of the plan let through. */
  shown: readonly FollowUpView[]
  onAdd: (input: AddFollowUp) => Promise<void>
  onShowAll: () => void
}

/** What no playbook holds: agreed at a meeting, for a blocker, or by hand. What an earlier engagement left open and what is closed stand apart. */
export function FollowUps({ shown, onAdd, onShowAll }: Props) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { items, canWrite } = usePlan()
  const [isAdding, setAdding] = useState(false)
  const refusal = refusalFor(canWrite, null)
  if (!items) return null
  const hidden = items.followUps.length - shown.length
  const groups = GROUPS.map(group => ({ group, rows: shown.filter(each => groupOf(each) === group) })).filter(each => each.rows.length > 0)
  return (
    <section className={styles.section} aria-labelledby="follow-ups">
      <div className={styles.head}>
        <Subtitle1 as="h2" id="follow-ups" className={styles.title}>
          {t('items.followUps')}
        </Subtitle1>
        <ActionButton refusal={refusal && formats.text(refusal)} onClick={() => setAdding(true)}>
          {t('items.addFollowUp')}
        </ActionButton>
      </div>
      {items.followUps.length === 0 && <p className={styles.quiet}>{t('items.noFollowUps')}</p>}
      {groups.map(({ group, rows }) => (
        <div key={group}>
          {(group !== 'open' || groups.length > 1) && (
            <Subtitle2 as="h3" id={`follow-ups-${group}`} block className={styles.group}>
              {t(`items.group.${group}`)}
            </Subtitle2>
          )}
          <ul className={styles.list} aria-labelledby={group === 'open' && groups.length === 1 ? 'follow-ups' : `follow-ups-${group}`}>
            {rows.map(each => (
              <Row key={each.id} followUp={each} />
            ))}
          </ul>
        </div>
      ))}
      {hidden > 0 && (
        <p className={styles.hidden}>
          {t('items.hidden', { count: hidden })}{' '}
          <Button size="small" onClick={onShowAll}>
            {t('items.showAll')}
          </Button>
        </p>
      )}
      {isAdding && <AddDialog onAdd={onAdd} onClose={() => setAdding(false)} />}
    </section>
  )
}

const GROUPS = ['open', 'earlier', 'closed'] as const
const groupOf = ({ closedAt, isEarlier }: FollowUpView): (typeof GROUPS)[number] =>
  closedAt !== null ? 'closed' : isEarlier ? 'earlier' : 'open'

function Row({
  followUp: { id, title, service, status, reason, assignee, due, madeFor, by, at, note, closedAt },
}: {
  followUp: FollowUpView
}) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { view, canWrite, selected, toggle, edit, writeNote } = usePlan()
  const refusal = refusalFor(canWrite, service)
  const madeOf = madeFor?.split(':')[0]
  return (
    <li className={styles.row} data-item={id} tabIndex={-1} aria-label={title}>
      <Checkbox checked={selected.has(id)} onChange={() => toggle(id)} aria-label={t('items.select', { title })} />
      <div className={styles.what}>
        {title}{' '}
        {service && (
          <Badge appearance="outline" color="informative" shape="rounded">
            {formats.text(view.playbook.services.find(each => each.id === service)?.name, service)}
          </Badge>
        )}
        <p className={styles.quiet}>
          {t(`status.${status}`)}
          {reason && ` · ${t(`reason.${reason}`)}`}
          {assignee && ` · ${assignee.name}`}
          {due && closedAt === null && ` · ${t(due < view.plan.date ? 'plan.overdue' : 'plan.dueOn', { day: formats.day(due) })}`}
          {madeOf && ['meeting', 'blocker', 'accelerator'].includes(madeOf) && ` · ${t(`items.madeFor.${madeOf}`)}`}
          {` · ${t('items.madeBy', { who: by, when: formats.moment(at) })}`}
        </p>
        {note && <p className={styles.quiet}>“{note}”</p>}
      </div>
      <ActionButton
        size="small"
        data-status-button={refusal ? undefined : true}
        refusal={refusal && formats.text(refusal)}
        onClick={() => edit([id])}
        aria-label={t('items.changeOf', { title })}
      >
        {t('items.change')}
      </ActionButton>
      {wholeRefusal(canWrite) === undefined && (
        <Button size="small" appearance="subtle" aria-label={t('items.writeNoteOf', { title })} onClick={() => writeNote(id)}>
          {t('items.writeNote')}
        </Button>
      )}
    </li>
  )
}

function AddDialog({ onAdd, onClose }: { onAdd: (input: AddFollowUp) => Promise<void>; onClose: () => void }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { items, view } = usePlan()
  const [title, setTitle] = useState('')
  const [service, setService] = useState('')
  const [assignee, setAssignee] = useState('')
  const [due, setDue] = useState('')
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const [state, setState] = useState<{ isBusy: boolean; error?: unknown }>({ isBusy: false })
  const save = async () => {
    setTried(true)
    if (title.trim() === '') return
    setState({ isBusy: true })
    try {
      // A date field gives a day or nothing.
      await onAdd({
        title: title.trim(),
        service: service || null,
        assignee: assignee || null,
        due: (due || null) as Day | null,
        note: note.trim() || null,
      })
      onClose()
    } catch (error) {
      setState({ isBusy: false, error })
    }
  }
  return (
    <FormDialog
      title={t('items.addFollowUp')}
      onClose={onClose}
      submit={{ label: t('save'), run: () => void save(), isBusy: state.isBusy }}
      error={state.error}
    >
      <Field label={t('items.title')} required {...(tried && title.trim() === '' ? { validationMessage: t('items.titleNeeded') } : {})}>
        <Input value={title} maxLength={300} onChange={(_, { value }) => setTitle(value)} />
      </Field>
      <Field label={t('plan.service')}>
        <Select value={service} onChange={(_, { value }) => setService(value)}>
          <option value="">{t('items.whole')}</option>
          {view.playbook.services.map(each => (
            <option key={each.id} value={each.id}>
              {formats.text(each.name, each.id)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('items.assignee')}>
        <Select value={assignee} onChange={(_, { value }) => setAssignee(value)}>
          <option value="">{t('items.nobody')}</option>
          {(items?.people ?? []).map(each => (
            <option key={each.id} value={each.id}>
              {t('items.person', { name: each.name, open: formats.number(each.open) })}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('items.due')}>
        <Input type="date" value={due} onChange={(_, { value }) => setDue(value)} />
      </Field>
      <Field label={t('plan.note')}>
        <Textarea value={note} maxLength={4000} onChange={(_, { value }) => setNote(value)} />
      </Field>
    </FormDialog>
  )
}

/** What can be done with the rows that are chosen. */
export function SelectedBar({ onClear }: { onClear: () => void }) {
  const { t } = useTranslation()
  const { selected, edit } = usePlan()
  const styles = useSelectedStyles()
  if (selected.size === 0) return null
  return (
    <div role="toolbar" aria-label={t('items.selected', { count: selected.size })} className={styles.bar}>
      <span>{t('items.selected', { count: selected.size })}</span>
      <Button appearance="primary" onClick={() => edit([...selected])}>
        {t('items.change')}
      </Button>
      <Button onClick={onClear}>{t('items.clear')}</Button>
    </div>
  )
}

const useSelectedStyles = makeStyles({
  bar: {
    position: 'sticky',
    top: 0,
    zIndex: 2,
    display: 'flex',
    flexWrap: 'wrap',
    gap: '8px',
    alignItems: 'center',
    padding: '8px 12px',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
  },
})
