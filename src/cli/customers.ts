import { basename } from 'node:path'
import type { Command } from 'commander'
import { openAuth } from '../app/auth/open-auth.ts'
import { readConfig } from '../app/config.ts'
import { openContext } from '../app/context.ts'
import { importCustomers } from '../app/customers/import/import-customers.ts'
import { COMMAND_LINE } from '../app/policy.ts'
import { EXIT, endWith, print, say, table } from './print.ts'
import { endOnSignal } from './serving/signals.ts'

/** `impulso customers import` */
export function addCustomers(program: Command): void {
  program
    .command('customers')
    .description('customers of the portfolio')
    .command('import')
    .description('add and change customers as a portfolio file says, all of it or nothing; the same file twice changes nothing')
    .argument('<file>', 'CSV with a column id, and any of name, segment, initiatives, language, assigned_on, owner_email, team, …')
    .option('--preview', 'tell what would happen, and change nothing')
    .option('--json', 'print JSON')
    .action(async (file: string, options: { preview?: boolean; json?: boolean }) => {
      const config = readConfig(process.env)
      const opened = await openContext(config, { log: (_, message) => say(message) })
      endOnSignal(opened.close)
      const auth = openAuth(config, opened)
      try {
        const input = { fileName: basename(file), path: file, preview: options.preview ?? false }
        const result = await importCustomers(opened.context, auth, COMMAND_LINE, input)
        print(result, {
          json: options.json,
          text: () =>
            table(
              ['line', 'id', 'name', '', 'columns'],
              result.lines.map(each => [String(each.line), each.id, each.name, each.state, each.columns.join(' ')]),
            ),
        })
        for (const { line, column, message } of result.faults)
          say(`error: ${file}:${line}: ${column === null ? '' : `${column}: `}${message}`)
        const { read, added, changed, returned, unchanged } = result.rows
        const isKept = !result.preview && result.faultCount === 0
        say(
          `${read} lines: ${added} added, ${changed} changed, ${returned} back from the archive, ${unchanged} unchanged${isKept ? '' : '; nothing was kept'}`,
        )
        if (result.faultCount > result.faults.length) say(`${result.faultCount} faults, of which the first are shown`)
        endWith(result.faultCount > 0 ? EXIT.faults : EXIT.fine)
      } finally {
        await auth.close()
        await opened.close()
      }
    })
}
