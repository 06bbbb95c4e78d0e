import type { Checks } from './check.ts'

export const TASK_CHECKS = {
  'task/unreadable': { severity: 'error', about: 'A row of a task table has no task id where one belongs.', examples: [] },
  'task/repaired': {
    severity: 'warning',
    about: 'A row has a bar too few or too many, or lies over two lines; it was read by what its cells hold.',
    examples: [],
  },
  'task/twice': { severity: 'warning', about: 'A task has two rows in one step; the first counts.', examples: [] },
  'task/mandatory': { severity: 'warning', about: 'The letter is none of those that the heading of the column explains.', examples: [] },
  'task/role': { severity: 'warning', about: 'The role of a task is not known.', examples: [] },
  'task/service': { severity: 'warning', about: 'A service of a task is not known.', examples: [] },
  'task/no-name': { severity: 'warning', about: 'A task has no name; its id is shown instead.', examples: [] },
} as const satisfies Checks
