import type { PortfolioColumn } from '../../../model/customer-api.ts'
import type { ImportedCustomer } from '../../../store/portfolio-import.ts'
import type { Row } from '../../../store/tables.ts'
import type { PortfolioLine } from './read-portfolio.ts'

type Service = Pick<Row<'customer_service'>, 'service' | 'intended' | 'is_activation_known' | 'activated_on'>

/** The services that a line leaves otherwise than they are: before (null: not one of the customer's) and after. */
export function changedServices(line: PortfolioLine, services: readonly Service[]): { before: Service | null; after: Service }[] {
  const after = new Map<string, Service>()
  const of = (service: string): Service =>
    after.get(service) ??
    services.find(each => each.service === service) ?? { service, intended: true, is_activation_known: false, activated_on: null }
  for (const service of line.services ?? []) after.set(service, { ...of(service), intended: true })
  for (const { service, on } of line.activated ?? [])
    after.set(service, { ...of(service), is_activation_known: on !== null, activated_on: on === false ? null : on })
  return [...after.values()].flatMap(next => {
    const before = services.find(each => each.service === next.service) ?? null
    const isSame =
      before !== null &&
      before.intended === next.intended &&
      before.is_activation_known === next.is_activation_known &&
      before.activated_on === next.activated_on
    return isSame ? [] : [{ before, after: next }]
  })
}

/** The columns of a line that say something else than what is there. */
export function changedColumns(line: PortfolioLine, { row, owner, tenants, services }: ImportedCustomer): PortfolioColumn[] {
  const columns: PortfolioColumn[] = []
  const differs = (column: PortfolioColumn, given: unknown, there: unknown) => {
    if (given !== undefined && given !== there) columns.push(column)
  }
  const sorted = (words: readonly string[] | undefined) => words && [...words].sort().join(' ')
  differs('name', line.name, row.name)
  differs('segment', line.segment, row.segment)
  differs('initiatives', sorted(line.initiatives), sorted(row.initiatives))
  differs('language', line.language, row.language)
  differs('assigned_on', line.assignedOn, row.assigned_on)
  differs('owner_email', line.owner, owner)
  differs('team', line.team, row.team_id)
  if (line.tenants?.some(tenant => !tenants.includes(tenant))) columns.push('tenants')
  const changed = new Set(changedServices(line, services).map(each => each.after.service))
  if (line.services?.some(each => changed.has(each) && !services.some(there => there.service === each && there.intended)))
    columns.push('services')
  if (line.activated?.some(each => changed.has(each.service))) columns.push('activated')
  return columns
}
