import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments } from 'yaml'
import type { z } from 'zod'
import type { Diagnostic } from '../../model/playbook.ts'
import type { Place } from '../../model/words.ts'
import { didYouMean } from '../nearest.ts'
import { keysAt } from './schema-keys.ts'

export type Path = readonly (string | number)[]
export type YamlFaults = (kind: 'syntax' | 'unknown-key' | 'wrong-type', place: Place, message: string, help: string | null) => void

/** A YAML (or JSON) document whose values know where they stand. */
export type YamlSource = {
  document: Document.Parsed
  value: unknown
  /** Where the value at a path stands, or the nearest one above it. */
  placeOf: (path: Path) => Place
  /** Where its key stands. */
  keyPlaceOf: (path: Path) => Place
  /** Where the first character of a text value stands, behind its quote or block mark. */
  textPlaceOf: (path: Path) => Place
}

const LONGEST_FILE = 2_000_000

/** Documents of a YAML file; null where one has a syntax fault, which is reported. Never throws. */
export function readYaml(text: string, file: string, fault: YamlFaults): (YamlSource | null)[] {
  const counter = new LineCounter()
  const place = (offset: number): Place => {
    const { line, col } = counter.linePos(offset)
    return { file, line: Math.max(1, line), column: Math.max(1, col) }
  }
  const source = text.slice(0, LONGEST_FILE).replace(/^\ufeff/, '')
  const documents = parse(source, counter)
  if (documents === null) {
    fault('syntax', { file, line: 1, column: 1 }, 'Unexpected text, expected YAML', null)
    return [null]
  }
  return documents.map(document => {
    const [error] = document.errors
    const value = error ? undefined : toValue(document)
    if (error || value === UNREADABLE) {
      fault('syntax', place(error?.pos[0] ?? 0), `Unexpected YAML: ${error?.message ?? 'too many aliases'}`, null)
      return null
    }
    const nodeAt = (path: Path) => nodeOf(document, path)
    const placeOf = (path: Path): Place => {
      for (let length = path.length; length > 0; length--) {
        const range = nodeAt(path.slice(0, length))?.range
        if (range) return place(range[0])
      }
      return place(document.contents?.range[0] ?? 0)
    }
    const textPlaceOf = (path: Path): Place => {
      const at = placeOf(path)
      const node = nodeAt(path)
      if (!isScalar(node)) return at
      if (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED') return { ...at, line: at.line + 1, column: 1 }
      return node.type === 'PLAIN' ? at : { ...at, column: at.column + 1 }
    }
    return { document, value, placeOf, keyPlaceOf: path => place(keyOffset(nodeAt(path.slice(0, -1)), path.at(-1)) ?? 0), textPlaceOf }
  })
}

const UNREADABLE = Symbol('unreadable')

function parse(source: string, counter: LineCounter): Document.Parsed[] | null {
  try {
    const parsed = parseAllDocuments(source, { lineCounter: counter, prettyErrors: false })
    return Array.isArray(parsed) ? parsed : []
  } catch {
    // Nesting beyond the parser's stack is the only way here; the caller reports it.
    return null
  }
}

function toValue(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch {
    return UNREADABLE
  }
}

function nodeOf(document: Document.Parsed, path: Path): Node | null {
  let node: unknown = document.contents
  for (const key of path) {
    if (isMap(node)) node = node.items.find(each => keyOf(each.key) === String(key))?.value
    else if (isSeq(node)) node = node.items[Number(key)]
    else return null
  }
  // Nodes of a parsed document; null stands for an empty value.
  return (node ?? null) as Node | null
}

const keyOf = (key: unknown): string => (isScalar(key) ? String(key.value) : '')

function keyOffset(map: Node | null, key: string | number | undefined): number | null {
  if (!isMap(map)) return map?.range?.[0] ?? null
  const found = map.items.find(each => keyOf(each.key) === String(key))?.key
  return isScalar(found) ? (found.range?.[0] ?? null) : null
}

/** Checks a document against a schema; each fault has the place of the key or value and the nearest valid name. */
export function parseYaml<S extends z.ZodType>(source: YamlSource, schema: S, fault: YamlFaults, base: Path = []): z.infer<S> | null {
  let value = source.value
  for (const key of base) value = (value as Record<string, unknown> | null)?.[key]
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  for (const issue of parsed.error.issues) {
    const path = [...base, ...issue.path.filter(each => typeof each !== 'symbol')] as Path
    if (issue.code === 'unrecognized_keys') {
      const valid = keysAt(schema, path.slice(base.length))
      for (const key of issue.keys) {
        const help = didYouMean(key, valid) ?? (valid.length > 0 ? `known here: ${valid.join(', ')}` : null)
        fault('unknown-key', source.keyPlaceOf([...path, key]), `Unexpected key "${key}"${inPath(path)}`, help)
      }
    } else
      fault(
        'wrong-type',
        source.placeOf(path),
        `Unexpected value of ${path.join('.') || 'the document'}: ${issue.message}`,
        helpFor(issue, source, path),
      )
  }
  return null
}

const inPath = (path: Path) => (path.length > 0 ? ` in ${path.join('.')}` : '')

function helpFor(issue: z.core.$ZodIssue, source: YamlSource, path: Path): string | null {
  const given = nodeOf(source.document, path)
  const value = isScalar(given) ? given.value : undefined
  if (issue.code === 'invalid_value' && typeof value === 'string') return didYouMean(value, issue.values.map(String))
  if (issue.code === 'invalid_type' && issue.expected === 'string' && typeof value === 'number') return `write it in quotes: "${value}"`
  return null
}

/** For callers that only collect. */
export const faultsInto =
  (diagnostics: Diagnostic[], prefix: string): YamlFaults =>
  (kind, { file, line, column }, message, help) => {
    diagnostics.push({ code: `${prefix}/${kind}`, severity: 'error', message, file, line, column, help })
  }
