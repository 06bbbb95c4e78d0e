import { CLIENT_ADDRESS } from '../auth/endpoints.ts'
import type { Origin } from '../auth/types.ts'
import type { Actor } from '../policy.ts'

/** Tells sign-in who asks and from where. What managers do to accounts the use cases record themselves, with before and after. */
export const askerOf = ({ personId, address }: Pick<Actor, 'personId' | 'address'>): Required<Origin> => ({
  by: personId,
  headers: new Headers({ [CLIENT_ADDRESS]: address ?? '' }),
})
