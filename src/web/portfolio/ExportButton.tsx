import { Button } from '@fluentui/react-components'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { failureText } from '../ui/failure.ts'
import { useFormats } from '../ui/format.ts'
import { saveFile } from '../ui/save-file.ts'
import { showToast } from '../ui/toasts.tsx'
import type { PortfolioSearch } from './search.ts'

/** Every customer that fits the present filters, in the present order, as a file; the export is recorded. */
export function ExportButton({ search, isEmpty }: { search: PortfolioSearch; isEmpty: boolean }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { explain, priority, view, service, columns, ...filters } = search
  const run = useMutation({
    mutationFn: () => saveFile('/portfolio/export', filters, 'portfolio.csv'),
    onError: error => showToast({ intent: 'error', title: t('portfolio.notExported'), body: failureText(error, t, formats) }),
  })
  return (
    <Button
      title={isEmpty ? t('portfolio.noMatch') : t('portfolio.exportHint')}
      disabledFocusable={run.isPending || isEmpty}
      onClick={() => run.mutate()}
    >
      {t('portfolio.export')}
    </Button>
  )
}
