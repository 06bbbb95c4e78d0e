import { Button, Checkbox, Field, Input, makeStyles, Select } from '@fluentui/react-components'
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ASSIGNED_ROLES, type Teams } from '../../../model/admin-api.ts'
import { SEGMENTS } from '../../../model/choices.ts'
import type { BulkAssigned, CustomerNameAnswer } from '../../../model/customer-api.ts'
import { sessionQuery } from '../../session/queries.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { FailureBar } from '../../ui/FailureBar.tsx'
import { useFormats } from '../../ui/format.ts'
import { apiUrl, get, send } from '../../ui/http.ts'
import { Notice } from '../../ui/Notice.tsx'
import { PersonPicker } from '../../ui/PersonPicker.tsx'
import { teamsQuery } from '../queries.ts'
import { Undo } from './Undo.tsx'

const useStyles = makeStyles({
  fields: {
    display: 'grid',
    // A field for people is 250 pixels wide.
    gridTemplateColumns: 'repeat(auto-fill, minmax(260px, 1fr))',
    gap: '12px',
    alignItems: 'start',
    '& > *': { minWidth: 0 },
    // As wide as its field, not as its longest choice.
    '& select': { minWidth: 0, width: '100%' },
  },
  buttons: { display: 'flex', gap: '8px' },
})
type Named = { id: string; name: string }
const KINDS = ['replace', 'assign', 'end'] as const

/** Anybody who may sign in: the same list as for the owner of a new customer. */
const everyone = {
  queryKey: ['customer-names', '-'],
  queryFn: ({ signal }: { signal: AbortSignal }) => get<CustomerNameAnswer>('/customer-names', { name: '-' }, signal),
}

/**
 * Who works for many customers: chosen by filter or, with `ids`, beforehand; previewed by customer, done as one change that can be undone.
 */
