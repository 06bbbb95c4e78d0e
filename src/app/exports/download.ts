/** A file to be saved, written as it is read. */
export type Download<Part extends string | Uint8Array = string> = Readonly<{
  fileName: string
  contentType: string
  body: AsyncIterable<Part>
}>

export const CSV = 'text/csv; charset=utf-8'
export const JSON_TYPE = 'application/json; charset=utf-8'

/**
 * `Content-Disposition` by RFC 6266: a plain name that every client reads, and the real one beside it. Nothing in a name ends the header
 * or the quotes, or leads to a folder.
 */
export function dispositionOf(fileName: string): string {
  const whole = fileName.replace(/[\p{Cc}\p{Cf}/\\]/gu, '_') || 'download'
  const name = whole.length <= LONGEST ? whole : shortened(whole)
  const plain = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9._ -]/g, '_')
  const encoded = encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, each => `%${each.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}

const LONGEST = 150

/** Cut before its ending, which tells what the file is: without it a long text would be saved as what stands in the middle of its name. */
function shortened(name: string): string {
  const ending = /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? ''
  return name.slice(0, LONGEST - ending.length) + ending
}
