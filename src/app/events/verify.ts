import { createHash } from 'node:crypto'
import type { Db } from '../../store/database.ts'
import { demoCustomers, verifyEvents } from '../../store/events.ts'
import { verifyInstallationEvents } from '../../store/installation-events.ts'

/** The last link of a chain that somebody kept. */
export type Head = Readonly<{ seq: number; hash: string }>
/** By chain: `installation`, or `customer/` and the id. */
export type Heads = ReadonlyMap<string, Head>
export type BrokenChain = Readonly<{ chain: string; seq: number; fault: string }>
export type Verified = Readonly<{ chains: number; events: number; broken: readonly BrokenChain[]; head: string; heads: Heads }>

const INSTALLATION = 'installation'
const chainOf = (customerId: string) => `customer/${customerId}`

/**
 * Recomputes every chain and lists what does not fit. What a chain alone cannot show, a tail cut off or a chain gone, shows against heads
 * kept elsewhere. Events are read a slice at a time; what stays in memory is one hash per chain.
 */
export async function verifyAll(db: Db, against: Heads = new Map()): Promise<Verified> {
  const heads = new Map<string, Head>()
  const broken: BrokenChain[] = []
  const visit = (chain: string, { seq, hash }: Head) => {
    heads.set(chain, { seq, hash })
    const kept = against.get(chain)
    if (kept?.seq === seq && kept.hash !== hash) broken.push({ chain, seq, fault: 'is another event than the one whose hash was kept' })
  }
  const customers = await verifyEvents(db, undefined, row => visit(chainOf(row.customer_id), row))
  broken.push(...customers.broken.map(({ customerId, seq, fault }) => ({ chain: chainOf(customerId), seq, fault })))
  const installation = await verifyInstallationEvents(db, row => visit(INSTALLATION, row))
  broken.push(...installation.broken.map(each => ({ chain: INSTALLATION, ...each })))
  broken.push(...missingIn(heads, against))
  return { chains: heads.size, events: customers.checked + installation.checked, broken, head: headOf(heads), heads }
}

function missingIn(heads: Heads, against: Heads): BrokenChain[] {
  return [...against].flatMap(([chain, { seq }]) => {
    const last = heads.get(chain)?.seq ?? 0
    if (last >= seq) return []
    return [{ chain, seq: last, fault: last === 0 ? 'is gone' : `ends here; event ${seq} was there when its hash was kept` }]
  })
}

/** One hash over the last link of every chain, in the order of their names. */
export function headOf(heads: Heads): string {
  const sum = createHash('sha256')
  for (const line of linesOf(heads)) sum.update(`${line}\n`)
  return sum.digest('hex')
}

const linesOf = (heads: Heads): string[] =>
  [...heads].map(([chain, { seq, hash }]) => `${chain} ${seq} ${hash}`).sort((a, b) => (a < b ? -1 : 1))

/** The heads worth keeping elsewhere, as text: a line per chain. Those of the demo are not, it may be taken away. */
export async function headsText(db: Db, heads: Heads): Promise<string> {
  const demo = new Set((await demoCustomers(db)).map(chainOf))
  return linesOf(new Map([...heads].filter(([chain]) => !demo.has(chain))))
    .map(line => `${line}\n`)
    .join('')
}

/** Heads as `headsText` writes them; undefined for a line of another shape, with its number. */
export function parseHeads(text: string): { heads: Heads } | { badLine: number } {
  const heads = new Map<string, Head>()
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue
    const match = /^(installation|customer\/[a-z0-9-]+) (\d{1,9}) ([0-9a-f]{64})$/.exec(line.trim())
    if (!match) return { badLine: index + 1 }
    // The three groups are in the pattern.
    heads.set(match[1]!, { seq: Number(match[2]), hash: match[3]! })
  }
  return { heads }
}
