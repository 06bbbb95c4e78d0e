import { describeCredential } from '../../graph/credential.ts'
import type { Credential } from '../../graph/types.ts'
import type { CredentialInput } from '../../model/usage-api.ts'
import type { Day } from '../../model/words.ts'
import type { TenantKey } from '../../store/connections.ts'
import { seal, unseal } from '../events/sealing.ts'
import { invalidField } from '../invalid-field.ts'

/** What is shown of a credential: it tells one from another and opens nothing. */
export type CredentialFace = Readonly<{ credential: 'secret' | 'certificate'; credential_hint: string; credential_ends: Day | null }>

/** Throws `invalid-input` for a certificate that cannot be used, one that has ended among them; nothing of a key is in the message. */
export function faceOf(input: CredentialInput, today: Day): CredentialFace {
  const { hint, ends } = describeCredential(input)
  if (ends !== null && ends < today) throw invalidField('credential.certificate', `this certificate ended on ${ends}`)
  return { credential: input.kind, credential_hint: hint, credential_ends: ends }
}

/** Tied to the tenant: moved to another one, it does not open. */
const placeOf = ({ customerId, tenantId }: TenantKey) => `graph ${customerId}/${tenantId}`

export const sealCredential = (sealKey: Uint8Array, where: TenantKey, credential: CredentialInput): string =>
  seal(sealKey, placeOf(where), credential)

/** Throws when it was sealed with another secret of the installation, or for another tenant. */
export const openCredential = (sealKey: Uint8Array, where: TenantKey, sealed: string): Credential =>
  // Only `sealCredential` writes there.
  unseal(sealKey, placeOf(where), sealed) as Credential
