import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { copyFile, link, open, realpath, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'

/** A report under a name of our own: DuckDB takes `*`, `?` and `[` in a file name for a pattern. */
export type Staged = Readonly<{ path: string /** What DuckDB must be allowed to open for it. */; target: string }>
export type StageFault = Readonly<{ code: 'too-large' | 'bad-gzip'; message: string }>

/** Puts a file into the working folder: a link to it, or its content when it is gzip, up to `maxBytes` of it. */
export async function stage(path: string, folder: string, name: string, maxBytes: number): Promise<Staged | { fault: StageFault }> {
  const own = join(folder, `${name}.csv`)
  if (!(await isGzip(path))) return { path: own, target: await linkTo(await realpath(path), own) }
  const packed = createReadStream(path)
  const limit = limitBytes(maxBytes, () => packed.bytesRead)
  try {
    await pipeline(packed, createGunzip(), limit.stream, createWriteStream(own, { mode: 0o600 }))
    return { path: own, target: own }
  } catch (error) {
    const over = limit.over()
    if (over !== null) return { fault: { code: 'too-large', message: over } }
    if (isZlibError(error)) return { fault: { code: 'bad-gzip', message: 'the gzip data is cut off or damaged' } }
    throw error
  }
}

/** SHA-256 of a file's bytes, hexadecimal. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), hash)
  return hash.digest('hex')
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0)
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b
  } finally {
    await file.close()
  }
}

/** A symbolic link where the system lets us make one, else a hard link, else a copy. */
async function linkTo(target: string, own: string): Promise<string> {
  try {
    await symlink(target, own, 'file')
    return target
  } catch {
    await link(target, own).catch(() => copyFile(target, own))
    return own
  }
}

/** Reports pack ten to forty times smaller. Only what is made to unpack endlessly comes near the thousand that gzip can do. */
const MOST_RATIO = 100
const RATIO_FROM = 32 * 1024 * 1024

function limitBytes(maxBytes: number, packedBytes: () => number): { stream: Transform; over: () => string | null } {
  let bytes = 0
  const over = () =>
    bytes > maxBytes
      ? `unpacks to more than ${maxBytes} bytes, the limit set for one report`
      : bytes > RATIO_FROM && bytes > MOST_RATIO * packedBytes()
        ? `unpacks to more than ${MOST_RATIO} times its size, which no report does`
        : null
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      done(over() === null ? null : new Error('over the limit'), chunk)
    },
  })
  return { stream, over }
}

const isZlibError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^Z_/.test(error.code)
