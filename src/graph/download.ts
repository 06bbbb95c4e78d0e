import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import type { Reply, Unreached } from './send.ts'

export type Saved = Readonly<{ kind: 'whole'; bytes: number }> | Readonly<{ kind: 'truncated' | 'not-csv' | 'too-large' }> | Unreached

/** So much of the beginning is looked at to tell a report from an error page. */
const HEAD_BYTES = 512
const LINE_END = 0x0a

/**
 * Streams a report to the path, or nowhere when it is null. It is there when it came whole, and not before: until then it is called
 * `….part`. Throws when the disk fails.
 */
export async function saveReport(reply: Reply, toPath: string | null, maxBytes: number): Promise<Saved> {
  if (toPath === null) return receive(reply, null, maxBytes)
  const part = `${toPath}.part`
  try {
    const file = await open(part, 'w', 0o600)
    let saved: Saved
    try {
      saved = await receive(reply, file, maxBytes)
    } finally {
      await file.close()
    }
    if (saved.kind === 'whole') await rename(part, toPath)
    return saved
  } finally {
    await reply.drop()
    await rm(part, { force: true })
  }
}

async function receive(reply: Reply, file: FileHandle | null, maxBytes: number): Promise<Saved> {
  let bytes = 0
  let head = Buffer.alloc(0)
  let lastByte: number | undefined
  let fault: 'not-csv' | 'too-large' | undefined
  const ended = await reply.read(async part => {
    bytes += part.byteLength
    if (bytes > maxBytes) fault = 'too-large'
    const wasShort = head.length < HEAD_BYTES
    if (wasShort) head = Buffer.concat([head, part.subarray(0, HEAD_BYTES - head.length)])
    if (wasShort && head.length === HEAD_BYTES && !isCsv(head)) fault ??= 'not-csv'
    if (fault) return 'stop'
    lastByte = part.at(-1) ?? lastByte
    await file?.writeFile(part)
    return 'go on'
  })
  if (fault) return { kind: fault }
  if (ended !== 'whole' && ended !== 'stopped') return ended
  if (isShorterThanSaid(reply.headers, bytes)) return { kind: 'truncated' }
  if (!isCsv(head)) return { kind: 'not-csv' }
  // Reports end with a line end (reference §1.3): one that does not was cut where nothing else shows it.
  return lastByte === LINE_END ? { kind: 'whole', bytes } : { kind: 'truncated' }
}

/** What was said counts the bytes on the line, so it says nothing of a body that came compressed. */
function isShorterThanSaid(headers: Headers, bytes: number): boolean {
  const said = headers.get('content-length')
  return said !== null && (headers.get('content-encoding') ?? 'identity') === 'identity' && Number(said) !== bytes
}

/** Whether the text begins as a report does: a line of headers with commas, not a page, not JSON, not bytes. */
function isCsv(head: Buffer): boolean {
  const text = head.toString('utf8').replace(/^\uFEFF/, '')
  const [line = ''] = text.trimStart().split(/[\r\n]/, 1)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells bytes from text.
  return line.includes(',') && !/^[<{[]/.test(line) && !/[\u0000-\u0008\u000e-\u001f]/.test(line)
}
