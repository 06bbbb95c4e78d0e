import type { Command } from 'commander'
import { readConfig } from '../app/config.ts'
import { type Context, openContext } from '../app/context.ts'
import type { Accounts } from '../app/personal/erase.ts'
import { COMMAND_LINE } from '../app/policy.ts'
import type { Erasure } from '../model/admin-api.ts'
import { AppError } from '../model/errors.ts'
import { print, table } from './print.ts'

/** `impulso person export` and `impulso person erase` */
export function addPerson(program: Command): void {
  const person = program.command('person').description('what is kept about people')
  person
    .command('export')
    .description('print everything kept about a person as JSON; the export goes on record')
    .requiredOption('--email <address>', 'whose account')
    .action(({ email }: { email: string }) =>
      withAccounts(async (context, accounts) => {
        const { exportPerson } = await import('../app/personal/export-person.ts')
        const copy = await exportPerson(context, accounts, COMMAND_LINE, await idOf(accounts, email))
        print(copy, { json: true, text: () => '' })
      }),
    )
  person
    .command('erase')
    .description('forget a person for ever; what they did stays, without their name')
    .option('--email <address>', 'whose account')
    .option('--name <name>', 'somebody without an account, who is only named in facts')
    .option('--json', 'print JSON')
    .action(erase)
}

type Given = { email?: string; name?: string; json?: boolean }

async function erase({ email, name, json }: Given): Promise<void> {
  if ((email === undefined) === (name === undefined)) throw new AppError('invalid-input', 'say either --email ADDRESS or --name NAME')
  await withAccounts(async (context, accounts) => {
    const { erasePerson, eraseNamed } = await import('../app/personal/erase.ts')
    const erasure =
      email === undefined
        ? // One of the two was given.
          await eraseNamed(context, accounts, COMMAND_LINE, name ?? '')
        : await erasePerson(context, accounts, COMMAND_LINE, { personId: await idOf(accounts, email), email })
    print(erasure, { json, text: () => told(erasure) })
  })
}

async function idOf(accounts: Accounts, email: string): Promise<string> {
  const id = await accounts.findByEmail(email.trim().toLowerCase())
  if (id === undefined) throw new AppError('invalid-input', 'there is no account with this e-mail address')
  return id
}

const told = ({ erased, kept }: Erasure): string =>
  [
    table(
      ['erased', 'count'],
      erased.map(each => [each.title.en ?? each.kind, String(each.count)]),
    ),
    '',
    table(
      ['kept', 'why'],
      kept.map(each => [each.title.en ?? each.kind, each.why.en ?? '']),
    ),
  ].join('\n')

async function withAccounts(work: (context: Context, accounts: Accounts) => Promise<void>): Promise<void> {
  // Loaded only here: few commands need the sign-in library.
  const { openAuth } = await import('../app/auth/open-auth.ts')
  const config = readConfig()
  const open = await openContext(config)
  const auth = openAuth(config, open)
  try {
    await work(open.context.as(COMMAND_LINE), auth)
  } finally {
    await auth.close()
    await open.close()
  }
}
