import type { Heading, Nodes, Parents } from 'mdast'
import { toString as textOf } from 'mdast-util-to-string'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { visible } from '../text.ts'

/** A heading and where its body lies: lines are zero-based, `to` is exclusive. */
export type Section = { depth: number; title: string; line: number; column: number; from: number; to: number }
export type PageLink = { text: string; href: string; line: number; column: number }
/** A list item without the items below it. */
export type ListItem = { line: number; to: number; text: string }
export type Outline = {
  sections: Section[]
  links: PageLink[]
  items: ListItem[]
  paragraphs: ListItem[]
  code: { from: number; to: number }[]
}

/** GFM is left out on purpose: real task tables are too broken for it, so tables are read by line, and without it this is faster. */
const parser = unified().use(remarkParse)

/** One parse and one walk; everything else works with lines. */
export function outline(text: string, lineCount: number): Outline {
  const found: Outline = { sections: [], links: [], items: [], paragraphs: [], code: [] }
  walk(parser.parse(text), text, found, false)
  found.sections.sort((a, b) => a.line - b.line)
  for (const [at, section] of found.sections.entries()) section.to = found.sections[at + 1]?.line ?? lineCount
  return found
}

function walk(node: Nodes, source: string, found: Outline, isQuoted: boolean): void {
  const start = node.position?.start
  const end = node.position?.end
  if (!start || !end) return
  switch (node.type) {
    case 'heading':
      if (!isQuoted) found.sections.push({ ...heading(node), line: start.line - 1, column: start.column, from: end.line, to: end.line })
      break
    case 'code':
    case 'html':
      found.code.push({ from: start.line - 1, to: end.line })
      return
    case 'link':
      found.links.push({ text: visible(textOf(node)).trim(), href: node.url, line: start.line, column: start.column })
      return
    case 'listItem': {
      const heading = node.children.findIndex(each => each.type === 'heading')
      const own = node.children.slice(0, heading < 0 ? undefined : heading).filter(each => each.type !== 'list')
      const last = own.at(-1)?.position
      const text = own.map(each => source.slice(each.position?.start.offset, each.position?.end.offset)).join('\n\n')
      if (text.trim() !== '') found.items.push({ line: start.line, to: last?.end.line ?? start.line, text: unindent(text) })
      break
    }
    case 'paragraph':
      if (!isQuoted) found.paragraphs.push({ line: start.line, to: end.line, text: source.slice(start.offset, end.offset) })
      break
  }
  if ('children' in node) for (const child of (node as Parents).children) walk(child, source, found, isQuoted || node.type === 'blockquote')
}

/** `## ##概要` and `### 2.  [Title](…):` are both seen. */
function heading(node: Heading): { depth: number; title: string } {
  const title = visible(textOf(node))
    .replace(/^#+\s*/, '')
    .replace(/\s+/g, ' ')
  return { depth: node.depth, title: title.replace(/[:：]\s*$/, '').trim() }
}

const unindent = (text: string): string => text.replace(/\n[ \t]+/g, '\n')
