import { readFile, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { AppError } from '../model/errors.ts'
import type { UsageReading } from '../model/usage.ts'
import { parseEntitlements } from '../usage/entitlements.ts'
import { readUsage, type UsageOptions } from '../usage/read-usage.ts'

/** Usage of one tenant from report files on disk; faults of the entitlements file come with those of the reports. Throws when a file is not there. */
export async function readUsageFrom(
  paths: readonly string[],
  options: Pick<UsageOptions, 'window' | 'dates' | 'refreshDate'> & { entitlementsPath: string | undefined },
): Promise<UsageReading> {
  const { entitlementsPath, ...known } = options
  for (const path of [...paths, ...(entitlementsPath === undefined ? [] : [entitlementsPath])]) await mustBeFile(path)
  const entitled =
    entitlementsPath === undefined
      ? { seats: {}, problems: [] }
      : parseEntitlements(await readFile(entitlementsPath, 'utf8'), entitlementsPath)
  const reading = await readUsage(
    paths.map(path => ({ path })),
    { ...known, entitlements: entitled.seats, tempFolder: tmpdir() },
  )
  return { ...reading, problems: [...entitled.problems, ...reading.problems] }
}

async function mustBeFile(path: string): Promise<void> {
  const found = await stat(path).catch(() => null)
  if (!found) throw new AppError('invalid-input', `there is no file ${path}`)
  if (!found.isFile()) throw new AppError('invalid-input', `${path} is not a file`)
}
