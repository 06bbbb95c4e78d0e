import { randomBytes } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { type Command, Option } from 'commander'
import { readConfig } from '../app/config.ts'
import { type Context, openContext } from '../app/context.ts'
import { COMMAND_LINE } from '../app/policy.ts'
import { ACCESS_RIGHTS, ACCESS_SCOPES, type AccessRight, type AccessScope } from '../model/api.ts'
import { AppError } from '../model/errors.ts'
import { print, say } from './print.ts'

type Given = { email: string; name?: string; right: AccessRight; scope: AccessScope; json?: boolean }

export function addUser(program: Command): void {
  const user = program.command('user').description('people who may sign in')
  user
    .command('reset')
    .description('print a link that sets a new password, once and within an hour: for whoever no mail can help')
    .requiredOption('--email <address>', 'whose password')
    .option('--drop-two-factor', 'the authenticator app was lost as well: forget it')
    .option('--json', 'print JSON')
    .action(reset)
  user
    .command('add')
    .description('make an account; the password is read from stdin, or made up and shown when stdin is empty or a terminal')
    .requiredOption('--email <address>', 'e-mail address to sign in with')
    .option('--name <name>', 'name to show; the part before the @ when left out')
    .addOption(new Option('--right <right>', 'access right').choices(ACCESS_RIGHTS).makeOptionMandatory())
    .addOption(new Option('--scope <scope>', 'over which customers the right holds').choices(ACCESS_SCOPES).default('all'))
    .option('--json', 'print JSON')
    .action(add)
}

async function add({ email, name, right, scope, json }: Given): Promise<void> {
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw new AppError('invalid-input', `"${email}" is not an e-mail address`)
  const given = process.stdin.isTTY ? '' : (await text(process.stdin)).replace(/\r?\n$/, '')
  const password = given === '' ? randomBytes(15).toString('base64url') : given
  // Loaded only here: no other command needs the sign-in library.
  const [{ openAuth }, { addPerson }] = await Promise.all([import('../app/auth/open-auth.ts'), import('../app/auth/people.ts')])
  const config = readConfig()
  const open = await openContext(config)
  const auth = openAuth(config, open)
  try {
    const person = { email, name: name ?? email.replace(/@.*/, ''), right, scope, password }
    const id = await addPerson(open.context, auth, person)
    await record(open.context, 'person-added', { person: id, before: null, after: { right, scope } })
    const text = () => `${email.toLowerCase()} may sign in, with access right ${right} and scope ${scope}`
    print({ id, email: email.toLowerCase(), right, scope }, { json, text })
    if (given === '') say(`Password, shown only now: ${password}`)
  } finally {
    await auth.close()
    await open.close()
  }
}

async function reset({ email, dropTwoFactor, json }: { email: string; dropTwoFactor?: boolean; json?: boolean }): Promise<void> {
  // Loaded only here: no other command needs the sign-in library.
  const { openAuth } = await import('../app/auth/open-auth.ts')
  const config = readConfig()
  const open = await openContext(config)
  const auth = openAuth(config, open)
  try {
    const dropped = dropTwoFactor === true
    const link = await auth.recoverPassword(email.toLowerCase(), { dropTwoFactor: dropped })
    // Before anybody has the link: it opens an account.
    await record(open.context, 'password-reset-asked', { person: await auth.findByEmail(email.toLowerCase()), dropTwoFactor: dropped })
    print({ email: email.toLowerCase(), link }, { json, text: () => link })
  } finally {
    await auth.close()
    await open.close()
  }
}

async function record(context: Context, kind: string, data: Readonly<Record<string, unknown>>): Promise<void> {
  const { recordInstallation } = await import('../app/events/record.ts')
  const own = context.as(COMMAND_LINE)
  await own.db.transaction().execute(trx => recordInstallation(trx, own, COMMAND_LINE, { kind, data }))
}
