import { Field, Input } from '@fluentui/react-components'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CoverResult, PersonView } from '../../../model/admin-api.ts'
import { sessionQuery } from '../../session/queries.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useFormats } from '../../ui/format.ts'
import { send } from '../../ui/http.ts'
import { PersonPicker } from '../../ui/PersonPicker.tsx'
import { findPeopleQuery, urlOf } from '../queries.ts'
import { useWrite } from '../use-write.ts'

/** Somebody stands in for a person on all their customers, until a day. */
export function CoverDialog({ person, onClose }: { person: PersonView; onClose: () => void }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { data: session } = useSuspenseQuery(sessionQuery)
  const [typed, setTyped] = useState('')
  const [by, setBy] = useState<PersonView>()
  const [since, setSince] = useState<string>(session.today)
  const [until, setUntil] = useState('')
  const [tried, setTried] = useState(false)
  const { data: found } = useQuery(findPeopleQuery(typed))
  const cover = useWrite({
    write: () => send<CoverResult>('POST', urlOf('people', person.id, 'cover'), { by: by?.id, since, until }),
    changes: [['people'], ['customer'], ['portfolio']],
    isForm: true,
  })
  if (cover.data) {
    const { added, customers } = cover.data
    return (
      <FormDialog title={t('admin.people.coverDone')} onClose={onClose}>
        <p>
          {added === 0
            ? t('admin.people.coverNone', { name: person.name })
            : t('admin.people.coverCounts', {
                by: by?.name,
                name: person.name,
                since: formats.day(since),
                until: formats.day(until),
                assignments: t('admin.people.assignments', { count: added, number: formats.number(added) }),
                customers: t('admin.people.customers', { count: customers, number: formats.number(customers) }),
              })}
        </p>
      </FormDialog>
    )
  }
  const untilFault = until === '' ? t('people.untilNeeded') : until < since ? t('people.untilBefore') : undefined
  const run = () => {
    setTried(true)
    if (by && since && !untilFault) cover.mutate(undefined)
  }
  return (
    <FormDialog
      title={t('admin.people.coverFor', { name: person.name })}
      onClose={onClose}
      submit={{ label: t('admin.people.coverSave'), run, isBusy: cover.isPending }}
      error={cover.error}
    >
      <p style={{ margin: 0 }}>{t('admin.people.coverHelp', { name: person.name })}</p>
      <PersonPicker
        label={t('admin.people.coverBy')}
        required
        people={(found?.people ?? []).filter(each => each.id !== person.id && each.state !== 'disabled')}
        chosen={by}
        onChoose={setBy}
        onType={setTyped}
        moreOf={each => each.email}
        fault={tried && !by ? t('people.personNeeded') : undefined}
      />
      <Field label={t('people.from')} required>
        <Input type="date" value={since} min={session.today} onChange={(_, { value }) => setSince(value)} />
      </Field>
      <Field label={t('people.until')} required {...(tried && untilFault ? { validationMessage: untilFault } : {})}>
        <Input type="date" value={until} min={since} onChange={(_, { value }) => setUntil(value)} />
      </Field>
    </FormDialog>
  )
}
