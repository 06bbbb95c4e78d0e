import { Field, MessageBar, MessageBarBody, makeStyles } from '@fluentui/react-components'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReadingsImport } from '../../model/success-plan-api.ts'
import { customerPath } from '../customer/queries.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { failureText } from '../ui/failure.ts'
import { useFormats } from '../ui/format.ts'
import { apiUrl, send, upload } from '../ui/http.ts'
import { showToast } from '../ui/toasts.tsx'

const useStyles = makeStyles({ errors: { margin: 0, paddingLeft: '20px', maxHeight: '200px', overflowY: 'auto' } })

/** Readings from a CSV: what would change first, with a line for each row that cannot be read; then it is done. */
export default function ImportDialog({ customer, onClose }: { customer: string; onClose: () => void }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const client = useQueryClient()
  const [file, setFile] = useState<File | null>(null)
  const url = (preview: boolean) => apiUrl(customerPath(customer, 'readings'), { preview })
  const put = (body: File, preview: boolean) =>
    upload<ReadingsImport>({ url: url(preview), body, onProgress: () => {}, signal: new AbortController().signal })
  const refresh = () => client.invalidateQueries({ queryKey: ['customer', customer] })
  const preview = useMutation({ mutationFn: (chosen: File) => put(chosen, true) })
  const keep = useMutation({
    mutationFn: (chosen: File) => put(chosen, false),
    onSuccess: done => {
      void refresh()
      const { undo } = done
      const action = undo === null ? {} : { action: { label: t('plan.undo'), run: () => void back(undo) } }
      showToast({ intent: 'success', title: t('success.imported', { count: done.added + done.changed }), ...action })
      onClose()
    },
  })
  const back = async (event: number) => {
    try {
      await send('DELETE', apiUrl(customerPath(customer, 'readings', String(event))))
      await refresh()
      showToast({ intent: 'success', title: t('plan.undone') })
    } catch (error) {
      showToast({ intent: 'error', title: t('success.notSaved'), body: failureText(error, t, formats) })
    }
  }
  const seen = preview.data
  const isReady = file !== null && seen !== undefined && seen.errors.length === 0 && seen.added + seen.changed > 0
  return (
    <FormDialog
      title={t('success.import')}
      onClose={onClose}
      submit={isReady ? { label: t('success.importNow'), run: () => keep.mutate(file), isBusy: keep.isPending } : undefined}
      error={preview.error ?? keep.error}
    >
      <Field label={t('success.file')} hint={t('success.fileHint')}>
        {props => (
          <input
            {...props}
            type="file"
            accept=".csv,text/csv"
            onChange={event => {
              const chosen = event.target.files?.[0] ?? null
              setFile(chosen)
              if (chosen) preview.mutate(chosen)
            }}
          />
        )}
      </Field>
      {seen && (
        <p role="status">
          {t('success.preview', {
            rows: formats.number(seen.rows),
            added: formats.number(seen.added),
            changed: formats.number(seen.changed),
            same: formats.number(seen.same),
          })}
        </p>
      )}
      {seen && seen.errors.length > 0 && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>
            {t('success.nothingKept')}
            <ul className={styles.errors}>
              {seen.errors.map(each => (
                <li key={each.line}>{t('success.line', { line: each.line, message: formats.text(each.message) })}</li>
              ))}
            </ul>
          </MessageBarBody>
        </MessageBar>
      )}
    </FormDialog>
  )
}
