/** A file to be saved, written as it is read. */
export type Download = Readonly<{ fileName: string; contentType: string; body: AsyncIterable<string> }>

export const CSV = 'text/csv; charset=utf-8'
export const JSON_TYPE = 'application/json; charset=utf-8'

/**
 * `Content-Disposition` by RFC 6266: a plain name that every client reads, and the real one beside it. Nothing in a name ends the header
 * or the quotes, or leads to a folder.
 */
export function dispositionOf(fileName: string): string {
  const name = fileName.replace(/[\p{Cc}\p{Cf}/\\]/gu, '_').slice(0, 150) || 'download'
  const plain = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9._ -]/g, '_')
  const encoded = encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, each => `%${each.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}
