import type { Command } from 'commander'

/** `impulso playbook …`: several files add a command to it, whichever comes first makes it. */
export const playbookCommand = (program: Command): Command =>
  program.commands.find(each => each.name() === 'playbook') ?? program.command('playbook').description('work with playbook pages')
