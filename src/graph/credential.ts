import { createHash, createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { AppError } from '../model/errors.ts'
import { Day } from '../model/words.ts'
import { FINDINGS, type FindingCode } from './findings.ts'
import type { Credential } from './types.ts'

type CertificateCredential = Extract<Credential, { kind: 'certificate' }>
type Unusable = Readonly<{ field: 'certificate' | 'privateKey'; code: FindingCode }>
/** A certificate with the private key it was made with. */
export type Signer = Readonly<{ certificate: X509Certificate; key: KeyObject }>

/**
 * What tells one credential from another without telling it: the thumbprint (SHA-1, as the app registration shows it), or the first
 * digits of a secret's SHA-256. `ends` is null for secrets: only the app registration knows. Throws AppError when it cannot be used.
 */
export function describeCredential(credential: Credential): Readonly<{ hint: string; ends: Day | null }> {
  if (credential.kind === 'secret') {
    return { hint: `sha256:${createHash('sha256').update(credential.secret).digest('hex').slice(0, 8)}`, ends: null }
  }
  const signer = readCertificate(credential)
  if ('code' in signer) {
    const { text, remedy } = FINDINGS[signer.code]
    const message = [text.en, remedy?.en].join(' ').trim()
    throw new AppError('invalid-input', message, { details: [{ path: `credential.${signer.field}`, message }] })
  }
  return { hint: signer.certificate.fingerprint.replaceAll(':', ''), ends: lastDay(signer.certificate) }
}

export const lastDay = (certificate: X509Certificate): Day => Day.parse(certificate.validToDate.toISOString().slice(0, 10))

/** The first certificate of the text and its key, checked against one another; or why they cannot be used. */
export function readCertificate({ certificate, privateKey }: CertificateCredential): Signer | Unusable {
  const read = attempt(() => new X509Certificate(certificate))
  if (!read) return { field: 'certificate', code: 'certificate-unreadable' }
  if (/BEGIN ENCRYPTED PRIVATE KEY|Proc-Type: 4,ENCRYPTED/.test(privateKey)) return { field: 'privateKey', code: 'key-encrypted' }
  const key = attempt(() => createPrivateKey(privateKey))
  if (!key) return { field: 'privateKey', code: 'key-unreadable' }
  // Entra ID takes assertions signed with RSA alone; 2,048 bits is the least that jose and Entra ID accept.
  if (key.asymmetricKeyType !== 'rsa' || (key.asymmetricKeyDetails?.modulusLength ?? 0) < 2048)
    return { field: 'privateKey', code: 'key-not-rsa' }
  if (!read.checkPrivateKey(key)) return { field: 'privateKey', code: 'key-of-another' }
  return { certificate: read, key }
}

/** OpenSSL's own messages are of no use to people, and may quote the text. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
