import { Field, makeStyles, Select, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../ui/FormDialog.tsx'
import { useFormats } from '../ui/format.ts'
import type { FileGroup, KnownTenant } from './tenant-question.ts'

const useStyles = makeStyles({
  lead: { margin: 0, maxWidth: '70ch' },
  group: {
    display: 'flex',
    flexDirection: 'column',
    gap: '6px',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    padding: '8px 12px 12px',
    margin: 0,
    minWidth: 0,
  },
  // A select is as wide as its longest name, and names are long.
  select: { minWidth: 0, '& > select': { minWidth: 0, width: '100%', textOverflow: 'ellipsis' } },
  legend: { fontWeight: tokens.fontWeightSemibold, padding: '0 4px', overflowWrap: 'anywhere' },
  quiet: { margin: 0, color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
})

const LEAVE_OUT = '(out)'
/** Of a group's mail domains, so many are named. */
const NAMED = 5

type UploadTenantsProps = {
  groups: readonly FileGroup[]
  tenants: readonly KnownTenant[]
  fileName: (key: number) => string
  /** The tenant per file; null: it stays out. */
  onAnswer: (answers: ReadonlyMap<number, string | null>) => void
  onClose: () => void
}

/** Which tenant are these files of? Nothing is imported before somebody has said. */
export function UploadTenants({ groups, tenants, fileName, onAnswer, onClose }: UploadTenantsProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const only = tenants.length === 1 ? tenants[0]?.id : undefined
  // By the first file of the group: groups are worked out anew whenever this is drawn.
  const [answers, setAnswers] = useState<ReadonlyMap<number | undefined, string>>(
    new Map(groups.map(group => [group.keys[0], group.suggestion ?? (group.domains.length === 0 ? only : undefined) ?? ''])),
  )
  const [tried, setTried] = useState(false)
  const isOpen = (group: FileGroup) => !answers.get(group.keys[0])
  const run = () => {
    setTried(true)
    if (groups.some(isOpen)) return
    onAnswer(
      new Map(
        groups.flatMap(group => {
          const answer = answers.get(group.keys[0]) ?? LEAVE_OUT
          return group.keys.map(key => [key, answer === LEAVE_OUT ? null : answer] as const)
        }),
      ),
    )
  }
  const domainsOf = ({ domains }: FileGroup) => {
    if (domains.length === 0) return t('upload.noDomains')
    const more = domains.length - NAMED
    const named = domains.slice(0, NAMED).join(', ')
    return more > 0 ? t('upload.moreDomains', { domains: named, count: more, number: formats.number(more) }) : named
  }
  return (
    <FormDialog title={t('upload.whichTenant')} onClose={onClose} submit={{ label: t('upload.placeFiles'), run, isBusy: false }}>
      <p className={styles.lead}>{t(groups.length > 1 ? 'upload.whichTenantWhy' : 'upload.whichTenantWhyOne')}</p>
      {groups.map((group, at) => (
        <fieldset key={group.keys[0]} className={styles.group}>
          <legend className={styles.legend}>
            {t('upload.filesOf', { number: formats.number(at + 1), count: group.keys.length, files: formats.number(group.keys.length) })}
          </legend>
          <p className={styles.quiet}>
            {t('upload.domains')}: {domainsOf(group)}
          </p>
          <p className={styles.quiet}>{group.keys.map(fileName).join(', ')}</p>
          <Field
            label={t('upload.tenant')}
            required
            {...(group.suggestion
              ? { hint: t('upload.suggested') }
              : group.domains.length === 0
                ? { hint: t('upload.noDomainsHint') }
                : {})}
            {...(tried && isOpen(group) ? { validationMessage: t('upload.tenantNeeded') } : {})}
          >
            <Select
              className={styles.select}
              value={answers.get(group.keys[0]) ?? ''}
              onChange={(_, { value }) => setAnswers(new Map(answers).set(group.keys[0], value))}
            >
              <option value="">{t('upload.pickTenant')}</option>
              {tenants.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
              <option value={LEAVE_OUT}>{t('upload.leaveOut')}</option>
            </Select>
          </Field>
        </fieldset>
      ))}
    </FormDialog>
  )
}
