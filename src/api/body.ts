import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AppError } from '../model/errors.ts'

const UPLOAD = '.upload'

/** How long a body may take to arrive: all of a text, and each next part of an upload, whose whole the server limits. */
export const BODY_TIMES = { textMs: 30_000, idleMs: 60_000 } as const

/** The text of a request, at most `limitBytes` of it. Throws `too-large`, and `timeout` for a body that arrives byte by byte. */
export async function readText(request: Request, limitBytes: number, textMs: number = BODY_TIMES.textMs): Promise<string> {
  const end = performance.now() + textMs
  const parts: Uint8Array[] = []
  for await (const part of limited(request, limitBytes, () => end - performance.now())) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}

/** The request as JSON. Throws `invalid-input` when it is something else. */
export function parseJson(request: Request, text: string): unknown {
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/(json|[a-z0-9.+-]+\+json)\b/i.test(type))
    throw new AppError('invalid-input', 'send JSON, with content-type application/json')
  try {
    return JSON.parse(text)
  } catch (error) {
    // The parser's sentence quotes the text, which may be a password or a key: of it only the place is told.
    const [, place] = /(line \d+ column \d+)/.exec((error as Error).message) ?? []
    throw new AppError('invalid-input', `the body is not JSON${place === undefined ? '' : `, from ${place} on`}`)
  }
}

/** Streams the body to a file of our own naming, hands its path to `work` and takes the file away afterwards. */
export async function withUpload<T>(
  request: Request,
  folder: string,
  limitBytes: number,
  work: (path: string) => Promise<T>,
  idleMs: number = BODY_TIMES.idleMs,
): Promise<T> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, `${randomUUID()}${UPLOAD}`)
  try {
    await pipeline(Readable.from(limited(request, limitBytes, () => idleMs)), createWriteStream(path, { mode: 0o600, flags: 'wx' }))
    return await work(path)
  } finally {
    await rm(path, { force: true })
  }
}

/** Takes away what uploads left behind when their process was killed. Only for the one process that serves this folder. */
export async function clearUploads(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names.filter(each => each.endsWith(UPLOAD))) await rm(join(folder, name), { force: true })
}

/** The parts of the body as they come, each waited for as long as `patienceMs` says at that moment. */
async function* limited(request: Request, limitBytes: number, patienceMs: () => number): AsyncGenerator<Uint8Array> {
  // Said beforehand: nothing need be read to refuse it.
  if (Number(request.headers.get('content-length') ?? 0) > limitBytes) throw tooLarge(limitBytes)
  if (!request.body) return
  // Not cancelled when we stop early: that would cut the connection before the answer is sent.
  const reader = (request.body as ReadableStream<Uint8Array>).getReader()
  let seen = 0
  for (;;) {
    const part = await inTime(reader.read().catch(brokenOff), patienceMs())
    if (part.done) return
    seen += part.value.byteLength
    if (seen > limitBytes) throw tooLarge(limitBytes)
    yield part.value
  }
}

async function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new AppError('timeout', 'the body of the request did not arrive in time')), Math.max(0, ms))
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

const tooLarge = (limitBytes: number) => new AppError('too-large', `at most ${limitBytes.toLocaleString('en')} bytes are accepted here`)

/** Whoever hung up is no fault of ours, and hears nothing of this. */
const brokenOff = (cause: unknown): never => {
  throw new AppError('invalid-input', 'the connection ended before the body of the request did', { cause })
}
