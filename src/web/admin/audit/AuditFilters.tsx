import { Button, makeStyles } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuditPage } from '../../../model/admin-api.ts'
import { PersonPicker } from '../../ui/PersonPicker.tsx'
import { PickFilter } from '../../ui/PickFilter.tsx'
import { findPeopleQuery } from '../queries.ts'

const route = getRouteApi('/frame/admin/audit')

const useStyles = makeStyles({ filters: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'flex-end', marginBottom: '12px' } })

/** Kinds in the order of the choice; others join it once they were seen. */
const KINDS = [
  'signed-in',
  'sign-in-refused',
  'signed-out',
  'locked-out',
  'invitation-accepted',
  'password-changed',
  'password-reset-asked',
  'passkey-added',
  'passkey-removed',
  'two-factor-on',
  'two-factor-off',
  'key-made',
  'key-removed',
  'sessions-ended',
  'person-invited',
  'person-changed',
  'person-disabled',
  'person-enabled',
  'person-erased',
  'team-saved',
  'team-removed',
  'cover-added',
  'settings-changed',
  'export-made',
  'retention-purged',
  'set-up',
  'own-data-started',
]

/** Kind and person, both part of the address. */
export function AuditFilters({ seen }: { seen: AuditPage['events'] }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const { kind, person, who } = route.useSearch()
  const navigate = route.useNavigate()
  const [typed, setTyped] = useState('')
  const { data: found } = useQuery(findPeopleQuery(typed))
  const kinds = [...new Set([...KINDS, ...seen.map(event => event.kind), ...(kind ? [kind] : [])])]
  const change = (next: { kind?: string | undefined; person?: string | undefined; who?: string | undefined }) =>
    void navigate({ search: previous => ({ ...previous, ...next }), replace: true })
  return (
    <search className={styles.filters} aria-label={t('admin.audit.filters')}>
      <PickFilter
        label={t('admin.audit.kind')}
        values={kinds}
        nameOf={each => t(`admin.audit.kinds.${each}`, { defaultValue: each })}
        value={kind}
        onPick={next => change({ kind: next })}
      />
      <PersonPicker
        label={t('admin.audit.person')}
        people={(found?.people ?? []).map(({ id, name }) => ({ id, name }))}
        chosen={person === undefined ? undefined : { id: person, name: who ?? person }}
        onChoose={next => change({ person: next?.id, who: next?.name })}
        onType={setTyped}
      />
      {(kind !== undefined || person !== undefined) && (
        <Button onClick={() => change({ kind: undefined, person: undefined, who: undefined })}>{t('portfolio.clear')}</Button>
      )}
    </search>
  )
}
