import type { SessionView } from '../../model/api.ts'
import { usageSpan } from '../../store/usage.ts'
import { DEMO_ACCOUNTS } from '../auth/demo-accounts.ts'
import type { SignedIn } from '../auth/types.ts'
import { type Context, todayOf } from '../context.ts'
import type { Hub } from '../live/hub.ts'
import { type Actor, actionsOf } from '../policy.ts'
import { chosenOf } from '../preferences/preferences.ts'

/** How people come in here. */
export type WaysIn = Readonly<{ needsSetup: () => Promise<boolean>; sso: SessionView['sso']; mail: SessionView['mail'] }>

type Asked = Readonly<{ person: SignedIn | undefined; actor: Actor; isDemo: boolean; version: string; ways: WaysIn; hub: Hub | undefined }>

/** Who asks, and what runs here. How old the figures are is told to people who signed in only. */
export async function getSession(context: Context, { person, actor, isDemo, version, ways, hub }: Asked): Promise<SessionView> {
  return {
    changes: person && hub ? hub.last() : null,
    person: person
      ? {
          id: person.id,
          name: person.name,
          email: person.email,
          right: person.right,
          scope: person.scope,
          locale: person.locale,
          chosen: await chosenOf(context, person.id),
          may: actionsOf(actor),
        }
      : null,
    needsSetup: await ways.needsSetup(),
    sso: ways.sso,
    mail: ways.mail,
    demoAccounts: isDemo ? DEMO_ACCOUNTS : [],
    demo: isDemo,
    today: todayOf(context),
    usageAsOf: person ? await usageSpan(context.db) : null,
    version,
  }
}
