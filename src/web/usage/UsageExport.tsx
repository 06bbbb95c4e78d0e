import { ArrowDownload20Regular } from '@fluentui/react-icons/svg/arrow-download'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { customerPath } from '../customer/queries.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { failureText } from '../ui/failure.ts'
import { useFormats } from '../ui/format.ts'
import { saveFile } from '../ui/save-file.ts'
import { showToast } from '../ui/toasts.tsx'

/** The figures of the customer with every correction as a file; the export is recorded. */
export function UsageExport({ customer, isPast }: { customer: string; isPast: boolean }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const run = useMutation({
    mutationFn: () => saveFile(customerPath(customer, 'usage', 'export'), {}, `usage-${customer}.csv`),
    onError: error => showToast({ intent: 'error', title: t('portfolio.notExported'), body: failureText(error, t, formats) }),
  })
  return (
    <ActionButton
      icon={<ArrowDownload20Regular />}
      refusal={isPast ? t('usage.exportPast') : undefined}
      disabledFocusable={run.isPending}
      title={t('usage.exportHint')}
      onClick={() => run.mutate()}
    >
      {t('portfolio.export')}
    </ActionButton>
  )
}
