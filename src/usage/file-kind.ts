import { open } from 'node:fs/promises'

/** What a file is when it is no text of a report, and where to go instead. */
const KINDS: readonly Readonly<{ starts: readonly number[]; code: 'wrong-file' | 'not-utf8'; message: string }>[] = [
  { starts: [0xff, 0xfe], code: 'not-utf8', message: 'the file is UTF-16, expected UTF-8; download it again or save it as "CSV UTF-8"' },
  { starts: [0xfe, 0xff], code: 'not-utf8', message: 'the file is UTF-16, expected UTF-8; download it again or save it as "CSV UTF-8"' },
  { starts: [0x50, 0x4b, 0x03, 0x04], code: 'wrong-file', message: 'this is a workbook or a ZIP archive, expected the CSV file itself' },
  { starts: [0xd0, 0xcf, 0x11, 0xe0], code: 'wrong-file', message: 'this is an old Office document, expected a CSV file' },
  { starts: [0x25, 0x50, 0x44, 0x46], code: 'wrong-file', message: 'this is a PDF, expected a CSV file' },
  { starts: [0x89, 0x50, 0x4e, 0x47], code: 'wrong-file', message: 'this is a picture, expected a CSV file' },
  { starts: [0xff, 0xd8, 0xff], code: 'wrong-file', message: 'this is a picture, expected a CSV file' },
  { starts: [0x1f, 0x8b], code: 'wrong-file', message: 'packed with gzip twice, expected once' },
  { starts: [0x50, 0x41, 0x52, 0x31], code: 'wrong-file', message: 'this is a Parquet file, expected a CSV file' },
]

/** Null when the bytes may be text of a report. */
export function wrongKind(head: Buffer): { code: string; message: string } | null {
  const known = KINDS.find(({ starts }) => starts.every((byte, at) => head[at] === byte))
  if (known) return { code: known.code, message: known.message }
  if (/^[\uFEFF\s]*<(?:!doctype|html|\?xml|head|body|!--)/i.test(head.subarray(0, 1024).toString('utf8')))
    return { code: 'wrong-file', message: 'this is a web page, expected a CSV file; the sign-in may have run out while downloading' }
  return null
}

/** Whether the text begins like JSON. */
export const isJson = (head: Buffer): boolean => /^\uFEFF?\s*[{[]/.test(head.subarray(0, 1024).toString('utf8'))

export async function firstBytes(path: string, limit: number): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(limit), 0, limit, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
