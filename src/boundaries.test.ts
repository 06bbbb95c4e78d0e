import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'

/** Which rooms a room may import besides itself, and which packages belong to it alone. */
const ROOMS = {
  model: { rooms: [], packages: ['zod'] },
  playbook: {
    rooms: ['model'],
    packages: [
      'zod',
      'yaml',
      'unified',
      'unist-util-visit',
      'mdast',
      'unist',
      'mdast-util-to-string',
      '@marcbachmann/cel-js',
      '@noble/hashes',
    ],
  },
  engine: { rooms: ['model'], packages: [] },
  usage: { rooms: ['model'], packages: ['@duckdb/node-api', 'yaml', 'zod'] },
  store: { rooms: ['model'], packages: ['kysely', 'pg', 'pg-boss', 'zod'] },
  app: { rooms: ['model', 'playbook', 'engine', 'usage', 'store'], packages: 'any' },
  api: { rooms: ['model', 'app'], packages: 'any' },
  cli: { rooms: ['model', 'app', 'api'], packages: 'any' },
  web: { rooms: ['model'], packages: 'any' },
} as const satisfies Record<string, { rooms: readonly string[]; packages: readonly string[] | 'any' }>
type Room = keyof typeof ROOMS

/** Packages that live in one room only, so that `any` does not mean these. */
const OWNED: Readonly<Record<string, readonly Room[]>> = {
  '@duckdb/node-api': ['usage'],
  kysely: ['store'],
  pg: ['store'],
  'pg-boss': ['store'],
  react: ['web'],
  '@marcbachmann/cel-js': ['playbook'],
}
const PURE: readonly Room[] = ['model', 'playbook', 'engine']
const IMPURE_WORDS = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bfetch\(/

const isTest = (file: string) => /\.(test|arb)\.tsx?$/.test(file)
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => /\.tsx?$/.test(file) && !isTest(file))
    .map(file => join(folder, file))

/** Import specifiers of a file; comments and strings elsewhere do not start a line with these words. */
const importsOf = (text: string) =>
  [
    ...text.matchAll(
      /^\s*(?:import|export)\b[^'"]*?from\s+['"]([^'"]+)['"]|^\s*import\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm,
    ),
  ].map(match => match[1] ?? match[2] ?? match[3] ?? '')

const packageOf = (specifier: string) => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
const isPart = (name: string, allowed: readonly string[]) =>
  allowed.some(each => name === each || name.startsWith('remark-') || name.startsWith('micromark') || name.startsWith('mdast-util-'))

function faultsOf(room: Room, file: string): string[] {
  const { rooms, packages } = ROOMS[room]
  const text = readFileSync(file, 'utf8')
  const faults: string[] = []
  for (const specifier of importsOf(text)) {
    if (specifier.startsWith('.')) {
      const target = normalize(join(dirname(file), specifier)).split('/')[1]
      if (target !== room && !(rooms as readonly string[]).includes(target ?? '')) faults.push(`${file} imports ${specifier}`)
    } else {
      const name = packageOf(specifier)
      const owners = OWNED[name]
      if (PURE.includes(room) && name.startsWith('node:')) faults.push(`${file} imports ${name}`)
      else if (owners && !owners.includes(room)) faults.push(`${file} imports ${name}, which belongs to ${owners.join(', ')}`)
      else if (packages !== 'any' && !name.startsWith('node:') && !isPart(name, packages)) faults.push(`${file} imports ${name}`)
    }
  }
  if (PURE.includes(room) && IMPURE_WORDS.test(text)) faults.push(`${file} knows a clock, chance, the process or the network`)
  return faults
}

test.each(Object.keys(ROOMS) as Room[])('%s imports only its rooms and packages', room => {
  const faults = filesIn(join('src', room)).flatMap(file => faultsOf(room, file))
  expect(faults).toEqual([])
})
