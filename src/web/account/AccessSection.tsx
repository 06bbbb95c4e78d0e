import { makeStyles, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { OwnAccount } from '../../model/admin-api.ts'
import { SERVICES } from '../../model/services.ts'
import { AppLink } from '../ui/AppLink.tsx'
import { useFormats } from '../ui/format.ts'
import { Section, useRowStyles } from './Section.tsx'

const useStyles = makeStyles({
  facts: { display: 'grid', gridTemplateColumns: 'max-content minmax(0, 1fr)', gap: '4px 16px', margin: 0 },
  term: { color: tokens.colorNeutralForeground3 },
  what: { margin: 0 },
})

/** What the person may do and where it comes from; the rest is for a lead or administrator to change. */
export function AccessSection({ account: { person, assignments } }: { account: OwnAccount }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const rows = useRowStyles()
  const formats = useFormats()
  const serviceName = (id: string) => formats.text(SERVICES.find(each => each.id === id)?.name, id)
  return (
    <Section title={t('account.access')} lead={t('account.accessLead')}>
      <dl className={styles.facts}>
        <dt className={styles.term}>{t('account.right')}</dt>
        <dd className={styles.what}>{t(`right.${person.right}`)}</dd>
        <dt className={styles.term}>{t('account.covers')}</dt>
        <dd className={styles.what}>{t(`account.scope.${person.scope}`)}</dd>
        <dt className={styles.term}>{t('account.teams')}</dt>
        <dd className={styles.what}>{person.teams.length > 0 ? person.teams.map(team => team.name).join(', ') : t('account.noTeam')}</dd>
      </dl>
      <h3>{t('account.assignments')}</h3>
      {assignments.length === 0 && <p className={rows.quiet}>{t('account.noAssignments')}</p>}
      <ul className={rows.list}>
        {assignments.map(({ customer, role, service, until, covers }) => (
          <li key={`${customer.id} ${role} ${service} ${covers} ${until}`} className={rows.row}>
            <div className={rows.what}>
              <AppLink to="/customers/$customer/plan" params={{ customer: customer.id }}>
                {customer.name}
              </AppLink>
              <p className={rows.quiet}>
                {[
                  t(`account.role.${role}`, { defaultValue: role }),
                  service === null ? t('account.allServices') : serviceName(service),
                  covers && t('account.standIn', { name: covers }),
                  until && t('account.until', { day: formats.day(until) }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  )
}
