import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { MergeCustomer, MergeResult, MergeTenant } from '../../model/customer-api.ts'
import { AppError } from '../../model/errors.ts'
import type { Text } from '../../model/words.ts'
import { setArchived } from '../../store/customer-changes.ts'
import { findTenants, raiseVersion } from '../../store/customers.ts'
import type { Trx } from '../../store/database.ts'
import { findEngagement } from '../../store/follow-ups.ts'
import {
  type Clashes,
  countMoved,
  findClashes,
  findTenantClashes,
  moveAll,
  moveTenant,
  moveWork,
  type TenantClashes,
  takeServices,
} from '../../store/merge-customers.ts'
import type { Context } from '../context.ts'
import { recordCustomer } from '../events/record.ts'
import { invalidField } from '../invalid-field.ts'
import { FIRST_ENGAGEMENT, recomputeOne } from '../plans/recompute.ts'
import { type Actor, authorize, authorizeService } from '../policy.ts'
import { lockForChange, visibleCustomer } from './visible.ts'

/**
 * Takes a customer over into another one: tenants with their usage, contacts, notes, meetings, follow-ups, blockers, and services that the
 * other does not have.
 * The one taken over is archived; its record stays with it and links to it lead on. With refusals nothing changes, and it is a `conflict`
 * unless it was a preview.
 */
export async function mergeCustomers(
  context: Context,
  actor: Actor,
  { customerId: into, from, preview }: MergeCustomer & { customerId: string },
): Promise<MergeResult> {
  await visibleCustomer(context, actor, into)
  authorize(actor, 'manage-customers')
  if (from === into) throw invalidField('from', 'a customer is not merged with itself')
  const moved: string[] = []
  const result = await context.db.transaction().execute(async trx => {
    // In one order, so that two merges never wait for each other.
    const locked = new Map<string, Awaited<ReturnType<typeof lockForChange>>['customer']>()
    for (const id of [from, into].sort()) locked.set(id, (await lockForChange(trx, context, actor, 'manage-customers', id)).customer)
    const name = (id: string) => ({ id, name: locked.get(id)?.name ?? id })
    const refusals = customerRefusals(await findClashes(trx, from, into), name(from).name, name(into).name)
    const counts = await countMoved(trx, from, into)
    const moves = (['tenants', 'contacts', 'notes', 'meetings', 'services', 'followUps', 'blockers'] as const).map(what => ({
      what,
      count: counts[what],
    }))
    const answer: MergeResult = { preview, from: name(from), into: name(into), moves, refusals }
    if (preview) return answer
    refuse(answer)
    for (const tenant of await findTenants(trx, from)) moved.push(tenant.id)
    await copyReports(
      context,
      moved.map(tenant => [join(from, tenant), join(into, tenant)]),
    )
    // There may have been no plan of it yet.
    const engagement = (await findEngagement(trx, into)) ?? (await recomputeOne(trx, context, into)).known.engagement
    await moveAll(trx, from, into)
    await moveWork(trx, from, into, engagement?.id ?? FIRST_ENGAGEMENT)
    await takeServices(trx, from, into)
    await setArchived(trx, from, { at: context.now().toISOString(), into })
    const versions = { from: await raiseVersion(trx, from), into: await raiseVersion(trx, into) }
    const data = { from, into, moved: counts, before: null, after: null }
    await recordCustomer(trx, context, actor, { customerId: from, kind: 'customer-merged-away', data: { ...data, version: versions.from } })
    await recordCustomer(trx, context, actor, { customerId: into, kind: 'customer-merged', data: { ...data, version: versions.into } })
    await recomputeOne(trx, context, into)
    return answer
  })
  for (const tenant of moved) await rm(join(context.reports, from, tenant), { recursive: true, force: true })
  return result
}

/** Two tenants of one customer that are the same one: everything of the first becomes the other's. */
export async function mergeTenants(
  context: Context,
  actor: Actor,
  { customerId, tenant: from, into, preview }: MergeTenant & { customerId: string; tenant: string },
): Promise<MergeResult> {
  const result = await context.db.transaction().execute(async trx => {
    const { access } = await lockForChange(trx, context, actor, 'change-customer', customerId)
    authorizeService(access, null)
    if (from === into) throw invalidField('into', 'a tenant is not merged with itself')
    const tenants = await findTenants(trx, customerId)
    const named = (id: string) => tenants.find(each => each.id === id)
    const [gone, kept] = [named(from), named(into)]
    if (!gone) throw new AppError('not-found', `customer ${customerId} has no tenant ${from}`)
    if (!kept) throw invalidField('into', `the customer has no tenant ${into}`)
    const clashes = await findTenantClashes(trx, customerId, from, into)
    const moves = (['imports', 'connections', 'seats', 'usage'] as const).map(what => ({ what, count: clashes.counts[what] }))
    const name = (row: { id: string; name: string }) => ({ id: row.id, name: row.name })
    const answer: MergeResult = { preview, from: name(gone), into: name(kept), moves, refusals: tenantRefusals(clashes) }
    if (preview) return answer
    refuse(answer)
    await copyReports(context, [[join(customerId, from), join(customerId, into)]])
    await moveTenant(trx, customerId, from, into)
    await told(trx, context, actor, customerId, { from, into, moved: clashes.counts })
    return answer
  })
  if (!preview) await rm(join(context.reports, customerId, from), { recursive: true, force: true })
  return result
}

