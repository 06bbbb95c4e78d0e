import { DeckExtras } from '../model/deck.ts'
import type { Diagnostic } from '../model/playbook.ts'
import { faultsInto, parseYaml, readYaml } from './yaml/read-yaml.ts'

/** What stands on a deck beside the facts, YAML or JSON. A fault has line, column and nearest valid name, and leaves nothing. */
export function readDeckExtras(text: string, file: string): { extras: DeckExtras | null; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = []
  const fault = faultsInto(diagnostics, 'facts')
  const [source, second] = readYaml(text, file, fault)
  if (second !== undefined) fault('syntax', { file, line: 1, column: 1 }, 'Unexpected second document, expected one per file', null)
  const extras = source ? parseYaml(source, DeckExtras, fault) : {}
  return { extras: diagnostics.length === 0 ? extras : null, diagnostics }
}
