import { Badge, Button, Checkbox, makeStyles, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { Step } from '../../model/playbook.ts'
import { BlockerBadge } from '../blockers/BlockerBadge.tsx'
import { refusalFor, wholeRefusal } from '../customer/may-write.ts'
import { useFormats } from '../ui/format.ts'
import { StateBadge } from '../ui/StateBadge.tsx'
import { Hidden } from '../ui/Visually.tsx'
import type { ItemEntry } from './filter.ts'
import { usePlan } from './plan-context.ts'
import { StatusMenu } from './StatusMenu.tsx'
import { WhyButton } from './WhyButton.tsx'

const useStyles = makeStyles({
  row: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    gap: '2px 12px',
    padding: '8px',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    borderRadius: tokens.borderRadiusMedium,
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
    '@media (max-width: 640px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  title: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 8px' },
  star: { color: tokens.colorPaletteRedForeground1, fontWeight: tokens.fontWeightBold },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, margin: 0, overflowWrap: 'anywhere' },
  id: { fontVariantNumeric: 'tabular-nums' },
  // Two lines, so that the words have the room.
  actions: {
    display: 'flex',
    alignItems: 'center',
    alignContent: 'center',
    justifyContent: 'flex-end',
    gap: '4px',
    flexWrap: 'wrap',
    maxWidth: '260px',
    '@media (max-width: 640px)': { justifyContent: 'flex-start', maxWidth: 'none' },
  },
  late: { color: tokens.colorPaletteRedForeground1 },
})

/** One thing to do: what, for which service, its state and why, what a person said about it. */
export function ItemRow({ entry: { item, task }, step }: { entry: ItemEntry; step: Step }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { view, explain, items, selected, toggle, edit, canWrite, changeItems, writeNote } = usePlan()
  const title = formats.text(task?.title ?? step.title, item.id)
  const service = item.service && formats.text(view.playbook.services.find(each => each.id === item.service)?.name, item.service)
  const mark = view.marks[item.id]
  const more = items?.items[item.id]
  const due = more?.due ?? item.due
  const mayWrite = refusalFor(canWrite, item.service) === undefined
  return (
    <li className={styles.row} data-item={item.id} tabIndex={-1} aria-label={service ? `${title}, ${service}` : title}>
      <div>
        <div className={styles.title}>
          {mayWrite && (
            <Checkbox checked={selected.has(item.id)} onChange={() => toggle(item.id)} aria-label={t('items.select', { title })} />
          )}
          <span>
            {item.mandatory && (
              <>
                <span aria-hidden className={styles.star}>
                  *{' '}
                </span>
                <Hidden>{t('plan.mandatory')} </Hidden>
              </>
            )}
            {title}
          </span>
          {service && (
            <Badge appearance="outline" color="informative" shape="rounded">
              {service}
            </Badge>
          )}
          {item.state !== 'done' && item.state !== 'not-applicable' && (
            <BlockerBadge customer={view.customer} service={item.service} item={item.id} />
          )}
        </div>
        <p className={styles.quiet}>
          {item.task && <span className={styles.id}>{item.task} · </span>}
          {formats.text(item.because.text)}
          {due && item.state !== 'done' && <DueDate day={due} />}
          {more?.due && ` (${t('items.daySet')})`}
          {more?.assignee && ` · ${more.assignee.name}`}
        </p>
        {more?.regressedOn && (
          <p className={styles.late}>
            {t('items.regressed', { day: formats.day(more.regressedOn) })}{' '}
            {mayWrite && (
              <>
                <Button
                  size="small"
                  onClick={() =>
                    changeItems([
                      { item: item.id, stillDone: true, status: { status: 'complete', reason: null, note: mark?.note ?? null } },
                    ])
                  }
                >
                  {t('items.stillDone')}
                </Button>{' '}
                <Button
                  size="small"
                  onClick={() => changeItems([{ item: item.id, status: { status: 'in-progress', reason: null, note: null } }])}
                >
                  {t('items.reopen')}
                </Button>
              </>
            )}
          </p>
        )}
        {mark && (
          <p className={styles.quiet}>
            {t('plan.markBy', { status: t(`status.${mark.status}`), who: mark.by, when: formats.moment(mark.at) })}
            {mark.reason && ` · ${t(`reason.${mark.reason}`)}`}
            {mark.note && ` · “${mark.note}”`}
          </p>
        )}
      </div>
      <div className={styles.actions}>
        <StateBadge of="state" state={item.state} />
        <StatusMenu item={item.id} service={item.service} status={mark?.status ?? item.status} title={title} />
        {mayWrite && (
          <Button size="small" appearance="subtle" aria-label={t('items.changeOf', { title })} onClick={() => edit([item.id])}>
            {t('items.change')}
          </Button>
        )}
        {wholeRefusal(canWrite) === undefined && (
          <Button size="small" appearance="subtle" aria-label={t('items.writeNoteOf', { title })} onClick={() => writeNote(item.id)}>
            {t('items.writeNote')}
          </Button>
        )}
        <WhyButton about={title} onClick={() => explain(`item:${item.id}`)} />
      </div>
    </li>
  )
}

function DueDate({ day }: { day: string }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { view } = usePlan()
  const late = day < view.plan.date
  return <span className={late ? styles.late : undefined}> · {t(late ? 'plan.overdue' : 'plan.dueOn', { day: formats.day(day) })}</span>
}
