import type { Command } from 'commander'
import { type ExampleResult, testExamples } from '../app/plans/test-examples.ts'
import type { Diagnostic } from '../model/playbook.ts'
import { tell } from './plan.ts'
import { playbookCommand } from './playbook-command.ts'
import { EXIT, endWith, print, say } from './print.ts'

type Options = { manifest?: string; json?: boolean }

/** `playbook test`: the example customers of a playbook, against what they expect. */
export function addPlaybookTest(program: Command): void {
  playbookCommand(program)
    .command('test')
    .description('run the example customers in examples/ and compare their plans with what they expect')
    .argument('<path...>', 'a playbook folder with playbook.yaml')
    .option('--manifest <file>', 'playbook.yaml to use')
    .option('--json', 'print JSON')
    .action((paths: string[], options: Options) => {
      const { results, diagnostics } = testExamples(paths, options.manifest)
      const failed = results.filter(each => each.mismatches.length > 0).length
      const summary = { passed: results.length - failed, failed: failed + brokenFiles(diagnostics) }
      if (options.json) print({ results, ...summary, diagnostics }, { json: true, text: () => '' })
      else process.stdout.write(`${text(results, summary)}\n`)
      tell(diagnostics)
      if (results.length === 0) say('no example was found beside the manifest, in examples/')
      if (summary.failed > 0 || results.length === 0) endWith(EXIT.faults)
    })
}

/** An example that cannot be read has not passed. */
const brokenFiles = (diagnostics: readonly Diagnostic[]) => new Set(diagnostics.map(each => each.file)).size

/** The last line is the same whatever happened, so that a script can read it. */
function text(results: readonly ExampleResult[], { passed, failed }: { passed: number; failed: number }): string {
  const lines = results.flatMap(({ name, file, line, mismatches }) =>
    mismatches.length === 0
      ? []
      : [
          `FAIL ${name} (${file}:${line})`,
          ...mismatches.map(each => `     ${each.what}: expected ${each.expected}, got ${each.got ?? 'nothing'}`),
        ],
  )
  return [...lines, `${passed} passed, ${failed} failed`].join('\n')
}
