import type { Checks } from './check.ts'

export const RULE_CHECKS = {
  'rule/syntax': { severity: 'error', about: 'The rule is not an expression.', examples: [] },
  'rule/unsupported': {
    severity: 'error',
    about: 'The expression language has this, rules do not: its answer over unknown facts would be a guess.',
    examples: [],
  },
  'rule/unknown-name': { severity: 'error', about: 'The rule names something that does not exist.', examples: [] },
  'rule/type': { severity: 'error', about: 'Two things do not go together, such as a text and a number.', examples: [] },
  'rule/impossible': { severity: 'error', about: 'The comparison can never hold, or never fail.', examples: [] },
  'rule/no-service': { severity: 'error', about: '`service` is the service in question; here there is none.', examples: [] },
  'rule/open-code': { severity: 'error', about: 'The code span of the rule never closes.', examples: [] },
  'rule/wrong-place': {
    severity: 'error',
    about: 'The kind of rule does not belong here: a process opens and is done, a step has the others.',
    examples: [],
  },
} as const satisfies Checks
