import { Checkbox, Field, makeStyles, Select, tokens } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ACCESS_RIGHTS, ACCESS_SCOPES, type AccessRight, type AccessScope } from '../../../model/api.ts'
import { FailureBar } from '../../ui/FailureBar.tsx'
import { teamsQuery } from '../queries.ts'

export type Access = { right: AccessRight; scope: AccessScope; teams: readonly string[] }

const useStyles = makeStyles({
  teams: {
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    padding: '4px 8px',
    margin: 0,
    maxHeight: '160px',
    overflowY: 'auto',
    minWidth: 0,
  },
  legend: { padding: '0 4px' },
  quiet: { color: tokens.colorNeutralForeground3, margin: '4px' },
})

type AccessFieldsProps = {
  access: Access
  onChange: (access: Access) => void
  /** Why right and scope stay as they are. */
  fixed?: string | undefined
  /** Why nothing may be changed. */
  refusal?: string | undefined
}

/** Right, scope and teams, each with a sentence on what it means. */
export function AccessFields({ access, onChange, fixed, refusal }: AccessFieldsProps) {
  const { t } = useTranslation()
  const whyFixed = refusal ?? fixed
  return (
    <>
      <Field label={t('admin.people.right')} required hint={whyFixed ?? t(`admin.people.rightHint.${access.right}`)}>
        <Select
          value={access.right}
          disabled={whyFixed !== undefined}
          onChange={(_, { value }) => onChange({ ...access, right: ACCESS_RIGHTS.find(each => each === value) ?? access.right })}
        >
          {ACCESS_RIGHTS.map(each => (
            <option key={each} value={each}>
              {t(`right.${each}`)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('admin.people.scope')} required hint={whyFixed ?? t(`admin.people.scopeHint.${access.scope}`)}>
        <Select
          value={access.scope}
          disabled={whyFixed !== undefined}
          onChange={(_, { value }) => onChange({ ...access, scope: ACCESS_SCOPES.find(each => each === value) ?? access.scope })}
        >
          {ACCESS_SCOPES.map(each => (
            <option key={each} value={each}>
              {t(`scope.${each}`)}
            </option>
          ))}
        </Select>
      </Field>
      <TeamChoice chosen={access.teams} isFixed={refusal !== undefined} onChange={teams => onChange({ ...access, teams })} />
    </>
  )
}

type TeamChoiceProps = { chosen: readonly string[]; isFixed: boolean; onChange: (teams: readonly string[]) => void }

function TeamChoice({ chosen, isFixed, onChange }: TeamChoiceProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const { data, error } = useQuery(teamsQuery)
  const toggle = (id: string, on: boolean) => onChange(on ? [...chosen, id] : chosen.filter(each => each !== id))
  return (
    <fieldset className={styles.teams}>
      <legend className={styles.legend}>{t('admin.people.teams')}</legend>
      <FailureBar error={error} />
      {data?.teams.length === 0 && <p className={styles.quiet}>{t('admin.teams.none')}</p>}
      {data?.teams.map(({ id, name }) => (
        <div key={id}>
          <Checkbox
            label={name}
            checked={chosen.includes(id)}
            disabled={isFixed}
            onChange={(_, { checked }) => toggle(id, checked === true)}
          />
        </div>
      ))}
    </fieldset>
  )
}
