import type { Checks } from './check.ts'

export const LINK_CHECKS = {
  'link/wrapped': { severity: 'warning', about: 'The address leads through a tracking service; the address inside is used.', examples: [] },
  'link/unresolved': { severity: 'warning', about: 'A relative link leads to a page that is not part of the playbook.', examples: [] },
} as const satisfies Checks
