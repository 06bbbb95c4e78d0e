import { FactSheet } from '../model/facts.ts'
import type { Diagnostic } from '../model/playbook.ts'
import { SERVICES } from '../model/services.ts'
import { didYouMean } from './nearest.ts'
import { faultsInto, type Path, parseYaml, readYaml, type YamlFaults, type YamlSource } from './yaml/read-yaml.ts'

export type ReadFacts = { sheet: FactSheet | null; diagnostics: Diagnostic[] }

const BUILT_IN: ReadonlySet<string> = new Set(SERVICES.map(each => each.id))

/**
 * A facts file, YAML or JSON. A fault (unknown key, wrong type, unknown service) has line, column and nearest valid name and
 * leaves no sheet. `services` are the ids that may occur; by default those Impulso knows by itself.
 */
export function readFacts(text: string, file: string, services: ReadonlySet<string> = BUILT_IN): ReadFacts {
  const diagnostics: Diagnostic[] = []
  const fault = faultsInto(diagnostics, 'facts')
  const [source, second] = readYaml(text, file, fault)
  if (source === undefined) fault('syntax', { file, line: 1, column: 1 }, 'Unexpected empty file, expected the facts of a customer', null)
  if (second !== undefined)
    fault('syntax', { file, line: 1, column: 1 }, 'Unexpected second document, expected one customer per file', null)
  const sheet = source ? parseYaml(source, FactSheet, fault) : null
  if (source && sheet) checkServices(sheet, source, [], services, fault)
  return { sheet: diagnostics.length === 0 ? sheet : null, diagnostics }
}

/** Every service named in a sheet must be one; `base` is where the sheet stands in its document. */
export function checkServices(sheet: FactSheet, source: YamlSource, base: Path, services: ReadonlySet<string>, fault: YamlFaults): void {
  const named: { service: string; path: Path; isKey: boolean }[] = [
    ...Object.keys(sheet.services).map(service => ({ service, path: ['services', service], isKey: true })),
    ...Object.keys(sheet.accelerators).map(service => ({ service, path: ['accelerators', service], isKey: true })),
    ...sheet.tasks.flatMap(({ service }, at) => (service === null ? [] : [{ service, path: ['tasks', at, 'service'], isKey: false }])),
    ...sheet.steps.flatMap(({ service }, at) => (service === null ? [] : [{ service, path: ['steps', at, 'service'], isKey: false }])),
  ]
  for (const { service, path, isKey } of named) {
    if (services.has(service)) continue
    const place = isKey ? source.keyPlaceOf([...base, ...path]) : source.placeOf([...base, ...path])
    fault(
      'unknown-key',
      place,
      `Unexpected service "${service}"`,
      didYouMean(service, services) ?? `known here: ${[...services].join(', ')}`,
    )
  }
}
