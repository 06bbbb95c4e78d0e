import { Card, makeStyles, Subtitle2, Switch, Tooltip, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomerView } from '../../../model/api.ts'
import type { Cloud, ConnectionView, TenantConnections } from '../../../model/usage-api.ts'
import { refusalFor } from '../../customer/may-write.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useFormats } from '../../ui/format.ts'
import { ConnectDialog } from './ConnectDialog.tsx'
import { ConnectionBadge } from './ConnectionBadge.tsx'
import { connectionCalls, useConnectionWrite } from './connection-writes.ts'
import { Findings } from './Findings.tsx'
import { isOpen } from './queries.ts'
import { RunProgress } from './RunProgress.tsx'

const useStyles = makeStyles({
  card: { gap: '12px', minWidth: 0 },
  head: { display: 'flex', flexWrap: 'wrap', gap: '4px 12px', alignItems: 'center' },
  quiet: { margin: 0, color: tokens.colorNeutralForeground3, maxWidth: '80ch', overflowWrap: 'anywhere' },
  text: { margin: 0, maxWidth: '80ch', overflowWrap: 'anywhere' },
  actions: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
  group: { display: 'flex', flexDirection: 'column', gap: '6px', minWidth: 0 },
})

type Tenant = TenantConnections['tenants'][number]
type TenantCardProps = { customer: CustomerView; tenant: Tenant; clouds: readonly Cloud[] }

/** How the reports of one tenant come: connected or not, how that fares, and what may be done about it. */
export function TenantCard({ customer, tenant, clouds }: TenantCardProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const [isConnecting, setConnecting] = useState(false)
  const { connection } = tenant
  const refused = refusalFor(customer.canConnect, null)
  const refusal = refused && formats.text(refused)
  return (
    <Card className={styles.card} role="group" aria-label={tenant.name} data-focus-home>
      <div className={styles.head}>
        <Subtitle2 as="h3">{tenant.name}</Subtitle2>
        {connection && (
          <>
            <ConnectionBadge connection={connection} />
            <span className={styles.quiet}>{t('connections.since', { when: formats.moment(connection.since) })}</span>
          </>
        )}
      </div>
      {connection ? (
        <Connected customer={customer} connection={connection} refusal={refusal} onChange={() => setConnecting(true)} />
      ) : (
        <>
          <p className={styles.text}>{t('connections.notConnected')}</p>
          <div>
            <ActionButton
              appearance="primary"
              refusal={refusal}
              aria-label={t('connections.connectOf', { tenant: tenant.name })}
              onClick={() => setConnecting(true)}
            >
              {t('connections.connect')}
            </ActionButton>
          </div>
        </>
      )}
      <PeopleSwitch customer={customer.id} tenant={tenant} refusal={refusal} />
      {isConnecting && (
        <ConnectDialog
          name={tenant.name}
          connection={connection}
          clouds={clouds}
          customer={customer.id}
          calls={connectionCalls(customer.id, tenant.id)}
          onClose={() => setConnecting(false)}
        />
      )}
    </Card>
  )
}

type ConnectedProps = { customer: CustomerView; connection: ConnectionView; refusal: string | undefined; onChange: () => void }

function Connected({ customer, connection, refusal, onChange }: ConnectedProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { run, findings, enabled } = connection
  const open = isOpen(run) ? run : null
  const facts = [
    ...(connection.cloud === 'global' ? [] : [[t('connections.cloud'), t(`connections.clouds.${connection.cloud}`)] as const]),
    [t('connections.field.directory'), connection.directory] as const,
    [t('connections.field.clientId'), connection.clientId] as const,
    [
      t('connections.credential'),
      t(connection.credentialEnds ? 'connections.credentialUntil' : 'connections.credentialIs', {
        what: t(`connections.of.${connection.credential}`),
        hint: connection.credentialHint,
        day: formats.day(connection.credentialEnds),
      }),
    ] as const,
    [t('connections.next'), t(enabled ? 'connections.nextNight' : 'connections.nextNever')] as const,
  ]
  return (
    <>
      {findings.length > 0 && <Findings findings={findings} />}
      {connection.concealed && <p className={styles.text}>{t('connections.concealed')}</p>}
      <Facts facts={facts} />
      <div className={styles.group}>
        <strong>{t(open ? 'connections.runNow' : 'connections.lastRun')}</strong>
        {run ? <RunProgress run={run} findings={findings} /> : <p className={styles.quiet}>{t('connections.noRun')}</p>}
      </div>
      <Actions customer={customer} connection={connection} refusal={refusal} onChange={onChange} />
    </>
  )
}

