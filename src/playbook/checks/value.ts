import type { Checks } from './check.ts'

export const VALUE_CHECKS = {
  'label/service': { severity: 'warning', about: 'A name behind the label of services is no service.', examples: [] },
  'label/role': { severity: 'warning', about: 'A name behind the label of the role is no role.', examples: [] },
  'label/initiative': { severity: 'warning', about: 'A name behind the label of initiatives is no initiative.', examples: [] },
  'label/more-roles': { severity: 'info', about: 'A step has one role; further ones are named here.', examples: [] },
  'date/ambiguous': {
    severity: 'warning',
    about: 'Day and month could be either way round, and no other row of the table tells. The raw text is kept, the date left out.',
    examples: [],
  },
  'date/unreadable': {
    severity: 'warning',
    about: 'The date does not exist or is in no known notation. The raw text is kept, the date left out.',
    examples: [],
  },
} as const satisfies Checks
