import { Field, Input, MessageBar, MessageBarBody } from '@fluentui/react-components'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AssignmentView } from '../../model/admin-api.ts'
import { sessionQuery } from '../session/queries.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { useFormats } from '../ui/format.ts'
import { useSaving } from './use-saving.ts'

type EndDialogProps = {
  assignment: AssignmentView
  /** How it stands by now; undefined when somebody took it away meanwhile. */
  now: AssignmentView | undefined
  onSave: (until: string | null) => Promise<void>
  onClose: () => void
}

/** The last day of an assignment; an empty field leaves it without one. */
export function EndDialog({ assignment, now, onSave, onClose }: EndDialogProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { data: session } = useSuspenseQuery(sessionQuery)
  const [until, setUntil] = useState<string>(assignment.until ?? session.today)
  const saving = useSaving(onClose)
  const needsEnd = assignment.covers !== null && until === ''
  const fault = needsEnd ? t('people.untilNeeded') : until !== '' && until < assignment.since ? t('people.untilBefore') : undefined
  const run = () => {
    if (!fault) void saving.run(() => onSave(until || null))
  }
  return (
    <FormDialog
      title={t('people.endOf', { name: assignment.person.name })}
      onClose={onClose}
      submit={{ label: t('save'), run, isBusy: saving.isBusy }}
      error={saving.error}
    >
      <Field label={t('people.lastDay')} hint={t('people.lastDayHint')} {...(fault ? { validationMessage: fault } : {})}>
        <Input type="date" value={until} min={assignment.since} onChange={(_, { value }) => setUntil(value)} />
      </Field>
      {saving.warning && (
        <MessageBar intent="warning" layout="multiline" role="alert">
          <MessageBarBody>
            {saving.warning}{' '}
            <strong>
              {now ? t('people.lastDayNow', { day: now.until ? formats.day(now.until) : t('people.noEnd') }) : t('people.takenAway')}
            </strong>
          </MessageBarBody>
        </MessageBar>
      )}
    </FormDialog>
  )
}
