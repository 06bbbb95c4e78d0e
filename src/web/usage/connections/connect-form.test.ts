import { expect, test } from 'vitest'
import { type ConnectionView, SetConnection } from '../../../model/usage-api.ts'
import { asAllowed, type ConnectDraft, differencesOf, draftOf, faultsOf, inputOf } from './connect-form.ts'

const APPLICATION = '0f3c9a52-6c1b-4a53-9d0e-2f1f6f5b7a10'
const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'
const KEY = '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----'
const draft = (change: Partial<ConnectDraft> = {}): ConnectDraft => ({
  ...draftOf(null, ['global']),
  directory: 'north.example',
  clientId: APPLICATION,
  secret: 'a-value~of.a_secret',
  ...change,
})

test.each([
  { name: 'a secret', change: {}, faults: {} },
  { name: 'no directory', change: { directory: ' ' }, faults: { directory: 'directory' } },
  { name: 'the address of many tenants', change: { directory: 'Common' }, faults: { directory: 'common' } },
  { name: 'a name instead of an id', change: { clientId: 'impulso' }, faults: { clientId: 'clientId' } },
  { name: 'no secret', change: { secret: '' }, faults: { secret: 'secret' } },
  { name: 'the id of the secret', change: { secret: APPLICATION }, faults: { secret: 'secretIsId' } },
  { name: 'a certificate', change: { kind: 'certificate', certificate: CERTIFICATE, privateKey: KEY }, faults: {} },
  {
    name: 'the key in the place of the certificate',
    change: { kind: 'certificate', certificate: KEY, privateKey: '' },
    faults: { certificate: 'keyInCertificate', privateKey: 'privateKey' },
  },
  { name: 'the credential that is there', change: { kind: 'kept', secret: '' }, faults: {} },
] as const)('what is wrong with the form: $name', ({ change, faults }) => {
  expect(faultsOf(draft(change))).toEqual(faults)
})

test('a form without faults is what the server takes', () => {
  for (const each of [draft(), draft({ kind: 'kept' }), draft({ kind: 'certificate', certificate: CERTIFICATE, privateKey: KEY })]) {
    expect(faultsOf(each)).toEqual({})
    expect(SetConnection.safeParse(inputOf(each, { enabled: true, version: 0 })).success).toBe(true)
  }
})

test('a credential that stays is not sent', () => {
  expect(inputOf(draft({ kind: 'kept', secret: 'typed before' }), { enabled: true, version: 3 })).toEqual({
    cloud: 'global',
    directory: 'north.example',
    clientId: APPLICATION,
    enabled: true,
    version: 3,
  })
})

test('a conflict names the fields that differ, and no credential', () => {
  // Of a connection only the fields that a form has matter here.
  const theirs = { cloud: 'global', directory: 'south.example', clientId: APPLICATION, enabled: false } as ConnectionView
  expect(differencesOf(theirs, inputOf(draft(), { enabled: true, version: 1 }))).toEqual([
    { field: 'directory', theirs: 'south.example', yours: 'north.example' },
    { field: 'enabled', theirs: false, yours: true },
  ])
})

test('a credential that is kept is for the tenant and the cloud it was given for', () => {
  const kept = draft({ kind: 'kept' })
  // Nothing else of it is looked at.
  const connection = { cloud: 'global', directory: 'north.example' } as ConnectionView
  expect(asAllowed(draft({ kind: 'kept', directory: ' North.example ' }), connection).kind).toBe('kept')
  for (const change of [{ cloud: 'china' }, { directory: 'south.example' }] as const)
    expect(asAllowed({ ...kept, ...change }, connection)).toEqual({ ...kept, ...change, kind: 'secret' })
  expect(asAllowed(draft({ kind: 'certificate', directory: 'south.example' }), connection).kind).toBe('certificate')
  expect(asAllowed(kept, null).kind).toBe('secret')
})
