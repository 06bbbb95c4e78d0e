import { randomUUID } from 'node:crypto'
import { CustomerId } from '../../../model/api.ts'
import type { CustomerImport } from '../../../model/customer-api.ts'
import { AppError } from '../../../model/errors.ts'
import type { Day } from '../../../model/words.ts'
import type { Assignment } from '../../../store/assignments.ts'
import { insertAssignments, raiseVersions } from '../../../store/assignments.ts'
import { assignmentsOfMany, writeAssignments } from '../../../store/bulk-assignments.ts'
import { insertBulkChange } from '../../../store/bulk-changes.ts'
import { setArchived } from '../../../store/customer-changes.ts'
import { addTenants, changeCustomer, insertCustomers, OWNER_ROLE, savePeople, saveServices } from '../../../store/customers.ts'
import type { Trx } from '../../../store/database.ts'
import { openEngagements } from '../../../store/plans.ts'
import { findForImport, type ImportedCustomer, setTeams } from '../../../store/portfolio-import.ts'
import type { Row } from '../../../store/tables.ts'
import { findTeams } from '../../../store/teams.ts'
import { decide, type Step } from '../../assignments/bulk-assign.ts'
import type { Auth } from '../../auth/auth.ts'
import { type Context, todayOf } from '../../context.ts'
import { recordCustomers, recordInstallation, type Told } from '../../events/record.ts'
import { everyPerson } from '../../people/every-person.ts'
import { FIRST_ENGAGEMENT, recompute } from '../../plans/recompute.ts'
import { type Actor, authorize } from '../../policy.ts'
import { changedColumns, changedServices } from './difference.ts'
import { type Names, type PortfolioLine, readPortfolio } from './read-portfolio.ts'

/** Told one by one; the rest is counted. */
const SHOWN_FAULTS = 200
const SHOWN_LINES = 500
/** Records of customers that are there are locked until all is written; each lock costs the database some room. New ones need none. */
export const MAX_CHANGED = 2000
const PLANS = 200

type Service = ReturnType<typeof changedServices>[number]
/** What an import did to one customer, to be undone. */
export type ImportedChange = Readonly<{
  id: string
  version: number
  state: 'added' | 'changed' | 'returned'
  /** Columns of the row as they were. */
  row?: Pick<Row<'customer'>, 'name' | 'segment' | 'initiatives' | 'language' | 'assigned_on' | 'team_id'>
  steps?: readonly Step[]
  tenants?: readonly string[]
  services?: readonly Service[]
}>
export type ImportContent = Readonly<{ file: string; customers: readonly ImportedChange[] }>

type Input = Readonly<{ fileName: string; path: string; preview: boolean }>
type Asking = Pick<Auth, 'listPeople'>

/** Throws `forbidden` for who may not bring in customers, before a byte of the file is read. */
export const mayImportCustomers = async (actor: Actor): Promise<void> => authorize(actor, 'manage-customers')

/**
 * Adds and changes customers as a portfolio file says, all of it or nothing: with a fault nothing changes. What a file does not say stays;
 * the same file again changes nothing. Reads the file twice, a batch of lines at a time.
 */
export async function importCustomers(
  context: Context,
  auth: Asking,
  actor: Actor,
  { fileName, path, preview }: Input,
): Promise<CustomerImport> {
  authorize(actor, 'manage-customers')
  const names = await namesFor(context, auth)
  const found = await compare(context, path, names)
  const { added, changed, returned } = found.rows
  const answer = { file: fileName, preview, ...found }
  if (preview || found.faultCount > 0 || added + changed + returned === 0) return { ...answer, bulk: null }
  const existing = changed + returned
  if (existing > MAX_CHANGED) {
    throw new AppError('invalid-input', `the file changes ${existing} customers; at most ${MAX_CHANGED} at a time, so split it`)
  }
  const bulk = randomUUID()
  const content = await context.db.transaction().execute(trx => write(trx, context, actor, { path, names, fileName, bulk }))
  const ids = content.customers.map(each => each.id)
  // Plans of thousands of customers would hold their locks for minutes; the nightly job makes those that a stop leaves behind.
  for (let at = 0; at < ids.length; at += PLANS)
    await context.db.transaction().execute(trx => recompute(trx, context, ids.slice(at, at + PLANS)))
  return { ...answer, bulk }
}

