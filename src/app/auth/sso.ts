import type { AuthDb } from '../../store/auth-database.ts'
import { admit, type Claims } from './sso-admit.ts'
import type { SsoConfig } from './sso-config.ts'
import type { SsoProfile } from './sso-provider.ts'
import type { AuthOptions, Tell } from './types.ts'

/** No account has this address, so the library goes looking for one in vain and asks `validateUserInfo`, which answers with the refusal. */
const NOBODY = 'nobody@sso.invalid'

/**
 * Lets somebody the provider vouches for in, or not, and says it the way the library understands. The store hears of the person before
 * there is a session.
 */
export async function profileFor(
  db: AuthDb,
  sso: SsoConfig,
  claims: Claims,
  { onPerson, tell }: Pick<AuthOptions, 'onPerson'> & { tell: Tell },
): Promise<SsoProfile> {
  const admission = await admit(db, sso, claims)
  if (!admission.ok) {
    if (admission.personId) await tell('sign-in-refused', admission.personId)
    return { sub: claims.sub, email: NOBODY, name: '', isVerified: false, refusal: admission.reason }
  }
  const { user, isNew, before } = admission
  await onPerson?.({ id: user.id, name: user.name })
  const after = { right: user.access_right, scope: user.access_scope }
  if (isNew) await tell('person-added', user.id, {}, { before: null, after })
  else if (before?.right !== after.right) await tell('person-changed', user.id, {}, { before, after })
  return { sub: claims.sub, email: user.email, name: user.name, isVerified: user.email_verified, refusal: null }
}
