import { makeStyles, tokens } from '@fluentui/react-components'
import { CheckmarkCircle20Regular } from '@fluentui/react-icons/svg/checkmark-circle'
import { ErrorCircle20Regular } from '@fluentui/react-icons/svg/error-circle'
import { Info20Regular } from '@fluentui/react-icons/svg/info'
import { Warning20Regular } from '@fluentui/react-icons/svg/warning'
import { useTranslation } from 'react-i18next'
import type { ConnectionFinding } from '../../../model/usage-api.ts'
import { useFormats } from '../../ui/format.ts'
import { Hidden } from '../../ui/Visually.tsx'

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '8px' },
  finding: { display: 'grid', gridTemplateColumns: '20px minmax(0, 1fr)', gap: '8px', overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3 },
  ok: { color: tokens.colorPaletteGreenForeground1 },
  info: { color: tokens.colorNeutralForeground3 },
  warning: { color: tokens.colorPaletteDarkOrangeForeground1 },
  error: { color: tokens.colorPaletteRedForeground1 },
})

const ICONS = { ok: CheckmarkCircle20Regular, info: Info20Regular, warning: Warning20Regular, error: ErrorCircle20Regular } as const
const ORDER = ['error', 'warning', 'info', 'ok'] as const

/** What a test or a run found out, worst first, each with what to do about it. */
export function Findings({ findings }: { findings: readonly ConnectionFinding[] }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  return (
    <ul className={styles.list}>
      {findings
        .toSorted((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity))
        .map(({ code, severity, text, remedy, requestId }) => {
          const Icon = ICONS[severity]
          return (
            <li key={`${code} ${text.en}`} className={styles.finding}>
              <Icon aria-hidden className={styles[severity]} />
              <div>
                <Hidden>{t(`connections.severity.${severity}`)}: </Hidden>
                {formats.text(text)}
                {remedy && <div className={styles.quiet}>{formats.text(remedy)}</div>}
                {requestId && <div className={styles.quiet}>{t('connections.requestId', { id: requestId })}</div>}
              </div>
            </li>
          )
        })}
    </ul>
  )
}