async function told(trx: Trx, context: Context, actor: Actor, customerId: string, data: Readonly<Record<string, unknown>>): Promise<void> {
  const version = await raiseVersion(trx, customerId)
  await recordCustomer(trx, context, actor, { customerId, kind: 'tenants-merged', data: { ...data, version, before: null, after: null } })
  await recomputeOne(trx, context, customerId)
}

/** Report files are kept by customer and tenant. Copied before the change is certain; the old ones go when it is. */
async function copyReports({ reports }: Pick<Context, 'reports'>, moves: readonly (readonly [string, string])[]): Promise<void> {
  for (const [from, to] of moves) {
    await cp(join(reports, from), join(reports, to), { recursive: true }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
    })
  }
}

function refuse({ refusals, from, into }: MergeResult): void {
  if (refusals.length === 0) return
  throw new AppError('conflict', `${from.name} cannot be merged into ${into.name}: ${refusals.map(each => each.en).join('; ')}`, {
    details: { refusals },
  })
}

function customerRefusals(clashes: Clashes, from: string, into: string): Text[] {
  const refusals: Text[] = []
  if (clashes.tenants.length > 0) {
    const ids = clashes.tenants.join(', ')
    refusals.push({
      en: `both have the tenant ${ids}; which usage is right cannot be told`,
      'pt-BR': `os dois têm o locatário ${ids}; não há como saber qual uso está certo`,
    })
  }
  if (clashes.contacts > 0) {
    refusals.push({
      en: `${clashes.contacts} contacts have the same address in both; put them away in one of the two first`,
      'pt-BR': `${clashes.contacts} contatos têm o mesmo endereço nos dois; arquive-os antes em um dos dois`,
    })
  }
  const work = [
    [clashes.items, 'tasks with a status', 'tarefas com status'],
    [clashes.handshakes, 'handshakes', 'handshakes'],
    [clashes.decisions, 'decisions of contacts', 'decisões de contatos'],
  ] as const
  const found = work.filter(([count]) => count > 0)
  if (found.length > 0) {
    const list = (index: 1 | 2) => found.map(each => `${each[0]} ${each[index]}`).join(', ')
    refusals.push(
      clashes.isOpen
        ? {
            en: `both have an open engagement, and that of ${from} has work in it (${list(1)}); merge ${into} into ${from} instead, or finish the engagement first`,
            'pt-BR': `os dois têm um engajamento aberto, e o de ${from} já tem trabalho (${list(2)}); una ${into} a ${from}, ou conclua antes o engajamento`,
          }
        : {
            en: `${from} has work in it (${list(1)}); merge ${into} into ${from} instead`,
            'pt-BR': `${from} já tem trabalho (${list(2)}); una ${into} a ${from}`,
          },
    )
  }
  if (clashes.runs > 0) refusals.push(FETCHING)
  return refusals
}

const FETCHING: Text = {
  en: 'reports are being fetched; wait until that is done',
  'pt-BR': 'relatórios estão sendo buscados; espere terminar',
}

function tenantRefusals({ usage, seats, files, connections, activations, runs }: TenantClashes): Text[] {
  const refusals: Text[] = []
  const both = (list: readonly string[]) => [...new Set(list)].join(', ')
  if (usage.length > 0) {
    refusals.push({
      en: `both have usage of ${both(usage)}; take the imports of one of them back first`,
      'pt-BR': `os dois têm uso de ${both(usage)}; desfaça antes as importações de um deles`,
    })
  }
  if (seats.length > 0) {
    refusals.push({
      en: `both have seats of ${both(seats)}; which of them are right cannot be told`,
      'pt-BR': `os dois têm licenças de ${both(seats)}; não há como saber quais estão certas`,
    })
  }
  if (files > 0 || activations > 0) {
    refusals.push({
      en: 'the same report was imported for both; take it back in one of them first',
      'pt-BR': 'o mesmo relatório foi importado nos dois; desfaça antes em um deles',
    })
  }
  if (runs > 0) refusals.push(FETCHING)
  if (connections > 1) {
    refusals.push({
      en: 'both are connected; remove the connection of one of them first',
      'pt-BR': 'os dois estão conectados; remova antes a conexão de um deles',
    })
  }
  return refusals
}
