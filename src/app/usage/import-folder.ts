import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { CustomerId, type ImportResult } from '../../model/api.ts'
import { AppError } from '../../model/errors.ts'
import { FactSheet } from '../../model/facts.ts'
import { addTenants, findCustomer, findTenants, lockCustomer, raiseVersion, saveServices } from '../../store/customers.ts'
import { readUsageFiles, type UsageFile } from '../../usage/read-usage.ts'
import type { Context } from '../context.ts'
import { addCustomer } from '../customers/add-customer.ts'
import { recomputeOne } from '../plans/recompute.ts'
import { type Actor, authorize } from '../policy.ts'
import { isEntitlements } from './entitlements-file.ts'
import { importReports } from './import-reports.ts'

export type FolderInput = Readonly<{
  customerId: string
  customerName?: string | undefined
  tenantId: string
  paths: readonly string[]
  /** Files of disjoint mail domains are of one tenant all the same. */
  sameTenant?: boolean
  /** The customer has other tenants, and this is one more: a slip of the pen would leave its sums lacking a tenant for good. */
  newTenant?: boolean
}>
/** What was not there before the import, and may be a slip of the pen. */
export type Added = 'customer' | 'tenant' | null
export type Refused = Readonly<{ path: string; message: string }>

/**
 * Imports all reports in folders and files for one tenant. Customer and first tenant are added when they are new; a new customer's services
 * are those with licensed users, intended, their activation unknown. A file that is no known report is refused alone.
 */
export async function importFolder(
  context: Context,
  actor: Actor,
  input: FolderInput,
): Promise<{ results: readonly ImportResult[]; refused: readonly Refused[]; added: Added }> {
  authorize(actor, 'import-usage')
  const { files, refused, licensed } = await readable(context, await filesIn(input.paths))
  if (files.length === 0)
    throw new AppError('invalid-input', `no usage report was found in ${input.paths.join(', ')}`, { details: refused })
  const added = await findOrAdd(context, actor, input, licensed)
  const { customerId, tenantId } = input
  const sameTenant = input.sameTenant ?? false
  return { results: await importReports(context, actor, { customerId, tenantId, files, origin: 'command', sameTenant }), refused, added }
}

async function filesIn(paths: readonly string[]): Promise<readonly UsageFile[]> {
  const files: UsageFile[] = []
  for (const path of paths) {
    const found = await stat(path).catch(() => null)
    if (!found) throw new AppError('invalid-input', `${path} is not there`)
    if (!found.isDirectory()) files.push({ path, name: basename(path) })
    else {
      const names = (await readdir(path)).filter(name => /\.(csv|json)(\.gz)?$/i.test(name)).sort()
      files.push(...names.map(name => ({ path: join(path, name), name })))
    }
  }
  return files
}

/** The files that can be imported, and the services that somebody has a licence of. */
async function readable(context: Context, files: readonly UsageFile[]) {
  const good: UsageFile[] = []
  const refused: Refused[] = []
  const licensed = new Set<string>()
  for (const file of files) {
    if (await isEntitlements(file.path)) {
      good.push(file)
      continue
    }
    const {
      reading,
      files: [read],
    } = await readUsageFiles([file], { window: 28, tempFolder: context.temp })
    if (!read || read.report === null) refused.push({ path: file.path, message: reading.problems[0]?.message ?? 'it is no usage report' })
    else {
      good.push(file)
      for (const [service, usage] of Object.entries(read.services)) if (usage.assigned !== 0) licensed.add(service)
    }
  }
  return { files: good, refused, licensed }
}

async function findOrAdd(context: Context, actor: Actor, input: FolderInput, licensed: ReadonlySet<string>): Promise<Added> {
  const { customerId, tenantId } = input
  const parsed = CustomerId.safeParse(customerId)
  if (!parsed.success)
    throw new AppError('invalid-input', `the customer id ${JSON.stringify(customerId)} must be ${parsed.error.issues[0]?.message}`)
  if (!TENANT.test(tenantId))
    throw new AppError('invalid-input', `the tenant id ${JSON.stringify(tenantId)} must be letters, digits, dots and dashes`)
  const tenant = { id: tenantId, name: tenantId }
  return context.db.transaction().execute(async trx => {
    const isThere = (await findCustomer(trx, customerId)) !== undefined
    if (isThere) {
      const others = (await findTenants(trx, customerId)).map(each => each.id)
      if (others.includes(tenantId)) return null
      if (others.length > 0 && !input.newTenant)
        throw new AppError(
          'invalid-input',
          `customer ${customerId} has no tenant ${tenantId}, but ${others.join(', ')}; say --new-tenant if it is one more`,
        )
      await lockCustomer(trx, customerId)
      await addTenants(trx, [{ ...tenant, customer_id: customerId }])
      await raiseVersion(trx, customerId)
    } else {
      authorize(actor, 'add-customer')
      const sheet = FactSheet.parse({ customer: { id: customerId, name: input.customerName ?? customerId } })
      await addCustomer(trx, context, actor, { sheet, tenants: [tenant], owner: null, isDemo: false, source: 'usage import', people: [] })
      const services = [...licensed].map(service => ({
        customer_id: customerId,
        service,
        intended: true,
        is_activation_known: false,
        activated_on: null,
      }))
      await saveServices(trx, services)
    }
    await recomputeOne(trx, context, customerId)
    return isThere ? 'tenant' : 'customer'
  })
}

const TENANT = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/
