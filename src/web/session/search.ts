import { z } from 'zod'
import { safePath } from './safe-path.ts'

/** What brought somebody to the sign-in page, told there. */
export const DONE = ['password', 'invitation', 'setup', 'own-data'] as const

export const SignInSearch = z.object({
  /** Where to go after signing in; a place in this portal only, so that a link cannot send people elsewhere. */
  to: z
    .string()
    .transform(text => safePath(text))
    .optional()
    .catch(undefined),
  /** Why single sign-on sent somebody back. */
  error: z.string().max(100).optional().catch(undefined),
  done: z.enum(DONE).optional().catch(undefined),
})
