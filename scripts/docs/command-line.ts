import { Command } from 'commander'
import { commands } from '../../src/cli/commands.ts'
import { EXIT } from '../../src/cli/print.ts'
import { anchor, code, fenced, page, table } from './markdown.ts'

const EXIT_MEANS: Readonly<Record<keyof typeof EXIT, string>> = {
  fine: 'Fine. Warnings may have been said.',
  faults: 'Faults were found in what you gave: pages, facts, reports, or an example that failed.',
  usedWrongly: 'Used wrongly: an option that does not exist, a file that is not there, a setting that cannot be.',
  failed: 'Impulso could not go on: the database cannot be reached, the data folder is in use, or a mistake of ours.',
}

/** Every command with its arguments and options, as the program itself describes them. */
export function commandLinePage(): string {
  const program = new Command('impulso')
  for (const register of commands) register(program)
  const leaves = leavesOf(program)
  return page('Command line', [
    'Run it as `npx impulso …` in the project folder; the right Node comes with the packages.',
    table(
      ['command', 'does'],
      leaves.map(each => [`[${code(nameOf(each))}](#${anchor(nameOf(each))})`, each.description()]),
    ),
    'Data goes to stdout, everything said to a person to stderr. At a terminal a command prints text, in a pipe or with `--json` it prints JSON (`playbook test` prints text in a pipe too). ' +
      '`--help` works behind every command.',
    ...leaves.flatMap(describe),
    '## Exit codes',
    table(
      ['code', 'meaning'],
      Object.entries(EXIT).map(([name, number]) => [String(number), EXIT_MEANS[name as keyof typeof EXIT]]),
    ),
    'A second Ctrl-C, later than a second after the first, ends `serve` at once with 130 (SIGTERM: 143).',
    'Environment variables: [configuration](../configuration.md). A tour: [first steps](../first-steps.md).',
  ])
}

/** Some commands only hold others together; some do both, like `demo`. */
function leavesOf(command: Command): Command[] {
  const inner = command.commands.flatMap(each => leavesOf(each as Command))
  return inner.length === 0 || command.options.length > 0 ? [command, ...inner] : inner
}

const nameOf = (command: Command): string => (command.parent ? `${nameOf(command.parent as Command)} ${command.name()}` : command.name())

function describe(command: Command): string[] {
  const help = command.createHelp()
  const parameters = [
    ...command.registeredArguments.map(each => [
      `<${each.name()}${each.variadic ? '…' : ''}>`,
      each.required,
      help.argumentDescription(each),
    ]),
    ...command.options.map(each => [each.flags, each.mandatory, help.optionDescription(each)]),
  ] as const
  return [
    `## ${nameOf(command)}`,
    `${sentence(command.description())}`,
    fenced('', `${nameOf(command)} ${command.usage()}`.replace('[options]', '[options…]')),
    ...(parameters.length === 0
      ? []
      : [
          table(
            ['argument or option', 'needed', 'meaning'],
            parameters.map(([term, needed, meaning]) => [code(String(term)), needed ? 'yes' : '', String(meaning)]),
          ),
        ]),
  ]
}

const sentence = (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`
