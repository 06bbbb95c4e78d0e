import { isMap, isScalar, LineCounter, parseDocument } from 'yaml'
import type { Report } from '../checks/catalogue.ts'
import { visible } from '../text.ts'

/**
 * Keys and values of the front matter, all as text. What YAML cannot read is a diagnostic, and the other lines are still
 * read one by one: pages in the field have keys without a colon.
 */
export function readFrontMatter(lines: readonly string[], firstLine: number, file: string, report: Report): Record<string, string> {
  const counter = new LineCounter()
  const meta: Record<string, string> = {}
  const document = parseDocument(lines.join('\n'), { schema: 'failsafe', lineCounter: counter, prettyErrors: false, strict: false })
  const [error] = document.errors
  if (!error && isMap(document.contents)) {
    for (const { key, value } of document.contents.items) {
      if (isScalar(key) && isScalar(value)) put(meta, String(key.value), String(value.value))
    }
    return meta
  }
  if (!error && document.contents === null) return meta
  const { line, col } = counter.linePos(error?.pos[0] ?? 0)
  report(
    'page/front-matter',
    { file, line: firstLine + line - 1, column: col },
    'Unexpected text in the front matter, expected "key: value"',
  )
  for (const each of lines) {
    const [, key, value] = /^\s*([\w.-]+)\s*:\s*(.*?)\s*$/.exec(each) ?? []
    if (key !== undefined && value !== undefined) put(meta, key, value)
  }
  return meta
}

function put(meta: Record<string, string>, key: string, value: string): void {
  // A key such as __proto__ must become an own property and nothing else.
  Object.defineProperty(meta, key, { value: visible(value).trim(), enumerable: true, writable: true, configurable: true })
}
