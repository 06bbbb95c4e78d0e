import { makeStyles, mergeClasses, Subtitle2, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { ServicePeople } from '../../../model/usage-api.ts'
import { useFormats } from '../../ui/format.ts'
import { useReportName } from '../imports/report-name.ts'
import { dormantRows } from './dormant.ts'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: '8px', minWidth: 0 },
  text: { margin: 0, maxWidth: '70ch', overflowWrap: 'anywhere' },
  quiet: { margin: 0, color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, maxWidth: '70ch' },
  columns: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 340px), 1fr))', gap: '16px', alignItems: 'start' },
  part: { display: 'flex', flexDirection: 'column', gap: '6px', minWidth: 0 },
  table: { width: '100%', borderCollapse: 'collapse' },
  cell: {
    padding: '4px 8px 4px 0',
    textAlign: 'start',
    verticalAlign: 'top',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    fontSize: tokens.fontSizeBase200,
  },
  user: { overflowWrap: 'anywhere', fontWeight: tokens.fontWeightRegular },
  plain: { fontWeight: tokens.fontWeightRegular },
  number: { textAlign: 'end', fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' },
  bar: { display: 'flex', alignItems: 'center', gap: '8px' },
  track: { flex: '1 1 60px', minWidth: '40px', height: '8px', backgroundColor: tokens.colorNeutralBackground5 },
  fill: { height: '100%', backgroundColor: tokens.colorBrandForeground1 },
  share: { minWidth: '52px', textAlign: 'end', fontVariantNumeric: 'tabular-nums' },
})

type Tenant = ServicePeople['tenants'][number]

type TenantPeopleProps = {
  tenant: Tenant
  service: string
  isNamed: boolean
  /** What to do about a reason. */
  hint: string | undefined
}

/** Who uses a service most in one tenant, and whose licences lie idle; else why that cannot be told. */
export function TenantPeople({ tenant, service, isNamed, hint }: TenantPeopleProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const reportName = useReportName()
  const { why, source, asOf, counted } = tenant
  return (
    <div className={styles.root}>
      {isNamed && <Subtitle2 as="h4">{tenant.name}</Subtitle2>}
      {source && <p className={styles.quiet}>{t('champions.source', { report: reportName(source), day: formats.day(asOf) })}</p>}
      {why && (
        <p className={styles.text}>
          {t('champions.why', { why: formats.text(why) })} {hint}
        </p>
      )}
      {(!why || tenant.dormant) && (
        <div className={styles.columns}>
          {!why && <Champions tenant={tenant} service={service} counted={counted && formats.text(counted)} />}
          {tenant.dormant && <Dormant tenant={tenant} service={service} />}
        </div>
      )}
    </div>
  )
}

function Champions({ tenant: { champions }, service, counted }: { tenant: Tenant; service: string; counted: string | null }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const label = t('champions.champions')
  return (
    <div className={styles.part}>
      <strong>{label}</strong>
      <p className={styles.quiet}>{counted ? t('champions.counted', { what: counted }) : t('champions.notCounted')}</p>
      {champions.length === 0 ? (
        counted && <p className={styles.text}>{t('champions.none')}</p>
      ) : (
        <table className={styles.table} aria-label={`${label}: ${service}`}>
          <thead>
            <tr>
              <th scope="col" className={styles.cell}>
                {t('champions.user')}
              </th>
              {counted && (
                <th scope="col" className={mergeClasses(styles.cell, styles.number)}>
                  {t('champions.acts')}
                </th>
              )}
              <th scope="col" className={mergeClasses(styles.cell, styles.number)}>
                {t('champions.last')}
              </th>
            </tr>
          </thead>
          <tbody>
            {champions.map(({ user, name, acts, lastActivity }, at) => (
              <tr key={user}>
                <th scope="row" className={mergeClasses(styles.cell, styles.user)}>
                  {formats.number(at + 1)}. {name ?? user}
                  {name && <div className={styles.quiet}>{user}</div>}
                </th>
                {counted && <td className={mergeClasses(styles.cell, styles.number)}>{formats.number(acts)}</td>}
                <td className={mergeClasses(styles.cell, styles.number)}>{formats.day(lastActivity)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}

function Dormant({ tenant, service }: { tenant: Tenant; service: string }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const rows = dormantRows(tenant)
  const idle = rows.reduce((sum, { count }) => sum + count, 0)
  const { licensed } = tenant
  const label = t('champions.dormant')
  const age = ({ from, to }: (typeof rows)[number]) => {
    if (from === null) return t('champions.never')
    const words = { from: formats.number(from), to: formats.number(to) }
    return t(to === null ? 'champions.daysOpen' : 'champions.days', words)
  }
  return (
    <div className={styles.part}>
      <strong>{label}</strong>
      <p className={styles.quiet}>
        {licensed === null
          ? t('champions.idle', { count: idle, number: formats.number(idle) })
          : t('champions.idleOf', { count: licensed, number: formats.number(idle), licensed: formats.number(licensed) })}
      </p>
      <table className={styles.table} aria-label={`${label}: ${service}`}>
        <thead>
          <tr>
            <th scope="col" className={styles.cell}>
              {t('champions.age')}
            </th>
            <th scope="col" className={mergeClasses(styles.cell, styles.number)}>
              {t('champions.people')}
            </th>
            <th scope="col" className={styles.cell}>
              {t('champions.share')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={String(row.from)}>
              <th scope="row" className={mergeClasses(styles.cell, styles.plain)}>
                {age(row)}
              </th>
              <td className={mergeClasses(styles.cell, styles.number)}>{formats.number(row.count)}</td>
              <td className={styles.cell}>
                <div className={styles.bar}>
                  <div className={styles.track} aria-hidden>
                    {/* A length is data here, not looks. */}
                    <div className={styles.fill} style={{ width: `${row.share ?? 0}%` }} />
                  </div>
                  <span className={styles.share}>{formats.percent(row.share)}</span>
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
