import type { Command } from 'commander'
import { type PlanRequest, planFromFile } from '../app/plans/from-file.ts'
import type { Plan } from '../model/plan.ts'
import type { Diagnostic } from '../model/playbook.ts'
import { EXIT, endWith, print, say, table } from './print.ts'

/** The options every command that looks at one customer has. */
export const planOptions = (command: Command): Command =>
  command
    .requiredOption('--playbook <path...>', 'playbook folder, or Markdown files')
    .option('--manifest <file>', 'playbook.yaml to use')
    .requiredOption('--facts <file>', 'what is known of the customer, YAML or JSON')
    .option('--date <day>', 'the day to plan for, YYYY-MM-DD (default: today, UTC)')
    .option('--json', 'print JSON at a terminal too')

/** `plan`: what is to do for one customer, and why. */
export function addPlan(program: Command): void {
  planOptions(program.command('plan').description('print what is to do for the customer of a facts file, and why')).action(
    (options: PlanRequest & { json?: boolean }) => {
      const { plan, diagnostics } = planFromFile(options, new Date())
      print({ ...plan, diagnostics }, { json: options.json, text: () => (plan ? planText(plan) : '') })
      tell(diagnostics)
    },
  )
}

/** Says the faults and ends with 1 if there are any. */
export function tell(diagnostics: readonly Diagnostic[]): void {
  for (const each of diagnostics) {
    say(`${each.file}:${each.line}:${each.column} ${each.severity} ${each.message}${each.help ? ` (${each.help})` : ''} [${each.code}]`)
  }
  endWith(diagnostics.some(each => each.severity === 'error') ? EXIT.faults : EXIT.fine)
}

function planText(plan: Plan): string {
  const why = (because: Plan['gates'][number]['because']) => because.text.en ?? ''
  const part = (title: string, rows: readonly (readonly string[])[]) =>
    rows.length === 0 ? [] : ['', title, ...rows.map(row => `  ${row.join('  ')}`)]
  const items = plan.processes.flatMap(process => process.steps.flatMap(step => step.items))
  return [
    `Plan for ${plan.date}`,
    '',
    table(
      ['state', 'item', 'why'],
      items.map(each => [each.state, each.id, why(each.because)]),
    ),
    ...part(
      'Gates',
      plan.gates.map(each => [each.id, why(each.because)]),
    ),
    ...part(
      'Processes',
      plan.processes.map(each => [each.id, why(each.because)]),
    ),
    ...part(
      'Next',
      plan.transitions.map(each => [each.to, why(each.because)]),
    ),
    ...part(
      'To decide',
      plan.proposals.map(each => [each.id, why(each.because)]),
    ),
    ...part(
      'Warnings',
      plan.warnings.map(each => [each.code, why(each.because)]),
    ),
  ].join('\n')
}
