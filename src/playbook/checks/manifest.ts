import type { Checks } from './check.ts'

export const MANIFEST_CHECKS = {
  'manifest/syntax': { severity: 'error', about: 'The manifest is not YAML.', examples: [] },
  'manifest/unknown-key': { severity: 'error', about: 'The manifest has no such key.', examples: [] },
  'manifest/wrong-type': { severity: 'error', about: 'The value is of the wrong kind.', examples: [] },
  'manifest/unknown-step': { severity: 'error', about: 'The page has no step of that number.', examples: [] },
  'manifest/unknown-task': { severity: 'error', about: 'The page has no task of that id.', examples: [] },
  'manifest/unknown-line': { severity: 'error', about: 'The checklist has no line of that number.', examples: [] },
  'manifest/unknown-reference': { severity: 'error', about: 'A process, task or service that does not exist.', examples: [] },
  'manifest/gate-cycle': { severity: 'error', about: 'A gate that leans on itself has no answer.', examples: [] },
  'manifest/no-page': { severity: 'warning', about: 'None of the pages belongs to this process of the manifest.', examples: [] },
} as const satisfies Checks
