import { z } from 'zod'

const text = z.record(z.string(), z.string())
const rule = z.string().min(1)
/** Ids become parts of item ids (`process/step/task@service`), so the separators are not for them. */
const id = z.string().regex(/^[^\s/@]+$/, 'an id without spaces, "/" and "@"')
const threshold = (unit: 'percent' | 'days') =>
  z.union([z.number().min(0), z.strictObject({ value: z.number().min(0), unit: z.literal(unit).optional() })], {
    error: `a number of ${unit}, or { value, unit: ${unit} }`,
  })

const stepRules = { when: rule.optional(), unless: rule.optional(), needs: rule.optional(), done: rule.optional(), due: rule.optional() }

const check = z.strictObject({
  id,
  /** Row of the mission the line stands for. */
  row: z.string().optional(),
  /** The nth list item of the section, counted depth first from 1. */
  line: z.int().min(1).optional(),
  when: rule.optional(),
  /** Without a rule a person confirms the line. */
  rule: rule.optional(),
  text: text.optional(),
})
export type CheckEntry = z.infer<typeof check>

const process = z.strictObject({
  phase: z.string().optional(),
  pages: z.record(z.string(), z.string()).optional(),
  opens: rule.optional(),
  done: rule.optional(),
  steps: z
    .record(
      z.string().regex(/^\d+$/, 'the number of a step, counted from 1'),
      z.strictObject({
        id: id.optional(),
        ...stepRules,
        guidance: z.boolean().optional(),
        uncategorised: z.boolean().optional(),
      }),
    )
    .optional(),
  tasks: z.record(z.string(), z.strictObject(stepRules)).optional(),
  checks: z.strictObject({ inputs: z.array(check).optional(), outputs: z.array(check).optional() }).optional(),
})

/** `playbook.yaml`. */
export const ManifestSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'lower-case letters, digits and dashes'),
  version: z.string().min(1),
  sourceLocale: z.string().min(2).optional(),
  phases: z.array(z.strictObject({ id, name: text })).default([]),
  thresholds: z
    .strictObject({
      activeUsagePercent: threshold('percent').optional(),
      usageMaxAgeDays: threshold('days').optional(),
      metricMaxAgeDays: threshold('days').optional(),
      acceleratorAfterDays: threshold('days').optional(),
    })
    .default({}),
  services: z
    .array(
      z.strictObject({
        id: z.string().min(1),
        name: text,
        aliases: z.array(z.string()).default([]),
        family: z.enum(['modern-communications', 'collaboration', 'productivity', 'mail', 'security', 'platform']).nullable().default(null),
        countsUsage: z.boolean().default(true),
      }),
    )
    .default([]),
  roles: z.array(z.strictObject({ id: z.string().min(1), name: text, aliases: z.array(z.string()).default([]) })).default([]),
  processes: z.record(id, process).default({}),
  gates: z.record(id, z.strictObject({ name: text, rule })).default({}),
  proposals: z
    .array(
      z.strictObject({
        id: z.string().min(1),
        title: text,
        services: z.union([z.literal('all'), z.array(z.string())], { error: 'all, or a list of service ids' }).optional(),
        when: rule,
        decided: rule,
      }),
    )
    .default([]),
  transitions: z.array(z.strictObject({ from: z.string().min(1), to: z.string().min(1), name: text, when: rule })).default([]),
  overall: z.strictObject({ process: z.string().min(1), task: z.string().min(1) }).optional(),
})
export type Manifest = z.infer<typeof ManifestSchema>
export type ProcessEntry = z.infer<typeof process>

export const thresholdValue = (given: number | { value: number } | undefined): number | undefined =>
  typeof given === 'object' ? given.value : given
