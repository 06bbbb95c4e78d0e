import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { StringDecoder } from 'node:string_decoder'
import { createGunzip } from 'node:zlib'
import type { z } from 'zod'
import { AppError } from '../../model/errors.ts'
import type { KeptRow, KeptTable } from '../../store/backup.ts'
import { Bytes, Ends, FileBegins, FORMAT, Head, Manifest, type Part, Row, TableBegins } from './format.ts'
import type { Backup } from './write-backup.ts'

/** What is done with what a backup holds, in the order in which it comes. */
export type BackupReader = Readonly<{
  head?: (head: Head) => Promise<void>
  rows?: (table: KeptTable, rows: readonly KeptRow[]) => Promise<void>
  /** The bytes of one file, called once with nothing when it ends. */
  bytes?: (file: string, bytes: Buffer | null) => Promise<void>
}>

/** At most so many rows, and so many characters of them, are handed on at once. */
const BATCH_ROWS = 500
const BATCH_CHARACTERS = 8 * 1024 * 1024
/** The longest line that a backup of ours can have: a file of 2 MiB as hexadecimal digits, and then some. */
const LONGEST_LINE = 256 * 1024 * 1024

/** Reads a backup to its end and holds every part against its sum. Throws `invalid-input` for what is none, not whole or changed. */
export async function readBackup(file: string, reader: BackupReader = {}): Promise<Backup> {
  const walk = new Walk(reader)
  try {
    await pipeline(createReadStream(file), createGunzip(), async (source: AsyncIterable<Buffer>) => {
      for await (const line of linesOf(source)) await walk.take(line)
    })
  } catch (error) {
    if (error instanceof AppError) throw error
    const code = (error as NodeJS.ErrnoException).code ?? ''
    if (code === 'ENOENT') throw new AppError('not-found', `there is no file ${file}`)
    if (!code.startsWith('Z_')) throw error
    const cause = walk.head ? 'it is cut off or damaged' : 'it is not a backup of Impulso'
    throw new AppError('invalid-input', `${file} cannot be read: ${cause}`, { cause: error })
  }
  return walk.whole(file)
}

async function* linesOf(source: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8')
  const parts: string[] = []
  let length = 0
  for await (const chunk of source) {
    const pieces = decoder.write(chunk).split('\n')
    for (const [index, piece] of pieces.entries()) {
      parts.push(piece)
      length += piece.length
      if (length > LONGEST_LINE) throw new AppError('invalid-input', 'a line that no backup of Impulso has')
      if (index === pieces.length - 1) break
      yield parts.splice(0).join('')
      length = 0
    }
  }
  if (length > 0) throw new AppError('invalid-input', 'the backup is cut off in the middle of a line')
}

type Open = Readonly<{ sum: Hash }> & (Readonly<{ is: 'table'; table: KeptTable }> | Readonly<{ is: 'file'; file: string }>)

/** Where the reading stands: one state, moved on by each line. */
class Walk {
  head: Head | undefined
  private readonly reader: BackupReader
  private open: Open | undefined
  private count = 0
  private batch: KeptRow[] = []
  private characters = 0
  private readonly tables: Part[] = []
  private readonly files: Part[] = []
  private manifest: Manifest | undefined
  constructor(reader: BackupReader) {
    this.reader = reader
  }

  async take(line: string): Promise<void> {
    if (this.manifest) throw damaged('something follows its end')
    const value = json(line)
    if (!this.head) {
      this.head = this.headOf(value)
      return this.reader.head?.(this.head)
    }
    const ends = this.open ? Ends.safeParse(value) : undefined
    if (ends?.success) return this.end(ends.data.ends)
    if (this.open) return this.inside(this.open, value, line)
    const table = TableBegins.safeParse(value)
    const file = FileBegins.safeParse(value)
    const manifest = Manifest.safeParse(value)
    if (table.success)
      this.begin({ is: 'table', table: { name: table.data.table, columns: table.data.columns }, sum: createHash('sha256') })
    else if (file.success) this.begin({ is: 'file', file: file.data.file, sum: createHash('sha256') })
    else if (manifest.success) this.manifest = manifest.data.manifest
    else throw damaged('it has a line that means nothing')
  }

  private headOf(value: unknown): Head {
    const head = Head.safeParse(value)
    if (head.success) return head.data
    const format = typeof value === 'object' && value !== null && 'impulsoBackup' in value ? value.impulsoBackup : undefined
    if (typeof format === 'number' && format > FORMAT) {
      throw new AppError('unavailable', `the backup was made by a newer Impulso: its form is ${format}, this one reads ${FORMAT}`)
    }
    throw new AppError('invalid-input', 'this is not a backup of Impulso')
  }

  private begin(open: Open): void {
    this.open = open
    this.count = 0
  }

  private async inside(open: Open, value: unknown, line: string): Promise<void> {
    open.sum.update(`${line}\n`)
    if (open.is === 'file') {
      const bytes = Buffer.from(parsed(Bytes, value), 'base64')
      this.count += bytes.length
      return this.reader.bytes?.(open.file, bytes)
    }
    const row = parsed(Row, value)
    if (row.length !== open.table.columns.length) throw damaged(`a row of ${open.table.name} has another number of values`)
    this.count++
    this.batch.push(row)
    this.characters += line.length
    if (this.batch.length >= BATCH_ROWS || this.characters >= BATCH_CHARACTERS) await this.handOn()
  }

  private async handOn(): Promise<void> {
    const rows = this.batch
    this.batch = []
    this.characters = 0
    if (this.open?.is === 'table' && rows.length > 0) await this.reader.rows?.(this.open.table, rows)
  }

  private async end(said: Part): Promise<void> {
    await this.handOn()
    // Only called while something is open.
    const open = this.open!
    const part: Part = { name: open.is === 'table' ? open.table.name : open.file, count: this.count, sha256: open.sum.digest('hex') }
    if (!same(part, said)) throw damaged(`${part.name} is not what was written`)
    if (open.is === 'file') await this.reader.bytes?.(open.file, null)
    ;(open.is === 'table' ? this.tables : this.files).push(part)
    this.open = undefined
  }

  whole(file: string): Backup {
    const { head, manifest, tables, files } = this
    if (!head) throw new AppError('invalid-input', `${file} is not a backup of Impulso`)
    if (!manifest) throw damaged('it is cut off')
    const isWhole = (found: readonly Part[], said: readonly Part[]) =>
      found.length === said.length && found.every((part, index) => same(part, said[index]))
    if (!isWhole(tables, manifest.tables) || !isWhole(files, manifest.files)) throw damaged('parts are missing or changed')
    return { head, manifest }
  }
}

const same = (part: Part, other: Part | undefined): boolean =>
  part.name === other?.name && part.count === other.count && part.sha256 === other.sha256

const damaged = (what: string) => new AppError('invalid-input', `the backup is damaged: ${what}`)

function json(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch (cause) {
    throw new AppError('invalid-input', 'this is not a backup of Impulso, or it is damaged', { cause })
  }
}

function parsed<T>(schema: z.ZodType<T>, value: unknown): T {
  const { success, data } = schema.safeParse(value)
  if (!success) throw damaged('it has a line that means nothing')
  return data
}
