import { readFile, writeFile } from 'node:fs/promises'
import { type Command, Option } from 'commander'
import { readConfig } from '../app/config.ts'
import { type Context, openContext } from '../app/context.ts'
import { type Heads, headsText, parseHeads, verifyAll } from '../app/events/verify.ts'
import { exportRecord, type RecordFormat } from '../app/exports/export-record.ts'
import { COMMAND_LINE } from '../app/policy.ts'
import { AppError } from '../model/errors.ts'
import { EXIT, endWith, print, say, table } from './print.ts'

type Verify = { json?: boolean; heads?: string; against?: string }
type Export = { customer: string; format: RecordFormat }

/** `impulso audit verify` and `impulso audit export` */
export function addAudit(program: Command): void {
  const audit = program.command('audit').description('the record of what was done, by whom')
  audit
    .command('verify')
    .description('recompute every chain of the record; ends with 1 when something does not fit')
    .option('--heads <file>', 'write the last link of every chain, to be kept elsewhere')
    .option('--against <file>', 'compare with such a file: finds a tail cut off and a chain gone')
    .option('--json', 'print JSON')
    .action(verify)
  audit
    .command('export')
    .description('print the whole record of a customer; the export goes on record')
    .requiredOption('--customer <id>', 'whose record')
    .addOption(new Option('--format <format>', 'how').choices(['csv', 'json']).default('json'))
    .action(exportCustomer)
}

async function verify({ json, heads, against }: Verify): Promise<void> {
  const kept = against === undefined ? undefined : await readHeads(against)
  await withContext(async context => {
    const verified = await verifyAll(context.db, kept)
    const { chains, events, broken, head } = verified
    // Written only when it can be trusted: a file of broken heads would call the breach sound the next time.
    if (heads !== undefined && broken.length === 0) await writeFile(heads, await headsText(context.db, verified.heads), { mode: 0o600 })
    const text = () =>
      broken.length === 0
        ? `${events} events in ${chains} chains fit together.\nhead  ${head}`
        : table(
            ['chain', 'event', 'fault'],
            broken.map(each => [each.chain, String(each.seq), each.fault]),
          )
    print({ chains, events, broken, head }, { json, text })
    if (broken.length === 0) return
    if (heads !== undefined) say(`${heads} was not written: the record does not fit together`)
    endWith(EXIT.faults)
  })
}

async function readHeads(file: string): Promise<Heads> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new AppError('invalid-input', `${file} cannot be read`, { cause })
  })
  const parsed = parseHeads(text)
  if ('badLine' in parsed) throw new AppError('invalid-input', `${file}:${parsed.badLine} is no line of \`audit verify --heads\``)
  return parsed.heads
}

const exportCustomer = ({ customer, format }: Export): Promise<void> =>
  withContext(async context => {
    const { body } = await exportRecord(context, COMMAND_LINE, customer, format)
    for await (const part of body) {
      if (!process.stdout.write(part)) await new Promise(drained => process.stdout.once('drain', drained))
    }
  })

async function withContext(work: (context: Context) => Promise<void>): Promise<void> {
  const open = await openContext(readConfig())
  try {
    await work(open.context.as(COMMAND_LINE))
  } finally {
    await open.close()
  }
}
