import { makeStyles } from '@fluentui/react-components'
import { Key20Regular } from '@fluentui/react-icons/svg/key'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ActionButton } from '../ui/ActionButton.tsx'
import { Fault } from './Fault.tsx'
import { knowsPasskeys, signInWithPasskey } from './passkeys.ts'

const useStyles = makeStyles({ way: { display: 'flex', flexDirection: 'column', gap: '12px' } })

export function PasskeyButton({ onEnter }: { onEnter: () => Promise<void> }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const attempt = useMutation({ mutationFn: () => signInWithPasskey(), onSuccess: onEnter })
  return (
    <div className={styles.way}>
      <Fault error={attempt.error} />
      <ActionButton
        icon={<Key20Regular />}
        refusal={knowsPasskeys() ? undefined : t('signIn.passkeyUnsupported')}
        disabledFocusable={attempt.isPending}
        onClick={() => attempt.mutate()}
      >
        {t('signIn.passkey')}
      </ActionButton>
    </div>
  )
}