/** What would happen, a batch at a time. */
async function compare(context: Context, path: string, names: Names): Promise<Omit<CustomerImport, 'file' | 'preview' | 'bulk'>> {
  const faults: CustomerImport['faults'] = []
  const lines: CustomerImport['lines'] = []
  const rows = { read: 0, added: 0, changed: 0, returned: 0, unchanged: 0 }
  let faultCount = 0
  const tell = (fault: CustomerImport['faults'][number]) => {
    faultCount++
    if (faults.length < SHOWN_FAULTS) faults.push({ ...fault })
  }
  for await (const batch of readPortfolio(path, names, tell)) {
    const there = await findForImport(context.db, idsOf(batch), false)
    rows.read += batch.length
    for (const line of batch) {
      const known = there.get(line.id)
      const fault = faultOf(line, known)
      if (fault) {
        tell({ line: line.line, ...fault })
        continue
      }
      const { state, columns } = stateOf(line, known)
      rows[state]++
      if (state === 'unchanged' || lines.length >= SHOWN_LINES) continue
      lines.push({ line: line.line, id: line.id, name: line.name ?? known?.row.name ?? line.id, state, columns })
    }
  }
  faults.sort((a, b) => a.line - b.line)
  return { rows, faults, faultCount, lines }
}

const idsOf = (batch: readonly PortfolioLine[]) => batch.map(line => line.id)

/** What is wrong with a line that reads well. */
function faultOf(line: PortfolioLine, known: ImportedCustomer | undefined): { column: string; message: string } | undefined {
  if (!known && line.name === undefined) return { column: 'name', message: `${line.id} is new and needs a name` }
  if (known?.row.merged_into) return { column: 'id', message: `${line.id} was merged into ${known.row.merged_into}; name that one` }
  const there = new Set([...(line.services ?? []), ...(known?.services.map(each => each.service) ?? [])])
  const unlisted = line.activated?.find(each => !there.has(each.service))
  if (unlisted) return { column: 'activated', message: `${unlisted.service} is not one of the customer's services; name it in services` }
  return undefined
}

function stateOf(line: PortfolioLine, known: ImportedCustomer | undefined): Pick<CustomerImport['lines'][number], 'state' | 'columns'> {
  if (!known) return { state: 'added', columns: [] }
  const columns = changedColumns(line, known)
  if (known.row.archived_at !== null) return { state: 'returned', columns }
  return { state: columns.length > 0 ? 'changed' : 'unchanged', columns }
}

type Writing = Readonly<{ path: string; names: Names; fileName: string; bulk: string }>

async function write(trx: Trx, context: Context, actor: Actor, { path, names, fileName, bulk }: Writing): Promise<ImportContent> {
  await savePeople(trx, [{ id: actor.personId, name: actor.name }])
  const customers: ImportedChange[] = []
  const refuse = (line: number): never => {
    throw new AppError('conflict', `line ${line}: somebody changed this customer, or the file, while it was brought in; try again`)
  }
  for await (const batch of readPortfolio(path, names, ({ line }) => refuse(line))) {
    const there = await findForImport(trx, idsOf(batch), true)
    const fresh = batch.filter(line => !there.has(line.id))
    const known = batch.flatMap(line => {
      const customer = there.get(line.id)
      return customer && stateOf(line, customer).state !== 'unchanged' ? [{ line, customer }] : []
    })
    for (const line of batch) if (faultOf(line, there.get(line.id))) refuse(line.line)
    await addAll(trx, context, actor, fresh, { fileName, bulk })
    for (const line of fresh) customers.push({ id: line.id, version: 0, state: 'added' })
    customers.push(...(await changeAll(trx, context, actor, known, { fileName, bulk })))
  }
  const content = { file: fileName, customers }
  const made = { id: bulk, kind: 'customer-import', made_by: actor.personId, made_at: context.now().toISOString(), content }
  await insertBulkChange(trx, made)
  const data = { count: customers.length, before: null, after: { bulk, kind: made.kind, count: customers.length } }
  await recordInstallation(trx, context, actor, { kind: 'bulk-made', data })
  return content
}

type From = Readonly<{ fileName: string; bulk: string }>

