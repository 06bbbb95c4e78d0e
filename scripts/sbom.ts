// Writes dist/sbom.cdx.json: what is shipped, as CycloneDX. `npm run sbom`, for every release.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type Lock, nameOf, portalPackages, readLock, shippedPaths } from './supply/lock.ts'
import { npm } from './supply/npm.ts'

const Component = z.looseObject({ 'bom-ref': z.string(), name: z.string(), version: z.string(), purl: z.string() })
const Sbom = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  serialNumber: z.string(),
  metadata: z.looseObject({ timestamp: z.string(), component: Component }),
  components: z.array(Component),
  dependencies: z.array(z.looseObject({ ref: z.string(), dependsOn: z.array(z.string()).optional() })),
})
export type Sbom = z.infer<typeof Sbom>

/**
 * The packages of every platform, read from package-lock.json, so that the same lock gives the same list wherever it is made, apart from
 * serial number and time. npm's own `--omit dev` would leave out what the portal is built from.
 */
export async function makeSbom(root: string): Promise<Sbom> {
  const { code, stdout, stderr } = await npm(root, ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'])
  if (code !== 0) throw new Error(`npm sbom failed: ${stderr}`)
  const whole = Sbom.parse(JSON.parse(stdout))
  const lock = readLock(root)
  const refs = shippedRefs(lock, shippedPaths(lock, portalPackages(root)))
  const own = whole.metadata.component
  const kept = new Set([...refs, own['bom-ref']])
  return {
    ...whole,
    // npm takes the folder's name, which is another one on every machine.
    metadata: { ...whole.metadata, component: { ...own, name: ownName(root) } },
    components: whole.components.filter(each => kept.has(each['bom-ref'])),
    dependencies: whole.dependencies
      .filter(each => kept.has(each.ref))
      .map(each => ({ ...each, dependsOn: (each.dependsOn ?? []).filter(ref => kept.has(ref)) })),
  }
}

/** As npm names them: `@scope/name@1.0.0`. */
export const shippedRefs = (lock: Lock, paths: ReadonlySet<string>): ReadonlySet<string> =>
  new Set([...paths].map(path => `${nameOf(path)}@${lock.get(path)?.version ?? ''}`))

const ownName = (root: string): string => (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { name: string }).name

if (import.meta.main) {
  const root = join(import.meta.dirname, '..')
  const sbom = await makeSbom(root)
  mkdirSync(join(root, 'dist'), { recursive: true })
  writeFileSync(join(root, 'dist/sbom.cdx.json'), `${JSON.stringify(sbom, null, 2)}\n`)
  console.log(`dist/sbom.cdx.json: ${sbom.components.length} packages`)
}
