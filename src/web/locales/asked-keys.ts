import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** For tests: what the portal's files may say, and with which texts they come. */

export type Source = Readonly<{ imports: readonly string[]; brings: readonly Bringing[]; asks: readonly string[] }>
type Bringing = Readonly<{ file: string; parts: readonly string[] }>

/** Every file of the portal by its path: what it imports, what it brings later and with which texts, and the keys it may ask for. */
export function readSources(folder: string, keys: readonly string[]): ReadonlyMap<string, Source> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    path => /\.tsx?$/.test(path) && !path.endsWith('.test.ts') && !path.startsWith('locales/'),
  )
  return new Map(paths.map(path => [path, read(path, readFileSync(join(folder, path), 'utf8'), keys)]))
}

const STATIC = /^(?:import|export)\s(?!type\b)[^'"]*?'(\.[^']+)'/gm
const DYNAMIC = /\bimport\('(\.[^']+)'\)/g
const WITH_TEXTS = /\bwithTexts\(\s*import\('(\.[^']+)'\)((?:,\s*'[\w-]+')+)/g
/** A text's key, whole or up to its first blank: 'admin.title', `admin.section.${id}`. */
const KEY = /['"`]((?:[\w-]+\.)+[\w-]*)(?=['"`$])/g

function read(path: string, code: string, keys: readonly string[]): Source {
  const partsWith = new Map([...code.matchAll(WITH_TEXTS)].map(([, file = '', parts = '']) => [file, parts.match(/[\w-]+/g) ?? []]))
  const asked = [...code.matchAll(KEY)].map(([, key = '']) => key)
  const inFolder = (file: string) => join(dirname(path), file)
  return {
    imports: [...code.matchAll(STATIC)].map(([, file = '']) => inFolder(file)),
    brings: [...code.matchAll(DYNAMIC)].map(([, file = '']) => ({ file: inFolder(file), parts: partsWith.get(file) ?? [] })),
    asks: keys.filter(each => asked.some(key => (key.endsWith('.') ? each.startsWith(key) : each === key))),
  }
}

/** The files that come at once with one of them. */
export function chunkOf(root: string, sources: ReadonlyMap<string, Source>): ReadonlySet<string> {
  const found = new Set([root])
  for (const path of found) for (const each of sources.get(path)?.imports ?? []) if (sources.has(each)) found.add(each)
  return found
}

/** What is surely loaded when a file runs that is brought later: what comes with it, and what those who bring it have all got. */
export function partsBefore(root: string, sources: ReadonlyMap<string, Source>, start: string): ReadonlySet<string> {
  if (root === start) return new Set(['first'])
  const roots = [start, ...new Set([...sources.values()].flatMap(source => source.brings.map(each => each.file)))]
  const ways = roots.flatMap(from =>
    [...chunkOf(from, sources)].flatMap(path =>
      (sources.get(path)?.brings ?? [])
        .filter(each => each.file === root)
        .map(each => new Set([...each.parts, ...partsBefore(from, sources, start)])),
    ),
  )
  const [first = new Set<string>(), ...others] = ways
  return new Set([...first].filter(part => others.every(way => way.has(part))))
}
