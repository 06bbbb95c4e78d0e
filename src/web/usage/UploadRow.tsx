import { Button, makeStyles, ProgressBar, tokens } from '@fluentui/react-components'
import { Dismiss16Regular } from '@fluentui/react-icons/svg/dismiss'
import { useTranslation } from 'react-i18next'
import type { ImportResult } from '../../model/api.ts'
import { useFormats } from '../ui/format.ts'
import { StateBadge } from '../ui/StateBadge.tsx'
import { FirstFew } from './FirstFew.tsx'
import { UploadFailure } from './UploadFailure.tsx'
import type { UploadEntry, UploadState } from './upload-list.ts'

const useStyles = makeStyles({
  row: { border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium, padding: '8px 12px' },
  head: { display: 'flex', alignItems: 'flex-start', justifyContent: 'space-between', gap: '8px' },
  words: { display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', gap: '0 8px', flex: '1 1 0', minWidth: 0 },
  remove: { flexShrink: 0 },
  name: { fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere', flex: '1 1 200px' },
  quiet: { margin: 0, color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  problems: { marginTop: '6px', color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  list: { listStyleType: 'none', margin: '6px 0 0', padding: 0, display: 'flex', flexDirection: 'column', gap: '4px' },
  change: { display: 'flex', flexWrap: 'wrap', gap: '4px 8px', alignItems: 'center', fontVariantNumeric: 'tabular-nums' },
})

type UploadRowProps = {
  entry: UploadEntry
  /** Named only where there are several to mix up. */
  tenantName: string | undefined
  nameOf: (service: string) => string
  onRemove: () => void
  onRetry: () => void
}

export function UploadRow({ entry: { file, state }, tenantName, nameOf, onRemove, onRetry }: UploadRowProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  return (
    <li className={styles.row}>
      <div className={styles.head}>
        <div className={styles.words}>
          <span className={styles.name}>{file.name}</span>
          <span className={styles.quiet}>
            {[t(wordsFor(state)), tenantName && t('upload.forTenant', { tenant: tenantName })].filter(Boolean).join(' · ')}
          </span>
        </div>
        <Button
          className={styles.remove}
          size="small"
          appearance="subtle"
          icon={<Dismiss16Regular />}
          aria-label={t('upload.remove', { file: file.name })}
          disabledFocusable={state.is === 'importing'}
          onClick={onRemove}
        />
      </div>
      {(state.is === 'checking' || state.is === 'importing') && (
        // Everything sent and no answer yet: the server is reading, for as long as it takes.
        <ProgressBar {...(state.share < 1 ? { value: state.share } : {})} aria-label={t('upload.progress', { file: file.name })} />
      )}
      {state.is === 'failed' && <UploadFailure error={state.error} onRetry={onRetry} />}
      {(state.is === 'checked' || state.is === 'imported') && <Changes result={state.result} nameOf={nameOf} />}
    </li>
  )
}

const wordsFor = (state: UploadState): string =>
  (state.is === 'checked' || state.is === 'imported') && state.result.unchanged ? 'upload.unchanged' : `upload.${state.is}`

/** Before and after of every figure and gate, then what the reader of the file complained about. */
function Changes({ result, nameOf }: { result: ImportResult; nameOf: (service: string) => string }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { rows } = result
  const moved = result.gates.filter(gate => gate.before !== gate.after)
  const same = result.gates.filter(gate => gate.before === gate.after)
  const gateName = (id: string) => t(`gateName.${id}`, { defaultValue: id })
  const counted = (key: 'rejected' | 'deleted' | 'duplicates') =>
    rows[key] > 0 && t(`upload.${key}`, { count: rows[key], number: formats.number(rows[key]) })
  return (
    <>
      <p className={styles.quiet}>
        {[
          result.report,
          result.refreshDate && formats.day(result.refreshDate),
          t('upload.rows', { count: rows.read, number: formats.number(rows.read) }),
          counted('rejected'),
          counted('deleted'),
          counted('duplicates'),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <ul className={styles.list}>
        {result.services.map(({ service, before, after }) => (
          <li key={service} className={styles.change}>
            {t('upload.service', { service: nameOf(service), before: formats.percent(before), after: formats.percent(after) })}
          </li>
        ))}
        {moved.map(gate => (
          <li key={gate.id} className={styles.change}>
            <span>{gateName(gate.id)}</span>
            <StateBadge of="gate" state={gate.before} />
            <span aria-hidden>→</span>
            <StateBadge of="gate" state={gate.after} />
          </li>
        ))}
        {same.length > 0 && (
          <li className={styles.quiet}>{same.map(gate => t(`upload.sameGate.${gate.after}`, { gate: gateName(gate.id) })).join(' · ')}</li>
        )}
      </ul>
      <div className={styles.problems}>
        <FirstFew all={result.problems} keyOf={problem => `${problem.code} ${problem.line} ${problem.message}`}>
          {problem =>
            `${t(`severity.${problem.severity}`)}: ${problem.message}${problem.line === null ? '' : ` (${t('upload.line', { line: problem.line })})`}`
          }
        </FirstFew>
      </div>
    </>
  )
}