function Actions({ customer, connection, refusal, onChange }: ConnectedProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const [isDropping, setDropping] = useState(false)
  const { tenant, tenantName, run, enabled } = connection
  const calls = connectionCalls(customer.id, tenant)
  const open = isOpen(run) ? run : null
  const importRefused = refusalFor(customer.canImport, null)
  const importRefusal = importRefused && formats.text(importRefused)
  const test = useConnectionWrite(customer.id, calls.test, { done: t('connections.tested') })
  const start = useConnectionWrite(customer.id, calls.run)
  const stop = useConnectionWrite(customer.id, calls.stop)
  const toggle = useConnectionWrite(customer.id, calls.save)
  const isBusy = test.isPending || start.isPending || stop.isPending || toggle.isPending
  const of = (key: string) => ({ 'aria-label': t(`connections.${key}Of`, { tenant: tenantName }) })
  return (
    <div className={styles.actions}>
      {open ? (
        <ActionButton refusal={importRefusal} disabledFocusable={isBusy} {...of('cancelRun')} onClick={() => stop.mutate(open.id)}>
          {t('connections.cancelRun')}
        </ActionButton>
      ) : (
        <ActionButton
          appearance="primary"
          refusal={importRefusal ?? (enabled ? undefined : t('connections.offRefusal'))}
          disabledFocusable={isBusy}
          {...of('run')}
          onClick={() => start.mutate(undefined)}
        >
          {t('connections.runButton')}
        </ActionButton>
      )}
      <ActionButton refusal={refusal} disabledFocusable={isBusy} {...of('test')} onClick={() => test.mutate(undefined)}>
        {t(test.isPending ? 'connections.testing' : 'connections.test')}
      </ActionButton>
      <ActionButton refusal={refusal} {...of('change')} onClick={onChange}>
        {t('connections.change')}
      </ActionButton>
      <ActionButton
        refusal={refusal}
        disabledFocusable={isBusy}
        {...of(enabled ? 'disable' : 'enable')}
        onClick={() => {
          const { cloud, directory, clientId, version } = connection
          toggle.mutate({ cloud, directory, clientId, enabled: !enabled, version })
        }}
      >
        {t(enabled ? 'connections.disable' : 'connections.enable')}
      </ActionButton>
      <ActionButton refusal={refusal} {...of('drop')} onClick={() => setDropping(true)}>
        {t('connections.drop')}
      </ActionButton>
      {isDropping && <DropDialog customer={customer.id} connection={connection} onClose={() => setDropping(false)} />}
    </div>
  )
}

type DropDialogProps = { customer: string; connection: ConnectionView; onClose: () => void }

function DropDialog({ customer, connection, onClose }: DropDialogProps) {
  const { t } = useTranslation()
  const { tenant, tenantName } = connection
  const drop = useConnectionWrite(customer, connectionCalls(customer, tenant).drop, {
    done: t('connections.dropped', { tenant: tenantName }),
    isForm: true,
  })
  return (
    <FormDialog
      title={t('connections.dropOf', { tenant: tenantName })}
      onClose={onClose}
      submit={{ label: t('connections.drop'), run: () => drop.mutate(undefined, { onSuccess: onClose }), isBusy: drop.isPending }}
      error={drop.error}
    >
      <span>{t('connections.dropHelp')}</span>
    </FormDialog>
  )
}

/** Whether champions and dormant seats of a tenant may be shown by name; off until somebody says so. */
function PeopleSwitch({ customer, tenant, refusal }: { customer: string; tenant: Tenant; refusal: string | undefined }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const allow = useConnectionWrite(customer, connectionCalls(customer, tenant.id).allowPeople)
  const toggle = (
    <Switch
      checked={allow.isPending ? allow.variables === true : tenant.allowsPeople}
      disabled={refusal !== undefined}
      label={t('connections.people')}
      aria-label={t('connections.peopleOf', { tenant: tenant.name })}
      onChange={(_, { checked }) => allow.mutate(checked)}
    />
  )
  return (
    <div className={styles.group}>
      {refusal === undefined ? (
        <div>{toggle}</div>
      ) : (
        <Tooltip content={refusal} relationship="description" withArrow>
          <div>{toggle}</div>
        </Tooltip>
      )}
      <p className={styles.quiet}>{t('connections.peopleHelp')}</p>
      {refusal && <p className={styles.quiet}>{t('connections.refused', { why: refusal })}</p>}
    </div>
  )
}
