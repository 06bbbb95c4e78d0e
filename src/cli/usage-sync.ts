import type { Command } from 'commander'
import { readConfig } from '../app/config.ts'
import { connecting } from '../app/connections/connecting.ts'
import { openContext } from '../app/context.ts'
import { COMMAND_LINE } from '../app/policy.ts'
import { type Synced, type SyncMany, syncMany, type Tested, testMany } from '../app/sync/sync-many.ts'
import { EXIT, endWith, print, say, table } from './print.ts'
import { endOnSignal } from './serving/signals.ts'

type SyncOptions = { customer?: string; tenant?: string; test?: boolean; json?: boolean }

/** `impulso usage sync` */
export function addUsageSync(program: Command): void {
  const parent =
    program.commands.find(each => each.name() === 'usage') ?? program.command('usage').description('Microsoft 365 usage reports')
  parent
    .command('sync')
    .description('fetch the reports of connected tenants from Microsoft Graph, now')
    .option('--customer <id>', 'only those of one customer')
    .option('--tenant <id>', 'only this tenant')
    .option('--test', 'test the connections instead')
    .option('--json', 'print JSON')
    .action(async (options: SyncOptions) => {
      const config = readConfig(process.env)
      const opened = await openContext(config, { log: (_, message) => say(message) })
      let isStopping = false
      let working: Promise<unknown> = Promise.resolve()
      endOnSignal(async () => {
        isStopping = true
        await working.catch(() => {})
        await opened.close()
      })
      try {
        const context = { ...opened.context, graph: connecting(config, opened.context) }
        const { customer: customerId, tenant: tenantId } = options
        const only = { customerId, tenantId, isStopping: () => isStopping }
        if (options.test) {
          const testing = testMany(context, COMMAND_LINE, only)
          working = testing
          tell(await testing, options)
        } else {
          const onProgress: SyncMany['onProgress'] = ({ customerId, tenantId }, { done, total, report, day }) =>
            say(`${customerId}/${tenantId}: ${done}/${total} ${report}${day === null ? '' : ` ${day}`}`)
          const syncing = syncMany(context, COMMAND_LINE, { ...only, onProgress })
          working = syncing
          tellRuns(await syncing, options)
        }
      } finally {
        await opened.close()
      }
    })
}

function tell(tests: readonly Tested[], { json }: SyncOptions): void {
  const rows = () => tests.map(({ customerId, tenantId, state, concealed }) => [customerId, tenantId, state, shown(concealed)])
  print({ connections: tests }, { json, text: () => table(['customer', 'tenant', 'state', 'names concealed'], rows()) })
  sayFindings(tests)
  endWith(tests.every(({ state }) => state === 'ok') ? EXIT.fine : EXIT.faults)
}

function sayFindings(of: readonly Pick<Tested, 'customerId' | 'tenantId' | 'findings'>[]): void {
  for (const { customerId, tenantId, findings } of of)
    for (const { severity, text, remedy } of findings)
      if (severity !== 'ok') say(`${severity}: ${customerId}/${tenantId}: ${text.en}${remedy ? ` ${remedy.en}` : ''}`)
}

const shown = (is: boolean | null) => (is === null ? '?' : is ? 'yes' : 'no')

function tellRuns(runs: readonly Synced[], { json }: SyncOptions): void {
  const rows = () =>
    runs.map(({ customerId, tenantId, run }) => [
      customerId,
      tenantId,
      run.state,
      `${run.done}/${run.total}`,
      run.resumesAt === null ? troubleOf(run) : `goes on at ${run.resumesAt}`,
    ])
  print({ runs }, { json, text: () => table(['customer', 'tenant', 'state', 'reports', ''], rows()) })
  sayFindings(runs)
  endWith(runs.every(({ run }) => ENDED_WELL.has(run.state)) ? EXIT.fine : EXIT.faults)
}

/** `waiting`: for the limits of the service, and a job goes on with it. */
const ENDED_WELL: ReadonlySet<string> = new Set(['done', 'waiting'])

/** `needs-consent: subscribedSkus; failed: 3 of 9 reports`. */
function troubleOf({ steps }: Synced['run']): string {
  const byState = Map.groupBy(
    steps.filter(step => step.problem !== null),
    step => step.state,
  )
  return [...byState]
    .map(([state, of]) => `${state}: ${of.length > 2 ? `${of.length} of ${steps.length} reports` : of.map(step => step.report).join(', ')}`)
    .join('; ')
}
