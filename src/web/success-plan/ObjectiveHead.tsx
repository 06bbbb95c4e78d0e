import { makeStyles, Subtitle2, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { ObjectiveView } from '../../model/success-plan-api.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { useFormats } from '../ui/format.ts'
import { StandingBadge } from './StandingBadge.tsx'

const useStyles = makeStyles({
  row: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center' },
  grow: { flex: '1 1 200px', minWidth: 0, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  text: { margin: 0, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  arrows: { display: 'flex', gap: '8px' },
  arrow: { minWidth: '32px' },
})

type Props = {
  objective: ObjectiveView
  /** The first is 0. */
  place: number
  count: number
  why: string | undefined
  nameOf: (service: string) => string
  onAddMetric: () => void
  onChange: () => void
  onMove: (to: number) => void
  onRemove: () => void
}

/** An objective, how it stands and why, and what can be done with it. */
export function ObjectiveHead({ objective, place, count, why, nameOf, onAddMetric, onChange, onMove, onRemove }: Props) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { id, title, description, owner, targetDate, service, standing } = objective
  const facts = [
    service && nameOf(service),
    owner && t('success.ownedBy', { who: owner.name }),
    targetDate && t('success.until', { day: formats.day(targetDate) }),
    standing.progress !== null && t('success.progress', { percent: formats.target(Math.floor(standing.progress * 100)) }),
    formats.text(standing.because),
  ].filter(Boolean)
  return (
    <>
      <div className={styles.row}>
        <Subtitle2 as="h2" className={styles.grow}>
          {title}
        </Subtitle2>
        <StandingBadge standing={standing} />
      </div>
      <span className={styles.quiet}>{facts.join(' · ')}</span>
      {description !== null && <p className={styles.text}>{description}</p>}
      <div className={styles.row}>
        <ActionButton
          id={addMetricId(id)}
          size="small"
          refusal={why}
          aria-label={t('success.addMetricTo', { objective: title })}
          onClick={onAddMetric}
        >
          {t('success.addMetric')}
        </ActionButton>
        <ActionButton size="small" refusal={why} aria-label={t('success.changeOf', { what: title })} onClick={onChange}>
          {t('success.change')}
        </ActionButton>
        <ActionButton size="small" refusal={why} aria-label={t('success.removeOf', { what: title })} onClick={onRemove}>
          {t('success.remove')}
        </ActionButton>
        {count > 1 && (
          <div className={styles.arrows}>
            <ActionButton
              id={moveId(id, 'up')}
              className={styles.arrow}
              size="small"
              refusal={why ?? (place === 0 ? t('success.isFirst') : undefined)}
              aria-label={t('success.moveUp', { title })}
              onClick={() => onMove(place - 1)}
            >
              ↑
            </ActionButton>
            <ActionButton
              id={moveId(id, 'down')}
              className={styles.arrow}
              size="small"
              refusal={why ?? (place === count - 1 ? t('success.isLast') : undefined)}
              aria-label={t('success.moveDown', { title })}
              onClick={() => onMove(place + 1)}
            >
              ↓
            </ActionButton>
          </div>
        )}
      </div>
    </>
  )
}

export const addMetricId = (objective: string): string => `add-metric-${objective}`
export const moveId = (objective: string, way: 'up' | 'down'): string => `move-${way}-${objective}`
