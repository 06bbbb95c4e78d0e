import { mkdir } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'

export type DuckOptions = Readonly<{ threads?: number; memoryLimit?: string }>

export type DuckRow = Readonly<Record<string, string | number | boolean | null>>

export type Duck = Readonly<{
  run: (sql: string) => Promise<void>
  /** The first row; counts come as numbers. */
  row: (sql: string) => Promise<DuckRow>
  rows: (sql: string) => Promise<readonly DuckRow[]>
  close: () => void
}>

/**
 * An in-memory DuckDB that can open the working folder and the given files and nothing else:
 * no extension is fetched or loaded, memory and threads are bounded, what does not fit spills into the folder.
 */
export async function openDuck(folder: string, files: readonly string[], options: DuckOptions = {}): Promise<Duck> {
  const spill = join(folder, 'spill')
  await mkdir(spill, { recursive: true })
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(options.threads ?? Math.min(4, availableParallelism())),
    memory_limit: options.memoryLimit ?? '512MB',
    temp_directory: spill,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
  })
  const connection = await instance.connect()
  for (const setting of [
    // Row order carries no meaning here, and keeping it costs memory.
    'preserve_insertion_order = false',
    `allowed_directories = [${text(folder)}]`,
    `allowed_paths = [${files.map(text).join(', ')}]`,
    'enable_external_access = false',
    'lock_configuration = true',
  ])
    await connection.run(`set ${setting}`)
  return {
    run: async sql => void (await connection.run(sql).catch(withoutRows)),
    row: async sql => (await allRows(connection, sql).catch(withoutRows))[0] ?? {},
    rows: sql => allRows(connection, sql).catch(withoutRows),
    close: () => {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

/**
 * DuckDB's messages quote rows, and rows name people, and paths of the machine: what is left of one is the part before the first quote.
 * Messages are kept with jobs and logged, so the error does not go along as the cause either.
 */
function withoutRows(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error)
  throw new Error(message.split(/["'\n]/, 1)[0]?.trim() ?? '')
}

/** A string literal. */
export const text = (value: string): string => `'${value.replaceAll("'", "''")}'`

async function allRows(connection: DuckDBConnection, sql: string): Promise<DuckRow[]> {
  const rows = (await connection.runAndReadAll(sql)).getRowObjectsJson()
  return rows.map(row => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])))
}

/** Counts are 64-bit and come as text; they stay far below 2^53. */
const plain = (value: unknown): string | number | boolean | null =>
  typeof value === 'string' && /^\d{1,15}$/.test(value)
    ? Number(value)
    : typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? value
      : null
