import { Button, Link, makeStyles, tokens } from '@fluentui/react-components'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { EvidenceView } from '../../model/decision-api.ts'
import { customerPath } from '../customer/queries.ts'
import { failureText } from '../ui/failure.ts'
import { useFormats } from '../ui/format.ts'
import { apiUrl, send } from '../ui/http.ts'
import { showToast } from '../ui/toasts.tsx'

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: '2px 0 0', padding: 0, flexBasis: '100%' },
  item: { display: 'flex', flexWrap: 'wrap', gap: '0 8px', alignItems: 'center', overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
})

/** Links with their host, files to be saved with their hash. */
export function EvidenceItems({
  customer,
  evidence,
  mayRemove,
}: {
  customer: string
  evidence: readonly EvidenceView[]
  mayRemove: boolean
}) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const client = useQueryClient()
  const remove = async (id: string) => {
    try {
      await send('DELETE', apiUrl(customerPath(customer, 'evidence', id)))
      await client.invalidateQueries({ queryKey: ['customer', customer] })
    } catch (error) {
      showToast({ intent: 'error', title: t('decisions.notRemoved'), body: failureText(error, t, formats) })
    }
  }
  if (evidence.length === 0) return null
  return (
    <ul className={styles.list} aria-label={t('decisions.evidence')}>
      {evidence.map(({ id, title, kept, by, at }) => (
        <li key={id} className={styles.item}>
          {kept.kind === 'link' ? (
            <>
              <Link href={kept.href} target="_blank" rel="noopener noreferrer nofollow">
                {title}
              </Link>
              <span className={styles.quiet}>{kept.host}</span>
            </>
          ) : (
            <>
              <Link href={apiUrl(customerPath(customer, 'evidence', id, 'file'))} download>
                {title}
              </Link>
              <span className={styles.quiet} title={`SHA-256 ${kept.sha256}`}>
                {t('decisions.fileIs', { kib: formats.number(Math.ceil(kept.bytes / 1024)), hash: kept.sha256.slice(0, 12) })}
              </span>
            </>
          )}
          <span className={styles.quiet}>{t('decisions.byOn', { who: by, when: formats.moment(at) })}</span>
          {mayRemove && (
            <Button size="small" appearance="subtle" aria-label={t('decisions.removeEvidence', { title })} onClick={() => void remove(id)}>
              {t('decisions.remove')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}
