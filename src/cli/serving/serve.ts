import { join, resolve } from 'node:path'
import { createApi } from '../../api/app.ts'
import { clearUploads } from '../../api/body.ts'
import { LIMITS } from '../../api/context.ts'
import { createLimiter } from '../../api/limits.ts'
import { createMetrics } from '../../api/metrics.ts'
import { type Listening, listen } from '../../api/server.ts'
import type { Auth } from '../../app/auth/auth.ts'
import { DEMO_ACCOUNTS } from '../../app/auth/demo-accounts.ts'
import { mailSettings, openAuth } from '../../app/auth/open-auth.ts'
import { addDemoAccounts, hasDemoAccounts, refuseExposedDemo } from '../../app/auth/people.ts'
import type { PersonAccount } from '../../app/auth/types.ts'
import { type Config, originsOf } from '../../app/config.ts'
import { connecting } from '../../app/connections/connecting.ts'
import { type Context, type Log, type OpenContext, openContext } from '../../app/context.ts'
import { hasNoCustomers, hasOnlyDemoCustomers } from '../../app/customers/has-no-customers.ts'
import { giveDemoAccess } from '../../app/demo/access.ts'
import { startWorker } from '../../app/jobs/work.ts'
import { type Hub, openHub } from '../../app/live/hub.ts'
import { guardOutgoing } from '../../app/outgoing/guard.ts'
import { purges } from '../../app/personal/purges.ts'
import { installedOf } from '../../app/setup/checks/run-checks.ts'
import { needsSetup, noWrongCodes, prepareSetup } from '../../app/setup/set-up.ts'
import { VERSION } from '../../app/version.ts'
import { say, table } from '../print.ts'
import { createLog } from './log.ts'
import { runUntilSignal, type UndoLater } from './signals.ts'

const ROOT = resolve(import.meta.dirname, '../../..')
/** After this long a request that is still running is cut off. */
const GRACE_MS = 30_000

/** Runs until a signal ends it. */
export async function serve(config: Config, options: { demo: boolean }): Promise<void> {
  const own = { ...config, demo: config.demo && options.demo }
  const told = await runUntilSignal(undoLater => start(own, createLog(), undoLater))
  process.stdout.write(`${told}\n`)
}

/** Carries out jobs in this process; answers what stops it. */
async function work(config: Config, { context, urls }: OpenContext, auth: Auth, origins: readonly string[]): Promise<() => Promise<void>> {
  const mail = mailSettings(config, origins)
  const worker = await startWorker({ context, mail, graph: connecting(config, context), auth, purges: purges(auth), databaseUrl: urls.app })
  return worker.stop
}

/** Answers what to tell the person. */
async function start(config: Config, log: Log, undoLater: UndoLater): Promise<string> {
  guardOutgoing({ allowHosts: config.allowHosts })
  // The data folder comes before the port, so that a second server hears the better reason.
  const open = await openContext(config, { serve: true, log })
  undoLater(open.close)
  const server = await listen(config.host, config.port)
  undoLater(() => server.stop(GRACE_MS))
  const origins = originsOf(config, server.port)
  const auth = openAuth(config, open, server.port)
  undoLater(auth.close)
  await clearUploads(open.context.temp)
  const demo = await prepareDemo(config, open.context, auth)
  const setupCode = await prepareSetup(open.context, auth)
  const changes = await openHub(open.urls.app)
  undoLater(changes.close)
  openApi({ config, open, auth, origins, isDemo: demo.length > 0, server, changes })
  if (config.work) undoLater(await work(config, open, auth, origins))
  // Requests finish before anything they need is closed.
  undoLater(() => server.stop(GRACE_MS))
  return welcome(config, origins, demo, setupCode)
}

/**
 * Loads the demo portfolio into an empty installation; answers the demo accounts, none outside of a demo. The accounts come first, so that
 * a cut-off start goes on with the rest instead of leaving customers that nobody can sign in to.
 */
async function prepareDemo(config: Config, context: Context, auth: Auth): Promise<readonly DemoAccount[]> {
  const hasDemo = await hasDemoAccounts(auth)
  // Customers of `impulso demo` alone are a demo too: somebody must be able to look at them.
  const mayBeDemo = config.demo && (hasDemo || (await auth.countPeople()) === 0) && (await hasOnlyDemoCustomers(context))
  if (!mayBeDemo && !hasDemo) return []
  refuseExposedDemo(config.host, config.publicUrl)
  const accounts = await addDemoAccounts(context, auth)
  if (mayBeDemo && (await hasNoCustomers(context))) {
    say('Loading the demo portfolio, once …')
    const { loadDemo } = await import('../../app/demo/load.ts')
    await loadDemo(context)
  }
  await giveDemoAccess(context, accounts)
  // As they are now: an administrator may have changed them, and earlier versions knew no scopes.
  return Promise.all(
    DEMO_ACCOUNTS.map(async ({ email, password, right }) => ({ password, ...(await auth.getPerson(accounts.get(right) ?? '')), email })),
  )
}

type DemoAccount = Pick<PersonAccount, 'email' | 'right' | 'scope'> & Readonly<{ password: string }>

type Parts = { config: Config; open: OpenContext; auth: Auth; origins: readonly string[]; isDemo: boolean; server: Listening; changes: Hub }

function openApi({ config, open, auth, origins, isDemo, server, changes }: Parts): void {
  const api = createApi({
    app: open.context,
    auth,
    origins,
    isDemo: stillDemo(isDemo, auth),
    ways: {
      needsSetup: () => needsSetup(auth),
      sso: config.sso === null ? null : { name: config.sso.name, only: config.sso.onlySso },
      mail: config.smtp === null ? 'captured' : 'smtp',
    },
    mail: mailSettings(config, origins),
    graph: connecting(config, open.context),
    installed: installedOf(config),
    wrongCodes: noWrongCodes(),
    version: VERSION,
    webFolder: join(ROOT, 'dist/web'),
    uploadFolder: open.context.temp,
    limits: { ...LIMITS, uploadBytes: config.uploadLimitBytes },
    trustedProxies: config.trustedProxies,
    limiter: createLimiter(),
    metrics: createMetrics({ process: true }),
    isReady: open.database.isReady,
    changes,
  })
  server.open(api.fetch)
}

/** A demo can end while we serve, and never begins. */
function stillDemo(isDemo: boolean, auth: Auth): () => Promise<boolean> {
  let is = isDemo
  return async () => {
    is &&= await hasDemoAccounts(auth)
    return is
  }
}

function welcome(config: Config, origins: readonly string[], demo: readonly DemoAccount[], setupCode: string | undefined): string {
  const lines = [`Impulso serves at ${origins.join(' and ')}`, `Data folder: ${config.dataFolder}`]
  if (demo.length > 0) {
    lines.push('', 'Demo accounts, on this machine only:')
    lines.push(
      table(
        ['e-mail', 'password', 'access right', 'scope'],
        demo.map(each => [each.email, each.password, each.right, each.scope]),
      ),
    )
  }
  if (setupCode)
    lines.push(
      '',
      'Nobody can sign in yet. Make the first administrator here; the link holds until then, or until the next start:',
      `${origins[0]}/setup#code=${setupCode}`,
    )
  return lines.join('\n')
}
