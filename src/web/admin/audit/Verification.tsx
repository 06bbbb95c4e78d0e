import { Button, MessageBar, MessageBarBody, MessageBarTitle, makeStyles, tokens } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { FailureBar } from '../../ui/FailureBar.tsx'
import { useFormats } from '../../ui/format.ts'
import { verificationQuery } from '../queries.ts'

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: '8px', marginBottom: '16px' },
  hash: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
  list: { margin: '4px 0', paddingInlineStart: '20px' },
})

/** Recomputes every chain on demand, and says where one is broken. */
export function Verification() {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { data, error, refetch, isFetching } = useQuery(verificationQuery)
  const counts = data && {
    events: t('admin.audit.eventCount', { count: data.events, number: formats.number(data.events) }),
    chains: t('admin.audit.chainCount', { count: data.chains, number: formats.number(data.chains) }),
  }
  return (
    <div className={styles.box}>
      <Button disabledFocusable={isFetching} onClick={() => void refetch()}>
        {t(isFetching ? 'admin.audit.verifying' : 'admin.audit.verify')}
      </Button>
      <FailureBar error={error} />
      {data && counts && (
        <MessageBar intent={data.broken.length === 0 ? 'success' : 'error'} layout="multiline" role="status">
          <MessageBarBody>
            <MessageBarTitle>{t(data.broken.length === 0 ? 'admin.audit.whole' : 'admin.audit.broken')}</MessageBarTitle>
            {t('admin.audit.counts', counts)}
            {data.broken.length > 0 && (
              <ul className={styles.list}>
                {data.broken.map(({ chain, seq, fault }) => (
                  <li key={`${chain} ${seq}`}>{t('admin.audit.brokenAt', { chain, seq, fault })}</li>
                ))}
              </ul>
            )}
            <div>
              {t('admin.audit.head')} <span className={styles.hash}>{data.head}</span>
            </div>
          </MessageBarBody>
        </MessageBar>
      )}
    </div>
  )
}
