import { makeStyles, tokens } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { refusalFor } from '../customer/may-write.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { useFormats } from '../ui/format.ts'
import { EvidenceItems } from './EvidenceItems.tsx'
import { checklistsQuery } from './queries.ts'

// Nobody sees a dialog before asking for one.
const CheckDialog = lazy(() => import('./CheckDialog.tsx'))
const EvidenceDialog = lazy(() => import('./EvidenceDialog.tsx'))

const useStyles = makeStyles({
  row: { flexBasis: '100%', display: 'flex', flexWrap: 'wrap', gap: '4px 8px', alignItems: 'center' },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
})

/** Of one line of a checklist: its reason, who confirmed it, its evidence, and what may be done. */
export function CheckActions({ customer, check }: { customer: string; check: string }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { data: view } = useQuery(checklistsQuery(customer))
  const [asked, setAsked] = useState<'nothing' | 'confirm' | 'evidence'>('nothing')
  const line = view?.checks.find(each => each.id === check)
  if (!view || !line || line.state === 'not-applicable') return null
  const refusal = refusalFor(view.canConfirm, null)
  const noEvidence = refusalFor(view.canAddEvidence, null)
  const close = () => setAsked('nothing')
  const about = formats.text(line.text)
  return (
    <>
      <div className={styles.row}>
        <span className={styles.quiet}>
          {formats.text(line.because)}
          {line.confirmed?.by && ` ${t('decisions.byOn', { who: line.confirmed.by, when: formats.moment(line.confirmed.at) })}`}
          {line.trace.length > 0 && ` · ${t('decisions.before', { count: line.trace.length })}`}
        </span>
        {!line.isComputed && (
          <ActionButton
            size="small"
            aria-label={`${t('decisions.confirm')}: ${about}`}
            refusal={refusal && formats.text(refusal)}
            onClick={() => setAsked('confirm')}
          >
            {t('decisions.confirm')}
          </ActionButton>
        )}
        <ActionButton
          size="small"
          aria-label={`${t('decisions.addEvidence')}: ${about}`}
          refusal={noEvidence && formats.text(noEvidence)}
          onClick={() => setAsked('evidence')}
        >
          {t('decisions.addEvidence')}
        </ActionButton>
      </div>
      <EvidenceItems customer={customer} evidence={line.evidence} mayRemove={noEvidence === undefined} />
      <Suspense fallback={null}>
        {asked === 'confirm' && <CheckDialog view={view} line={line} onClose={close} />}
        {asked === 'evidence' && <EvidenceDialog customer={customer} subject={`check:${check}`} about={about} onClose={close} />}
      </Suspense>
    </>
  )
}
