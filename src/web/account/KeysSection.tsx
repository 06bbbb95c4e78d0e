import { Button, Field, Input, MessageBar, MessageBarBody, makeStyles, Radio, RadioGroup, Select, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MakeKey, OwnAccount } from '../../model/admin-api.ts'
import { Fault } from '../session/Fault.tsx'
import { FormDialog } from '../ui/FormDialog.tsx'
import { useFormats } from '../ui/format.ts'
import { Hidden } from '../ui/Visually.tsx'
import { ConfirmDialog } from './ConfirmDialog.tsx'
import { CopyButton } from './CopyButton.tsx'
import { focusSection } from './focus-section.ts'
import { makeKey, removeKey, useChange } from './queries.ts'
import { Section, useRowStyles } from './Section.tsx'

type Key = OwnAccount['keys'][number]
type Asked = { is: 'make' } | { is: 'made'; key: string } | { is: 'remove'; key: Key }

/** Keys with which programs act as this person, and never beyond what the person may. */
export function KeysSection({ account: { keys } }: { account: OwnAccount }) {
  const { t } = useTranslation()
  const styles = useRowStyles()
  const formats = useFormats()
  const [asked, setAsked] = useState<Asked | null>(null)
  const close = () => setAsked(null)
  const scopeOf = ({ scopes }: Key) => t(scopes.includes('write') ? 'account.keyWrites' : 'account.keyReads')
  return (
    <Section title={t('account.keys')} lead={t('account.keysLead')}>
      {keys.length === 0 && <p className={styles.quiet}>{t('account.noKeys')}</p>}
      <ul className={styles.list}>
        {keys.map(key => (
          <li key={key.id} className={styles.row}>
            <div className={styles.what}>
              <div className={styles.title}>
                {key.name} <code>{key.start}…</code>
              </div>
              <p className={styles.quiet}>
                {[
                  scopeOf(key),
                  t('account.keyUntil', { when: formats.moment(key.expiresAt) }),
                  key.lastUsedAt ? t('account.keyUsed', { when: formats.moment(key.lastUsedAt) }) : t('account.keyUnused'),
                ].join(' · ')}
              </p>
            </div>
            <Button size="small" onClick={() => setAsked({ is: 'remove', key })}>
              {t('account.remove')}
              <Hidden> {key.name}</Hidden>
            </Button>
          </li>
        ))}
      </ul>
      <div>
        <Button onClick={() => setAsked({ is: 'make' })}>{t('account.makeKey')}</Button>
      </div>
      {asked?.is === 'make' && <MakeKeyDialog onClose={close} onMade={key => setAsked({ is: 'made', key })} />}
      {asked?.is === 'made' && (
        <MadeKeyDialog
          value={asked.key}
          onClose={() => {
            close()
            focusSection(t('account.keys'))
          }}
        />
      )}
      {asked?.is === 'remove' && <RemoveKeyDialog apiKey={asked.key} onClose={close} />}
    </Section>
  )
}

const DAYS = [7, 30, 90, 180, 365] as const

function MakeKeyDialog({ onClose, onMade }: { onClose: () => void; onMade: (key: string) => void }) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const [kind, setKind] = useState<'read' | 'write'>('read')
  const [days, setDays] = useState<number>(90)
  const [isTried, setTried] = useState(false)
  const make = useChange({ run: makeKey, after: made => onMade(made.key) })
  const run = () => {
    setTried(true)
    const scopes: MakeKey['scopes'] = kind === 'read' ? ['read'] : ['read', 'write']
    if (name.trim() !== '') make.mutate({ name: name.trim(), scopes, days })
  }
  return (
    <FormDialog title={t('account.makeKey')} onClose={onClose} submit={{ label: t('account.makeKey'), run, isBusy: make.isPending }}>
      <Field
        label={t('account.keyName')}
        hint={t('account.keyNameHint')}
        required
        {...(isTried && name.trim() === '' ? { validationMessage: t('account.keyNameMissing') } : {})}
      >
        <Input name="key-name" autoComplete="off" maxLength={32} value={name} onChange={(_, typed) => setName(typed.value)} />
      </Field>
      <Field label={t('account.keyMay')}>
        <RadioGroup value={kind} onChange={(_, { value }) => setKind(value === 'write' ? 'write' : 'read')}>
          <Radio value="read" label={t('account.keyReads')} />
          <Radio value="write" label={t('account.keyWrites')} />
        </RadioGroup>
      </Field>
      <Field label={t('account.keyDays')}>
        <Select value={String(days)} onChange={(_, { value }) => setDays(Number(value))}>
          {DAYS.map(each => (
            <option key={each} value={each}>
              {t('account.days', { count: each })}
            </option>
          ))}
        </Select>
      </Field>
      <Fault error={make.error} />
    </FormDialog>
  )
}

const useKeyStyles = makeStyles({
  key: {
    display: 'block',
    padding: '12px',
    fontFamily: tokens.fontFamilyMonospace,
    overflowWrap: 'anywhere',
    userSelect: 'all',
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
  },
})

function MadeKeyDialog({ value, onClose }: { value: string; onClose: () => void }) {
  const { t } = useTranslation()
  const styles = useKeyStyles()
  return (
    <FormDialog title={t('account.keyMade')} onClose={onClose}>
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>{t('account.keyMadeHelp')}</MessageBarBody>
      </MessageBar>
      <code className={styles.key}>{value}</code>
      <div>
        <CopyButton text={value} label={t('account.copy')} />
      </div>
    </FormDialog>
  )
}

function RemoveKeyDialog({ apiKey, onClose }: { apiKey: Key; onClose: () => void }) {
  const { t } = useTranslation()
  const remove = useChange({
    run: () => removeKey(apiKey.id),
    done: 'account.removed',
    after: () => {
      onClose()
      focusSection(t('account.keys'))
    },
  })
  return (
    <ConfirmDialog
      title={t('account.removeNamed', { name: apiKey.name })}
      what={t('account.removeKeyHelp')}
      label={t('account.remove')}
      change={{ mutate: () => remove.mutate(undefined), isPending: remove.isPending, error: remove.error }}
      onClose={onClose}
    />
  )
}
