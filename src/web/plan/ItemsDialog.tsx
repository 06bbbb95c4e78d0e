import { Field, Input, MessageBar, MessageBarBody, Select, Textarea } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ITEM_STATUSES, REASONED_STATUSES, STATUS_REASONS } from '../../model/choices.ts'
import type { ItemChange } from '../../model/item-api.ts'
import type { Day, StatusReason } from '../../model/words.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { useFormats } from '../ui/format.ts'
import { dueChoices } from './due-choices.ts'
import { usePlan } from './plan-context.ts'

const LEAVE = ''
const NOBODY = 'nobody'
const OWN = 'own'
const OTHER = 'other'

type Props = { ids: readonly string[]; onClose: () => void; onSave: (changes: readonly ItemChange[], seen: number | undefined) => void }

/** Status, whose and by when, for one item or several: what is left alone stays as it is at each. Of one follow-up its title and note too. */
export default function ItemsDialog({ ids, onClose, onSave }: Props) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { view, items, titleOf, roleOf } = usePlan()
  const [status, setStatus] = useState<string>(LEAVE)
  const [reason, setReason] = useState<StatusReason | undefined>()
  // Only of a single follow-up: the playbook says what its own tasks are.
  const followUp = ids.length === 1 ? items?.followUps.find(each => each.id === ids[0]) : undefined
  const [title, setTitle] = useState(followUp?.title ?? '')
  const [note, setNote] = useState(followUp?.note ?? '')
  const [assignee, setAssignee] = useState(LEAVE)
  const [due, setDue] = useState(LEAVE)
  const [day, setDay] = useState('')
  const [dueReason, setDueReason] = useState('')
  const [tried, setTried] = useState(false)
  // Of when this opened: what others save meanwhile arrives below, and is not what the person looked at.
  const [seen] = useState(items?.version)
  const chosen = ITEM_STATUSES.find(each => each === status)
  const needsReason = chosen !== undefined && REASONED_STATUSES.includes(chosen)
  const all = view.plan.processes.flatMap(process => process.steps)
  const stepDays = all
    .filter(step => step.items.some(item => ids.includes(item.id)))
    .flatMap(step => step.items.flatMap(item => item.due ?? []))
  const choices = dueChoices(view.plan.date, stepDays.sort().at(-1) ?? null, items?.meetings ?? [])
  const lacksReason = needsReason && reason === undefined
  const lacksDay = due === OTHER && day === ''
  const isRetitled = followUp !== undefined && title.trim() !== followUp.title
  const isRenoted = followUp !== undefined && note.trim() !== (followUp.note ?? '')
  const lacksTitle = followUp !== undefined && title.trim() === ''
  const isEmpty = status === LEAVE && assignee === LEAVE && due === LEAVE && !isRetitled && !isRenoted
  const save = () => {
    setTried(true)
    if (lacksReason || lacksDay || lacksTitle || isEmpty) return
    const newDay = due === OWN ? null : due === OTHER ? day : (choices[Number(due)]?.day ?? null)
    onSave(
      ids.map(item => ({
        item,
        ...(chosen ? { status: { status: chosen, reason: needsReason ? (reason ?? null) : null, note: note.trim() || null } } : {}),
        ...(isRetitled ? { title: title.trim() } : {}),
        // A status brings its note along.
        ...(isRenoted && !chosen ? { note: note.trim() || null } : {}),
        ...(assignee === LEAVE ? {} : { assignee: assignee === NOBODY ? null : assignee }),
        // A date field gives a day or nothing.
        ...(due === LEAVE ? {} : { due: newDay as Day | null, ...(dueReason.trim() ? { dueReason: dueReason.trim() } : {}) }),
      })),
      seen,
    )
  }
  const roles = new Set(ids.flatMap(id => roleOf(id) ?? []))
  const person = items?.people.find(each => each.id === assignee)
  const isOtherRole = person !== undefined && [...roles].some(role => !person.roles.includes(role))
  const isLoaded = person !== undefined && items !== undefined && person.open + ids.length > items.loadCap
  return (
    <FormDialog
      title={ids.length === 1 ? titleOf(ids[0] ?? '') : t('items.several', { count: ids.length })}
      onClose={onClose}
      submit={{ label: t('save'), run: save, isBusy: false }}
    >
      {followUp && (
        <Field label={t('items.title')} required {...(tried && lacksTitle ? { validationMessage: t('items.titleNeeded') } : {})}>
          <Input value={title} maxLength={300} onChange={(_, { value }) => setTitle(value)} />
        </Field>
      )}
      <Field label={t('plan.status')} {...(tried && isEmpty ? { validationMessage: t('items.chooseOne') } : {})}>
        <Select value={status} onChange={(_, { value }) => setStatus(value)}>
          <option value={LEAVE}>{t('items.leave')}</option>
          {ITEM_STATUSES.map(each => (
            <option key={each} value={each}>
              {t(`status.${each}`)}
            </option>
          ))}
        </Select>
      </Field>
      {needsReason && (
        <Field label={t('plan.reason')} required {...(tried && lacksReason ? { validationMessage: t('plan.reasonNeeded') } : {})}>
          <Select value={reason ?? ''} onChange={(_, { value }) => setReason(STATUS_REASONS.find(each => each === value))}>
            <option value="">{t('plan.chooseReason')}</option>
            {STATUS_REASONS.map(each => (
              <option key={each} value={each}>
                {t(`reason.${each}`)}
              </option>
            ))}
          </Select>
        </Field>
      )}
      {(chosen || followUp) && (
        <Field label={t('plan.note')}>
          <Textarea value={note} maxLength={4000} onChange={(_, { value }) => setNote(value)} />
        </Field>
      )}
      <Field label={t('items.assignee')} hint={t('items.assigneeHint')}>
        <Select value={assignee} onChange={(_, { value }) => setAssignee(value)}>
          <option value={LEAVE}>{t('items.leave')}</option>
          <option value={NOBODY}>{t('items.nobody')}</option>
          {(items?.people ?? []).map(each => (
            <option key={each.id} value={each.id}>
              {t('items.person', { name: each.name, open: formats.number(each.open) })}
            </option>
          ))}
        </Select>
      </Field>
      {person && (isOtherRole || isLoaded) && (
        <MessageBar intent="warning">
          <MessageBarBody>
            {isOtherRole && `${t('items.warning.other-role', { person: person.name })} `}
            {isLoaded && t('items.warning.over-load', { person: person.name, open: formats.number(person.open + ids.length) })}
          </MessageBarBody>
        </MessageBar>
      )}
      <Field label={t('items.due')}>
        <Select value={due} onChange={(_, { value }) => setDue(value)}>
          <option value={LEAVE}>{t('items.leave')}</option>
          <option value={OWN}>{t('items.ownDay')}</option>
          {choices.map((each, index) => (
            <option key={each.key} value={index}>
              {t(`items.choice.${each.key}`, { of: each.of, day: formats.day(each.day) })}
            </option>
          ))}
          <option value={OTHER}>{t('items.otherDay')}</option>
        </Select>
      </Field>
      {due === OTHER && (
        <Field label={t('items.day')} required {...(tried && lacksDay ? { validationMessage: t('items.dayNeeded') } : {})}>
          <Input type="date" value={day} onChange={(_, { value }) => setDay(value)} />
        </Field>
      )}
      {due !== LEAVE && (
        <Field label={t('items.dueReason')}>
          <Input value={dueReason} maxLength={1000} onChange={(_, { value }) => setDueReason(value)} />
        </Field>
      )}
    </FormDialog>
  )
}
