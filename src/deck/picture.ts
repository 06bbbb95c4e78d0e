import { inflateSync } from 'node:zlib'
import type { DeckExtras } from '../model/deck.ts'
import { type Area, FRAME } from './page/pages.ts'

type Logo = NonNullable<NonNullable<DeckExtras['brand']>['logo']>
type Size = Readonly<{ width: number; height: number }>

/** Pixels of a side: more than a projector shows, and few enough to be held unpacked. */
const MOST_PIXELS = 4000

/**
 * Why a logo cannot be used, or null. Asked before anything is drawn: the PDF library unpacks pictures after it has answered, where a
 * broken one would end the process.
 */
export function pictureFault(logo: Logo): 'not-a-picture' | 'too-large' | null {
  const bytes = bytesOf(logo)
  const size = sizeOf(logo, bytes)
  if (!size) return 'not-a-picture'
  if (Math.max(size.width, size.height) > MOST_PIXELS) return 'too-large'
  return logo.type === 'image/jpeg' || isWholePng(bytes, size) ? null : 'not-a-picture'
}

/** Where the logo stands: as large as its place on the cover allows, its sides in the proportion they have. */
export function logoArea(logo: Logo): Area {
  const { x, y, w, h } = FRAME.cover.logo
  const size = sizeOf(logo, bytesOf(logo))
  if (!size) return { x, y, w: h, h }
  const scale = Math.min(w / size.width, h / size.height)
  return { x, y, w: size.width * scale, h: size.height * scale }
}

const bytesOf = ({ base64 }: Logo): Buffer => Buffer.from(base64, 'base64')

function sizeOf({ type }: Logo, bytes: Buffer): Size | undefined {
  const found = type === 'image/png' ? pngSize(bytes) : jpegSize(bytes)
  return found && found.width > 0 && found.height > 0 ? found : undefined
}

const PNG = Buffer.from('89504e470d0a1a0a', 'hex')

/** The header chunk comes first and holds both (PNG, 11.2.2). */
function pngSize(bytes: Buffer): Size | undefined {
  const isPng = bytes.length > 33 && bytes.subarray(0, 8).equals(PNG) && bytes.toString('latin1', 12, 16) === 'IHDR'
  return isPng ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) } : undefined
}

/** Samples per pixel by colour type; indexed colours have one (PNG, 11.2.2). */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }
/** What an interlaced picture may need beyond its rows: a filter byte for each row of seven passes. */
const PASSES = 7

/** Do its chunks hold together, end as they should, and unpack to as many rows as the head says? */
function isWholePng(bytes: Buffer, { width, height }: Size): boolean {
  const samples = SAMPLES[bytes[25] ?? -1]
  if (samples === undefined || ![1, 2, 4, 8, 16].includes(bytes[24] ?? 0)) return false
  const packed: Buffer[] = []
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    const kind = bytes.toString('latin1', at + 4, at + 8)
    if (at + 12 + length > bytes.length) return false
    if (kind === 'IDAT') packed.push(bytes.subarray(at + 8, at + 8 + length))
    if (kind === 'IEND') return unpacksTo(Buffer.concat(packed), (Math.ceil((width * samples * (bytes[24] ?? 0)) / 8) + 1) * height)
    at += 12 + length
  }
  return false
}

function unpacksTo(packed: Buffer, length: number): boolean {
  try {
    return inflateSync(packed, { maxOutputLength: length * 2 + PASSES * MOST_PIXELS }).length >= length
  } catch {
    return false
  }
}

/** In the first start-of-frame segment; segments before it are passed by their lengths (JPEG, B.2.2). */
function jpegSize(bytes: Buffer): Size | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes[at + 1] ?? 0
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) }
  }
  return undefined
}
