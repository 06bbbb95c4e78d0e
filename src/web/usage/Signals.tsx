import { makeStyles, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { UsageSignal } from '../../model/usage-api.ts'
import { useFormats } from '../ui/format.ts'

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: '8px 0 0', padding: 0, display: 'flex', flexDirection: 'column', gap: '2px' },
  mark: { display: 'inline-block', width: '20px', fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground3 },
})

const MARKS: Readonly<Record<UsageSignal['kind'], string>> = { gain: '▲', drop: '▼', 'seats-added': '+', 'licences-unassigned': '○' }

/** What changed of late, in words. */
export function Signals({ signals }: { signals: readonly UsageSignal[] }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  if (signals.length === 0) return null
  return (
    <ul className={styles.list} aria-label={t('targets.signals')}>
      {signals.map(({ kind, to, text }) => (
        <li key={`${kind} ${to}`}>
          <span aria-hidden className={styles.mark}>
            {MARKS[kind]}
          </span>
          {formats.text(text)}
        </li>
      ))}
    </ul>
  )
}
