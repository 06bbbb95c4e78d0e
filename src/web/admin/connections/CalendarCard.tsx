import { Card, makeStyles, Subtitle2, tokens } from '@fluentui/react-components'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CalendarConnection, CalendarTest } from '../../../model/calendar-api.ts'
import type { SetConnection } from '../../../model/usage-api.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useFormats } from '../../ui/format.ts'
import { apiUrl, get, send } from '../../ui/http.ts'
import { ErrorNotice } from '../../ui/Notice.tsx'
import { Skeletons } from '../../ui/Skeletons.tsx'
import { ConnectDialog } from '../../usage/connections/ConnectDialog.tsx'
import { ConnectionBadge } from '../../usage/connections/ConnectionBadge.tsx'
import { useConnectionWrite } from '../../usage/connections/connection-writes.ts'
import { Findings } from '../../usage/connections/Findings.tsx'
import { useRefusal } from '../permission.ts'

const useStyles = makeStyles({
  // As high as it is without a connection, so that nothing below moves when the answer comes.
  card: { gap: '12px', minWidth: 0, marginBottom: '16px', '@media (max-width: 640px)': { minHeight: '162px' } },
  head: { display: 'flex', flexWrap: 'wrap', gap: '4px 12px', alignItems: 'center' },
  quiet: { margin: 0, color: tokens.colorNeutralForeground3, maxWidth: '80ch', overflowWrap: 'anywhere' },
  text: { margin: 0, maxWidth: '80ch', overflowWrap: 'anywhere' },
  actions: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
})

const calendarQuery = queryOptions({
  queryKey: ['calendar-connection'],
  queryFn: ({ signal }) => get<CalendarConnection>('/calendar-connection', {}, signal),
})

type Connected = NonNullable<CalendarConnection['connection']>
const url = (...rest: string[]) => apiUrl(['/calendar-connection', ...rest].join('/'))
const calls = {
  save: async (input: SetConnection) => {
    const { connection } = await send<CalendarConnection>('PUT', url(), input)
    if (!connection) throw new Error('a connection that was saved is there')
    return connection
  },
  test: () => send<CalendarTest>('POST', url('test')),
  drop: () => send<CalendarConnection>('DELETE', url()),
}

/** How meetings come into the Outlook calendars of the organization's own people; of administrators alone. */
export function CalendarCard() {
  const { t } = useTranslation()
  const styles = useStyles()
  const refusal = useRefusal()('change-settings')
  return (
    <Card className={styles.card} role="group" aria-label={t('connections.calendar.title')} data-focus-home>
      {refusal === undefined ? (
        <Loaded />
      ) : (
        <>
          <Subtitle2 as="h3">{t('connections.calendar.title')}</Subtitle2>
          <p className={styles.quiet}>{t('connections.refused', { why: refusal })}</p>
        </>
      )}
    </Card>
  )
}

function Loaded() {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { data, error, refetch } = useQuery(calendarQuery)
  const [isConnecting, setConnecting] = useState(false)
  if (!data) return error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : <Skeletons heights={[24, 40]} />
  const { connection, clouds } = data
  return (
    <>
      <div className={styles.head}>
        <Subtitle2 as="h3">{t('connections.calendar.title')}</Subtitle2>
        {connection && (
          <>
            <ConnectionBadge connection={connection} />
            <span className={styles.quiet}>{t('connections.since', { when: formats.moment(connection.since) })}</span>
          </>
        )}
      </div>
      <p className={styles.text}>{t(connection?.enabled ? 'connections.calendar.on' : 'connections.calendar.off')}</p>
      {connection ? (
        <Details connection={connection} onChange={() => setConnecting(true)} />
      ) : (
        <div>
          <ActionButton aria-label={t('connections.calendar.connect')} onClick={() => setConnecting(true)}>
            {t('connections.connect')}
          </ActionButton>
        </div>
      )}
      {isConnecting && (
        <ConnectDialog
          name={t('connections.calendar.name')}
          connection={connection}
          clouds={clouds}
          customer={null}
          calls={calls}
          permissions={['Calendars.ReadWrite']}
          startsOff
          onClose={() => setConnecting(false)}
        />
      )}
    </>
  )
}

function Details({ connection, onChange }: { connection: Connected; onChange: () => void }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const [isDropping, setDropping] = useState(false)
  const test = useConnectionWrite(null, calls.test, { done: t('connections.tested') })
  const toggle = useConnectionWrite(null, calls.save)
  const isBusy = test.isPending || toggle.isPending
  const { cloud, directory, clientId, version, enabled, findings } = connection
  const of = (key: string) => ({ 'aria-label': t(`connections.${key}Of`, { tenant: t('connections.calendar.name') }) })
  return (
    <>
      {findings.length > 0 && <Findings findings={findings} />}
      <Facts
        facts={[
          ...(cloud === 'global' ? [] : [[t('connections.cloud'), t(`connections.clouds.${cloud}`)] as const]),
          [t('connections.field.directory'), directory],
          [t('connections.field.clientId'), clientId],
          [
            t('connections.credential'),
            t(connection.credentialEnds ? 'connections.credentialUntil' : 'connections.credentialIs', {
              what: t(`connections.of.${connection.credential}`),
              hint: connection.credentialHint,
              day: formats.day(connection.credentialEnds),
            }),
          ],
        ]}
      />
      <div className={styles.actions}>
        <ActionButton disabledFocusable={isBusy} {...of('test')} onClick={() => test.mutate(undefined)}>
          {t(test.isPending ? 'connections.testing' : 'connections.test')}
        </ActionButton>
        <ActionButton {...of('change')} onClick={onChange}>
          {t('connections.change')}
        </ActionButton>
        <ActionButton
          disabledFocusable={isBusy}
          {...of(enabled ? 'disable' : 'enable')}
          onClick={() => toggle.mutate({ cloud, directory, clientId, enabled: !enabled, version })}
        >
          {t(enabled ? 'connections.disable' : 'connections.enable')}
        </ActionButton>
        <ActionButton {...of('drop')} onClick={() => setDropping(true)}>
          {t('connections.drop')}
        </ActionButton>
      </div>
      <p className={styles.quiet}>{t('connections.calendar.testHelp')}</p>
      {isDropping && <DropDialog onClose={() => setDropping(false)} />}
    </>
  )
}

function DropDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const name = t('connections.calendar.name')
  const drop = useConnectionWrite(null, calls.drop, { done: t('connections.dropped', { tenant: name }), isForm: true })
  return (
    <FormDialog
      title={t('connections.dropOf', { tenant: name })}
      onClose={onClose}
      submit={{ label: t('connections.drop'), run: () => drop.mutate(undefined, { onSuccess: onClose }), isBusy: drop.isPending }}
      error={drop.error}
    >
      <span>{t('connections.calendar.dropHelp')}</span>
    </FormDialog>
  )
}
