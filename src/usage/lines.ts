import { open } from 'node:fs/promises'

/** DuckDB refuses longer ones too; no real row comes near. */
export const LONGEST_LINE = 2_000_000
const CHUNK = 4 * 1024 * 1024
const LF = 10
const CR = 13
const QUOTE = 34

/**
 * Visits the physical lines of a file in order: the bytes without the line end, valid only during the visit;
 * the number, from 1; whether the line ended in CRLF. A line that is too long comes as null.
 * `settle` is awaited after every few megabytes, while the bytes still stand.
 */
export async function eachLine(
  path: string,
  visit: (line: Buffer | null, number: number, hasCr: boolean) => void,
  settle?: () => Promise<void>,
): Promise<void> {
  let number = 0
  let isTooLong = false
  await eachBlock(
    path,
    (block, isLast) => {
      let from = 0
      for (;;) {
        const end = block.indexOf(LF, from)
        if (end < 0 && !(isLast && from < block.length)) break
        const stop = end < 0 ? block.length : end
        const hasCr = stop > from && block[stop - 1] === CR
        number += 1
        visit(isTooLong || stop - from > LONGEST_LINE ? null : block.subarray(from, hasCr ? stop - 1 : stop), number, hasCr)
        isTooLong = false
        from = stop + 1
        if (end < 0) break
      }
      if (block.length - from <= LONGEST_LINE || isLast) return Math.min(from, block.length)
      isTooLong = true
      return block.length
    },
    settle,
  )
}

/**
 * Whether every quoted cell ends on the line it began on. When it does not, a CSV reader takes what
 * follows for text of that cell and swallows rows without a word.
 */
export async function quotesStayInLines(path: string, delimiter: string): Promise<boolean> {
  const separator = delimiter.charCodeAt(0)
  let isFine = true
  await eachBlock(path, (block, isLast) => {
    const whole = isLast ? block.length : block.lastIndexOf(LF) + 1
    if (whole === 0 && block.length > LONGEST_LINE) isFine = false
    let at = block.indexOf(QUOTE)
    while (isFine && at >= 0 && at < whole) {
      const before = at === 0 ? LF : block[at - 1]
      if (before !== separator && before !== LF && before !== BOM_END) at += 1
      else {
        const close = closing(block, at + 1)
        const lineEnd = block.indexOf(LF, at)
        const after = block[close + 1]
        isFine =
          close >= 0 &&
          (lineEnd < 0 || lineEnd > close) &&
          (close + 1 >= block.length || after === separator || after === LF || after === CR)
        at = close + 1
      }
      at = block.indexOf(QUOTE, at)
    }
    return isFine ? whole : null
  })
  return isFine
}
const BOM_END = 0xbf

function closing(block: Buffer, from: number): number {
  let at = block.indexOf(QUOTE, from)
  while (at >= 0 && block[at + 1] === QUOTE) at = block.indexOf(QUOTE, at + 2)
  return at
}

/** Feeds a file in blocks; `take` says how many bytes it used up (the rest comes again in front of the next block), or null to stop. */
async function eachBlock(
  path: string,
  take: (block: Buffer, isLast: boolean) => number | null,
  settle?: () => Promise<void>,
): Promise<void> {
  const file = await open(path)
  try {
    let buffer = Buffer.allocUnsafe(CHUNK)
    let kept = 0
    for (;;) {
      if (buffer.length - kept < CHUNK / 2) buffer = Buffer.concat([buffer.subarray(0, kept)], kept + CHUNK)
      const { bytesRead } = await file.read(buffer, kept, buffer.length - kept)
      const block = buffer.subarray(0, kept + bytesRead)
      const used = take(block, bytesRead === 0)
      await settle?.()
      if (used === null || bytesRead === 0) return
      block.copy(buffer, 0, used)
      kept = block.length - used
    }
  } finally {
    await file.close()
  }
}
