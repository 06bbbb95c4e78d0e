import { createHash, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { AppError } from '../model/errors.ts'
import { describeCredential } from './credential.ts'
import { makeCertificate } from './testing-certificate.ts'

let own: ReturnType<typeof makeCertificate>
beforeAll(() => {
  own = makeCertificate({ to: '2026-12-01' })
})

test('a secret is told by a fingerprint, never by a part of itself', () => {
  const secret = 'abcdefgh~secret~value'
  const { hint, ends } = describeCredential({ kind: 'secret', secret })
  expect(hint).toBe(`sha256:${createHash('sha256').update(secret).digest('hex').slice(0, 8)}`)
  for (let at = 0; at + 4 <= secret.length; at++) expect(hint).not.toContain(secret.slice(at, at + 4))
  expect(ends).toBeNull()
})

test('a certificate is told by the thumbprint that the app registration shows, and by its last day', () => {
  const { hint, ends } = describeCredential({ kind: 'certificate', ...own })
  expect(hint).toBe(createHash('sha1').update(new X509Certificate(own.certificate).raw).digest('hex').toUpperCase())
  expect(ends).toBe('2026-12-01')
})

const ecKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const encrypted = () => own.key.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }).toString()
const encryptedOld = () => own.key.export({ type: 'pkcs1', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }).toString()

test.each([
  ['no certificate', () => ({ ...own, certificate: 'hello' }), 'certificate', 'cannot be read'],
  ['the key where the certificate belongs', () => ({ ...own, certificate: own.privateKey }), 'certificate', 'cannot be read'],
  ['no key', () => ({ ...own, privateKey: 'hello' }), 'privateKey', 'cannot be read'],
  ['an encrypted key', () => ({ ...own, privateKey: encrypted() }), 'privateKey', 'encrypted with a password'],
  ['a key encrypted the old way', () => ({ ...own, privateKey: encryptedOld() }), 'privateKey', 'encrypted with a password'],
  ['a key of another kind', () => ({ ...own, privateKey: ecKey() }), 'privateKey', 'not an RSA key'],
  ['a short key', () => makeCertificate({ bits: 1024 }), 'privateKey', 'not an RSA key'],
  ["another certificate's key", () => ({ ...own, privateKey: makeCertificate().privateKey }), 'privateKey', 'does not belong'],
] as const)('refused with its field named: %s', (_name, given, field, sentence) => {
  const { certificate, privateKey } = given()
  const refusal = refusalOf(() => describeCredential({ kind: 'certificate', certificate, privateKey }))
  expect(refusal.code).toBe('invalid-input')
  expect(refusal.details).toEqual([{ path: `credential.${field}`, message: refusal.message }])
  expect(refusal.message).toContain(sentence)
  expect(refusal.cause).toBeUndefined()
  expect(refusal.message).not.toContain(privateKey.split('\n')[1] ?? privateKey)
})

function refusalOf(run: () => unknown): AppError {
  try {
    run()
  } catch (error) {
    if (error instanceof AppError) return error
  }
  throw new Error('it was taken')
}
