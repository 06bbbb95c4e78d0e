import type { SessionView } from '../../model/api.ts'
import { usageSpan } from '../../store/usage.ts'
import type { SignedIn } from '../auth/auth.ts'
import { DEMO_ACCOUNTS } from '../auth/demo-accounts.ts'
import { type Context, todayOf } from '../context.ts'

/** Who asks, and what runs here. How old the figures are is told to people who signed in only. */
export async function getSession(
  context: Context,
  { person, isDemo, version }: { person: SignedIn | undefined; isDemo: boolean; version: string },
): Promise<SessionView> {
  return {
    person: person ? { id: person.id, name: person.name, email: person.email, right: person.right, locale: person.locale } : null,
    demoAccounts: isDemo ? DEMO_ACCOUNTS : [],
    demo: isDemo,
    today: todayOf(context),
    usageAsOf: person ? await usageSpan(context.db) : null,
    version,
  }
}
