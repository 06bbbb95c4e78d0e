import type { Checks } from './check.ts'
import { page, ROW, STEP, TABLE } from './sample.ts'

export const TASK_CHECKS = {
  'task/unreadable': {
    severity: 'error',
    about: 'A row of a task table has no task id where one belongs.',
    examples: [
      {
        name: 'a row without an id',
        pages: page(`${STEP + TABLE}| later | Call | M | FastTrack Manager | Teams |\n`),
        says: [
          '16:1 task/unreadable Unexpected row "later | Call | M | FastTrack Manager | Teams", expected one that begins with a task id',
        ],
      },
    ],
  },
  'task/repaired': {
    severity: 'warning',
    about: 'A row has a bar too few or too many, or lies over two lines; it was read by what its cells hold.',
    examples: [
      {
        name: 'two rows on one line',
        pages: page(`${STEP + TABLE}| 11 | Call | M | FastTrack Manager | Teams || 12 | Write | O | FastTrack Manager | Teams |\n`),
        says: [
          '16:1 task/repaired Unexpected row: task 11 shares its line with another',
          '16:1 task/repaired Unexpected row: task 12 shares its line with another',
        ],
      },
      {
        name: 'a row over two lines',
        pages: page(`${STEP + TABLE}| 11 | Call | M |\nFastTrack Manager | Teams |\n`),
        says: ['16:1 task/repaired Unexpected row: task 11 is broken over lines'],
      },
      {
        name: 'a missing bar',
        pages: page(`${STEP + TABLE}| 11 | Call | O FastTrack Manager | Teams |\n`),
        says: ['16:1 task/repaired Unexpected row: task 11 has 4 cells instead of 5'],
      },
      {
        name: 'a missing name',
        pages: page(`${STEP + TABLE}| [11](https://example.org/call) | O | FastTrack Manager | Teams |\n`),
        says: ['16:1 task/repaired Unexpected row: task 11 has 4 cells instead of 5', '16:1 task/no-name Unexpected empty name of task 11'],
      },
      {
        name: 'a doubled bar',
        pages: page(`${STEP + TABLE}|${ROW}`),
        says: ['16:1 task/repaired Unexpected row: task 11 has a doubled bar'],
      },
    ],
  },
  'task/twice': {
    severity: 'warning',
    about: 'A task has two rows in one step; the first counts.',
    examples: [
      {
        name: 'the same id again',
        pages: page(STEP + TABLE + ROW + ROW),
        says: ['17:1 task/twice Unexpected second row of task 11 in one step'],
      },
    ],
  },
  'task/mandatory': {
    severity: 'warning',
    about: 'The letter is none of those that the heading of the column explains.',
    examples: [
      {
        name: 'a letter the heading does not explain',
        pages: page(STEP + TABLE + ROW.replace('| M |', '| X |')),
        says: ['16:1 task/mandatory Unexpected "X" for task 11, expected one of M, O'],
      },
    ],
  },
  'task/role': {
    severity: 'warning',
    about: 'The role of a task is not known.',
    examples: [
      {
        name: 'a misspelt role',
        pages: page(STEP + TABLE + ROW.replace('Manager', 'Manger')),
        says: ['16:1 task/role Unexpected role "FastTrack Manger" of task 11'],
      },
    ],
  },
  'task/service': {
    severity: 'warning',
    about: 'A service of a task is not known.',
    examples: [
      {
        name: 'a misspelt service',
        pages: page(STEP + TABLE + ROW.replace('Teams', 'Teems')),
        says: ['16:1 task/service Unexpected service "Teems" of task 11'],
      },
    ],
  },
  'task/no-name': {
    severity: 'warning',
    about: 'A task has no name; its id is shown instead.',
    examples: [
      {
        name: 'an empty name',
        pages: page(STEP + TABLE + ROW.replace('Call', '')),
        says: ['16:1 task/no-name Unexpected empty name of task 11'],
      },
    ],
  },
} as const satisfies Checks
