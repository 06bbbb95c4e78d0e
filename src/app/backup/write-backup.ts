import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { access, open, rename, rm } from 'node:fs/promises'
import { relative } from 'node:path'
import { finished } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { AppError } from '../../model/errors.ts'
import { type KeptTable, type Snapshot, withSnapshot } from '../../store/backup.ts'
import { reportPath } from '../usage/kept-files.ts'
import { VERSION } from '../version.ts'
import { FORMAT, type Head, type Manifest, type Part } from './format.ts'

export type BackupParts = Readonly<{
  /** As the owner of the database. */
  databaseUrl: string
  reports: string
  /** Of the installation's secret, which is not in the backup. */
  fingerprint: string
  now: () => Date
}>
export type Backup = Readonly<{ head: Head; manifest: Manifest }>

/**
 * Writes a backup: one state of the database, while the program goes on, and the report files it counts. The file is there whole or not at
 * all. Throws `conflict` when there is a file of this name already.
 */
export async function writeBackup(parts: BackupParts, file: string): Promise<Backup> {
  if (await isThere(file)) throw new AppError('conflict', `${file} is there already; choose another name`)
  const part = `${file}.${process.pid}.part`
  try {
    const backup = await withSnapshot(parts.databaseUrl, snapshot => write(parts, snapshot, part))
    await sync(part)
    await rename(part, file)
    return backup
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

type Line = (value: unknown) => Promise<void>

async function write({ reports, fingerprint, now }: BackupParts, snapshot: Snapshot, path: string): Promise<Backup> {
  const gzip = createGzip()
  // It holds everything: nobody but its owner reads it.
  const end = finished(gzip.pipe(createWriteStream(path, { mode: 0o600, flags: 'wx' })))
  const failed = end.then(
    () => new Promise<never>(() => {}),
    (error: Error) => Promise.reject(error),
  )
  failed.catch(() => {})
  const line: Line = async value => {
    if (gzip.write(`${JSON.stringify(value)}\n`)) return
    await Promise.race([new Promise(resolve => gzip.once('drain', resolve)), failed])
  }
  const head: Head = { impulsoBackup: FORMAT, madeBy: VERSION, schema: snapshot.schema, madeAt: now().toISOString(), secret: fingerprint }
  await line(head)
  const tables: Part[] = []
  for (const table of snapshot.tables) tables.push(await writeTable(line, snapshot, table))
  const files: Part[] = []
  let missingFiles = 0
  for (const kept of await snapshot.reports()) {
    const from = reportPath(reports, kept)
    // Its time was over, or a newer report of its kind came since: the database does without it too.
    if (!(await isThere(from))) missingFiles++
    else files.push(await writeFile(line, relative(reports, from).replaceAll('\\', '/'), from))
  }
  const manifest: Manifest = { tables, files, missingFiles }
  await line({ manifest })
  gzip.end()
  await end
  return { head, manifest }
}

async function writeTable(line: Line, snapshot: Snapshot, table: KeptTable): Promise<Part> {
  await line({ table: table.name, columns: table.columns })
  const sum = createHash('sha256')
  let count = 0
  for await (const rows of snapshot.rows(table)) {
    for (const row of rows) {
      sum.update(`${JSON.stringify(row)}\n`)
      await line(row)
    }
    count += rows.length
  }
  return ended(line, { name: table.name, count, sha256: sum.digest('hex') })
}

/** Divisible by three, so that each line of base64 stands alone. */
const CHUNK_BYTES = 48 * 1024

async function writeFile(line: Line, name: string, from: string): Promise<Part> {
  await line({ file: name })
  const sum = createHash('sha256')
  let count = 0
  for await (const chunk of createReadStream(from, { highWaterMark: CHUNK_BYTES })) {
    // Read without an encoding, a stream gives buffers.
    const bytes = (chunk as Buffer).toString('base64')
    sum.update(`${JSON.stringify(bytes)}\n`)
    await line(bytes)
    count += (chunk as Buffer).length
  }
  return ended(line, { name, count, sha256: sum.digest('hex') })
}

async function ended(line: Line, part: Part): Promise<Part> {
  await line({ ends: part })
  return part
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
