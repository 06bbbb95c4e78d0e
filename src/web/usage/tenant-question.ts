import type { TenantConnections } from '../../model/usage-api.ts'

/** A report file that was looked at, and the mail domains of its people; none where names are concealed or the rows are no people. */
export type Asked = Readonly<{ key: number; tenant: string; domains: readonly string[]; isWarned: boolean }>

/** Files that belong to one tenant as far as their mail domains tell. Without domains nothing tells. */
export type FileGroup = Readonly<{ domains: readonly string[]; keys: readonly number[]; suggestion: string | undefined }>

export type KnownTenant = Pick<TenantConnections['tenants'][number], 'id' | 'name' | 'domains'>

/** Report files carry no tenant id. Files that share a mail domain, directly or through others, are taken to be of one tenant. */
export function groupsOf(files: readonly Asked[], tenants: readonly KnownTenant[]): readonly FileGroup[] {
  const groups: { domains: Set<string>; keys: number[] }[] = []
  const silent: number[] = []
  for (const { key, domains } of files) {
    if (domains.length === 0) {
      silent.push(key)
      continue
    }
    const own = domains.map(domain => domain.toLowerCase())
    const near = groups.filter(group => own.some(domain => group.domains.has(domain)))
    const joined = {
      domains: new Set([...near.flatMap(group => [...group.domains]), ...own]),
      keys: [...near.flatMap(each => each.keys), key],
    }
    groups.splice(0, groups.length, ...groups.filter(group => !near.includes(group)), joined)
  }
  const told = groups.map(({ domains, keys }) => ({
    domains: [...domains].sort(),
    keys: keys.toSorted((a, b) => a - b),
    suggestion: tenantOf([...domains], tenants),
  }))
  return silent.length === 0 ? told : [...told, { domains: [], keys: silent, suggestion: undefined }]
}

/** The one tenant whose known mail domains are among these; undefined where none or several are. */
function tenantOf(domains: readonly string[], tenants: readonly KnownTenant[]): string | undefined {
  const fits = tenants.filter(tenant => tenant.domains.some(domain => domains.includes(domain.toLowerCase())))
  return fits.length === 1 ? fits[0]?.id : undefined
}

/**
 * Whether a person must say which tenant the files are of: when they speak of people that have nothing to do with each other, of others
 * than the tenant's, or, with several tenants, when nothing in them tells.
 */
export function mustAsk(files: readonly Asked[], tenants: readonly KnownTenant[]): boolean {
  if (files.length === 0) return false
  const groups = groupsOf(files, tenants)
  if (groups.filter(group => group.domains.length > 0).length > 1 || files.some(file => file.isWarned)) return true
  if (tenants.length < 2) return false
  const tenantBy = new Map(files.map(file => [file.key, file.tenant]))
  return groups.some(group => group.suggestion === undefined || group.keys.some(key => tenantBy.get(key) !== group.suggestion))
}
