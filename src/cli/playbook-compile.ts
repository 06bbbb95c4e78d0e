import type { Command } from 'commander'
import { compilePaths } from '../app/playbooks/files.ts'
import type { Diagnostic, Playbook } from '../model/playbook.ts'
import { playbookCommand } from './playbook-command.ts'
import { EXIT, endWith, print, say } from './print.ts'

type Options = { manifest?: string; json?: boolean }

/** `playbook compile` and `playbook check`. */
export function addPlaybookCompile(program: Command): void {
  const playbook = playbookCommand(program)
  playbook
    .command('compile')
    .description('compile pages and print the playbook with everything that is wrong with it')
    .argument('<path...>', 'Markdown files, folders, or a playbook folder with playbook.yaml')
    .option('--manifest <file>', 'playbook.yaml to use')
    .option('--json', 'print JSON at a terminal too')
    .action((paths: string[], options: Options) => {
      const { playbook, diagnostics } = compilePaths(paths, options.manifest)
      print({ ...withoutExpressions(playbook), diagnostics }, { json: options.json, text: () => summary(playbook, diagnostics) })
      endWith(hasErrors(diagnostics) ? EXIT.faults : EXIT.fine)
    })
  playbook
    .command('check')
    .description('print what is wrong with the pages')
    .argument('<path...>', 'Markdown files, folders, or a playbook folder with playbook.yaml')
    .option('--manifest <file>', 'playbook.yaml to use')
    .option('--strict', 'warnings count as faults')
    .option('--json', 'print JSON at a terminal too')
    .action((paths: string[], options: Options & { strict?: boolean }) => {
      const { diagnostics } = compilePaths(paths, options.manifest)
      print(diagnostics, { json: options.json, text: () => listing(diagnostics) })
      const isFault = options.strict ? diagnostics.some(each => each.severity !== 'info') : hasErrors(diagnostics)
      endWith(isFault ? EXIT.faults : EXIT.fine)
      if (!options.json && diagnostics.length === 0) say('nothing to complain about')
    })
}

const hasErrors = (diagnostics: readonly Diagnostic[]) => diagnostics.some(each => each.severity === 'error')

/** The expression is how the engine reads a rule; outside, its source says the same in fewer words. */
const withoutExpressions = (playbook: Playbook): object =>
  JSON.parse(JSON.stringify(playbook, (key, value: unknown) => (key === 'expression' ? undefined : value)))

const listing = (diagnostics: readonly Diagnostic[]): string =>
  diagnostics
    .map(
      each =>
        `${each.file}:${each.line}:${each.column} ${each.severity} ${each.message} [${each.code}]${each.help ? `\n    ${each.help}` : ''}`,
    )
    .join('\n')

function summary(playbook: Playbook, diagnostics: readonly Diagnostic[]): string {
  const processes = playbook.processes.map(process => {
    const tasks = process.steps.reduce((count, step) => count + step.tasks.length, 0)
    return `${process.id}: ${process.steps.length} steps, ${tasks} tasks, ${Object.keys(process.file).join(', ')}`
  })
  const head = `${playbook.playbook.id ?? 'pages without a manifest'} ${playbook.playbook.version ?? ''} ${playbook.playbook.hash}`
  return [head, ...processes, ...(diagnostics.length > 0 ? [listing(diagnostics)] : [])].join('\n')
}
