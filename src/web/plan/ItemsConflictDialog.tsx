import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  Subtitle2,
  tokens,
} from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { ItemChange, ItemValues } from '../../model/item-api.ts'
import { useFormats } from '../ui/format.ts'
import type { ItemsConflict } from './item-writes.ts'
import { usePlan } from './plan-context.ts'

const useStyles = makeStyles({
  both: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(200px, 1fr))', gap: '12px', margin: '4px 0 12px' },
  side: {
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    padding: '8px 12px',
    overflowWrap: 'anywhere',
  },
  line: { margin: '4px 0' },
})

type Props = { conflict: ItemsConflict; onMine: () => void; onTheirs: () => void }

/** Somebody else changed some of the items meanwhile: of each both values, and the person chooses for all. */
export default function ItemsConflictDialog({ conflict: { changes, conflicts }, onMine, onTheirs }: Props) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { titleOf } = usePlan()
  return (
    <Dialog open modalType="alert">
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t('conflict.title')}</DialogTitle>
          <DialogContent>
            {t('conflict.help')}
            {conflicts.map(({ item, theirs, by, at }) => (
              <section key={item}>
                <Subtitle2 as="h3">{titleOf(item)}</Subtitle2>
                <div className={styles.both}>
                  <div className={styles.side}>
                    <strong>{t('conflict.theirs')}</strong>
                    <Values of={theirs} only={changes.find(each => each.item === item)} />
                    {by !== null && at !== null && <p className={styles.line}>{t('conflict.by', { who: by, when: formats.moment(at) })}</p>}
                  </div>
                  <div className={styles.side}>
                    <strong>{t('conflict.mine')}</strong>
                    <Mine change={changes.find(each => each.item === item)} />
                  </div>
                </div>
              </section>
            ))}
          </DialogContent>
          <DialogActions>
            <Button onClick={onTheirs}>{t('conflict.keepTheirs')}</Button>
            <Button appearance="primary" onClick={onMine}>
              {t('conflict.saveMine')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}

/** The parts that the person wanted to change. */
function Values({ of: values, only }: { of: ItemValues; only: ItemChange | undefined }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  return (
    <>
      {only?.title !== undefined && <p className={styles.line}>{values.title}</p>}
      {only?.note !== undefined && <p className={styles.line}>{values.note === null ? t('items.noNote') : `“${values.note}”`}</p>}
      {only?.status !== undefined && (
        <p className={styles.line}>
          {t(`status.${values.status ?? 'not-started'}`)}
          {values.reason && ` · ${t(`reason.${values.reason}`)}`}
          {values.note && ` · “${values.note}”`}
        </p>
      )}
      {only?.assignee !== undefined && (
        <p className={styles.line}>{t('items.assigned', { who: values.assignee?.name ?? t('items.nobody') })}</p>
      )}
      {only?.due !== undefined && (
        <p className={styles.line}>{values.due === null ? t('items.ownDay') : t('plan.dueOn', { day: formats.day(values.due) })}</p>
      )}
    </>
  )
}

function Mine({ change }: { change: ItemChange | undefined }) {
  const { items } = usePlan()
  if (!change) return null
  const assignee = items?.people.find(each => each.id === change.assignee) ?? null
  const { status } = change
  const values: ItemValues = {
    status: status?.status ?? null,
    reason: status?.reason ?? null,
    note: status?.note ?? change.note ?? null,
    assignee,
    due: change.due ?? null,
    title: change.title ?? null,
  }
  return <Values of={values} only={change} />
}
