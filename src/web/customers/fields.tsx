import { Checkbox, Field, Input, makeStyles, Select } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { SEGMENTS } from '../../model/choices.ts'
import type { CustomerDetails } from '../../model/customer-api.ts'

export type DetailValues = Pick<CustomerDetails, 'segment' | 'initiatives' | 'language'> & { assignedOn: string }
const INITIATIVES = ['customer-health', 'rfa', 'targeting'] as const

const useStyles = makeStyles({ boxes: { display: 'flex', flexWrap: 'wrap', gap: '4px 12px' } })

/** How a customer is filed: the same fields for a new one and for one that is there. */
export function DetailFields({ value, onChange }: { value: DetailValues; onChange: (value: DetailValues) => void }) {
  const { t } = useTranslation()
  const styles = useStyles()
  return (
    <>
      <Field label={t('column.segment')}>
        <Select
          value={value.segment ?? ''}
          onChange={(_, input) => onChange({ ...value, segment: SEGMENTS.find(each => each === input.value) ?? null })}
        >
          <option value="">{t('value.unknown')}</option>
          {SEGMENTS.map(each => (
            <option key={each} value={each}>
              {t(`segment.${each}`)}
            </option>
          ))}
        </Select>
      </Field>
      <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
        <legend>{t('customers.initiatives')}</legend>
        <div className={styles.boxes}>
          {INITIATIVES.map(each => (
            <Checkbox
              key={each}
              label={t(`customers.initiative.${each}`)}
              checked={value.initiatives.includes(each)}
              onChange={(_, { checked }) =>
                onChange({
                  ...value,
                  initiatives: INITIATIVES.filter(one => (one === each ? checked === true : value.initiatives.includes(one))),
                })
              }
            />
          ))}
        </div>
      </fieldset>
      <Field label={t('customers.language')} hint={t('customers.languageHint')}>
        <Input value={value.language} onChange={(_, input) => onChange({ ...value, language: input.value })} />
      </Field>
      <Field label={t('customers.assignedOn')}>
        <Input type="date" value={value.assignedOn} onChange={(_, input) => onChange({ ...value, assignedOn: input.value })} />
      </Field>
    </>
  )
}

export const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/
