import { Button, Field, Input } from '@fluentui/react-components'
import { useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OwnAccount } from '../../model/admin-api.ts'
import { Fault } from '../session/Fault.tsx'
import { isCancelled } from '../session/failure.ts'
import { addPasskey, knowsPasskeys } from '../session/passkeys.ts'
import { signOut } from '../session/queries.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { FormDialog } from '../ui/FormDialog.tsx'
import { useFormats } from '../ui/format.ts'
import { HttpError } from '../ui/http.ts'
import { Hidden } from '../ui/Visually.tsx'
import { deviceOf } from './device.ts'
import { focusSection } from './focus-section.ts'
import { removePasskey, renamePasskey, useChange } from './queries.ts'
import { Section, useRowStyles } from './Section.tsx'

type Passkey = OwnAccount['passkeys'][number]
type Asked = { what: 'add' } | { what: 'rename' | 'remove'; passkey: Passkey }

export function PasskeySection({ account }: { account: OwnAccount }) {
  const { t } = useTranslation()
  const styles = useRowStyles()
  const formats = useFormats()
  const [asked, setAsked] = useState<Asked | null>(null)
  const close = () => setAsked(null)
  const nameOf = (passkey: Passkey) => passkey.name || t('account.passkey')
  return (
    <Section title={t('account.passkeys')} lead={t('account.passkeysLead')}>
      {account.passkeys.length === 0 && <p className={styles.quiet}>{t('account.noPasskeys')}</p>}
      <ul className={styles.list}>
        {account.passkeys.map(passkey => (
          <li key={passkey.id} className={styles.row}>
            <div className={styles.what}>
              <div className={styles.title}>{nameOf(passkey)}</div>
              {passkey.createdAt && <p className={styles.quiet}>{t('account.addedAt', { when: formats.moment(passkey.createdAt) })}</p>}
            </div>
            <div className={styles.actions}>
              <Button size="small" onClick={() => setAsked({ what: 'rename', passkey })}>
                {t('account.rename')}
                <Hidden> {nameOf(passkey)}</Hidden>
              </Button>
              <Button size="small" onClick={() => setAsked({ what: 'remove', passkey })}>
                {t('account.remove')}
                <Hidden> {nameOf(passkey)}</Hidden>
              </Button>
            </div>
          </li>
        ))}
      </ul>
      <div>
        <ActionButton refusal={knowsPasskeys() ? undefined : t('signIn.passkeyUnsupported')} onClick={() => setAsked({ what: 'add' })}>
          {t('account.addPasskey')}
        </ActionButton>
      </div>
      {asked?.what === 'add' && <AddPasskey onClose={close} />}
      {asked?.what === 'rename' && <RenamePasskey passkey={asked.passkey} onClose={close} />}
      {asked?.what === 'remove' && <RemovePasskey passkey={asked.passkey} name={nameOf(asked.passkey)} onClose={close} />}
    </Section>
  )
}

/** Asks for a name first, so that one can tell keys apart later, then hands over to the browser. */
function AddPasskey({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const device = deviceOf(navigator.userAgent)
  const [name, setName] = useState(device ? t('account.device', device) : '')
  const add = useChange({ run: () => addPasskey(name.trim() || t('account.passkey')), done: 'account.passkeyAdded', after: onClose })
  return (
    <FormDialog
      title={t('account.addPasskey')}
      onClose={onClose}
      submit={{ label: t('account.continue'), run: () => add.mutate(undefined), isBusy: add.isPending }}
    >
      <Field label={t('account.nameOfPasskey')} hint={t('account.passkeyHint')}>
        <Input name="passkey-name" autoComplete="off" maxLength={64} value={name} onChange={(_, typed) => setName(typed.value)} />
      </Field>
      {!isCancelled(add.error) && <FreshFault error={add.error} />}
    </FormDialog>
  )
}

function RenamePasskey({ passkey, onClose }: { passkey: Passkey; onClose: () => void }) {
  const { t } = useTranslation()
  const [name, setName] = useState(passkey.name ?? '')
  const rename = useChange({ run: () => renamePasskey(passkey.id, name.trim()), done: 'account.saved', after: onClose })
  const run = () => name.trim() !== '' && rename.mutate(undefined)
  return (
    <FormDialog title={t('account.rename')} onClose={onClose} submit={{ label: t('save'), run, isBusy: rename.isPending }}>
      <Field label={t('account.nameOfPasskey')} required>
        <Input name="passkey-name" autoComplete="off" maxLength={64} value={name} onChange={(_, typed) => setName(typed.value)} />
      </Field>
      <Fault error={rename.error} />
    </FormDialog>
  )
}

function RemovePasskey({ passkey, name, onClose }: { passkey: Passkey; name: string; onClose: () => void }) {
  const { t } = useTranslation()
  const remove = useChange({
    run: () => removePasskey(passkey.id),
    done: 'account.removed',
    after: () => {
      onClose()
      focusSection(t('account.passkeys'))
    },
  })
  return (
    <FormDialog
      title={t('account.removeNamed', { name })}
      onClose={onClose}
      submit={{ label: t('account.remove'), run: () => remove.mutate(undefined), isBusy: remove.isPending }}
    >
      <span>{t('account.removePasskeyHelp')}</span>
      <FreshFault error={remove.error} />
    </FormDialog>
  )
}

/** Passkeys are changed only shortly after signing in; here is the way to do that and come back. */
function FreshFault({ error }: { error: unknown }) {
  const { t } = useTranslation()
  const router = useRouter()
  const again = async () => {
    await signOut()
    // A whole new page: nothing of the old session may stay.
    location.assign(router.buildLocation({ to: '/sign-in', search: { to: '/account' } }).href)
  }
  return (
    <>
      <Fault error={error} />
      {error instanceof HttpError && error.code === 'SESSION_NOT_FRESH' && (
        <Button onClick={() => void again()}>{t('account.signInAgain')}</Button>
      )}
    </>
  )
}
