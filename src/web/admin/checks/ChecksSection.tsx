import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { CheckmarkCircle20Filled } from '@fluentui/react-icons/svg/checkmark-circle'
import { ErrorCircle20Filled } from '@fluentui/react-icons/svg/error-circle'
import { QuestionCircle20Filled } from '@fluentui/react-icons/svg/question-circle'
import { Warning20Filled } from '@fluentui/react-icons/svg/warning'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { CHECKS, type SetupChecks } from '../../../model/admin-api.ts'
import { useFormats } from '../../ui/format.ts'
import { ErrorNotice, Notice } from '../../ui/Notice.tsx'
import { Skeletons } from '../../ui/Skeletons.tsx'
import { Hidden } from '../../ui/Visually.tsx'
import { checksQuery } from '../queries.ts'
import { Section } from '../Section.tsx'
import { SplitPage } from '../SplitPage.tsx'
import { TestMailForm } from './TestMailForm.tsx'

type Check = SetupChecks['checks'][number]

const useStyles = makeStyles({
  head: { display: 'flex', flexWrap: 'wrap', gap: '8px 16px', alignItems: 'center', marginBottom: '12px' },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  list: {
    listStyleType: 'none',
    margin: '0 0 24px',
    padding: 0,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  check: {
    display: 'grid',
    gridTemplateColumns: '20px minmax(0, 1fr)',
    gap: '2px 12px',
    padding: '10px 12px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    ':last-child': { borderBottomWidth: 0 },
  },
  title: { fontWeight: tokens.fontWeightSemibold },
  more: { gridColumn: 2, overflowWrap: 'anywhere' },
  fine: { color: tokens.colorPaletteGreenForeground1 },
  warning: { color: tokens.colorPaletteDarkOrangeForeground1 },
  fault: { color: tokens.colorPaletteRedForeground1 },
  unknown: { color: tokens.colorNeutralForeground3 },
})

const ICON: Readonly<Record<Check['state'], ReactElement>> = {
  fine: <CheckmarkCircle20Filled aria-hidden />,
  warning: <Warning20Filled aria-hidden />,
  fault: <ErrorCircle20Filled aria-hidden />,
  unknown: <QuestionCircle20Filled aria-hidden />,
}
/** What needs somebody comes first. */
const ORDER: readonly Check['state'][] = ['fault', 'warning', 'unknown', 'fine']

/** Is this installation set up well? */
export function ChecksSection() {
  return (
    <SplitPage>
      <Section id="checks">
        <Loaded />
        <TestMailForm />
      </Section>
    </SplitPage>
  )
}

function Loaded() {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { data, error, refetch, isFetching } = useQuery(checksQuery)
  if (!data)
    return error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : <Skeletons heights={[32, ...CHECKS.map(() => 60)]} />
  const counted = ORDER.map(state => ({ state, count: data.checks.filter(check => check.state === state).length }))
  const summary = counted.flatMap(({ state, count }) => (count > 0 ? t(`admin.checks.counted.${state}`, { count }) : [])).join(', ')
  return (
    <>
      <div className={styles.head}>
        <Button disabledFocusable={isFetching} onClick={() => void refetch()}>
          {t('admin.checks.again')}
        </Button>
        <span>{summary}</span>
        <span className={styles.quiet}>
          <time dateTime={data.at}>{t('admin.checks.at', { at: formats.moment(data.at) })}</time>
        </span>
        <Hidden live>{isFetching ? t('loading') : summary}</Hidden>
      </div>
      {error && <ErrorNotice error={error} />}
      {data.checks.length === 0 ? (
        <Notice title={t('admin.checks.none')}>{t('admin.checks.noneHelp')}</Notice>
      ) : (
        <ul className={styles.list} aria-label={t('admin.section.checks')}>
          {data.checks
            .toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state))
            .map(check => (
              <CheckRow key={check.id} check={check} />
            ))}
        </ul>
      )}
    </>
  )
}

function CheckRow({ check: { id, state, title, found, remedy } }: { check: Check }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  return (
    <li className={styles.check} data-state={state}>
      <span className={styles[state]}>{ICON[state]}</span>
      <span>
        <span className={styles.title}>{formats.text(title, id)}</span> ·{' '}
        <span className={styles[state]}>{t(`admin.checks.state.${state}`)}</span>
      </span>
      <span className={styles.more}>{formats.text(found)}</span>
      {remedy && <span className={styles.more}>{t('admin.checks.remedy', { remedy: formats.text(remedy) })}</span>}
    </li>
  )
}
