import type { EvidenceType } from '../../model/decision-api.ts'

/**
 * What a file is, by what is in it and never by its name: PDF, PNG, JPEG, plain text, CSV, and documents of Office without macros.
 * Undefined for everything else, pages and drawings that a browser would carry out among it. `name` only tells CSV from other text.
 */
export function typeOfFile(content: Uint8Array, name: string): EvidenceType | undefined {
  const starts = (...bytes: readonly number[]) => bytes.every((byte, index) => content[index] === byte)
  if (starts(0x25, 0x50, 0x44, 0x46, 0x2d)) return 'application/pdf'
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png'
  if (starts(0xff, 0xd8, 0xff)) return 'image/jpeg'
  if (starts(0x50, 0x4b, 0x03, 0x04)) return officeType(content)
  if (!isText(content)) return undefined
  return /\.csv$/i.test(name) ? 'text/csv' : 'text/plain'
}

/** As browsers and offices know the types. */
export const EXTENSIONS: Readonly<Record<EvidenceType, readonly [string, ...string[]]>> = {
  'application/pdf': ['.pdf'],
  'image/png': ['.png'],
  'image/jpeg': ['.jpg', '.jpeg'],
  'text/plain': ['.txt', '.log', '.md', '.text'],
  'text/csv': ['.csv'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['.docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['.xlsx'],
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': ['.pptx'],
}

/** The name under which a file is saved: the given one with the ending of what the file is, whatever ending it had. */
export function fileNameFor(title: string, type: EvidenceType): string {
  const endings = EXTENSIONS[type]
  return endings.some(ending => title.toLowerCase().endsWith(ending)) ? title : `${title}${endings[0]}`
}

const MARKUP = /^\uFEFF?\s*<(?:!doctype|\?xml|html|head|body|script|svg|iframe|!--)/i

/** UTF-8 without control characters but those of lines and tables. Markup is none: somebody would open it in a browser. */
function isText(content: Uint8Array): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content)
    return !/[^\P{Cc}\t\r\n]/u.test(text) && !MARKUP.test(text)
  } catch {
    return false
  }
}

const MAIN_PARTS: readonly (readonly [string, EvidenceType])[] = [
  ['word/document.xml', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['xl/workbook.xml', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['ppt/presentation.xml', 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
]

/** By the names in the directory of the archive; nothing is unpacked. */
function officeType(content: Uint8Array): EvidenceType | undefined {
  const names = namesInZip(content)
  if (!names?.has('[Content_Types].xml')) return undefined
  // A program within the document, whatever it is called by.
  if ([...names].some(name => /vbaProject\.bin$|\.(exe|dll|js|vbs|ps1|bat|cmd|scr)$|(^|\/)\.\.(\/|$)/i.test(name))) return undefined
  const found = MAIN_PARTS.filter(([part]) => names.has(part))
  // One that is two things is neither.
  return found.length === 1 ? found[0]?.[1] : undefined
}

const MOST_ENTRIES = 10_000
const END_OF_DIRECTORY = 0x06054b50
const ENTRY = 0x02014b50

/** Names of the entries (APPNOTE.TXT 4.3.12, 4.3.16); undefined when the directory cannot be read whole or something comes after it. */
function namesInZip(content: Uint8Array): ReadonlySet<string> | undefined {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength)
  let end = content.byteLength - 22
  // A comment of at most 65,535 bytes may follow.
  while (end >= 0 && content.byteLength - end <= 65_557 && view.getUint32(end, true) !== END_OF_DIRECTORY) end--
  if (end < 0 || view.getUint32(end, true) !== END_OF_DIRECTORY) return undefined
  if (end + 22 + view.getUint16(end + 20, true) !== content.byteLength) return undefined
  const count = view.getUint16(end + 10, true)
  if (count > MOST_ENTRIES) return undefined
  const names = new Set<string>()
  let at = view.getUint32(end + 16, true)
  for (let index = 0; index < count; index++) {
    if (at + 46 > end || view.getUint32(at, true) !== ENTRY) return undefined
    const length = view.getUint16(at + 28, true)
    if (at + 46 + length > end) return undefined
    names.add(new TextDecoder().decode(content.subarray(at + 46, at + 46 + length)))
    at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return names
}
