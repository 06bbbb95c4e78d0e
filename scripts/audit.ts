// Asks the registry for known holes in what is shipped. `npm run audit`; CI runs it before the tests. Fails for high and critical ones.
import { join } from 'node:path'
import { z } from 'zod'
import { portalPackages, readLock, shippedPaths } from './supply/lock.ts'
import { npm } from './supply/npm.ts'

const Via = z.union([z.string(), z.looseObject({ title: z.string(), url: z.string().optional() })])
const Vulnerability = z.looseObject({ name: z.string(), severity: z.string(), via: z.array(Via), nodes: z.array(z.string()) })
const Report = z.looseObject({ vulnerabilities: z.record(z.string(), Vulnerability), metadata: z.looseObject({}) })
/** What npm prints instead when the registry does not answer, or not this question. */
const Failure = z.looseObject({
  message: z.string().optional(),
  error: z.looseObject({ code: z.string().optional(), summary: z.string().optional() }).optional(),
})

export type Audit =
  | Readonly<{ ran: false; reason: string }>
  /** One line per package with a hole; those that fail, and those told only. */
  | Readonly<{ ran: true; failing: readonly string[]; others: readonly string[] }>

const FAILING = ['high', 'critical']

/** Reads what `npm audit --json` printed about all packages; holes in tools that are not shipped are told, not failed for. */
export function readAudit(stdout: string, shipped: ReadonlySet<string>): Audit {
  const printed = parse(stdout)
  const report = Report.safeParse(printed)
  if (!report.success) return { ran: false, reason: reasonIn(printed) }
  const found = Object.values(report.data.vulnerabilities)
  const isFailing = (each: z.infer<typeof Vulnerability>) => FAILING.includes(each.severity) && each.nodes.some(path => shipped.has(path))
  return {
    ran: true,
    failing: found.filter(isFailing).map(lineOf),
    others: found.filter(each => !isFailing(each)).map(lineOf),
  }
}

const lineOf = ({ name, severity, via }: z.infer<typeof Vulnerability>) =>
  `${name}: ${severity}, ${via.map(each => (typeof each === 'string' ? `through ${each}` : [each.title, each.url].join(' ').trim())).join('; ')}`

function reasonIn(printed: unknown): string {
  const { data } = Failure.safeParse(printed)
  const told = [data?.message, data?.error?.summary, data?.error?.code].find(each => each !== undefined && each !== '')
  return told?.split('\n')[0] ?? 'npm did not answer with a report'
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..')
  const { stdout } = await npm(root, ['audit', '--json', '--fetch-retries=0', '--fetch-timeout=20000'])
  const audit = readAudit(stdout, shippedPaths(readLock(root), portalPackages(root)))
  if (!audit.ran) console.log(`npm audit: not run: ${audit.reason}`)
  else {
    for (const line of audit.others) console.log(line)
    for (const line of audit.failing) console.error(line)
    console.log(`npm audit: ${audit.failing.length} to be mended at once, ${audit.others.length} others`)
    process.exitCode = audit.failing.length === 0 ? 0 : 1
  }
}
