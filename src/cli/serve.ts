import type { Command } from 'commander'
import { readConfig } from '../app/config.ts'

export function addServe(program: Command): void {
  program
    .command('serve')
    .description('serve the portal and its API')
    .option('--empty', 'start without the demo portfolio')
    .action(async (options: { empty?: boolean }) => {
      // Loaded only here: no other command needs the HTTP side.
      const { serve } = await import('./serving/serve.ts')
      await serve(readConfig(), { demo: options.empty !== true })
    })
}
