import type { Cloud, ConnectionView, CredentialInput, SetConnection } from '../../../model/usage-api.ts'

/** What the form shows of a connection that is there. */
export type ConnectionFace = Pick<
  ConnectionView,
  'cloud' | 'directory' | 'clientId' | 'credential' | 'credentialHint' | 'enabled' | 'version'
>

/** What is typed into the form of a connection. */
export type ConnectDraft = Readonly<{
  cloud: Cloud
  directory: string
  clientId: string
  /** `kept`: the credential that is there stays. */
  kind: 'kept' | 'secret' | 'certificate'
  secret: string
  certificate: string
  privateKey: string
}>

export const draftOf = (connection: ConnectionFace | null, clouds: readonly Cloud[]): ConnectDraft => ({
  cloud: connection?.cloud ?? clouds[0] ?? 'global',
  directory: connection?.directory ?? '',
  clientId: connection?.clientId ?? '',
  kind: connection ? 'kept' : 'secret',
  secret: '',
  certificate: '',
  privateKey: '',
})

/** Whether the credential that is kept may stay: it is for the tenant and the cloud it was given for. */
export const mayKeep = ({ cloud, directory }: ConnectDraft, connection: ConnectionFace | null): boolean =>
  connection !== null && connection.cloud === cloud && connection.directory.toLowerCase() === directory.trim().toLowerCase()

/** The form as it can be sent: where the credential may not stay, one is asked for. */
export const asAllowed = (draft: ConnectDraft, connection: ConnectionFace | null): ConnectDraft =>
  draft.kind === 'kept' && !mayKeep(draft, connection) ? { ...draft, kind: 'secret' } : draft

export type ConnectFault = 'directory' | 'common' | 'clientId' | 'secret' | 'secretIsId' | 'certificate' | 'keyInCertificate' | 'privateKey'
export type ConnectFaults = Readonly<Partial<Record<'directory' | 'clientId' | 'secret' | 'certificate' | 'privateKey', ConnectFault>>>

const DIRECTORY = /^[A-Za-z0-9][A-Za-z0-9.-]{0,253}$/
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
/** Sign-in addresses of many tenants at once; reports are always of one. */
const OF_MANY = ['common', 'organizations', 'consumers']

/** What keeps the form from being sent, by field; the server looks again, and closer. */
export function faultsOf(draft: ConnectDraft): ConnectFaults {
  const directory = draft.directory.trim()
  const kinds = {
    kept: {},
    secret: secretFault(draft.secret.trim()),
    certificate: {
      ...(draft.certificate.includes('PRIVATE KEY')
        ? { certificate: 'keyInCertificate' as const }
        : draft.certificate.includes('-----BEGIN CERTIFICATE-----')
          ? {}
          : { certificate: 'certificate' as const }),
      ...(/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(draft.privateKey) ? {} : { privateKey: 'privateKey' as const }),
    },
  } satisfies Record<ConnectDraft['kind'], ConnectFaults>
  return {
    ...(OF_MANY.includes(directory.toLowerCase())
      ? { directory: 'common' as const }
      : DIRECTORY.test(directory)
        ? {}
        : { directory: 'directory' as const }),
    ...(GUID.test(draft.clientId.trim()) ? {} : { clientId: 'clientId' as const }),
    ...kinds[draft.kind],
  }
}

/** The id of a secret stands beside its value and is what people copy by mistake. */
function secretFault(secret: string): ConnectFaults {
  if (secret === '') return { secret: 'secret' }
  return GUID.test(secret) ? { secret: 'secretIsId' } : {}
}

/** What is sent; `version` is that of the connection the form shows, 0 for a new one. */
export function inputOf(draft: ConnectDraft, { enabled, version }: Pick<SetConnection, 'enabled' | 'version'>): SetConnection {
  const credential = credentialOf(draft)
  return {
    cloud: draft.cloud,
    directory: draft.directory.trim(),
    clientId: draft.clientId.trim(),
    ...(credential ? { credential } : {}),
    enabled,
    version,
  }
}

function credentialOf({ kind, secret, certificate, privateKey }: ConnectDraft): CredentialInput | undefined {
  switch (kind) {
    case 'kept':
      return undefined
    case 'secret':
      return { kind, secret: secret.trim() }
    case 'certificate':
      return { kind, certificate, privateKey }
  }
}

export type Difference = Readonly<{
  field: 'cloud' | 'directory' | 'clientId' | 'enabled'
  theirs: string | boolean
  yours: string | boolean
}>

/** Where what somebody else saved differs from what is in the form. Credentials are never shown, so not compared. */
export function differencesOf(theirs: ConnectionFace, yours: SetConnection): readonly Difference[] {
  return (['cloud', 'directory', 'clientId', 'enabled'] as const).flatMap(field =>
    theirs[field] === yours[field] ? [] : { field, theirs: theirs[field], yours: yours[field] },
  )
}
