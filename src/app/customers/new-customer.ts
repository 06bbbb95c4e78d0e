import type { AddCustomer, AddedCustomer, CustomerNameAnswer } from '../../model/customer-api.ts'
import { AppError } from '../../model/errors.ts'
import { FactSheet } from '../../model/facts.ts'
import { customersNamed, idsLike } from '../../store/customer-changes.ts'
import { type Trx, violationOf } from '../../store/database.ts'
import { findTeam, findTeams } from '../../store/teams.ts'
import { refuseAbsent } from '../assignments/change.ts'
import type { Auth } from '../auth/auth.ts'
import type { Context } from '../context.ts'
import { invalidField } from '../invalid-field.ts'
import { everyPerson } from '../people/every-person.ts'
import { recomputeOne } from '../plans/recompute.ts'
import { type Actor, authorize, SYSTEM } from '../policy.ts'
import { addCustomer } from './add-customer.ts'

const MAX_ID = 63

/**
 * A person adds a customer. Throws `invalid-input` naming the field, `conflict` when the id is taken, or when another customer has the name
 * and `sameName` does not say that this is one more.
 */
export async function addNewCustomer(context: Context, auth: Auth, actor: Actor, input: AddCustomer): Promise<AddedCustomer> {
  authorize(actor, 'add-customer')
  refuseTwice(input)
  refuseUnknownServices(context, input)
  const owner = input.owner === null ? null : { id: input.owner, name: await nameOf(auth, input.owner) }
  try {
    await context.db.transaction().execute(async trx => {
      if (input.team !== null && !(await findTeam(trx, input.team))) throw invalidField('team', `there is no team ${input.team}`)
      await refuseSameName(trx, input)
      const { tenants, language, team } = input
      const added = { sheet: sheetOf(input), tenants, language, team, owner, isDemo: false, source: 'portal', people: [] }
      await addCustomer(trx, context, actor, added)
      await recomputeOne(trx, context, input.id)
    })
  } catch (error) {
    if (violationOf(error)?.constraint === 'customer_pkey') {
      throw new AppError('conflict', `the id ${input.id} is taken`, { cause: error, details: { field: 'id' } })
    }
    throw error
  }
  return { id: input.id, name: input.name }
}

/** What a customer of this name would be called by, who is called so already, and whom one may choose for it. */
export async function proposeCustomer(context: Context, auth: Auth, actor: Actor, name: string): Promise<CustomerNameAnswer> {
  authorize(actor, 'add-customer')
  const same = (await customersNamed(context.db, name)).filter(each => each.archived_at === null)
  const people = (await everyPerson(auth)).filter(each => each.state !== 'disabled')
  return {
    id: freeId(name, await idsLike(context.as(SYSTEM).db, slugOf(name))),
    same: same.map(each => ({ id: each.id, name: each.name })),
    owners: people.map(each => ({ id: each.id, name: each.name })),
    teams: (await findTeams(context.db)).map(each => ({ id: each.id, name: each.name })),
  }
}

/** Lower-case letters, digits and dashes: `São Paulo Foods S.A.` is `sao-paulo-foods-s-a`. */
export function slugOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_ID)
    .replace(/^-+|-+$/g, '')
  return plain === '' ? 'customer' : plain
}

function freeId(name: string, taken: ReadonlySet<string>): string {
  const slug = slugOf(name)
  if (!taken.has(slug)) return slug
  for (let number = 2; ; number++) {
    const id = `${slug.slice(0, MAX_ID - 6).replace(/-+$/, '')}-${number}`
    if (!taken.has(id)) return id
  }
}

async function nameOf(auth: Auth, id: string): Promise<string> {
  await refuseAbsent(auth, 'owner', id)
  return (await auth.getPerson(id)).name
}

function refuseTwice({ tenants, services }: AddCustomer): void {
  const twice = (ids: readonly string[]) => ids.find((id, index) => ids.indexOf(id) !== index)
  const tenant = twice(tenants.map(each => each.id))
  if (tenant !== undefined) throw invalidField('tenants', `the tenant ${tenant} is named twice`)
  const service = twice(services.map(each => each.service))
  if (service !== undefined) throw invalidField('services', `the service ${service} is named twice`)
}

function refuseUnknownServices({ playbook }: Pick<Context, 'playbook'>, { services }: AddCustomer): void {
  const unknown = services.find(({ service }) => !playbook.services.some(each => each.id === service))
  if (unknown) throw invalidField('services', `the playbook knows no service "${unknown.service}"`)
}

async function refuseSameName(trx: Trx, { name, sameName }: AddCustomer): Promise<void> {
  if (sameName) return
  const same = (await customersNamed(trx, name)).map(each => ({ id: each.id, name: each.name }))
  if (same.length > 0) {
    const ids = same.map(each => each.id).join(', ')
    throw new AppError('conflict', `there is a customer of this name: ${ids}`, { details: { field: 'name', same } })
  }
}

const sheetOf = ({ id, name, segment, initiatives, assignedOn, services }: AddCustomer): FactSheet =>
  FactSheet.parse({
    customer: { id, name, initiatives, ...(segment ? { segment } : {}), ...(assignedOn ? { assignedOn } : {}) },
    services: Object.fromEntries(
      services.map(({ service, intended, activatedOn }) => [
        service,
        // The sheet says null for what is not activated, and nothing for what is not known.
        { intended, ...(activatedOn === null ? {} : { activatedOn: activatedOn === false ? null : activatedOn }) },
      ]),
    ),
  })
