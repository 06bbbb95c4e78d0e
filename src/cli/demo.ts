import { type Command, InvalidArgumentError } from 'commander'
import { readConfig } from '../app/config.ts'
import { openContext, todayOf } from '../app/context.ts'
import { customerForReports, writeExampleReports } from '../app/demo/example-reports.ts'
import { loadDemo, refuseBesideRealCustomers } from '../app/demo/load.ts'
import { Day } from '../model/words.ts'
import { print, say, table } from './print.ts'

/** `demo` and `demo reports`. */
export function addDemo(program: Command): void {
  const demo = program
    .command('demo')
    .description('load the demo portfolio, or grow it for load tests; customers that are there stay as they are')
    .option('--customers <count>', 'how many there should be', countFrom, 60)
    .option('--json', 'print JSON at a terminal too')
    .action(load)
  demo
    .command('reports')
    .description('write usage reports to try an import with; they open the review of their customer')
    .requiredOption('--out <folder>', 'folder to write into')
    .option('--customer <id>', 'a demo customer; left out, one whose figures are out of date')
    .option('--date <date>', 'the day to write them for', dayFrom)
    .option('--json', 'print JSON at a terminal too')
    .action(reports)
}

async function load({ customers, json }: { customers: number; json?: boolean }): Promise<void> {
  const open = await openContext(readConfig())
  try {
    await refuseBesideRealCustomers(open.context)
    const told = { customers: 0, plans: 0 }
    const added = await loadDemo(open.context, {
      customers,
      onProgress: (step, done, total) => {
        if (done - told[step] < 1000 && done < total) return
        told[step] = done
        say(`${step}: ${done} of ${total}`)
      },
    })
    print({ customers, added }, { json, text: () => `${added} demo customers added, ${customers} in all` })
  } finally {
    await open.close()
  }
}

async function reports({ out, customer, date, json }: { out: string; customer?: string; date?: Day; json?: boolean }): Promise<void> {
  const today = date ?? todayOf({ now: () => new Date() })
  const id = customer ?? customerForReports(today).sheet.customer.id
  const files = await writeExampleReports(out, today, id)
  const rows = files.map(each => [each.path, each.service, `${each.active} of ${each.users} active`])
  print({ customer: id, files }, { json, text: () => `for customer ${id}\n${table(['file', 'service', 'says'], rows)}` })
}

function countFrom(text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError('a whole number above 0')
  return count
}

function dayFrom(text: string): Day {
  const day = Day.safeParse(text)
  if (!day.success) throw new InvalidArgumentError('a date, YYYY-MM-DD')
  return day.data
}
