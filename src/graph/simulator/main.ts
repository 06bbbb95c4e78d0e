// Run by `npm run graph-simulator`: a Microsoft Graph of invented tenants on this machine. docs/graph-simulator.md tells how to use it.
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { Day } from '../../model/words.ts'
import { startSimulator } from './simulator.ts'
import { demoTenants } from './tenants.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4200' },
    tenants: { type: 'string', default: '3' },
    users: { type: 'string' },
    'fault-rate': { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    today: { type: 'string' },
    certificate: { type: 'string' },
  },
})

const port = within('port', values.port, 0, 65_535)
const count = within('tenants', values.tenants, 1, 1000)
const seed = within('seed', values.seed, 0, 2 ** 31)
const rate = Number(values['fault-rate'])
if (!(rate >= 0 && rate <= 1)) stop('--fault-rate is a share, 0 to 1')
const today = Day.safeParse(values.today ?? new Date().toISOString().slice(0, 10))
if (!today.success) stop('--today is a day, YYYY-MM-DD')
const users = values.users === undefined ? undefined : within('users', values.users, 10, 100_000)

const certificates = values.certificate === undefined ? [] : [readFileSync(values.certificate, 'utf8')]
const tenants = demoTenants({ count, today: today.data, seed, ...(users === undefined ? {} : { users }) })
const simulator = await startSimulator({
  port,
  tenants: tenants.map(tenant => ({ ...tenant, certificates })),
  today: today.data,
  seed,
  faults: { rate },
}).catch(error => stop(error instanceof Error ? error.message : String(error)))

console.log(`Graph simulator at ${simulator.url}/ (a page to watch it and to make things fail)

1. Start Impulso with  IMPULSO_GRAPH_SIMULATOR=${simulator.url}
2. Open a customer, connect a tenant, choose the cloud "Simulator" and type one of these in:
`)
for (const { name, directory, clientId, secret, people } of tenants)
  console.log(
    `   ${name}, ${people} people\n     Directory id  ${directory}\n     Client id     ${clientId}\n     Secret        ${secret}\n`,
  )
console.log('Stop it with Ctrl+C. Nothing is kept; the same options give the same tenants again.')

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void simulator.close())

function within(name: string, text: string, least: number, most: number): number {
  const value = Number(text)
  return Number.isInteger(value) && value >= least && value <= most ? value : stop(`--${name} is a whole number from ${least} to ${most}`)
}

function stop(message: string): never {
  console.error(message)
  process.exit(2)
}
