import { Field, Input, MessageBar, MessageBarBody, Select, Textarea } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../ui/FormDialog.tsx'
import type { Fault, Form, FormField, Values } from './forms.ts'
import { isConflict, useRecordWrite } from './record-writes.ts'

type RecordDialogProps = { customer: string; form: Form; onClose: () => void }

/** A form of a few fields. When somebody else was faster, what they saved stands beside each field, and one chooses. */
export default function RecordDialog({ customer, form, onClose }: RecordDialogProps) {
  const { t } = useTranslation()
  const [values, setValues] = useState<Values>(form.start)
  const [fault, setFault] = useState<Fault | null>(null)
  const write = useRecordWrite(customer, { isQuiet: true, onDone: onClose })
  const fields = form.fields.filter(field => field.when === undefined || field.when(values))
  const conflict = isConflict(write.error) ? theirsIn(write.error.problem.details) : undefined
  const theirs = conflict ? form.shown(conflict) : undefined
  const run = () => {
    const missing = fields.find(field => field.isRequired && (values[field.name] ?? '').trim() === '')
    if (missing) return setFault({ field: missing.name, fault: t('record.needed') })
    const late = fields.find(field => field.latest !== undefined && (values[field.name] ?? '') > field.latest)
    if (late) return setFault({ field: late.name, fault: t('record.inFuture') })
    const made = form.writeOf(values)
    if ('fault' in made) return setFault(made)
    setFault(null)
    write.mutate(made)
  }
  return (
    <FormDialog
      title={form.title}
      onClose={onClose}
      submit={{ label: t(conflict === undefined ? 'save' : 'conflict.saveMine'), run, isBusy: write.isPending }}
      error={conflict === undefined ? write.error : undefined}
    >
      {conflict !== undefined && (
        <MessageBar intent="warning" layout="multiline" role="alert">
          <MessageBarBody>
            {t('conflict.title')}. {t(conflict === null ? 'record.removedMeanwhile' : 'record.conflictHelp')}
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

  function controlOf({ name, type, choices = [], most, latest }: FormField) {
    const value = values[name] ?? ''
    const set = (next: string) => setValues({ ...values, [name]: next })
    const limit = most === undefined ? {} : { maxLength: most }
    if (type === 'long') return <Textarea value={value} {...limit} rows={4} resize="vertical" onChange={(_, { value }) => set(value)} />
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
    const until = latest === undefined ? {} : { max: latest }
    return <Input type={type} value={value} {...limit} {...until} onChange={(_, { value }) => set(value)} />
  }

  /** What somebody else saved in this field, where it differs. */
  function theirsText({ name, choices }: FormField): string | undefined {
    const saved = theirs?.[name]
    if (saved === undefined || saved === (values[name] ?? '')) return undefined
    const shown = choices?.find(each => each.value === saved)?.label ?? saved
    return `${t('conflict.theirs')}: ${shown === '' ? '–' : shown}`
  }
}

/**
 * What a conflict says is there now; null: it was removed; undefined: the conflict is another, whose sentence is shown as it is.
 */
function theirsIn(details: unknown): Readonly<Record<string, unknown>> | null | undefined {
  const { theirs } = (details ?? {}) as { theirs?: Readonly<Record<string, unknown>> | null }
  return theirs
}
