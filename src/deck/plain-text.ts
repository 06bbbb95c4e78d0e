/**
 * A playbook's Markdown as speaker notes: marks taken away, list items begin with a dash, links keep their address behind their text.
 * Only what pages are written with; anything else stays as it is.
 */
export const plainText = (markdown: string): string =>
  paragraphs(
    markdown
      .replace(/<!--[\s\S]*?-->/g, '')
      .replace(/!?\[([^\]]*)\]\(\s*<?([^)\s>]*)>?[^)]*\)/g, linkText)
      .replace(/^#{1,6}\s+/gm, '')
      .replace(/(\*\*|__)(?=\S)([\s\S]*?\S)\1/g, '$2')
      .replace(/(?<![\w*])\*(?=\S)([^*\n]*\S)\*(?![\w*])/g, '$1')
      .replace(/`([^`\n]+)`/g, '$1'),
  )

const linkText = (_: string, text: string, address: string) => (address.startsWith('http') ? `${text} (${address})` : text)

/** Lines that only wrap are joined; list items and blank lines part. */
function paragraphs(text: string): string {
  const parts: string[] = []
  for (const line of text.split(/\r?\n/)) {
    const item = /^\s*(?:[-*+]|\d+[.)])\s+(.*)$/.exec(line)
    const last = parts.at(-1)
    if (item) parts.push(`- ${item[1]?.trim()}`)
    else if (line.trim() === '') parts.push('')
    else if (last === undefined || last === '') parts.push(line.trim())
    else parts[parts.length - 1] = `${last} ${line.trim()}`
  }
  return parts
    .filter((part, at) => part !== '' || (parts[at - 1] ?? '') !== '')
    .join('\n')
    .trim()
}
