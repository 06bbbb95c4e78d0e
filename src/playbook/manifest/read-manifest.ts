import type { Report } from '../checks/catalogue.ts'
import { parseYaml, readYaml, type YamlFaults, type YamlSource } from '../yaml/read-yaml.ts'
import { type Manifest, ManifestSchema } from './manifest-schema.ts'

/** The manifest, or null when it has faults; `source` tells where each of its values stands. */
export type ReadManifest = { manifest: Manifest; source: YamlSource; file: string }

export function readManifest(text: string, file: string, report: Report): ReadManifest | null {
  const fault: YamlFaults = (kind, place, message, help) => report(`manifest/${kind}`, place, message, help)
  const [source] = readYaml(text, file, fault)
  if (!source) {
    if (source === undefined)
      fault('syntax', { file, line: 1, column: 1 }, 'Unexpected empty file, expected id, version and processes', null)
    return null
  }
  const manifest = parseYaml(source, ManifestSchema, fault)
  return manifest && { manifest, source, file }
}
