import { Button, makeStyles, mergeClasses, Title3, tokens } from '@fluentui/react-components'
import { ArrowDownload20Regular } from '@fluentui/react-icons/svg/arrow-download'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { failureText } from '../ui/failure.ts'
import { useFormats } from '../ui/format.ts'
import { PageTitle } from '../ui/PageTitle.tsx'
import { saveFile } from '../ui/save-file.ts'
import { showToast } from '../ui/toasts.tsx'
import { ReportLinks } from './ReportLinks.tsx'
import { useReportStyles } from './report-styles.ts'

const useStyles = makeStyles({
  head: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) minmax(280px, 420px)',
    gap: '16px 32px',
    alignItems: 'start',
    '@media (max-width: 960px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  lead: {
    // The line stands before its figures, so that nothing below moves when they come.
    minHeight: `calc(2 * ${tokens.lineHeightBase300})`,
    '@media (max-width: 640px)': { minHeight: `calc(3 * ${tokens.lineHeightBase300})` },
  },
  definition: {
    padding: '8px 12px',
    borderLeft: `3px solid ${tokens.colorNeutralStroke1}`,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    '& p': { margin: 0 },
    '& ul': { margin: '4px 0 0', paddingInlineStart: '18px' },
  },
  counted: { margin: '0 0 2px', fontSize: tokens.fontSizeBase200, fontWeight: tokens.fontWeightSemibold },
  filters: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'flex-end', marginTop: '12px' },
})

type Query = Readonly<Record<string, string | boolean | undefined>>

type ReportFrameProps = {
  title: string
  /** What the report says in a sentence or two, once it is there. */
  lead?: ReactNode
  /** How it is counted: the rule, so that nobody has to guess. */
  definition: ReactNode
  filters?: ReactNode
  /** Where the same rows come from as a file; without one there is nothing to export. */
  file?: Readonly<{ path: string; query: Query; name: string }> | undefined
  children: ReactNode
}

/** What every report has: its place among the others, a title, its definition, filters in the address, a file, and what it shows. */
export function ReportFrame({ title, lead, definition, filters, file, children }: ReportFrameProps) {
  const { t } = useTranslation()
  const page = useReportStyles()
  const styles = useStyles()
  const counted = useId()
  return (
    <div className={page.page}>
      <ReportLinks />
      <div className={styles.head}>
        <div>
          <PageTitle name={`${title} · ${t('nav.reports')}`} />
          <Title3 as="h1">{title}</Title3>
          <p className={mergeClasses(page.lead, styles.lead)} role="status">
            {lead}
          </p>
          {(filters || file) && (
            <search className={styles.filters} aria-label={t('reports.filters')}>
              {filters}
              {file && <ExportButton {...file} />}
            </search>
          )}
        </div>
        <section className={styles.definition} aria-labelledby={counted}>
          <h2 id={counted} className={styles.counted}>
            {t('reports.counted')}
          </h2>
          {typeof definition === 'string' ? <p>{definition}</p> : definition}
        </section>
      </div>
      {children}
    </div>
  )
}

function ExportButton({ path, query, name }: NonNullable<ReportFrameProps['file']>) {
  const { t } = useTranslation()
  const formats = useFormats()
  const run = useMutation({
    mutationFn: () => saveFile(path, query, name),
    onError: error => showToast({ intent: 'error', title: t('portfolio.notExported'), body: failureText(error, t, formats) }),
  })
  return (
    <Button
      icon={<ArrowDownload20Regular />}
      title={t('reports.exportHint')}
      disabledFocusable={run.isPending}
      onClick={() => run.mutate()}
    >
      {t('portfolio.export')}
    </Button>
  )
}
