import type { AccessRight, AccessScope } from '../../model/api.ts'
import type { Auth } from '../auth/auth.ts'
import { openAuth } from '../auth/open-auth.ts'
import { addPerson } from '../auth/people.ts'
import { readConfig } from '../config.ts'
import type { Context } from '../context.ts'
import type { Actor } from '../policy.ts'
import { type TestContext, testContext } from '../testing.ts'
import type { Directory } from './leads.ts'

/** For tests that ask nothing about accounts: there are none. */
export const NO_PEOPLE: Directory = { listPeople: async () => ({ people: [], next: null }) }

export const TEST_PASSWORD = 'longboat river seventeen'

export type TestPeople = TestContext &
  Readonly<{
    auth: Auth
    /** Somebody with an account, who acts. */
    person: (name: string, right?: AccessRight, scope?: AccessScope) => Promise<Actor>
    /** The context as a request of this person has it. */
    as: (actor: Actor) => Context
  }>

/** For tests: a context with sign-in beside it, wired as the program wires it; mail is captured. */
export async function testPeople(now: Date): Promise<TestPeople> {
  const tested = await testContext(now)
  const config = readConfig({
    IMPULSO_URL: 'http://localhost:4100',
    IMPULSO_DATA: tested.folder,
    IMPULSO_SECRET: 'a secret of at least thirty-two characters',
  })
  const auth = openAuth(config, tested)
  return {
    ...tested,
    auth,
    person: async (name, right = 'engineer', scope = 'customers') => {
      const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.com`
      const personId = await addPerson(tested.context, auth, { email, name, right, scope, password: TEST_PASSWORD })
      return { personId, name, right, scope, address: '192.0.2.1' }
    },
    as: actor => tested.context.as(actor),
    close: async () => {
      await auth.close()
      await tested.close()
    },
  }
}
