/** Puts `<mark>` round every occurrence of `q` in the text of sanitised HTML, never inside a tag. */
export function markMatches(html: string, q: string): { html: string; count: number } {
  const wanted = q.trim().toLowerCase()
  if (!wanted) return { html, count: 0 }
  const page = new DOMParser().parseFromString(html, 'text/html')
  const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT)
  const texts: Text[] = []
  while (walker.nextNode()) texts.push(walker.currentNode as Text) // SHOW_TEXT yields nothing else
  let count = 0
  for (const text of texts) count += markText(text, wanted)
  return { html: page.body.innerHTML, count }
}

function markText(text: Text, wanted: string): number {
  let rest = text
  let count = 0
  for (let at = rest.data.toLowerCase().indexOf(wanted); at >= 0; at = rest.data.toLowerCase().indexOf(wanted)) {
    const match = rest.splitText(at)
    rest = match.splitText(wanted.length)
    const mark = match.ownerDocument.createElement('mark')
    match.replaceWith(mark)
    mark.append(match)
    count += 1
  }
  return count
}
