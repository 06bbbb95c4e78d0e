import type { AccessRight } from '../model/api.ts'
import { AppError } from '../model/errors.ts'

/** Who acts: a person who signed in, or the machine's owner at the command line. */
export type Actor = Readonly<{ personId: string; name: string; right: AccessRight }>

export const ACTIONS = ['see-customer', 'set-item', 'set-fact', 'import-usage', 'add-customer', 'release-playbook', 'see-playbook'] as const
export type Action = (typeof ACTIONS)[number]

const SEE: readonly Action[] = ['see-customer', 'see-playbook']
const WORK: readonly Action[] = [...SEE, 'set-item', 'set-fact', 'import-usage']

/** What each access right may do; what is not listed is refused. */
const ALLOWED: Readonly<Record<AccessRight, readonly Action[]>> = {
  administrator: ACTIONS,
  lead: [...WORK, 'add-customer'],
  'fasttrack-manager': [...WORK, 'add-customer'],
  engineer: [...SEE, 'set-item', 'import-usage'],
  'customer-success-manager': [...SEE, 'set-item', 'set-fact'],
  'subject-matter-expert': [...SEE, 'set-item'],
  author: [...SEE, 'release-playbook'],
  reader: SEE,
}

export const may = (right: AccessRight, action: Action): boolean => ALLOWED[right].includes(action)

/** Throws `forbidden` when the actor's access right does not cover the action. */
export function authorize(actor: Actor, action: Action): void {
  if (!may(actor.right, action)) throw new AppError('forbidden', whyNot(actor.right, action))
}

export const whyNot = (right: AccessRight, action: Action): string => `the access right "${right}" does not cover "${action}"`

/**
 * May the actor know of this customer? One that may not be seen is answered like one that is not there. Every access right sees every
 * customer so far; use cases ask here, so that assignments narrow it in one place.
 */
export const canSee = (actor: Actor, _customerId: string): boolean => may(actor.right, 'see-customer')

/** The command line acts as the owner of the machine. */
export const COMMAND_LINE: Actor = { personId: 'command-line', name: 'Command line', right: 'administrator' }
