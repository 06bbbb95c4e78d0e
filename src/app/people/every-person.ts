import type { Auth } from '../auth/auth.ts'
import type { PersonAccount } from '../auth/types.ts'

const PAGE = 500

/** All accounts by name, a page at a time. */
export async function everyPerson(auth: Pick<Auth, 'listPeople'>): Promise<PersonAccount[]> {
  const people: PersonAccount[] = []
  for (let after: string | null | undefined; after !== null; ) {
    const page = await auth.listPeople({ limit: PAGE, ...(after === undefined ? {} : { after }) })
    people.push(...page.people)
    after = page.next
  }
  return people
}
