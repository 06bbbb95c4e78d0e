import { makeStyles } from '@fluentui/react-components'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { CustomerView, UsageView } from '../../../model/api.ts'
import { SERVICES } from '../../../model/services.ts'
import type { ImportView } from '../../../model/usage-api.ts'
import { customerPath } from '../../customer/queries.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useFormats } from '../../ui/format.ts'
import { apiUrl, send } from '../../ui/http.ts'
import { showToast } from '../../ui/toasts.tsx'
import { afterUsageChange } from '../connections/queries.ts'
import { usageQuery } from '../queries.ts'
import { useReportName } from './report-name.ts'

const useStyles = makeStyles({
  text: { margin: 0, maxWidth: '70ch', overflowWrap: 'anywhere' },
  list: { margin: 0, paddingInlineStart: '20px', fontVariantNumeric: 'tabular-nums' },
})

type UndoDialogProps = {
  customer: CustomerView
  imported: Pick<ImportView, 'id' | 'file' | 'report' | 'refreshDate'>
  onDone?: () => void
  onClose: () => void
}

/** Takes an import back; says before which of today's figures rest on it. */
export function UndoDialog({ customer, imported, onDone, onClose }: UndoDialogProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const reportName = useReportName()
  const client = useQueryClient()
  const { data: usage } = useQuery(usageQuery(customer.id))
  const resting = usage?.services.filter(({ sources }) => sources.some(source => source.import === imported.id))
  const undo = useMutation({
    mutationFn: () => send<UsageView>('DELETE', apiUrl(customerPath(customer.id, 'imports', imported.id))),
    onSuccess: async () => {
      await afterUsageChange(client, customer.id)
      showToast({ intent: 'success', title: t('imports.undone', { file: imported.file }) })
      onDone?.()
      onClose()
    },
  })
  const words = { report: reportName(imported.report), day: formats.day(imported.refreshDate) }
  return (
    <FormDialog
      title={t('imports.undoTitle', { file: imported.file })}
      onClose={onClose}
      submit={{ label: t('imports.undoSave'), run: () => undo.mutate(), isBusy: undo.isPending }}
      error={undo.error}
    >
      <p className={styles.text}>{t(imported.refreshDate ? 'imports.undoWhat' : 'imports.undoWhatNoDay', words)}</p>
      {resting && resting.length > 0 && (
        <>
          <p className={styles.text}>{t('imports.resting')}</p>
          <ul className={styles.list}>
            {resting.map(({ service, current }) => (
              <li key={service}>
                {t('imports.restingOn', {
                  service: formats.text(SERVICES.find(each => each.id === service)?.name, service),
                  // A percent needs every tenant; the people are known all the same.
                  figure:
                    current.percent === null
                      ? t('upload.active', { count: current.active ?? 0, number: formats.number(current.active) })
                      : formats.percent(current.percent),
                  day: formats.day(current.asOf),
                })}
              </li>
            ))}
          </ul>
        </>
      )}
      {resting?.length === 0 && <p className={styles.text}>{t('imports.noneResting')}</p>}
      <p className={styles.text}>{t('imports.undoAfter')}</p>
    </FormDialog>
  )
}