async function addAll(trx: Trx, context: Context, actor: Actor, lines: readonly PortfolioLine[], { fileName, bulk }: From): Promise<void> {
  if (lines.length === 0) return
  const at = context.now().toISOString()
  await insertCustomers(
    trx,
    lines.map(line => ({
      id: CustomerId.parse(line.id),
      // A new one has a name: `faultOf`.
      name: line.name ?? line.id,
      segment: line.segment ?? null,
      initiatives: line.initiatives ?? [],
      assignedOn: line.assignedOn ?? null,
      thresholds: {},
      language: line.language ?? 'en',
      teamId: line.team ?? null,
      isDemo: false,
      at,
    })),
  )
  await insertAssignments(
    trx,
    lines.flatMap(line => (line.owner === undefined ? [] : [ownerOf(line.id, line.owner, line.assignedOn ?? todayOf(context))])),
  )
  await addTenants(
    trx,
    lines.flatMap(line => (line.tenants ?? []).map(id => ({ customer_id: line.id, id, name: id }))),
  )
  await saveServices(
    trx,
    lines.flatMap(line => changedServices(line, []).map(({ after }) => ({ ...after, customer_id: line.id }))),
  )
  const { playbook } = context
  const engagement = { id: FIRST_ENGAGEMENT, hash: playbook.playbook.hash, overallTask: playbook.overall?.task ?? null, at }
  await openEngagements(trx, idsOf(lines), engagement)
  const data = { source: 'portfolio file', file: fileName, bulk }
  await recordCustomers(
    trx,
    context,
    actor,
    lines.map(line => ({ customerId: line.id, kind: 'customer-added', data })),
  )
}

const ownerOf = (customerId: string, person: string, since: Day): Assignment => ({
  customer_id: customerId,
  id: 'owner',
  person_id: person,
  role: OWNER_ROLE,
  service: null,
  is_primary: true,
  since,
  until: null,
  covers: null,
})

type KnownLine = Readonly<{ line: PortfolioLine; customer: ImportedCustomer }>

async function changeAll(
  trx: Trx,
  context: Context,
  actor: Actor,
  known: readonly KnownLine[],
  { fileName, bulk }: From,
): Promise<readonly ImportedChange[]> {
  if (known.length === 0) return []
  const ids = known.map(each => each.line.id)
  const assigned = Map.groupBy(await assignmentsOfMany(trx, ids), row => row.customer_id)
  const versions = await raiseVersions(trx, ids)
  const changes: ImportedChange[] = []
  const told: (Told & { customerId: string })[] = []
  for (const { line, customer } of known) {
    const columns = changedColumns(line, customer)
    const { name, segment, initiatives, language, assigned_on, team_id } = customer.row
    const change: ImportedChange = {
      id: line.id,
      version: versions.get(line.id) ?? 0,
      state: customer.row.archived_at === null ? 'changed' : 'returned',
      row: { name, segment, initiatives, language, assigned_on, team_id },
      steps: columns.includes('owner_email') ? ownerSteps(line, assigned.get(line.id) ?? [], todayOf(context)) : [],
      tenants: (line.tenants ?? []).filter(each => !customer.tenants.includes(each)),
      services: changedServices(line, customer.services),
    }
    if (change.state === 'returned') await setArchived(trx, line.id, { at: null })
    await changeRow(trx, line)
    if (columns.includes('team')) await setTeams(trx, line.id, line.team ?? null)
    await addTenants(
      trx,
      (change.tenants ?? []).map(id => ({ customer_id: line.id, id, name: id })),
    )
    await saveServices(
      trx,
      (change.services ?? []).map(({ after }) => ({ ...after, customer_id: line.id })),
    )
    changes.push(change)
    told.push({ customerId: line.id, kind: 'customer-imported', data: { file: fileName, bulk, columns, version: change.version } })
  }
  await writeAssignments(
    trx,
    changes.flatMap(each => each.steps ?? []),
  )
  await recordCustomers(trx, context, actor, told)
  return changes
}

async function changeRow(trx: Trx, { id, name, segment, initiatives, language, assignedOn }: PortfolioLine): Promise<void> {
  const change = {
    ...(name === undefined ? {} : { name }),
    ...(segment === undefined ? {} : { segment }),
    ...(initiatives === undefined ? {} : { initiatives }),
    ...(language === undefined ? {} : { language }),
    ...(assignedOn === undefined ? {} : { assigned_on: assignedOn }),
  }
  if (Object.keys(change).length > 0) await changeCustomer(trx, id, change)
}

/** The owner named in the file becomes the primary; the one before stays assigned. */
function ownerSteps({ id, owner }: PortfolioLine, rows: readonly Assignment[], today: Day): readonly Step[] {
  if (owner === undefined) return []
  return decide(id, rows, { is: 'assign', role: OWNER_ROLE, person: owner, isPrimary: true, since: today, until: null }, today).steps
}

async function namesFor(context: Context, auth: Asking): Promise<Names> {
  const people = (await everyPerson(auth)).filter(each => each.state !== 'disabled')
  const teams = await findTeams(context.db)
  return {
    owners: new Map(people.map(each => [each.email.toLowerCase(), each.id])),
    // By id or by name.
    teams: new Map(teams.flatMap(each => [[each.id, each.id] as const, [each.name.toLowerCase(), each.id] as const])),
    services: new Set(context.playbook.services.map(each => each.id)),
  }
}
