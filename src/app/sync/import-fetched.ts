import type { ImportResult } from '../../model/api.ts'
import { AppError } from '../../model/errors.ts'
import type { Day } from '../../model/words.ts'
import type { TenantKey } from '../../store/connections.ts'
import type { Context } from '../context.ts'
import { SYSTEM } from '../policy.ts'
import { importReports } from '../usage/import-reports.ts'

/** A report that came. `asDay`: it speaks of one day alone, which it does not say itself. */
export type Fetched = Readonly<{ position: number; path: string; name: string; asDay: Day | null }>
export type Imported = Readonly<{ position: number; name: string }> &
  (Readonly<{ ok: true; result: ImportResult }> | Readonly<{ ok: false; message: string }>)

/**
 * Imports what came of a tenant, all in one: people are matched across the reports, and that is done once. A file that cannot be read is
 * left out with its reason, and the others are imported without it.
 */
export async function importFetched(context: Context, where: TenantKey, fetched: readonly Fetched[]): Promise<readonly Imported[]> {
  const refused: Imported[] = []
  let left = fetched
  while (left.length > 0) {
    try {
      const results = await importReports(context, SYSTEM, {
        ...where,
        origin: 'graph',
        // The tenant is the one that was asked, whatever its domains are.
        sameTenant: true,
        files: left.map(({ path, name, asDay }) => ({ path, name, ...(asDay === null ? {} : { asDay }) })),
      })
      // One result for each file, in order.
      const imported = left.map(({ position, name }, index) => ({ position, name, ok: true as const, result: results[index]! }))
      return [...refused, ...imported]
    } catch (error) {
      const named = faultsOf(error, left)
      if (named.length === 0) throw error
      refused.push(...named)
      left = left.filter(({ position }) => !named.some(each => each.position === position))
    }
  }
  return refused
}

/** Files that a refused import names, each with its first fault; none for an error that is not about files. */
function faultsOf(error: unknown, files: readonly Fetched[]): readonly Imported[] {
  if (!(error instanceof AppError) || error.code !== 'invalid-input' || !Array.isArray(error.details)) return []
  // As `refuse` writes them; of what is otherwise nothing is found.
  const faults = error.details as readonly Readonly<{ path?: unknown; message?: unknown }>[]
  return files.flatMap(({ position, name }) => {
    const fault = faults.find(({ path }) => path === name || (typeof path === 'string' && path.startsWith(`${name}:`)))
    return fault ? [{ position, name, ok: false as const, message: String(fault.message) }] : []
  })
}
