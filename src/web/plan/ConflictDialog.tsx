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
import type { StatusReason } from '../../model/words.ts'
import { useFormats } from '../ui/format.ts'
import type { Conflict } from './status-writes.ts'

const useStyles = makeStyles({
  both: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(200px, 1fr))', gap: '12px', marginTop: '12px' },
  side: {
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    padding: '12px',
    overflowWrap: 'anywhere',
  },
})

/** Somebody else saved the same item: both versions, and the person chooses. */
export default function ConflictDialog({
  conflict: { mine, theirs },
  onMine,
  onTheirs,
}: {
  conflict: Conflict
  onMine: () => void
  onTheirs: () => void
}) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  return (
    <Dialog open modalType="alert">
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t('conflict.title')}</DialogTitle>
          <DialogContent>
            {t('conflict.help')}
            <div className={styles.both}>
              <section className={styles.side}>
                <Subtitle2 as="h3">{t('conflict.theirs')}</Subtitle2>
                <Version version={theirs} />
                {theirs && <p>{t('conflict.by', { who: theirs.by, when: formats.moment(theirs.at) })}</p>}
              </section>
              <section className={styles.side}>
                <Subtitle2 as="h3">{t('conflict.mine')}</Subtitle2>
                <Version version={mine} />
              </section>
            </div>
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

function Version({
  version,
}: {
  version: { status: string; reason?: StatusReason | null | undefined; note?: string | null | undefined } | null
}) {
  const { t } = useTranslation()
  return (
    <>
      <p>{t(`status.${version?.status ?? 'not-started'}`)}</p>
      {version?.reason && <p>{t(`reason.${version.reason}`)}</p>}
      {version?.note && <p>“{version.note}”</p>}
    </>
  )
}
