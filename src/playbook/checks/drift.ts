import type { Checks } from './check.ts'

export const DRIFT_CHECKS = {
  'drift/step': { severity: 'error', about: 'A translation has a step more or less.', examples: [] },
  'drift/task': { severity: 'error', about: 'A translation has a task more or less, or says something else about it.', examples: [] },
  'drift/label': { severity: 'error', about: 'Role, services or initiatives of a step differ in a translation.', examples: [] },
  'drift/rule': { severity: 'error', about: 'A translation has a rule that the source page does not have.', examples: [] },
  'drift/phase': { severity: 'error', about: 'A translation names another phase.', examples: [] },
} as const satisfies Checks
