import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Context } from '../context.ts'

const START = 'sync-'
/** Everything of ours that may hold rows of reports: those of runs, uploads, and what readers unpack and spill (src/usage). */
const LEFT = /^(sync|usage|people)-|\.upload$/
/** Nobody works on files for so long. */
const LEFT_MS = 24 * 3600_000

/** Where the reports of a run rest between the download and the import; gone when the run is. */
export const workingFolder = ({ temp }: Pick<Context, 'temp'>, runId: string): string => join(temp, `${START}${runId}`)

/** Deletes what processes that were killed left behind: reports name people. Answers how many folders and files. */
export async function dropLeftFiles({ temp, now }: Pick<Context, 'temp' | 'now'>): Promise<number> {
  let count = 0
  // The folder is made when it is first needed.
  for (const name of await readdir(temp).catch(() => [])) {
    const path = join(temp, name)
    const changed = LEFT.test(name) ? await stat(path).catch(() => null) : null
    if (!changed || now().getTime() - changed.mtimeMs < LEFT_MS) continue
    await rm(path, { recursive: true, force: true })
    count++
  }
  return count
}
