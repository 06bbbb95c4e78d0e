import { Command, CommanderError } from 'commander'
import { VERSION } from '../app/version.ts'
import { AppError } from '../model/errors.ts'
import { commands } from './commands.ts'
import { EXIT, endWith, say } from './print.ts'

const program = new Command('impulso')
  .description('Customer-success portal whose playbook is Markdown that runs')
  .version(VERSION)
  .exitOverride()
for (const register of commands) register(program)

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) endWith(error.exitCode === 0 ? EXIT.fine : EXIT.usedWrongly)
  else if (error instanceof AppError && error.code === 'invalid-input') fail(EXIT.usedWrongly, error.message)
  else if (error instanceof AppError) fail(EXIT.failed, error.message)
  else fail(EXIT.failed, error instanceof Error ? (error.stack ?? error.message) : String(error))
}

function fail(code: 2 | 3, message: string): void {
  say(`impulso: ${message}`)
  endWith(code)
}
