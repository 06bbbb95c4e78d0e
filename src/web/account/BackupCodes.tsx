import { Button, MessageBar, MessageBarBody, makeStaticStyles, makeStyles, tokens } from '@fluentui/react-components'
import { ArrowDownload20Regular } from '@fluentui/react-icons/svg/arrow-download'
import { Print20Regular } from '@fluentui/react-icons/svg/print'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../ui/FormDialog.tsx'
import { keepFile } from '../ui/keep-file.ts'
import { CopyButton } from './CopyButton.tsx'

// Only the codes go on paper, not the page behind them.
const usePaper = makeStaticStyles({
  '@media print': {
    'body:has([data-paper]) *': { visibility: 'hidden' },
    'body [data-paper], body [data-paper] *': { visibility: 'visible' },
  },
})

const useStyles = makeStyles({
  codes: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(130px, 1fr))',
    gap: '4px 16px',
    listStyleType: 'none',
    margin: 0,
    padding: '12px',
    fontFamily: tokens.fontFamilyMonospace,
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
  },
  actions: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
})

/** Shown this once; the server keeps them sealed. */
export function BackupCodes({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const { t } = useTranslation()
  const styles = useStyles()
  usePaper()
  const text = codes.join('\n')
  return (
    <FormDialog title={t('account.backupCodes')} onClose={onClose}>
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>{t('account.backupCodesHelp')}</MessageBarBody>
      </MessageBar>
      <ul className={styles.codes} data-paper aria-label={t('account.backupCodes')}>
        {codes.map(code => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={styles.actions}>
        <CopyButton text={text} label={t('account.copy')} />
        <Button
          icon={<ArrowDownload20Regular />}
          onClick={() => keepFile(new Blob([`${text}\n`], { type: 'text/plain' }), 'impulso-backup-codes.txt')}
        >
          {t('account.download')}
        </Button>
        <Button icon={<Print20Regular />} onClick={() => window.print()}>
          {t('account.print')}
        </Button>
      </div>
    </FormDialog>
  )
}
