import type { AcceptInvitation, InvitationFor } from '../../model/admin-api.ts'
import { AppError } from '../../model/errors.ts'
import type { Auth } from '../auth/auth.ts'
import type { Actor } from '../policy.ts'
import { askerOf } from './asker.ts'

/** Whom a link is for. Throws `not-found` for one that has ended or was used. */
export async function findInvitation(auth: Auth, token: string): Promise<InvitationFor> {
  const found = await auth.findInvitation(token)
  if (!found) throw new AppError('not-found', 'this invitation has ended or was used already')
  return { name: found.name, email: found.email }
}

/** Sets the password of somebody invited, who then signs in with it. Throws `not-found`, `invalid-input` for a weak password. */
export async function acceptInvitation(auth: Auth, actor: Actor, { token, password }: AcceptInvitation): Promise<InvitationFor> {
  const invited = await findInvitation(auth, token)
  await auth.acceptInvitation(token, password, { headers: askerOf(actor).headers })
  return invited
}
