import type { Command } from 'commander'
import { type Config, originsOf, readConfig } from '../app/config.ts'
import { say } from './print.ts'
import { createLog } from './serving/log.ts'
import { runUntilSignal, type UndoLater } from './serving/signals.ts'

export function addWork(program: Command): void {
  program
    .command('work')
    .description(
      'carry out jobs in a process of its own: send mail, bring plans up to date, read usage reports, delete what was kept long enough',
    )
    .action(() => work(readConfig()))
}

/** Runs until a signal ends it; what is under way then is finished. */
async function work(config: Config): Promise<void> {
  await runUntilSignal(undoLater => start(config, undoLater))
  say('Impulso works: jobs are carried out until this is stopped.')
}

async function start(config: Config, undoLater: UndoLater): Promise<void> {
  // Loaded only here: no other command needs the worker, few need the sign-in library.
  const [{ openContext }, { guardOutgoing }, { connecting }, { mailSettings, openAuth }, { purges }, { startWorker }] = await Promise.all([
    import('../app/context.ts'),
    import('../app/outgoing/guard.ts'),
    import('../app/connections/connecting.ts'),
    import('../app/auth/open-auth.ts'),
    import('../app/personal/purges.ts'),
    import('../app/jobs/work.ts'),
  ])
  guardOutgoing({ allowHosts: config.allowHosts })
  const open = await openContext(config, { log: createLog() })
  undoLater(open.close)
  const auth = openAuth(config, open)
  undoLater(auth.close)
  const mail = mailSettings(config, originsOf(config, config.port))
  const graph = connecting(config, open.context)
  const worker = await startWorker({ context: open.context, mail, graph, auth, purges: purges(auth), databaseUrl: open.urls.app })
  undoLater(worker.stop)
}
