import { makeStyles, ToggleButton } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../ui/format.ts'
import { RANGES, type Range } from './series.ts'

const useStyles = makeStyles({ root: { display: 'flex', flexWrap: 'wrap', gap: '4px', border: 0, margin: 0, padding: 0 } })

/** How far back all charts of the page look. */
export function RangeChoice({ range, onChoose }: { range: Range; onChoose: (range: Range) => void }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  return (
    <fieldset className={styles.root} aria-label={t('usage.range')}>
      {RANGES.map(each => (
        <ToggleButton key={each} size="small" checked={each === range} onClick={() => onChoose(each)}>
          {t('usage.months', { count: each, number: formats.number(each) })}
        </ToggleButton>
      ))}
    </fieldset>
  )
}
