import { createWriteStream, type WriteStream } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { finished } from 'node:stream/promises'
import { AppError } from '../../model/errors.ts'
import { restoreDatabase } from '../../store/backup.ts'
import type { Migration } from '../../store/migrate.ts'
import { readBackup } from './read-backup.ts'
import type { Backup } from './write-backup.ts'

export type RestoreParts = Readonly<{
  databaseUrl: string
  reports: string
  /** Of the secret that this installation has now. */
  fingerprint: string
  /** Goes on although the secret is another one. */
  takesOtherSecret: boolean
  /** Takes away what is there. */
  isReplacing: boolean
  migrations?: readonly Migration[]
}>

/**
 * Restores a backup: reads the whole file first and changes nothing when it is not whole, not ours, newer than this program or of another
 * secret. Then the database changes as a whole or not at all, and the report files follow.
 */
export async function restoreBackup(parts: RestoreParts, file: string): Promise<Backup> {
  const { databaseUrl, reports, isReplacing, migrations } = parts
  const backup = await readBackup(file)
  const { schema, secret } = backup.head
  if (secret !== parts.fingerprint && !parts.takesOtherSecret) {
    throw new AppError(
      'conflict',
      'the backup belongs to another secret than this installation has. Set IMPULSO_SECRET, or put the file `secret` of the old data folder into the new one. Without it nobody can read personal values of the record, credentials of tenants and second factors; --other-secret restores the rest all the same.',
    )
  }
  if (!isReplacing && (await isFilled(reports))) {
    throw new AppError('conflict', 'the folder of reports is not empty; a backup is restored into an empty one, or with --replace')
  }
  const fresh = `${reports}.restored`
  await rm(fresh, { recursive: true, force: true })
  try {
    await restoreDatabase(databaseUrl, { schema, isReplacing, ...(migrations ? { migrations } : {}) }, async ({ load, count }) => {
      const files = openFiles(fresh)
      // Read anew, and held against its sums anew: it may have changed since it was looked at.
      const again = await readBackup(file, { rows: load, bytes: files.bytes })
      if (JSON.stringify(again) !== JSON.stringify(backup)) throw new AppError('conflict', `${file} changed while it was read`)
      for (const { name, count: expected } of backup.manifest.tables) {
        const found = await count(name)
        if (found !== null && found !== expected) throw new Error(`${name} has ${found} rows and should have ${expected}`)
      }
    })
  } catch (error) {
    await rm(fresh, { recursive: true, force: true })
    throw error
  }
  await rm(reports, { recursive: true, force: true })
  if (await isFilled(fresh)) await rename(fresh, reports)
  return backup
}

/** Writes files as their bytes come, one after another. */
function openFiles(folder: string) {
  let open: { path: string; stream: WriteStream } | undefined
  return {
    bytes: async (file: string, bytes: Buffer | null): Promise<void> => {
      const path = join(folder, file)
      if (open?.path !== path) {
        await mkdir(dirname(path), { recursive: true, mode: 0o700 })
        open = { path, stream: createWriteStream(path, { mode: 0o600 }) }
      }
      const { stream } = open
      if (bytes === null) {
        stream.end()
        await finished(stream)
        open = undefined
      } else if (!stream.write(bytes)) {
        await new Promise<void>((resolve, reject) => {
          stream.once('drain', resolve)
          stream.once('error', reject)
        })
      }
    },
  }
}

async function isFilled(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length > 0
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}
