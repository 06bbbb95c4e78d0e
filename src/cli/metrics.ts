import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { readConfig } from '../app/config.ts'
import { openContext } from '../app/context.ts'
import { COMMAND_LINE } from '../app/policy.ts'
import { importReadings } from '../app/success-plan/import-readings.ts'
import { AppError } from '../model/errors.ts'
import type { ReadingsImport } from '../model/success-plan-api.ts'
import { EXIT, endWith, print, say } from './print.ts'
import { endOnSignal } from './serving/signals.ts'

type Options = { customer: string; preview?: boolean; json?: boolean }

/** `impulso metrics import` */
export function addMetrics(program: Command): void {
  program
    .command('metrics')
    .description('metrics of success plans')
    .command('import')
    .description('import readings: CSV with the columns metric (name or id), day (YYYY-MM-DD), value')
    .argument('<file>', 'the CSV file')
    .requiredOption('--customer <id>', 'the customer whose metrics they are')
    .option('--preview', 'say what would change and keep nothing')
    .option('--json', 'print JSON')
    .action(async (path: string, { customer, preview = false, json }: Options) => {
      // Before anything is opened: a typing error is said at once.
      await readFile(path).catch((cause: unknown) => {
        throw new AppError('invalid-input', `${path} cannot be read`, { cause })
      })
      const opened = await openContext(readConfig(process.env), { log: (_, message) => say(message) })
      endOnSignal(opened.close)
      try {
        const result = await importReadings(opened.context, COMMAND_LINE, { customerId: customer, path, preview })
        print(result, { json, text: () => asText(result) })
        for (const { line, message } of result.errors) say(`error: ${path}:${line}: ${message.en}`)
        endWith(result.errors.length > 0 ? EXIT.faults : EXIT.fine)
      } finally {
        await opened.close()
      }
    })
}

const asText = ({ rows, added, changed, same, errors, preview }: ReadingsImport): string =>
  `${rows} rows: ${added} new, ${changed} changed, ${same} as they are${errors.length > 0 ? '; nothing is kept' : preview ? '; a preview, nothing is kept' : ''}`
