import type { Command } from 'commander'
import { explainFromFile, type PlanRequest } from '../app/plans/from-file.ts'
import { AppError } from '../model/errors.ts'
import { planOptions, tell } from './plan.ts'
import { print } from './print.ts'

type Options = PlanRequest & { item?: string; gate?: string; json?: boolean }

/** `explain`: why an item or gate is as it is, and which facts would change that. */
export function addExplain(program: Command): void {
  planOptions(program.command('explain').description('print why an item or gate is as it is, and what would change it'))
    .option('--item <id>', 'an item, as `plan` prints it')
    .option('--gate <id>', 'a gate')
    .action((options: Options) => {
      const { explanation, diagnostics } = explainFromFile(options, askedIn(options), new Date())
      const value = explanation ? { ...explanation, diagnostics } : { diagnostics }
      print(value, { json: options.json, text: () => (explanation ? explanationText(explanation) : '') })
      tell(diagnostics)
    })
}

function askedIn({ item, gate }: Options): { kind: 'item' | 'gate'; id: string } {
  if (item !== undefined && gate === undefined) return { kind: 'item', id: item }
  if (gate !== undefined && item === undefined) return { kind: 'gate', id: gate }
  throw new AppError('invalid-input', 'say either --item ID or --gate ID')
}

type Shown = NonNullable<ReturnType<typeof explainFromFile>['explanation']>

function explanationText({ subject, because, flip }: Shown): string {
  const known = (value: unknown) => (value === null ? 'unknown' : String(value))
  return [
    `${subject.id}: ${subject.state}`,
    because.text.en ?? '',
    ...(because.rule ? ['', `rule   ${because.rule}`] : []),
    ...(because.file ? [`at     ${because.file}${because.line ? `:${because.line}` : ''}`] : []),
    ...because.facts.map(
      fact =>
        `fact   ${fact.path ?? fact.name} = ${known(fact.value)}${fact.why ? ` (${fact.why})` : ''}${fact.asOf ? `, ${fact.asOf}` : ''}`,
    ),
    '',
    ...(flip.length === 0
      ? ['No two facts would change it.']
      : [
          'It would change with',
          ...flip.map(each => `  ${each.fact}: ${each.to === null ? 'none' : each.to} (now ${each.from ?? 'none'})`),
        ]),
  ].join('\n')
}
