import { Badge, Button, makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { SessionView } from '../../model/api.ts'
import { useCardStyle } from './PublicPage.tsx'

const useStyles = makeStyles({
  heading: { display: 'flex', gap: '8px', alignItems: 'center' },
  quiet: { color: tokens.colorNeutralForeground3 },
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '8px' },
  account: { width: '100%', justifyContent: 'space-between', gap: '8px', minHeight: '40px', height: 'auto', textAlign: 'start' },
  right: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, fontWeight: tokens.fontWeightRegular },
})

type DemoAccountsProps = {
  accounts: SessionView['demoAccounts']
  isBusy: boolean
  onChoose: (account: { email: string; password: string }) => void
}

/** Made-up people to look around as, one click each. */
export function DemoAccounts({ accounts, isBusy, onChoose }: DemoAccountsProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const card = useCardStyle()
  return (
    <section className={card} aria-labelledby="demo">
      <div className={styles.heading}>
        <Subtitle2 as="h2" id="demo">
          {t('signIn.demoTitle')}
        </Subtitle2>
        <Badge appearance="tint" color="warning">
          {t('signIn.demo')}
        </Badge>
      </div>
      <Text className={styles.quiet}>{t('signIn.demoLead')}</Text>
      <ul className={styles.list}>
        {accounts.map(({ name, right, email, password }) => (
          <li key={email}>
            <Button className={styles.account} disabledFocusable={isBusy} onClick={() => onChoose({ email, password })}>
              <span>{name}</span> <span className={styles.right}>{t(`right.${right}`)}</span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
