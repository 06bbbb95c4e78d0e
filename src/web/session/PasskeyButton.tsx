import { Button, makeStyles } from '@fluentui/react-components'
import { Key20Regular } from '@fluentui/react-icons/svg/key'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Fault } from './Fault.tsx'
import { knowsPasskeys, signInWithPasskey } from './passkeys.ts'

const useStyles = makeStyles({ way: { display: 'flex', flexDirection: 'column', gap: '12px' } })

export function PasskeyButton({ onEnter }: { onEnter: () => Promise<void> }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const attempt = useMutation({ mutationFn: signInWithPasskey, onSuccess: onEnter })
  const isPossible = knowsPasskeys()
  return (
    <div className={styles.way}>
      <Fault error={attempt.error} />
      {/* No tooltip: what places it would be a twentieth of all code before the first screen. */}
      <Button
        icon={<Key20Regular />}
        disabledFocusable={!isPossible || attempt.isPending}
        {...(isPossible ? {} : { 'aria-describedby': 'no-passkeys' })}
        onClick={() => attempt.mutate()}
      >
        {t('signIn.passkey')}
      </Button>
      {!isPossible && <span id="no-passkeys">{t('signIn.passkeyUnsupported')}</span>}
    </div>
  )
}
