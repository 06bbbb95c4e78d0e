import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const Names = z.record(z.string(), z.string()).optional()
const Entry = z.object({
  version: z.string().optional(),
  license: z.string().optional(),
  dependencies: Names,
  optionalDependencies: Names,
  peerDependencies: Names,
  peerDependenciesMeta: z.record(z.string(), z.object({ optional: z.boolean().optional() })).optional(),
})
export type Entry = z.infer<typeof Entry>

/** The packages of package-lock.json by their path; the project itself has the path ''. */
export type Lock = ReadonlyMap<string, Entry>

export function readLock(root: string): Lock {
  const schema = z.object({ packages: z.record(z.string(), Entry) })
  return new Map(Object.entries(schema.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))).packages))
}

/** `node_modules/a/node_modules/@b/c` is `@b/c`. */
export const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)

/**
 * Paths of the packages that people run: those the server needs, and those the portal is built from, which are needed for development only
 * and yet reach every browser. npm's own marks say less: to them a test tool that some package can make use of is no development.
 */
export function shippedPaths(lock: Lock, builtIn: readonly string[]): ReadonlySet<string> {
  const shipped = new Set<string>()
  const waiting = [...neededBy(lock, ''), ...builtIn.map(name => find(lock, '', name)).filter(each => each !== undefined)]
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (shipped.has(path)) continue
    shipped.add(path)
    waiting.push(...neededBy(lock, path))
  }
  return shipped
}

function neededBy(lock: Lock, path: string): readonly string[] {
  const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } = lock.get(path) ?? {}
  const peers = Object.keys(peerDependencies ?? {}).filter(name => !peerDependenciesMeta?.[name]?.optional)
  const names = [...Object.keys({ ...dependencies, ...optionalDependencies }), ...peers]
  return names.map(name => find(lock, path, name)).filter(each => each !== undefined)
}

/** As Node looks for it: beside, then further up. */
function find(lock: Lock, from: string, name: string): string | undefined {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const path = `${at}${at && '/'}node_modules/${name}`
    if (lock.has(path)) return path
    if (at === '') return undefined
  }
}

/** Packages that the portal's sources import, tests left out. */
export function portalPackages(root: string): readonly string[] {
  const folder = join(root, 'src/web')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    name => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name),
  )
  const specifiers = files.flatMap(name => [
    ...readFileSync(join(folder, name), 'utf8').matchAll(/\bfrom '([^.'][^']*)'|\bimport\('([^.'][^']*)'\)|^import '([^.'][^']*)'/gm),
  ])
  const names = specifiers.map(match => match[1] ?? match[2] ?? match[3] ?? '').map(packageOf)
  return [...new Set(names)].toSorted()
}

const packageOf = (specifier: string) => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
