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
  forecast: { rooms: ['model'], packages: [] },
  calendar: { rooms: ['model'], packages: ['ical-generator', 'rrule-temporal', 'temporal-polyfill'] },
  deck: { rooms: ['model', 'engine'], packages: ['pptxgenjs', 'jszip', 'pdfkit'] },
  graph: { rooms: ['model'], packages: ['zod', 'jose', 'undici'] },
  store: { rooms: ['model'], packages: ['kysely', 'pg', 'pg-boss', 'zod'] },
  app: { rooms: ['model', 'playbook', 'engine', 'usage', 'forecast', 'calendar', 'graph', 'deck', 'store'], packages: 'any' },
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
  pptxgenjs: ['deck'],
  pdfkit: ['deck'],
  '@marcbachmann/cel-js': ['playbook'],
}
const PURE: readonly Room[] = ['model', 'playbook', 'engine', 'forecast', 'calendar']
/** May read its typefaces and work with bytes, and still makes the same of the same. */
const CLOCKLESS: readonly Room[] = [...PURE, 'deck']
const IMPURE_WORDS = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bfetch\(/

const isTest = (file: string) => /\.(test|arb)\.tsx?$/.test(file)
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => /\.tsx?$/.test(file) && !isTest(file))
    .map(file => join(folder, file))

/** Plays Microsoft Graph for tests and by hand: no part of the product, though it lives beside what it is for. */
const SIMULATOR = join('src', 'graph', 'simulator')
const ofSimulator = (path: string) => path.startsWith(`${SIMULATOR}/`)
const SIMULATOR_MAY_IMPORT = ['src/model/', 'src/app/demo/', 'src/usage/fixtures.ts']
const targetOf = (file: string, specifier: string) => normalize(join(dirname(file), specifier))

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
  if (CLOCKLESS.includes(room) && IMPURE_WORDS.test(text)) faults.push(`${file} knows a clock, chance, the process or the network`)
  return faults
}

test.each(Object.keys(ROOMS) as Room[])('%s imports only its rooms and packages', room => {
  const faults = filesIn(join('src', room))
    .filter(file => !ofSimulator(file))
    .flatMap(file => faultsOf(room, file))
  expect(faults).toEqual([])
})

test('the Graph simulator knows the words, the demo and invented reports, and nothing of what it is there to test', () => {
  const faults = filesIn(SIMULATOR).flatMap(file =>
    importsOf(readFileSync(file, 'utf8'))
      .filter(specifier =>
        specifier.startsWith('.')
          ? ![`${SIMULATOR}/`, ...SIMULATOR_MAY_IMPORT].some(allowed => targetOf(file, specifier).startsWith(allowed))
          : !specifier.startsWith('node:') && specifier !== 'jose',
      )
      .map(specifier => `${file} imports ${specifier}`),
  )
  expect(faults).toEqual([])
})

test('nothing but tests imports the Graph simulator', () => {
  const isForTests = (file: string) => /(^|[-/])testing(-[a-z]+)*\.ts$/.test(file)
  const faults = filesIn('src')
    .filter(file => !ofSimulator(file) && !isForTests(file))
    .flatMap(file => importsOf(readFileSync(file, 'utf8')).filter(name => name.startsWith('.') && ofSimulator(targetOf(file, name))))
  expect(faults).toEqual([])
})
