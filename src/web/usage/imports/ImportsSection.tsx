import { Badge, Button, makeStyles, Subtitle2, tokens } from '@fluentui/react-components'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomerView } from '../../../model/api.ts'
import type { ImportView } from '../../../model/usage-api.ts'
import { refusalFor } from '../../customer/may-write.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { useFormats } from '../../ui/format.ts'
import { ErrorNotice, Notice } from '../../ui/Notice.tsx'
import { Skeletons } from '../../ui/Skeletons.tsx'
import { importsQuery } from './queries.ts'
import { useReportName } from './report-name.ts'
import { UndoDialog } from './UndoDialog.tsx'

const useStyles = makeStyles({
  section: { display: 'flex', flexDirection: 'column', gap: '8px', minWidth: 0 },
  quiet: { margin: 0, color: tokens.colorNeutralForeground3, maxWidth: '80ch' },
  small: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, fontWeight: tokens.fontWeightRegular },
  name: { overflowWrap: 'anywhere' },
  report: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: '2px' },
})

/** A night brings a dozen files; the newest tell what one wants to know most often. */
const SHOWN_AT_FIRST = 10

/** What was imported for a customer, newest first; each can be taken back. */
export function ImportsSection({ customer }: { customer: CustomerView }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(importsQuery(customer.id))
  const [isWhole, showWhole] = useState(false)
  const loaded = data?.pages.flatMap(page => page.imports)
  const imports = isWhole ? loaded : loaded?.slice(0, SHOWN_AT_FIRST)
  const isCut = loaded !== undefined && imports !== undefined && imports.length < loaded.length
  return (
    <section className={styles.section} aria-labelledby="imports">
      <Subtitle2 as="h2" id="imports">
        {t('imports.title')}
      </Subtitle2>
      <p className={styles.quiet}>{t('imports.help')}</p>
      {imports ? (
        imports.length === 0 ? (
          <Notice title={t('imports.none')}>{t('imports.noneHelp')}</Notice>
        ) : (
          <ImportsTable customer={customer} imports={imports} />
        )
      ) : error ? (
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeletons heights={[36, 44, 44, 44]} />
      )}
      {(isCut || hasNextPage) && (
        <div>
          <Button disabledFocusable={isFetchingNextPage} onClick={() => (isCut ? showWhole(true) : void fetchNextPage())}>
            {t('imports.more')}
          </Button>
        </div>
      )}
    </section>
  )
}

function ImportsTable({ customer, imports }: { customer: CustomerView; imports: readonly ImportView[] }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const reportName = useReportName()
  const [undoing, setUndoing] = useState<ImportView>()
  const refused = refusalFor(customer.canImport, null)
  const isSeveral = customer.tenants.length > 1
  const tenantName = (id: string) => customer.tenants.find(each => each.id === id)?.name ?? id
  return (
    <>
      <DataTable
        label={t('imports.title')}
        rows={imports}
        keyOf={({ id }) => id}
        columns={[
          {
            id: 'report',
            head: t('imports.report'),
            cell: each => (
              <span className={styles.report}>
                {each.withdrawnAt ? <s>{reportName(each.report)}</s> : reportName(each.report)}
                <span className={styles.small}>
                  <span className={styles.name}>{each.file}</span>
                  {isSeveral && ` · ${tenantName(each.tenant)}`}
                </span>
                {each.concealed && (
                  <Badge appearance="tint" color="informative">
                    {t('quality.concealed')}
                  </Badge>
                )}
              </span>
            ),
          },
          {
            id: 'refreshed',
            head: t('imports.refreshed'),
            width: '150px',
            cell: each => (
              <>
                {formats.day(each.refreshDate)}
                {each.periodDays !== null && (
                  <div className={styles.small}>
                    {t('imports.period', { count: each.periodDays, number: formats.number(each.periodDays) })}
                  </div>
                )}
              </>
            ),
          },
          { id: 'rows', head: t('imports.rows'), width: '150px', cell: each => <Rows rows={each.rows} /> },
          {
            id: 'when',
            head: t('imports.when'),
            width: '220px',
            cell: each => (
              <>
                <time dateTime={each.importedAt}>{formats.moment(each.importedAt)}</time>
                <div className={styles.small}>
                  {each.importedBy ? t(`imports.byOrigin.${each.origin}`, { who: each.importedBy }) : t(`imports.origin.${each.origin}`)}
                </div>
                {each.withdrawnAt && (
                  <div className={styles.small}>{t('imports.withdrawn', { when: formats.moment(each.withdrawnAt) })}</div>
                )}
              </>
            ),
          },
          {
            id: 'undo',
            head: t('imports.actions'),
            width: '120px',
            cell: each => (
              <div data-focus-home>
                <ActionButton
                  size="small"
                  refusal={refused ? formats.text(refused) : each.cannotUndo ? formats.text(each.cannotUndo) : undefined}
                  aria-label={t('imports.undoOf', { file: each.file })}
                  onClick={() => setUndoing(each)}
                >
                  {t('imports.undo')}
                </ActionButton>
              </div>
            ),
          },
        ]}
      />
      {undoing && <UndoDialog customer={customer} imported={undoing} onClose={() => setUndoing(undefined)} />}
    </>
  )
}

function Rows({ rows }: { rows: ImportView['rows'] }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const of = (key: 'rejected' | 'deleted' | 'duplicates') =>
    rows[key] > 0 ? [t(`upload.${key}`, { count: rows[key], number: formats.number(rows[key]) })] : []
  const more = [...of('rejected'), ...of('deleted'), ...of('duplicates')]
  return (
    <>
      {t('upload.rows', { count: rows.read, number: formats.number(rows.read) })}
      {more.length > 0 && <div className={styles.small}>{more.join(' · ')}</div>}
    </>
  )
}
