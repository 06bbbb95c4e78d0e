import type { MailDomain } from '../model/usage.ts'

/** A file and the mail domains of its user names. */
export type FileDomains = Readonly<{ name: string; domains: readonly Pick<MailDomain, 'domain'>[] }>
/** Files that may well be of one tenant: each shares a domain with another of them. */
export type TenantGroup = Readonly<{ files: readonly string[]; domains: readonly string[] }>

/**
 * Files that share mail domains, directly or through others, in the order of their names. Report files carry no
 * tenant, so this is a hint and no more: two groups are two tenants, or one tenant whose reports speak of different
 * people. Files without domains (concealed, counts) are in no group.
 */
export function groupByTenant(files: readonly FileDomains[]): TenantGroup[] {
  let groups: { files: Set<string>; domains: Set<string> }[] = []
  for (const { name, domains } of files) {
    if (domains.length === 0) continue
    const own = { files: new Set([name]), domains: new Set(domains.map(each => each.domain)) }
    const others = groups.filter(group => !shares(group.domains, own.domains) || !absorb(own, group))
    groups = [...others, own]
  }
  return groups
    .map(group => ({ files: [...group.files].sort(), domains: [...group.domains].sort() }))
    .sort((a, b) => ((a.files[0] ?? '') < (b.files[0] ?? '') ? -1 : 1))
}

const shares = (a: ReadonlySet<string>, b: ReadonlySet<string>) => [...a].some(each => b.has(each))

function absorb(into: { files: Set<string>; domains: Set<string> }, from: { files: Set<string>; domains: Set<string> }): true {
  for (const file of from.files) into.files.add(file)
  for (const domain of from.domains) into.domains.add(domain)
  return true
}
