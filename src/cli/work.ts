import type { Command } from 'commander'
import { type Config, originsOf, readConfig } from '../app/config.ts'
import { openContext } from '../app/context.ts'
import { PURGES } from '../app/jobs/purges.ts'
import { startWorker } from '../app/jobs/work.ts'
import { mailSettings } from '../app/mail/settings.ts'
import { say } from './print.ts'
import { createLog } from './serving/log.ts'
import { endOnSignal } from './serving/signals.ts'

export function addWork(program: Command): void {
  program
    .command('work')
    .description('carry out jobs in a process of its own: send mail, bring plans up to date, delete what was kept long enough')
    .action(() => work(readConfig()))
}

/** Runs until a signal ends it; what is under way then is finished. */
async function work(config: Config): Promise<void> {
  const starting = start(config)
  const stop = async () => (await starting).stop()
  // A start that fails has undone itself, and tells why below.
  endOnSignal(() => stop().catch(() => {}))
  await starting
  say('Impulso works: jobs are carried out until this is stopped.')
}

async function start(config: Config): Promise<{ stop: () => Promise<void> }> {
  const { context, urls, close } = await openContext(config, { log: createLog() })
  try {
    const [publicUrl = ''] = originsOf(config, config.port)
    const worker = await startWorker({ context, mail: mailSettings(config, publicUrl), purges: PURGES, databaseUrl: urls.app })
    return { stop: () => worker.stop().finally(close) }
  } catch (error) {
    await close()
    throw error
  }
}
