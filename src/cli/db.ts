import type { Command } from 'commander'
import type { Backup } from '../app/backup/write-backup.ts'
import { readConfig } from '../app/config.ts'
import { openStore } from '../app/context.ts'
import { EXIT, endWith, print, say } from './print.ts'

type Json = { json?: boolean }

/** `impulso db migrate`, `impulso db backup`, `impulso db restore` */
export function addDb(program: Command): void {
  const parent = program.commands.find(each => each.name() === 'db') ?? program.command('db').description('the database')
  parent
    .command('migrate')
    .description('bring the database up to the schema of this program')
    .option('--json', 'print JSON')
    .action(async (options: Json) => {
      const store = await openStore(readConfig(process.env), false)
      await store.close()
      const text = store.applied.length === 0 ? 'the schema is up to date' : `applied ${store.applied.join(', ')}`
      print({ applied: store.applied }, { json: options.json, text: () => text })
    })
  parent
    .command('backup')
    .argument('<file>', 'a name that is not taken, best ending in .impulso.gz')
    .description('write everything but the secret into one file, as of one moment, while the program runs or not')
    .option('--json', 'print JSON')
    .action(backup)
  parent
    .command('restore')
    .argument('<file>', 'a backup')
    .description('check a backup and bring it back into an empty database and data folder; the program is stopped meanwhile')
    .option('--replace <name>', 'take away what is there; repeats the name of the data folder, or of your own database')
    .option('--other-secret', 'restore although the secret is not the one of the backup: what it guards stays unreadable')
    .option('--json', 'print JSON')
    .action(restore)
}

const NO_SECRET =
  'The secret is not in the file: keep IMPULSO_SECRET, or the file `secret` of the data folder, elsewhere. Without it personal values of the record, credentials of tenants and second factors cannot be read.'

async function backup(file: string, { json }: Json): Promise<void> {
  const { backUp } = await import('../app/backup/open-server.ts')
  const made = await backUp(readConfig(), file, () => new Date())
  const told = { file, ...toldOf(made) }
  print(told, {
    json,
    text: () => `${file}: ${told.rows} rows of ${told.tables} tables and ${told.files} report files, schema ${told.schema}`,
  })
  if (told.missingFiles > 0) say(`${told.missingFiles} report files are no longer kept; the figures read from them are in the backup.`)
  say(NO_SECRET)
}

type Restore = Json & { replace?: string; otherSecret?: boolean }

async function restore(file: string, { json, replace, otherSecret }: Restore): Promise<void> {
  const { restore } = await import('../app/backup/open-server.ts')
  const { audit, ...made } = await restore(readConfig(), file, { replace, otherSecret }, () => new Date())
  const told = { file, ...toldOf(made), audit }
  const record = audit.broken === 0 ? 'the record fits' : `${audit.broken} events of the record do not fit`
  print(told, {
    json,
    text: () =>
      `restored ${told.rows} rows of ${told.tables} tables and ${told.files} report files, as of ${told.madeAt}; ${audit.events} events, ${record}`,
  })
  say('People whom you erased since the backup was made are there again: erase them again.')
  if (audit.broken > 0) endWith(EXIT.faults)
}

const toldOf = ({ head, manifest }: Backup) => ({
  madeAt: head.madeAt,
  madeBy: head.madeBy,
  schema: head.schema,
  secret: head.secret,
  tables: manifest.tables.length,
  rows: manifest.tables.reduce((sum, { count }) => sum + count, 0),
  files: manifest.files.length,
  missingFiles: manifest.missingFiles,
})
