import { AppError } from '../../model/errors.ts'
import type { UsageProblem } from '../../model/usage.ts'
import type { Row } from '../../store/tables.ts'
import type { ReadFile } from '../../usage/read-usage.ts'
import { groupByTenant } from '../../usage/tenants.ts'

/** Report files carry no tenant: the mail domains of the people in them are the only hint. */

/** Throws `invalid-input` naming files and domains when they look like files of several tenants. */
export function refuseSeveralTenants(files: readonly ReadFile[]): void {
  const groups = groupByTenant(files)
  if (groups.length < 2) return
  const told = groups.map(({ files: names, domains }) => ({ files: names, domains }))
  throw new AppError(
    'invalid-input',
    `these files look like those of ${groups.length} tenants: ${told.map(each => `${each.files.join(', ')} (${each.domains.join(', ')})`).join('; ')}; import them for each tenant, or say that they are of one`,
    { details: { code: 'several-tenants', groups: told } },
  )
}

/** A warning when none of the file's mail domains was ever seen in reports of this tenant. */
export function otherDomain({ name, domains }: ReadFile, tenant: Row<'tenant'>): readonly UsageProblem[] {
  const known = tenant.mail_domains
  if (known.length === 0 || domains.length === 0 || domains.some(each => known.includes(each.domain))) return []
  const message = `the people of this file are of ${domains.map(each => each.domain).join(', ')}; reports of ${tenant.name} spoke of ${known.join(', ')}`
  return [{ code: 'other-domain', severity: 'warning', message, file: name, line: null }]
}