export function BulkAssignForm({ ids }: { ids?: readonly string[] }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const client = useQueryClient()
  const { data: session } = useSuspenseQuery(sessionQuery)
  const people = useQuery(everyone)
  const teams = useQuery(teamsQuery)
  const [q, setQ] = useState('')
  const [segment, setSegment] = useState('')
  const [team, setTeam] = useState('')
  const [owner, setOwner] = useState<Named>()
  const [kind, setKind] = useState<(typeof KINDS)[number]>('replace')
  const [role, setRole] = useState<(typeof ASSIGNED_ROLES)[number]>('fasttrack-manager')
  const [person, setPerson] = useState<Named>()
  const [to, setTo] = useState<Named>()
  const [day, setDay] = useState<string>(session.today)
  const [isPrimary, setPrimary] = useState(false)
  const [tried, setTried] = useState(false)
  const change =
    kind === 'replace'
      ? { is: kind, role, from: person?.id, to: to?.id, since: day }
      : kind === 'assign'
        ? { is: kind, role, person: person?.id, isPrimary, since: day }
        : { is: kind, role, person: person?.id, until: day }
  const customers = ids
    ? { ids }
    : {
        ...(q ? { q } : {}),
        ...(segment ? { segment } : {}),
        ...(team ? { team } : {}),
        ...(owner ? { owner: owner.id } : {}),
      }
  const asked = JSON.stringify({ customers, change })
  const assign = useMutation({
    mutationFn: async (preview: boolean) => ({
      asked,
      result: await send<BulkAssigned>('POST', apiUrl('/bulk-assignments'), { customers, change, preview }),
    }),
    onSuccess: ({ result }) => (result.preview ? undefined : client.invalidateQueries()),
  })
  // A preview of something else is none.
  const shown = assign.data?.asked === asked ? assign.data.result : undefined
  const changed = shown?.customers.filter(each => each.outcome === 'changed').length ?? 0
  const preview = () => {
    setTried(true)
    if (person && day !== '' && (kind !== 'replace' || to)) assign.mutate(true)
  }
  const names = people.data?.owners ?? []
  const fault = (chosen: Named | undefined) => (tried && !chosen ? t('people.personNeeded') : undefined)
  return (
    <>
      {!ids && (
        <div className={styles.fields}>
          <Field label={t('customers.bulk.q')}>
            <Input value={q} onChange={(_, { value }) => setQ(value)} />
          </Field>
          <Field label={t('column.segment')}>
            <Select value={segment} onChange={(_, { value }) => setSegment(value)}>
              <option value="">{t('customers.bulk.any')}</option>
              {SEGMENTS.map(each => (
                <option key={each} value={each}>
                  {t(`segment.${each}`)}
                </option>
              ))}
            </Select>
          </Field>
          <Field label={t('people.team')}>
            <Select value={team} onChange={(_, { value }) => setTeam(value)}>
              <option value="">{t('customers.bulk.any')}</option>
              {((teams.data as Teams | undefined)?.teams ?? []).map(each => (
                <option key={each.id} value={each.id}>
                  {each.name}
                </option>
              ))}
            </Select>
          </Field>
          <PersonPicker label={t('column.owner')} people={names} chosen={owner} onChoose={setOwner} />
        </div>
      )}
      <div className={styles.fields}>
        <Field label={t('customers.bulk.kind')}>
          <Select value={kind} onChange={(_, { value }) => setKind(KINDS.find(each => each === value) ?? 'replace')}>
            {KINDS.map(each => (
              <option key={each} value={each}>
                {t(`customers.bulk.kinds.${each}`)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('people.role')}>
          <Select value={role} onChange={(_, { value }) => setRole(ASSIGNED_ROLES.find(each => each === value) ?? role)}>
            {ASSIGNED_ROLES.map(each => (
              <option key={each} value={each}>
                {t(`role.${each}`)}
              </option>
            ))}
          </Select>
        </Field>
        <PersonPicker label={t('people.person')} required people={names} chosen={person} onChoose={setPerson} fault={fault(person)} />
        {kind === 'replace' && (
          <PersonPicker label={t('customers.bulk.to')} required people={names} chosen={to} onChoose={setTo} fault={fault(to)} />
        )}
        <Field label={t(kind === 'end' ? 'customers.bulk.until' : 'customers.bulk.since')} required>
          <Input type="date" value={day} onChange={(_, { value }) => setDay(value)} />
        </Field>
        {kind === 'assign' && (
          <Checkbox label={t('people.primary')} checked={isPrimary} onChange={(_, { checked }) => setPrimary(checked === true)} />
        )}
      </div>
      <div className={styles.buttons}>
        <Button onClick={preview} disabledFocusable={assign.isPending}>
          {t('customers.bulk.preview')}
        </Button>
        {shown?.preview && changed > 0 && (
          <Button appearance="primary" disabledFocusable={assign.isPending} onClick={() => assign.mutate(false)}>
            {t('customers.bulk.run', { count: changed, number: changed })}
          </Button>
        )}
      </div>
      <FailureBar error={assign.error ?? people.error ?? teams.error} />
      {shown && <Outcome result={shown} />}
      {shown?.bulk && <Undo bulk={shown.bulk} />}
    </>
  )
}

function Outcome({ result }: { result: BulkAssigned }) {
  const { t } = useTranslation()
  const formats = useFormats()
  if (result.customers.length === 0) return <Notice title={t('customers.bulk.none')}>{t('customers.bulk.noneHelp')}</Notice>
  const of = (outcome: string) => formats.number(result.customers.filter(each => each.outcome === outcome).length)
  return (
    <>
      <p role="status">
        {t(result.preview ? 'customers.bulk.would' : 'customers.bulk.did', {
          changed: of('changed'),
          unchanged: of('unchanged'),
          refused: of('refused'),
        })}
      </p>
      <DataTable
        label={t('customers.part.assign')}
        rows={result.customers.slice(0, SHOWN)}
        keyOf={each => each.id}
        columns={[
          { id: 'name', head: t('customers.name'), cell: each => `${each.name} (${each.id})` },
          { id: 'outcome', head: t('customers.import.state'), cell: each => t(`customers.bulk.outcomes.${each.outcome}`) },
          { id: 'why', head: t('customers.bulk.why'), cell: each => (each.why ? formats.text(each.why) : '–') },
        ]}
      />
    </>
  )
}

/** As many rows as one reads; the numbers above count all. */
const SHOWN = 200
