/** Web addresses only, so that nothing else a mail holds can be followed. A full stop after one ends the sentence, not the address. */
const ADDRESS = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)]/g

/** A text cut into words and web addresses, in their order. */
export function linesOf(text: string): readonly { key: string; part: string; isLink: boolean }[] {
  const parts: { key: string; part: string; isLink: boolean }[] = []
  let at = 0
  const add = (part: string, isLink: boolean) => {
    if (part) parts.push({ key: `${at}`, part, isLink })
    at += part.length
  }
  for (const { 0: address, index } of text.matchAll(ADDRESS)) {
    add(text.slice(at, index), false)
    add(address, true)
  }
  add(text.slice(at), false)
  return parts
}
