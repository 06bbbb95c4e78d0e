import { Field, Input, MessageBar, MessageBarBody, Select, Textarea } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../ui/FormDialog.tsx'
import { isConflict, usePlanWrite, type Written } from './plan-writes.ts'

export type Choice = Readonly<{ value: string; label: string }>
export type FormField = Readonly<{
  name: string
  label: string
  type: 'text' | 'long' | 'date' | 'number' | 'choice'
  hint?: string
  choices?: readonly Choice[]
  isRequired?: boolean
  most?: number
}>
export type Values = Readonly<Record<string, string>>

type Props = {
  customer: string
  title: string
  fields: readonly FormField[]
  start: Values
  /** What is sent; a text instead: what is wrong, and with which field. */
  writeOf: (values: Values) => Written | Readonly<{ fault: string; field: string }>
  onClose: () => void
}

/** A form of a few fields. When somebody else was faster, what they saved stands beside each field, and one chooses. */
export default function FieldsDialog({ customer, title, fields, start, writeOf, onClose }: Props) {
  const { t } = useTranslation()
  const [values, setValues] = useState(start)
  const [fault, setFault] = useState<{ field: string; fault: string } | null>(null)
  const write = usePlanWrite(customer, { isQuiet: true, onDone: onClose })
  const conflict = isConflict(write.error) ? theirsOf(write.error.problem.details) : undefined
  const run = () => {
    const missing = fields.find(field => field.isRequired && (values[field.name] ?? '').trim() === '')
    const wrong = fields.find(field => field.type === 'number' && numberOf(values[field.name] ?? '') === undefined)
    const first = missing
      ? { field: missing.name, fault: t('success.needed') }
      : wrong
        ? { field: wrong.name, fault: t('success.noNumber') }
        : null
    if (first) return setFault(first)
    const made = writeOf(values)
    if ('fault' in made) return setFault(made)
    setFault(null)
    write.mutate(made)
  }
  return (
    <FormDialog
      title={title}
      onClose={onClose}
      submit={{ label: t(conflict === undefined ? 'save' : 'conflict.saveMine'), run, isBusy: write.isPending }}
      error={conflict === undefined ? write.error : undefined}
    >
      {conflict !== undefined && (
        <MessageBar intent="warning" layout="multiline" role="alert">
          <MessageBarBody>
            {t('conflict.title')}. {conflict === null ? t('success.removedMeanwhile') : t('success.conflictHelp')}
          </MessageBarBody>
        </MessageBar>
      )}
      {fields.map(field => (
        <Field
          key={field.name}
          label={field.label}
          required={field.isRequired ?? false}
          hint={theirsText(field) ?? field.hint ?? null}
          {...(fault?.field === field.name ? { validationMessage: fault.fault } : {})}
        >
          {controlOf(field)}
        </Field>
      ))}
    </FormDialog>
  )

  function controlOf({ name, type, choices = [], most }: FormField) {
    const value = values[name] ?? ''
    const set = (next: string) => setValues({ ...values, [name]: next })
    const limit = most === undefined ? {} : { maxLength: most }
    if (type === 'long') return <Textarea value={value} {...limit} onChange={(_, { value }) => set(value)} />
    if (type === 'choice') {
      return (
        <Select value={value} onChange={(_, { value }) => set(value)}>
          {choices.map(choice => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </Select>
      )
    }
    if (type === 'number') return <Input inputMode="decimal" value={value} onChange={(_, { value }) => set(value)} />
    return <Input type={type === 'date' ? 'date' : 'text'} value={value} {...limit} onChange={(_, { value }) => set(value)} />
  }

  /** What somebody else saved in this field, where it differs. */
  function theirsText({ name, choices }: FormField): string | undefined {
    if (!conflict || !(name in conflict)) return undefined
    const saved = String(conflict[name] ?? '')
    if (saved === values[name]) return undefined
    const shown = choices?.find(each => each.value === saved)?.label ?? saved
    return `${t('conflict.theirs')}: ${shown === '' ? '–' : shown}`
  }
}

/** A number as people type it, comma or point; null for an empty field, undefined when it is none. */
export function numberOf(typed: string): number | null | undefined {
  const text = typed.trim()
  if (text === '') return null
  return /^[+-]?\d{1,12}([.,]\d{1,10})?$/.test(text) ? Number(text.replace(',', '.')) : undefined
}

/** What a conflict says is there now; null: it was removed. */
function theirsOf(details: unknown): Readonly<Record<string, unknown>> | null {
  const { theirs } = (details ?? {}) as { theirs?: Readonly<Record<string, unknown>> | null }
  return theirs ?? null
}
