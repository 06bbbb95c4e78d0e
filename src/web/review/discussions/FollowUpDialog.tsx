import { Field, Input, Select } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DiscussionsView } from '../../../model/discussion-api.ts'
import { useSending } from '../../meetings/use-sending.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import type { DiscussionWrite } from './queries.ts'

type FollowUpDialogProps = Readonly<{
  service: string
  name: string
  assignees: DiscussionsView['assignees']
  onSave: (write: DiscussionWrite) => Promise<void>
  onClose: () => void
}>

/** What somebody is to do after a discussion; a task in the plan from then on. */
export default function FollowUpDialog({ service, name, assignees, onSave, onClose }: FollowUpDialogProps) {
  const { t } = useTranslation()
  const [title, setTitle] = useState('')
  const [assignee, setAssignee] = useState('')
  const [due, setDue] = useState('')
  const [tried, setTried] = useState(false)
  const sending = useSending(onClose)
  const run = () => {
    setTried(true)
    if (title.trim() === '') return
    const body = { title: title.trim(), assignee: assignee || null, due: due || null }
    void sending.run(() => onSave({ method: 'POST', path: ['discussions', service, 'follow-ups'], body }))
  }
  return (
    <FormDialog
      title={t('discussions.followUpOf', { name })}
      onClose={onClose}
      submit={{ label: t('save'), run, isBusy: sending.isBusy }}
      error={sending.error}
    >
      <Field
        label={t('discussions.followUpTitle')}
        required
        {...(tried && title.trim() === '' ? { validationMessage: t('discussions.titleNeeded') } : {})}
      >
        <Input value={title} maxLength={200} onChange={(_, { value }) => setTitle(value)} />
      </Field>
      <Field label={t('discussions.followUpFor')}>
        <Select value={assignee} onChange={(_, { value }) => setAssignee(value)}>
          <option value="">{t('customer.nobody')}</option>
          {assignees.map(each => (
            <option key={each.id} value={each.id}>
              {each.name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('discussions.followUpDue')}>
        <Input type="date" value={due} onChange={(_, { value }) => setDue(value)} />
      </Field>
    </FormDialog>
  )
}
