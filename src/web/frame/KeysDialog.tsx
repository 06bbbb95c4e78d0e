import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  Switch,
  tokens,
} from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { letterKeys } from '../ui/keys.ts'

const KEYS = [
  ['?', 'keys.help'],
  ['Ctrl/⌘ + K', 'keys.palette'],
  ['/', 'keys.search'],
  ['g p', 'keys.portfolio'],
  ['g b', 'keys.playbooks'],
  ['j  k', 'keys.rows'],
  ['Enter', 'keys.open'],
  ['e', 'keys.explain'],
  ['n', 'keys.note'],
  ['Ctrl/⌘ + Enter', 'keys.save'],
  ['u', 'keys.undo'],
  ['[  ]', 'keys.customers'],
  ['Esc', 'keys.back'],
] as const

const useStyles = makeStyles({
  list: { display: 'grid', gridTemplateColumns: 'max-content 1fr', gap: '8px 16px', margin: '0 0 16px' },
  key: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, whiteSpace: 'pre' },
  what: { margin: 0 },
})

export default function KeysDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const letters = letterKeys.use()
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t('keys.title')}</DialogTitle>
          <DialogContent>
            <dl className={styles.list}>
              {KEYS.map(([key, what]) => [
                <dt key={`${key}-key`} className={styles.key}>
                  {key}
                </dt>,
                <dd key={key} className={styles.what}>
                  {t(what)}
                </dd>,
              ])}
            </dl>
            <Switch
              label={t('keys.letters')}
              checked={letters === 'on'}
              onChange={(_, { checked }) => letterKeys.set(checked ? 'on' : 'off')}
            />
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={onClose}>
              {t('close')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}
