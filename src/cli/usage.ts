import { type Command, InvalidArgumentError } from 'commander'
import { readUsageFrom } from '../app/read-usage.ts'
import type { ServiceUsage, UsageReading } from '../model/usage.ts'
import { EXIT, endWith, print, say, table } from './print.ts'

type ReadOptions = { entitlements?: string; window: number; json?: boolean }

/** `impulso usage read` (contracts.md). */
export function addUsageRead(program: Command): void {
  // Other files add their own subcommands to the same word.
  const parent =
    program.commands.find(each => each.name() === 'usage') ?? program.command('usage').description('Microsoft 365 usage reports')
  parent
    .command('read')
    .description('read usage-report files of one tenant and count active users per service')
    .argument('<files...>', 'report files as downloaded: CSV, or CSV packed with gzip')
    .option('--entitlements <file>', 'entitled seats: CSV service,entitled or a YAML map')
    .option('--window <days>', 'days that count as active, the refresh date being the last', days, 28)
    .option('--json', 'print JSON')
    .action(async (files: string[], options: ReadOptions) => {
      const reading = await readUsageFrom(files, { window: options.window, entitlementsPath: options.entitlements })
      print(reading, { json: options.json, text: () => asText(reading) })
      for (const { severity, message, file, line } of reading.problems)
        say(`${severity}: ${file}${line === null ? '' : `:${line}`}: ${message}`)
      endWith(reading.problems.some(problem => problem.severity === 'error') ? EXIT.faults : EXIT.fine)
    })
}

function days(text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1 || count > 366) throw new InvalidArgumentError('a number of days from 1 to 366')
  return count
}

function asText(reading: UsageReading): string {
  const { read, rejected, deleted, duplicates } = reading.rows
  const head = ['service', 'active', 'assigned', 'entitled', 'unlicensed', 'percent', 'as of', 'window']
  const lines = Object.entries(reading.services).map(([service, of]) => row(service, of, reading.window))
  const notes = [`${read} rows read, ${rejected} rejected, ${deleted} of deleted users, ${duplicates} repeated`]
  if (reading.concealed) notes.push('user names are concealed')
  return `${table(head, lines)}\n\n${notes.join('; ')}`
}

const row = (service: string, of: ServiceUsage, window: number): string[] => [
  service,
  shown(of.active),
  shown(of.assigned),
  shown(of.entitled),
  shown(of.activeUnlicensed),
  of.percent === null ? '?' : `${of.percent.toFixed(1)} % of ${of.percentOf}`,
  of.asOf ?? 'no data',
  `${of.window ?? window} days`,
]

const shown = (count: number | null) => (count === null ? '?' : String(count))
