import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout } from 'node:timers/promises'
import type { Fault } from './faults.ts'

/** A file that is about to be sent: its pieces in order, and what goes wrong with it. */
export type File = Readonly<{ pieces: () => AsyncIterable<string>; isSmall: boolean; fault: Fault | null }>

export type Downloads = Readonly<{
  /** Makes a link that needs no token, and holds for some minutes; `isOld`: no longer at all. */
  link: (file: File & Readonly<{ tenant: string; fn: string }>, isOld: boolean) => string
  find: (token: string) => (File & Readonly<{ tenant: string; fn: string; isOver: boolean }>) | undefined
}>

/** "A few minutes": the documentation says no more. */
const LINK_MS = 300_000

export function createDownloads(now: () => number): Downloads {
  const links = new Map<string, Readonly<{ file: File & Readonly<{ tenant: string; fn: string }>; until: number }>>()
  return {
    link(file, isOld) {
      for (const [token, { until }] of links) if (until < now() - LINK_MS) links.delete(token)
      const token = randomBytes(24).toString('base64url')
      links.set(token, { file, until: isOld ? now() - 1 : now() + LINK_MS })
      return token
    },
    find(token) {
      const found = links.get(token)
      return found && { ...found.file, isOver: found.until < now() }
    },
  }
}

const PROXY_PAGE = '<!DOCTYPE html><html><head><title>Sign in to the network</title></head><body>Please sign in.</body></html>'

/** Sends the file as an octet stream, small ones with their length; the faults of files show here. */
export async function sendFile(response: ServerResponse, file: File, slowMs: number): Promise<void> {
  if (file.fault === 'html') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    response.end(PROXY_PAGE)
    return
  }
  const type = { 'content-type': 'application/octet-stream' }
  if (!file.isSmall) {
    response.writeHead(200, type)
    await pipeline(Readable.from(spoiled(file, response, slowMs)), response)
    return
  }
  let text = ''
  for await (const piece of file.pieces()) text += piece
  const bytes = Buffer.from(text)
  response.writeHead(200, { ...type, 'content-length': String(bytes.length) })
  if (file.fault !== 'truncated' && file.fault !== 'slow') {
    response.end(bytes)
    return
  }
  const half = Math.floor(bytes.length / 2)
  await new Promise<void>(resolve => response.write(bytes.subarray(0, half), () => resolve()))
  if (file.fault === 'truncated') {
    response.destroy()
    return
  }
  await setTimeout(slowMs, undefined, { ref: false })
  response.end(bytes.subarray(half))
}

/** A large file piece by piece: broken off or held up after the second. */
async function* spoiled(file: File, response: ServerResponse, slowMs: number): AsyncGenerator<string> {
  let count = 0
  for await (const piece of file.pieces()) {
    yield piece
    if (++count !== 2) continue
    if (file.fault === 'truncated') response.destroy()
    if (file.fault === 'slow') await setTimeout(slowMs, undefined, { ref: false })
  }
}
