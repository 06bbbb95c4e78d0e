import { Field, makeStyles, Select } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'

const useStyles = makeStyles({
  field: { flex: '1 1 130px', maxWidth: '180px' },
  // As wide as the field, not as its longest choice.
  select: { minWidth: 0, '& select': { minWidth: 0, width: '100%' } },
})

type PickFilterProps<T extends string> = {
  label: string
  values: readonly T[]
  nameOf: (value: T) => string
  value: T | undefined
  onPick: (value: T | undefined) => void
  /** What it is called when none is picked; else "all". */
  allName?: string
}

/** One of a few values, or all. */
export function PickFilter<T extends string>({ label, values, nameOf, value, onPick, allName }: PickFilterProps<T>) {
  const { t } = useTranslation()
  const styles = useStyles()
  return (
    <Field label={label} className={styles.field}>
      <Select className={styles.select} value={value ?? ''} onChange={(_, picked) => onPick(values.find(each => each === picked.value))}>
        <option value="">{allName ?? t('find.all')}</option>
        {values.map(each => (
          <option key={each} value={each}>
            {nameOf(each)}
          </option>
        ))}
      </Select>
    </Field>
  )
}
