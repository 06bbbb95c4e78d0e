import { execFileSync } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DuckDBInstance } from '@duckdb/node-api'
import { parse } from 'csv-parse'
import { type FixtureOptions, writeReport } from '../src/usage/fixtures.ts'
import { readUsage } from '../src/usage/read-usage.ts'
import { type Bench, compared, interleave, type Measurement, median, round } from './measure.ts'

const RUNS = 7
const ROWS = 1_000_000
const LARGE_ROWS = 9_000_000
const SINCE = '2026-10-23'
const REPORT: FixtureOptions = {
  report: 'getOffice365ActiveUserDetail',
  users: ROWS,
  refreshDate: '2026-11-19',
  activeShare: 0.4,
  licensedShare: 0.95,
}
/** Where columns of the report stand: six licence flags, then six last days. */
const LICENCE = 5
const LAST_DAY = 11
const SERVICES = [0, 1, 2, 3, 4, 5]

/** Reading usage reports in a warm process, against DuckDB and csv-parse counting licensed active users in the same file. */
export const bench: Bench = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'usage-bench-'))
  try {
    return [...(await ofOneMillion(folder)), await ofTwoGigabytes(folder)]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function ofOneMillion(folder: string): Promise<Measurement[]> {
  const clean = join(folder, 'clean.csv')
  const size = sizeOf(ROWS, await writeReport(clean, REPORT))
  const faulty = join(folder, 'faulty.csv')
  await spoilRows(clean, faulty)
  const late = join(folder, 'late.csv')
  await spoilRows(clean, late, ROWS - 10)
  const duck = await bareDuck()
  try {
    const limit = async (name: string, path: string, against: string, what: string) =>
      compared({
        name,
        ...(await interleave(
          RUNS,
          () => read(path, folder),
          () => duck.count(path, path !== clean),
        )),
        unit: 'ms',
        against,
        kind: 'limit',
        size: `${size}${what}`,
        runs: RUNS,
      })
    const bare = 'DuckDB aggregate of the same counts, types given, instance open'
    return [
      await limit('usage-read-1m', clean, bare, ''),
      await limit('usage-read-1m-tolerant', faulty, `${bare}, faulty rows ignored`, ', 1 % of the rows faulty'),
      await limit('usage-read-1m-tolerant-late', late, `${bare}, faulty rows ignored`, ', faulty rows only at the end'),
      compared({
        name: 'usage-read-1m-csv-parse',
        ...(await interleave(
          5,
          () => read(clean, folder),
          () => countWithCsvParse(clean),
        )),
        unit: 'ms',
        against: 'csv-parse stream, rows as arrays, counted in JavaScript',
        kind: 'peer',
        size,
        runs: 5,
      }),
    ]
  } finally {
    duck.close()
  }
}

/** Most memory a process of its own ever held while it read two gigabytes. */
async function ofTwoGigabytes(folder: string): Promise<Measurement> {
  const path = join(folder, 'large.csv')
  const bytes = await writeReport(path, { ...REPORT, users: LARGE_ROWS })
  const script = fileURLToPath(new URL('usage-read-memory.ts', import.meta.url))
  const peaks = Array.from({ length: 5 }, () => Number(execFileSync(process.execPath, [script, path, folder], { encoding: 'utf8' })))
  return compared({
    name: 'usage-read-2gb',
    ours: round(median(peaks) / 1024, 0),
    unit: 'MiB',
    against: 'the memory allowed',
    kind: 'limit',
    other: 1024,
    size: sizeOf(LARGE_ROWS, bytes),
    runs: peaks.length,
  })
}

async function read(path: string, tempFolder: string): Promise<void> {
  const { services } = await readUsage([{ path }], { window: 28, tempFolder })
  if (!services.teams?.active) throw new Error('the report was not read')
}

/** What one would type to get the bare numbers: no look at repeated users, names, dates or faults. */
async function bareDuck(): Promise<{ count: (path: string, ignoresErrors: boolean) => Promise<void>; close: () => void }> {
  const instance = await DuckDBInstance.create(':memory:', { threads: String(Math.min(4, availableParallelism())), memory_limit: '512MB' })
  const connection = await instance.connect()
  const types = Array.from({ length: 24 }, (_, at) =>
    at === 0 || (at >= LAST_DAY && at < LAST_DAY + 6) ? 'DATE' : at === 3 || (at >= LICENCE && at < LAST_DAY) ? 'BOOLEAN' : 'VARCHAR',
  )
  const columns = types.map((type, at) => `c${at}: '${type}'`).join(', ')
  const counts = SERVICES.map(at => `count(*) filter (not c3 and c${LICENCE + at} and c${LAST_DAY + at} >= date '${SINCE}')`)
  return {
    count: async (path, ignoresErrors) => {
      await connection.runAndReadAll(
        `select ${counts.join(', ')} from read_csv('${path}', auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', ignore_errors = ${ignoresErrors}, columns = {${columns}})`,
      )
    },
    close: () => {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

async function countWithCsvParse(path: string): Promise<number[]> {
  const active = SERVICES.map(() => 0)
  const rows = createReadStream(path, { highWaterMark: 1024 * 1024 }).pipe(parse({ bom: true, from_line: 2 }))
  for await (const row of rows as AsyncIterable<string[]>) {
    if (row[3] !== 'False') continue
    for (const at of SERVICES) if (row[LICENCE + at] === 'True' && (row[LAST_DAY + at] ?? '') >= SINCE) active[at]! += 1
  }
  return active
}

/** A copy with every hundredth row, or the last rows after `from`, spoiled: a bad date, a missing cell, a cell too many, in turn. */
async function spoilRows(source: string, target: string, from = 0): Promise<void> {
  const spoil = [
    (line: string) => line.replace(/^\d{4}-\d{2}/, '2026-13'),
    (line: string) => line.slice(0, line.lastIndexOf(',')),
    (line: string) => `${line},x`,
  ]
  const input = await open(source)
  const output = await open(target, 'w')
  try {
    let number = 0
    let pending: string[] = []
    for await (const line of input.readLines()) {
      const isSpoiled = number > from && (from > 0 || number % 100 === 0)
      pending.push(isSpoiled ? spoil[number % 3]!(line) : line)
      number += 1
      if (pending.length < 10_000) continue
      await output.write(`${pending.join('\r\n')}\r\n`)
      pending = []
    }
    await output.write(`${pending.join('\r\n')}\r\n`)
  } finally {
    await input.close().catch(() => {})
    await output.close()
  }
}

const sizeOf = (rows: number, bytes: number) => `${rows.toLocaleString('en')} rows, ${Math.round(bytes / 1e6)} MB`
