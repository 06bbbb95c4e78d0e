import type { Command } from 'commander'
import { readConfig } from '../app/config.ts'
import { openContext } from '../app/context.ts'
import { COMMAND_LINE } from '../app/policy.ts'
import { importFolder } from '../app/usage/import-folder.ts'
import type { ImportResult } from '../model/api.ts'
import { EXIT, endWith, print, say, table } from './print.ts'
import { endOnSignal } from './serving/signals.ts'

type ImportOptions = { customer: string; tenant: string; name?: string; newTenant?: boolean; sameTenant?: boolean; json?: boolean }

/** `impulso usage import` */
export function addUsageImport(program: Command): void {
  const parent =
    program.commands.find(each => each.name() === 'usage') ?? program.command('usage').description('Microsoft 365 usage reports')
  parent
    .command('import')
    .description('import usage reports and entitled seats of one tenant; the same file twice changes nothing')
    .argument('<paths...>', 'report files (CSV, also gzip; seats as CSV or subscribedSkus as JSON), or folders of them')
    .requiredOption('--customer <id>', 'the customer; added when it is new')
    .requiredOption('--tenant <id>', "the customer's tenant; its first one is added when it is new")
    .option('--name <name>', 'the name of a new customer')
    .option('--new-tenant', 'the customer has other tenants, and this is one more')
    .option('--same-tenant', 'files whose people have different mail domains are of one tenant all the same')
    .option('--json', 'print JSON')
    .action(async (paths: string[], options: ImportOptions) => {
      const opened = await openContext(readConfig(process.env), { log: (_, message) => say(message) })
      endOnSignal(opened.close)
      try {
        const { customer, tenant, name, newTenant = false, sameTenant = false } = options
        const { results, refused, added } = await importFolder(opened.context, COMMAND_LINE, {
          customerId: customer,
          tenantId: tenant,
          customerName: name,
          paths,
          newTenant,
          sameTenant,
        })
        print({ results, refused, added }, { json: options.json, text: () => asText(results) })
        if (added !== null)
          say(`${added === 'tenant' ? `tenant ${tenant}` : `customer ${customer} with tenant ${tenant}`} was not there and is added`)
        for (const result of results)
          for (const { severity, message, file, line } of result.problems)
            say(`${severity}: ${file}${line === null ? '' : `:${line}`}: ${message}`)
        for (const { path, message } of refused) say(`error: ${path}: ${message}`)
        endWith(refused.length > 0 ? EXIT.faults : EXIT.fine)
      } finally {
        await opened.close()
      }
    })
}

const asText = (results: readonly ImportResult[]): string =>
  table(
    ['file', 'report', 'as of', 'rows', ''],
    results.map(each => [
      each.file,
      each.report ?? 'seats',
      each.refreshDate ?? '–',
      String(each.rows.read),
      each.unchanged ? 'unchanged' : 'imported',
    ]),
  )
