import {
  Button,
  Field,
  Input,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  makeStyles,
  Radio,
  RadioGroup,
  Select,
  Spinner,
  Subtitle2,
  Textarea,
  tokens,
} from '@fluentui/react-components'
import { useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Cloud, ConnectionTest, SetConnection } from '../../../model/usage-api.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { isLostUpdate } from '../../ui/failure.ts'
import { keepFocus } from '../../ui/focus-back.ts'
import { HttpError } from '../../ui/http.ts'
import { ErrorNotice } from '../../ui/Notice.tsx'
import { asAllowed, type ConnectDraft, type ConnectionFace, differencesOf, draftOf, faultsOf, inputOf, mayKeep } from './connect-form.ts'
import { useConnectionWrite } from './connection-writes.ts'
import { Findings } from './Findings.tsx'

const useStyles = makeStyles({
  text: { margin: 0, overflowWrap: 'anywhere' },
  setUp: { border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium, padding: '8px 12px' },
  summary: { cursor: 'pointer', fontWeight: tokens.fontWeightSemibold },
  steps: { margin: '8px 0 0', paddingInlineStart: '20px', display: 'flex', flexDirection: 'column', gap: '4px' },
  permission: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
  pem: { '& textarea': { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 } },
  differences: { margin: '4px 0 0', paddingInlineStart: '20px', overflowWrap: 'anywhere' },
})

/** Application permissions of Microsoft Graph, by the name they are granted under; the first is enough to begin with. */
const PERMISSIONS = ['Reports.Read.All', 'LicenseAssignment.Read.All', 'ReportSettings.Read.All'] as const
type Permission = (typeof PERMISSIONS)[number] | 'Calendars.ReadWrite'

type Tested = Pick<ConnectionTest, 'state' | 'findings'>
type ConnectDialogProps = {
  /** Of what. */
  name: string
  connection: ConnectionFace | null
  clouds: readonly Cloud[]
  /** Of a customer's tenant; null: of the organization itself. */
  customer: string | null
  calls: Readonly<{ save: (input: SetConnection) => Promise<ConnectionFace>; test: () => Promise<Tested> }>
  /** What the application needs, by the name it is granted under; that for reports when absent. */
  permissions?: readonly Permission[]
  /** A new one is used at once, unless it is to be tested first. */
  startsOff?: boolean
  onClose: () => void
}

