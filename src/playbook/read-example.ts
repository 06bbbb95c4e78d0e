import { z } from 'zod'
import { ITEM_STATES } from '../model/choices.ts'
import { FactSheet } from '../model/facts.ts'
import type { Diagnostic } from '../model/playbook.ts'
import { SERVICES } from '../model/services.ts'
import { Day } from '../model/words.ts'
import { checkServices } from './read-facts.ts'
import { faultsInto, parseYaml, readYaml } from './yaml/read-yaml.ts'

/** What an example says the plan must be; only what is named is compared. */
export const Expectations = z.strictObject({
  /** Item id → state. */
  items: z.record(z.string(), z.enum(ITEM_STATES)).optional(),
  gates: z.record(z.string(), z.enum(['met', 'not-met', 'unknown'])).optional(),
  processes: z.record(z.string(), z.enum(['closed', 'open', 'finished', 'unknown'])).optional(),
  transitions: z.record(z.string(), z.enum(['available', 'blocked', 'unknown', 'taken'])).optional(),
  proposals: z.record(z.string(), z.enum(['open', 'decided', 'unknown'])).optional(),
  overall: z.enum(['open', 'completable', 'complete']).optional(),
  checks: z.record(z.string(), z.enum(['met', 'not-met', 'unknown', 'not-applicable'])).optional(),
  /** Codes of warnings, any order. */
  warnings: z.array(z.string()).optional(),
})
export type Expectations = z.infer<typeof Expectations>

export const ExampleSchema = z.strictObject({
  name: z.string().min(1),
  /** What the example shows, for the reader. */
  about: z.string().optional(),
  date: Day,
  facts: FactSheet,
  expect: Expectations,
})
/** An example customer; `line` is where it begins. */
export type Example = z.infer<typeof ExampleSchema> & { file: string; line: number }

/** Example customers of a file: one or more YAML documents. One with a fault is left out and reported. */
export function readExample(
  text: string,
  file: string,
  services: ReadonlySet<string> = new Set(SERVICES.map(each => each.id)),
): { examples: Example[]; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = []
  const fault = faultsInto(diagnostics, 'example')
  const examples = readYaml(text, file, fault).flatMap((source): Example[] => {
    const example = source && parseYaml(source, ExampleSchema, fault)
    if (!source || !example) return []
    checkServices(example.facts, source, ['facts'], services, fault)
    return [{ ...example, file, line: source.placeOf([]).line }]
  })
  return { examples, diagnostics }
}
