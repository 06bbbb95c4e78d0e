import { oneOf, searchOf } from '../ui/search.ts'
import { safePath } from './safe-path.ts'

/** What brought somebody to the sign-in page, told there. */
export const DONE = ['password', 'invitation', 'setup', 'own-data'] as const

const LONGEST_ERROR = 100

export const SignInSearch = searchOf({
  /** Where to go after signing in; a place in this portal only, so that a link cannot send people elsewhere. */
  to: safePath,
  /** Why single sign-on sent somebody back. */
  error: written => (typeof written === 'string' && written.length <= LONGEST_ERROR ? written : undefined),
  done: oneOf(DONE),
})
