import { randomBytes } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { type Command, Option } from 'commander'
import { sessionSecret } from '../app/auth/secret.ts'
import { originsOf, readConfig } from '../app/config.ts'
import { openContext } from '../app/context.ts'
import { ACCESS_RIGHTS, type AccessRight } from '../model/api.ts'
import { AppError } from '../model/errors.ts'
import { print, say } from './print.ts'

type Given = { email: string; name?: string; right: AccessRight; json?: boolean }

export function addUser(program: Command): void {
  program
    .command('user')
    .description('people who may sign in')
    .command('add')
    .description('make an account; the password is read from stdin, or made up and shown when stdin is empty or a terminal')
    .requiredOption('--email <address>', 'e-mail address to sign in with')
    .option('--name <name>', 'name to show; the part before the @ when left out')
    .addOption(new Option('--right <right>', 'access right').choices(ACCESS_RIGHTS).makeOptionMandatory())
    .option('--json', 'print JSON')
    .action(add)
}

async function add({ email, name, right, json }: Given): Promise<void> {
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw new AppError('invalid-input', `"${email}" is not an e-mail address`)
  const given = process.stdin.isTTY ? '' : (await text(process.stdin)).replace(/\r?\n$/, '')
  const password = given === '' ? randomBytes(15).toString('base64url') : given
  // Loaded only here: no other command needs the sign-in library.
  const [{ createAuth }, { addPerson }] = await Promise.all([import('../app/auth/auth.ts'), import('../app/auth/people.ts')])
  const config = readConfig()
  const open = await openContext(config)
  const auth = createAuth({
    databaseUrl: open.urls.auth,
    secret: sessionSecret(config.dataFolder, config.secret ?? undefined),
    origins: originsOf(config, config.port),
  })
  try {
    const person = { email, name: name ?? email.replace(/@.*/, ''), right, password }
    const id = await addPerson(open.context, auth, person)
    print({ id, email: email.toLowerCase(), right }, { json, text: () => `${email.toLowerCase()} may sign in, with access right ${right}` })
    if (given === '') say(`Password, shown only now: ${password}`)
  } finally {
    await auth.close()
    await open.close()
  }
}