/** How a tenant is connected: where it is, with which application, and what that signs in with. Tested as soon as it is saved. */
export function ConnectDialog({ name, connection, clouds, customer, calls, permissions, startsOff = false, onClose }: ConnectDialogProps) {
  const { t } = useTranslation()
  // The form and the test are two dialogs: the second one only knows that the focus was in the first.
  const [giveBack] = useState(keepFocus)
  useEffect(() => giveBack, [giveBack])
  // The connection the person looks at: a newer answer does not change the form under their hands.
  const [seen, setSeen] = useState(connection)
  const [typed, setDraft] = useState(draftOf(seen, clouds))
  const draft = asAllowed(typed, seen)
  const [tried, setTried] = useState(false)
  const test = useConnectionWrite(customer, calls.test, { isForm: true })
  const save = useConnectionWrite(customer, calls.save, {
    isForm: true,
    onDone: saved => {
      setSeen(saved)
      // What was typed is stored and no longer needed here.
      setDraft(draftOf(saved, clouds))
      test.mutate(undefined)
    },
  })
  const input = inputOf(draft, { enabled: seen?.enabled ?? !startsOff, version: seen?.version ?? 0 })
  const faults = faultsOf(draft)
  const run = () => {
    setTried(true)
    if (Object.keys(faults).length === 0) save.mutate(input)
  }
  const back = () => {
    save.reset()
    test.reset()
    setTried(false)
  }
  if (save.isSuccess) return <TestResult name={name} test={test} onBack={back} onClose={onClose} />
  const conflict = isLostUpdate(save.error) ? theirsOf(save.error) : undefined
  const change = (part: Partial<ConnectDraft>) => setDraft({ ...typed, ...part })
  const validation = (field: keyof typeof faults) => {
    const fault = tried ? faults[field] : undefined
    return fault ? { validationMessage: t(`connections.fault.${fault}`) } : {}
  }
  return (
    <FormDialog
      title={t(seen ? 'connections.changeOf' : 'connections.connectOf', { tenant: name })}
      onClose={onClose}
      submit={{ label: t('connections.saveAndTest'), run, isBusy: save.isPending }}
      error={conflict ? undefined : save.error}
    >
      <SetUp isOpen={seen === null} permissions={permissions ?? PERMISSIONS} />
      {clouds.length > 1 && (
        <Field label={t('connections.cloud')} {...(draft.cloud === 'simulator' ? { hint: t('connections.simulatorHint') } : {})}>
          <Select value={draft.cloud} onChange={(_, { value }) => change({ cloud: clouds.find(each => each === value) ?? draft.cloud })}>
            {clouds.map(cloud => (
              <option key={cloud} value={cloud}>
                {t(`connections.clouds.${cloud}`)}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <Field label={t('connections.directory')} hint={t('connections.directoryHint')} required {...validation('directory')}>
        <Input value={draft.directory} maxLength={254} autoComplete="off" onChange={(_, { value }) => change({ directory: value })} />
      </Field>
      <Field label={t('connections.application')} hint={t('connections.applicationHint')} required {...validation('clientId')}>
        <Input value={draft.clientId} maxLength={60} autoComplete="off" onChange={(_, { value }) => change({ clientId: value })} />
      </Field>
      <Field label={t('connections.credential')}>
        <RadioGroup
          value={draft.kind}
          onChange={(_, { value }) =>
            change({ kind: (['kept', 'secret', 'certificate'] as const).find(each => each === value) ?? draft.kind })
          }
        >
          {seen && mayKeep(draft, seen) && (
            <Radio
              value="kept"
              label={t('connections.keep', { what: t(`connections.of.${seen.credential}`), hint: seen.credentialHint })}
            />
          )}
          <Radio value="certificate" label={t('connections.certificate')} />
          <Radio value="secret" label={t('connections.secret')} />
        </RadioGroup>
      </Field>
      {draft.kind === 'secret' && (
        <Field label={t('connections.secretValue')} hint={t('connections.sealed')} required {...validation('secret')}>
          <Input
            type="password"
            value={draft.secret}
            maxLength={1000}
            autoComplete="off"
            onChange={(_, { value }) => change({ secret: value })}
          />
        </Field>
      )}
      {draft.kind === 'certificate' && (
        <>
          <Pem
            label={t('connections.certificatePem')}
            value={draft.certificate}
            validation={validation('certificate')}
            onChange={certificate => change({ certificate })}
          />
          <Pem
            label={t('connections.keyPem')}
            hint={t('connections.sealed')}
            value={draft.privateKey}
            validation={validation('privateKey')}
            onChange={privateKey => change({ privateKey })}
          />
        </>
      )}
      {conflict && (
        <Conflict
          theirs={conflict.theirs}
          yours={input}
          onTheirs={() => {
            setSeen(conflict.theirs)
            setDraft(draftOf(conflict.theirs, clouds))
            save.reset()
          }}
          onYours={() => {
            setSeen(conflict.theirs)
            save.reset()
          }}
        />
      )}
    </FormDialog>
  )
}

/** What somebody else saved meanwhile; null: they took the connection away. */
function theirsOf(error: unknown): { theirs: ConnectionFace | null } {
  const details = error instanceof HttpError ? error.problem.details : undefined
  // The server's conflict of a connection says theirs and yours.
  return { theirs: (details as { theirs?: ConnectionFace | null } | undefined)?.theirs ?? null }
}

type ConflictProps = { theirs: ConnectionFace | null; yours: SetConnection; onTheirs: () => void; onYours: () => void }

function Conflict({ theirs, yours, onTheirs, onYours }: ConflictProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const told = (value: string | boolean) => (typeof value === 'boolean' ? t(value ? 'value.yes' : 'value.no') : value)
  const differences = theirs ? differencesOf(theirs, yours) : []
  return (
    <MessageBar intent="warning" layout="multiline" role="alert">
      <MessageBarBody>
        {t(theirs ? 'connections.conflict' : 'connections.conflictGone')}
        {theirs && (
          <ul className={styles.differences}>
            {differences.map(each => (
              <li key={each.field}>
                {t('connections.difference', {
                  field: t(`connections.field.${each.field}`),
                  theirs: told(each.theirs),
                  yours: told(each.yours),
                })}
              </li>
            ))}
            {differences.length === 0 && <li>{t('connections.noDifference')}</li>}
          </ul>
        )}
      </MessageBarBody>
      <MessageBarActions>
        <Button onClick={onTheirs}>{t('connections.takeTheirs')}</Button>
        <Button onClick={onYours}>{t('connections.keepYours')}</Button>
      </MessageBarActions>
    </MessageBar>
  )
}

/** What must be set up at Microsoft before; open for a first connection. */
function SetUp({ isOpen, permissions }: { isOpen: boolean; permissions: readonly Permission[] }) {
  const { t } = useTranslation()
  const styles = useStyles()
  return (
    <details className={styles.setUp} open={isOpen}>
      <summary className={styles.summary}>{t('connections.setUp.title')}</summary>
      <ol className={styles.steps}>
        <li>{t('connections.setUp.register')}</li>
        <li>
          {t('connections.setUp.permissions')}
          <ul>
            {permissions.map(each => (
              <li key={each}>
                <span className={styles.permission}>{each}</span>: {t(`connections.permission.${each.split('.')[0]}`)}
              </li>
            ))}
          </ul>
        </li>
        <li>{t('connections.setUp.consent')}</li>
        <li>{t('connections.setUp.credential')}</li>
      </ol>
      <p className={styles.text}>
        {t('connections.setUp.docs')} <code className={styles.permission}>docs/microsoft-graph.md</code>
      </p>
    </details>
  )
}

type PemProps = {
  label: string
  hint?: string
  value: string
  validation: { validationMessage?: string }
  onChange: (value: string) => void
}

/** Pasted, or read from a file that is picked; it stays in this form until it is sent. */
function Pem({ label, hint, value, validation, onChange }: PemProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const id = useId()
  const picker = useRef<HTMLInputElement>(null)
  return (
    <div>
      <Field label={label} required {...(hint ? { hint } : {})} {...validation}>
        <Textarea
          className={styles.pem}
          rows={3}
          value={value}
          maxLength={20_000}
          spellCheck={false}
          autoComplete="off"
          placeholder="-----BEGIN …"
          onChange={(_, typed) => onChange(typed.value)}
        />
      </Field>
      <input
        ref={picker}
        id={id}
        type="file"
        hidden
        accept=".pem,.crt,.cer,.key"
        aria-label={t('connections.pickFileFor', { what: label })}
        onChange={event => {
          const file = event.currentTarget.files?.[0]
          // Larger than any certificate with its chain: it is something else.
          if (file && file.size <= 20_000) void file.text().then(onChange)
          event.currentTarget.value = ''
        }}
      />
      <Button size="small" aria-label={t('connections.pickFileFor', { what: label })} onClick={() => picker.current?.click()}>
        {t('connections.pickFile')}
      </Button>
    </div>
  )
}

type TestResultProps = {
  name: string
  test: Readonly<{ data: Tested | undefined; error: Error | null; mutate: (input: undefined) => void }>
  onBack: () => void
  onClose: () => void
}

/** It is saved; what the test says of it. */
function TestResult({ name, test: { data, error, mutate }, onBack, onClose }: TestResultProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  return (
    <FormDialog title={t('connections.testTitle', { tenant: name })} onClose={onClose}>
      <p className={styles.text}>{t('connections.saved')}</p>
      {data ? (
        <>
          <Subtitle2 as="h3" role="status">
            {t(`connections.state.${data.state}`)}
          </Subtitle2>
          <Findings findings={data.findings} />
          {data.state !== 'ok' && (
            <div>
              <Button onClick={onBack}>{t('connections.change')}</Button>
            </div>
          )}
        </>
      ) : error ? (
        <ErrorNotice error={error} onRetry={() => mutate(undefined)} />
      ) : (
        <Spinner label={t('connections.testing')} />
      )}
    </FormDialog>
  )
}
