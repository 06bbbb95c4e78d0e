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
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { sessionQuery } from '../session/queries.ts'
import { send } from '../ui/http.ts'
import { letterKeys } from '../ui/keys.ts'

const KEYS = [
  ['?', 'keys.help'],
  ['Ctrl/⌘ + K', 'keys.palette'],
  ['/', 'keys.search'],
  ['g t', 'keys.today'],
  ['g p', 'keys.portfolio'],
  ['g m', 'keys.meetings'],
  ['g b', 'keys.playbooks'],
  ['g r', 'keys.reports'],
  ['j  k', 'keys.rows'],
  ['x', 'keys.select'],
  ['Enter', 'keys.open'],
  ['e', 'keys.explain'],
  ['y', 'keys.priority'],
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
  const client = useQueryClient()
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
              onChange={(_, { checked }) => {
                letterKeys.set(checked ? 'on' : 'off')
                // Here it holds at once; elsewhere once it is kept, and until then nothing is lost.
                send('PUT', '/api/v1/me/preferences', { singleKeys: checked }).then(
                  () => client.invalidateQueries({ queryKey: sessionQuery.queryKey }),
                  () => {},
                )
              }}
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
