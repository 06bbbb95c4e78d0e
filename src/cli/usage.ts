import { type Command, InvalidArgumentError, Option } from 'commander'
import { readUsageFrom } from '../app/read-usage.ts'
import type { ServiceUsage, UsageReading } from '../model/usage.ts'
import { Day } from '../model/words.ts'
import { EXIT, endWith, print, say, table } from './print.ts'

type DateOrder = 'month-first' | 'day-first'
type ReadOptions = { entitlements?: string; window: number; dates?: DateOrder; refreshDate?: string; json?: boolean }

/** `impulso usage read` (contracts.md). */
export function addUsageRead(program: Command): void {
  // Other files add their own subcommands to the same word.
  const parent =
    program.commands.find(each => each.name() === 'usage') ?? program.command('usage').description('Microsoft 365 usage reports')
  parent
    .command('read')
    .description('read usage-report files of one tenant and count active users per service')
    .argument('<files...>', 'report files as downloaded: CSV, also packed with gzip; subscribedSkus as JSON')
    .option('--entitlements <file>', 'entitled seats: CSV service,entitled or a YAML map')
    .option('--window <days>', 'days that count as active, the refresh date being the last', days, 28)
    .addOption(
      new Option('--dates <order>', 'what comes first in dates like 3/4/2026; without it such files are refused').choices([
        'month-first',
        'day-first',
      ] satisfies DateOrder[]),
    )
    .option('--refresh-date <day>', 'the day that the data of files without a refresh date reaches, YYYY-MM-DD', day)
    .option('--json', 'print JSON')
    .action(async (files: string[], options: ReadOptions) => {
      const { window, dates, refreshDate, entitlements } = options
      const reading = await readUsageFrom(files, {
        window,
        entitlementsPath: entitlements,
        ...(dates ? { dates } : {}),
        ...(refreshDate ? { refreshDate } : {}),
      })
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

function day(text: string): string {
  const parsed = Day.safeParse(text)
  if (!parsed.success) throw new InvalidArgumentError('a day as YYYY-MM-DD')
  return parsed.data
}

function asText(reading: UsageReading): string {
  const { read, rejected, deleted, duplicates } = reading.rows
  const head = ['service', 'active', 'assigned', 'entitled', 'unlicensed', 'percent', 'as of', 'window']
  const lines = Object.entries(reading.services).map(([service, of]) => row(service, of, reading.window))
  const notes = [`${read} rows read, ${rejected} rejected, ${deleted} of deleted users, ${duplicates} repeated`]
  if (reading.concealed) notes.push('user names are concealed')
  const counted = daysOf(reading).map(line => `\n${line}`)
  return `${table(head, lines)}\n\n${notes.join('; ')}${counted.join('')}`
}

/** One line per service with daily figures, and per product somebody activated: the figures themselves are in the JSON. */
function daysOf({ daily = [], activations = [] }: UsageReading): string[] {
  const days = Map.groupBy(daily, each => each.service)
  return [
    ...[...days].map(([service, of]) => `${service}: ${of.length} days of people active on one day, ${of[0]?.day} to ${of.at(-1)?.day}`),
    ...activations.map(
      of => `${of.product}: ${of.activated} of ${of.assigned} people ever activated it, ${of.sharedComputer} on a shared computer`,
    ),
  ]
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
