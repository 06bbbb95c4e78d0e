import { open } from 'node:fs/promises'

const HEAD_BYTES = 4096

/** Does the file begin like entitlements, a row of column names with `service` and `entitled`? Reports never do. */
export async function isEntitlements(path: string): Promise<boolean> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(HEAD_BYTES), position: 0 })
    const lines = buffer
      .toString('utf8', 0, bytesRead)
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/)
    const names = (lines.find(line => line.trim() !== '') ?? '')
      .split(/[,;\t]/)
      .map(name => name.trim().replace(/^"|"$/g, '').toLowerCase())
    return names.includes('service') && names.includes('entitled')
  } finally {
    await file.close()
  }
}
