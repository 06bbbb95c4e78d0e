import { Button } from '@fluentui/react-components'
import { ArrowDownload20Regular } from '@fluentui/react-icons/svg/arrow-download'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { OwnAccount, PersonExport } from '../../model/admin-api.ts'
import { Fault } from '../session/Fault.tsx'
import { get } from '../ui/http.ts'
import { keepFile } from '../ui/keep-file.ts'
import { showToast } from '../ui/toasts.tsx'
import { Section } from './Section.tsx'

/** Everything kept about the person, as a file. */
export function KeptSection({ account: { person } }: { account: OwnAccount }) {
  const { t } = useTranslation()
  const download = useMutation({
    mutationFn: () => get<PersonExport>('/me/export'),
    onSuccess: kept => {
      keepFile(new Blob([JSON.stringify(kept, null, 2)], { type: 'application/json' }), `impulso-${person.id}.json`)
      showToast({ intent: 'success', title: t('account.downloaded') })
    },
  })
  return (
    <Section title={t('account.kept')} lead={t('account.keptLead')}>
      <Fault error={download.error} />
      <div>
        <Button icon={<ArrowDownload20Regular />} disabledFocusable={download.isPending} onClick={() => download.mutate()}>
          {t('account.downloadKept')}
        </Button>
      </div>
    </Section>
  )
}
