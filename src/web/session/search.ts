import { z } from 'zod'

/** Where to go after signing in; a path of this site only, so that a link cannot send people elsewhere. */
export const SignInSearch = z.object({
  to: z
    .string()
    .regex(/^\/(?![/\\])/)
    .optional()
    .catch(undefined),
})
