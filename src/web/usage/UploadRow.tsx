import { Button, Checkbox, makeStyles, ProgressBar, tokens } from '@fluentui/react-components'
import { Dismiss16Regular } from '@fluentui/react-icons/svg/dismiss'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../ui/format.ts'
import { UploadChanges } from './UploadChanges.tsx'
import { UploadFailure } from './UploadFailure.tsx'
import { isReady, type UploadEntry, type UploadState } from './upload-list.ts'

const useStyles = makeStyles({
  row: { border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium, padding: '8px 12px' },
  head: { display: 'flex', alignItems: 'flex-start', justifyContent: 'space-between', gap: '8px' },
  words: { display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', gap: '0 8px', flex: '1 1 0', minWidth: 0, paddingTop: '2px' },
  pick: { flexShrink: 0, marginTop: '-4px', marginInlineStart: '-8px' },
  remove: { flexShrink: 0 },
  name: { fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere', flex: '1 1 200px' },
  quiet: { margin: 0, color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
})

type UploadRowProps = {
  entry: UploadEntry
  /** Named only where there are several to mix up. */
  tenantName: string | undefined
  nameOf: (service: string) => string
  /** What may be done with what was imported. */
  undo?: ReactNode
  onPick: (isPicked: boolean) => void
  onRemove: () => void
  onRetry: () => void
}

/** One file: how far it is, what it would change, what it changed. */
export function UploadRow({ entry, tenantName, nameOf, undo, onPick, onRemove, onRetry }: UploadRowProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { file, state, isPicked } = entry
  const words = [t(wordsFor(state)), tenantName && t('upload.forTenant', { tenant: tenantName })]
  // The server has it all and is at work; taking the file off the list would not stop it.
  const isKept = state.is === 'importing' && state.share === 1
  return (
    <li className={styles.row}>
      <div className={styles.head} data-focus-home>
        {isReady(entry) && (
          <Checkbox
            className={styles.pick}
            checked={isPicked}
            aria-label={t('upload.pick', { file: file.name })}
            onChange={(_, { checked }) => onPick(checked === true)}
          />
        )}
        <div className={styles.words}>
          <span className={styles.name}>{state.is === 'undone' ? <s>{file.name}</s> : file.name}</span>
          <span className={styles.quiet}>
            {words.filter(Boolean).join(' · ')}
            {(state.is === 'checking' || state.is === 'importing') &&
              state.share < 1 &&
              ` · ${formats.target(Math.floor(state.share * 100))}`}
          </span>
        </div>
        {undo}
        <Button
          className={styles.remove}
          size="small"
          appearance="subtle"
          icon={<Dismiss16Regular />}
          aria-label={t(state.is === 'checking' || state.is === 'importing' ? 'upload.cancelOf' : 'upload.remove', { file: file.name })}
          disabledFocusable={isKept}
          onClick={onRemove}
        />
      </div>
      {(state.is === 'checking' || state.is === 'importing') && (
        // Everything sent and no answer yet: the server is reading, for as long as it takes.
        <ProgressBar {...(state.share < 1 ? { value: state.share } : {})} aria-label={t('upload.progress', { file: file.name })} />
      )}
      {state.is === 'failed' && <UploadFailure error={state.error} file={file.name} onRetry={onRetry} />}
      {(state.is === 'checked' || state.is === 'imported') && <UploadChanges result={state.result} nameOf={nameOf} />}
    </li>
  )
}

function wordsFor(state: UploadState): string {
  if ((state.is === 'checked' || state.is === 'imported') && state.result.unchanged) return 'upload.unchanged'
  if (state.is === 'checking') return state.share < 1 ? 'upload.sending' : 'upload.reading'
  if (state.is === 'importing') return state.share < 1 ? 'upload.importSending' : 'upload.importing'
  return `upload.${state.is}`
}
