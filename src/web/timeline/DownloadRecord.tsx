import { Button, makeStyles } from '@fluentui/react-components'
import { ArrowDownload20Regular } from '@fluentui/react-icons/svg/arrow-download'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { customerPath } from '../customer/queries.ts'
import { failureText } from '../ui/failure.ts'
import { useFormats } from '../ui/format.ts'
import { saveFile } from '../ui/save-file.ts'
import { showToast } from '../ui/toasts.tsx'

const useStyles = makeStyles({ row: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center', marginBottom: '8px' } })

/** The whole record of a customer as a file; the download itself is recorded. */
export function DownloadRecord({ customer }: { customer: string }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const download = useMutation({
    mutationFn: (format: 'csv' | 'json') => saveFile(customerPath(customer, 'record'), { format }, `${customer}-record.${format}`),
    onError: error => showToast({ intent: 'error', title: t('timeline.notDownloaded'), body: failureText(error, t, formats) }),
  })
  return (
    <div className={styles.row}>
      {t('timeline.record')}
      {(['csv', 'json'] as const).map(format => (
        <Button
          key={format}
          size="small"
          icon={<ArrowDownload20Regular />}
          aria-label={t('timeline.recordAs', { format: format.toUpperCase() })}
          disabledFocusable={download.isPending}
          onClick={() => download.mutate(format)}
        >
          {format.toUpperCase()}
        </Button>
      ))}
    </div>
  )
}
