import type { Command } from 'commander'
import { readConfig } from '../app/config.ts'
import { openStore } from '../app/context.ts'
import { print } from './print.ts'

/** `impulso db migrate` */
export function addDb(program: Command): void {
  const parent = program.commands.find(each => each.name() === 'db') ?? program.command('db').description('the database')
  parent
    .command('migrate')
    .description('bring the database up to the schema of this program')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }) => {
      const store = await openStore(readConfig(process.env), false)
      await store.close()
      const text = store.applied.length === 0 ? 'the schema is up to date' : `applied ${store.applied.join(', ')}`
      print({ applied: store.applied }, { json: options.json, text: () => text })
    })
}
