import { Combobox, Field, Option } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

type Named = Readonly<{ id: string; name: string }>

type PersonPickerProps<P extends Named> = {
  label: string
  people: readonly P[]
  chosen: P | undefined
  onChoose: (person: P | undefined) => void
  /** What is typed, for those who look for people elsewhere; without it the given people are narrowed down. */
  onType?: (text: string) => void
  /** Shown beside a name, where two people share one. */
  moreOf?: (person: P) => string
  fault?: string | undefined
  hint?: string
  required?: boolean
}

/** One person of many, found by typing a part of the name. */
export function PersonPicker<P extends Named>(props: PersonPickerProps<P>) {
  const { label, people, chosen, onChoose, onType, moreOf, fault, hint, required = false } = props
  const { t } = useTranslation()
  const [typed, setTyped] = useState<string | null>(null)
  const [isOpen, setOpen] = useState(false)
  const fitting = onType || typed === null ? people : people.filter(({ name }) => plain(name).includes(plain(typed)))
  const type = (text: string) => {
    setTyped(text)
    setOpen(true)
    onType?.(text.trim())
    if (chosen) onChoose(undefined)
  }
  return (
    <Field label={label} required={required} {...(hint ? { hint } : {})} {...(fault ? { validationMessage: fault } : {})}>
      <Combobox
        value={typed ?? chosen?.name ?? ''}
        selectedOptions={chosen ? [chosen.id] : []}
        placeholder={t('people.typeName')}
        expandIcon={{ 'aria-label': t('people.showNames') }}
        inlinePopup
        open={isOpen}
        onOpenChange={(_, { open }) => setOpen(open)}
        autoComplete="off"
        onChange={event => type(event.target.value)}
        onBlur={() => setTyped(null)}
        onOptionSelect={(_, { optionValue }) => {
          setTyped(null)
          onChoose(people.find(({ id }) => id === optionValue))
        }}
      >
        {fitting.slice(0, MOST_SHOWN).map(person => (
          <Option key={person.id} value={person.id} text={person.name}>
            {moreOf ? `${person.name} · ${moreOf(person)}` : person.name}
          </Option>
        ))}
        {fitting.length === 0 && (
          <Option disabled value="" text={t('people.noneFound')}>
            {t('people.noneFound')}
          </Option>
        )}
      </Combobox>
    </Field>
  )
}

/** More names than one reads; typing on narrows them down. */
const MOST_SHOWN = 50

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
