import { Badge, type BadgeProps, makeStyles, Subtitle2, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReviewList } from '../../../model/review-record.ts'
import type { ReviewEntryView } from '../../../model/review-record-api.ts'
import { SERVICES } from '../../../model/services.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { focusOnceDrawn } from '../../ui/focus-back.ts'
import { type Formats, useFormats } from '../../ui/format.ts'
import { entryBody, momentumName } from './forms.ts'
import { useRecordWrite } from './record-writes.ts'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: '8px' },
  row: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center' },
  grow: { flex: '1 1 260px', minWidth: 0, overflowWrap: 'anywhere' },
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '8px' },
  item: { borderTop: `1px solid ${tokens.colorNeutralStroke2}`, paddingTop: '8px' },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  link: { '& a': { display: 'inline-block', paddingBlock: '4px', color: tokens.colorBrandForegroundLink } },
  text: { margin: '4px 0 0', whiteSpace: 'pre-wrap' },
})

type EntryListProps = {
  customer: string
  list: ReviewList
  entries: readonly ReviewEntryView[]
  today: string
  /** Why nothing may be changed. */
  why: string | undefined
  onAdd: () => void
  onChange: (entry: ReviewEntryView) => void
  /** Beside the button that adds. */
  more?: ReactNode
}

/** One list of a review: what there is, what its state is, who sees to it until when; what is empty says what to write there. */
export function EntryList({ customer, list, entries, today, why, onAdd, onChange, more }: EntryListProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const write = useRecordWrite(customer)
  const titleId = `review-${list}`
  const nameOf = (entry: ReviewEntryView) => entry.what ?? momentumName(t, formats, entry.kind)
  const toggle = (entry: ReviewEntryView) => {
    const path = ['entries', entry.id]
    write.mutate({
      method: 'PUT',
      path,
      body: entryBody(toggled(entry, today)),
      done: t('record.saved'),
      undo: [{ method: 'PUT', path, body: entryBody(entry) }],
    })
  }
  const remove = (entry: ReviewEntryView) => {
    const path = ['entries', entry.id]
    write.mutate(
      { method: 'DELETE', path, done: t('record.removed'), undo: [{ method: 'PUT', path, body: entryBody(entry) }] },
      { onSuccess: () => focusOnceDrawn(addId(list)) },
    )
  }
  return (
    <section aria-labelledby={titleId} className={styles.root} data-focus-home>
      <div className={styles.row}>
        <Subtitle2 as="h4" id={titleId} className={styles.grow}>
          {t(`record.list.${list}`)}
        </Subtitle2>
        {more}
        <ActionButton id={addId(list)} size="small" refusal={why} onClick={onAdd}>
          {t(`record.add.${list}`)}
        </ActionButton>
      </div>
      {entries.length === 0 && <span className={styles.quiet}>{t(`record.empty.${list}`)}</span>}
      <ul className={styles.list} hidden={entries.length === 0}>
        {entries.map(entry => (
          <li key={entry.id} className={styles.item}>
            <div className={styles.row}>
              <div className={styles.grow}>
                <strong>{nameOf(entry)}</strong> <StateOf entry={entry} today={today} />
                <div className={styles.quiet}>{detailsOf(entry).join(' · ')}</div>
                {entry.approach && <p className={styles.text}>{t('record.approachLine', { approach: entry.approach })}</p>}
                {entry.reason && <p className={styles.text}>{t('record.reasonLine', { reason: entry.reason })}</p>}
                {entry.resources.map(({ title, url }) => (
                  <div key={`${title} ${url}`} className={styles.link}>
                    <a href={url} target="_blank" rel="noreferrer">
                      {title}
                    </a>
                  </div>
                ))}
              </div>
              <ActionButton
                size="small"
                refusal={why}
                disabledFocusable={write.isPending}
                onClick={() => toggle(entry)}
                {...aria('toggle', entry)}
              >
                {toggleLabel(entry)}
              </ActionButton>
              <ActionButton size="small" refusal={why} onClick={() => onChange(entry)} {...aria('change', entry)}>
                {t('record.changeShort')}
              </ActionButton>
              <ActionButton
                size="small"
                refusal={why}
                disabledFocusable={write.isPending}
                onClick={() => remove(entry)}
                {...aria('remove', entry)}
              >
                {t('record.remove')}
              </ActionButton>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )

  function toggleLabel(entry: ReviewEntryView): string {
    return t(`record.toggle.${list}-${isEnded(entry) ? 'open' : 'end'}`)
  }

  function aria(what: 'toggle' | 'change' | 'remove', entry: ReviewEntryView) {
    const action = what === 'toggle' ? toggleLabel(entry) : t(what === 'change' ? 'record.changeShort' : 'record.remove')
    return { 'aria-label': t('record.actionOf', { action, name: nameOf(entry) }) }
  }

  function detailsOf(entry: ReviewEntryView): readonly string[] {
    // What is over needs nobody any more.
    const ended = isEnded(entry)
    const nobody = ended ? undefined : t(list === 'alignment' ? 'record.noWho' : 'record.noOwner')
    const noDay = ended || list === 'alignment' ? undefined : t('record.noDue')
    return [
      list === 'gap' ? t(`record.gapKind.${entry.kind}`) : undefined,
      entry.service === null ? undefined : serviceName(formats, entry.service),
      entry.owner === null ? nobody : entry.owner.name,
      entry.due === null ? noDay : t('record.until', { day: formats.day(entry.due) }),
      entry.closedOn === null ? undefined : t(`record.closedOn.${list}`, { day: formats.day(entry.closedOn) }),
      list === 'alignment' && entry.state ? t(`record.alignment.${entry.state}`) : undefined,
      entry.leftByCycle === null ? undefined : t('record.leftByCycle', { cycle: formats.number(entry.leftByCycle) }),
    ].filter(each => each !== undefined)
  }
}

export const addId = (list: ReviewList): string => `add-review-${list}`

export const serviceName = (formats: Formats, service: string): string =>
  formats.text(SERVICES.find(each => each.id === service)?.name, service)

/** Nothing is left to do. */
export function isEnded({ list, state, closedOn }: ReviewEntryView): boolean {
  if (list === 'prerequisite') return state !== 'open'
  return list === 'momentum' ? state !== 'planned' : closedOn !== null
}

/** As it is once it is done, or to be done again. */
function toggled(entry: ReviewEntryView, today: string): ReviewEntryView {
  const ended = isEnded(entry)
  if (entry.list === 'prerequisite') return { ...entry, state: ended ? 'open' : 'met' }
  if (entry.list === 'momentum') return { ...entry, state: ended ? 'planned' : 'done', reason: null }
  // Today comes from the server, as a day.
  return { ...entry, closedOn: ended ? null : (today as ReviewEntryView['closedOn']) }
}

function StateOf({ entry, today }: { entry: ReviewEntryView; today: string }) {
  const { t } = useTranslation()
  const [color, text] = lookOf()
  return (
    <Badge appearance="tint" color={color} shape="rounded" data-state={entry.state ?? (entry.closedOn ? 'closed' : 'open')}>
      {text}
    </Badge>
  )

  function lookOf(): readonly [NonNullable<BadgeProps['color']>, string] {
    const { list, state, due } = entry
    if (!isEnded(entry) && due !== null && due < today) return ['warning', t('record.late')]
    if (list === 'prerequisite') return [state === 'open' ? 'brand' : 'success', t(`record.prerequisite.${state}`)]
    if (list === 'momentum')
      return [state === 'planned' ? 'brand' : state === 'not-needed' ? 'informative' : 'success', t(`record.momentum.${state}`)]
    return isEnded(entry) ? ['success', t(`record.ended.${list}`)] : ['brand', t(`record.open.${list}`)]
  }
}
