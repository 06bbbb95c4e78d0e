import type { Checks } from './check.ts'
import { page, STEP } from './sample.ts'

export const RULE_CHECKS = {
  'rule/syntax': {
    severity: 'error',
    about: 'The rule is not an expression.',
    examples: [
      {
        name: 'an unfinished condition',
        pages: page(`${STEP}When: \`csm.assigned &&\`\n`),
        says: ['11:23 rule/syntax Unexpected token: EOF'],
      },
    ],
  },
  'rule/unsupported': {
    severity: 'error',
    about: 'The expression language has this, rules do not: its answer over unknown facts would be a guess.',
    examples: [
      {
        name: 'a macro that rules do not have',
        pages: page(`${STEP}When: \`has(csm.assigned)\`\n`),
        says: ['11:8 rule/unsupported Unexpected function "has"'],
      },
    ],
  },
  'rule/unknown-name': {
    severity: 'error',
    about: 'The rule names something that does not exist.',
    examples: [
      {
        name: 'a misspelt field',
        pages: page(`${STEP}When: \`csm.asigned\`\n`),
        says: ['11:12 rule/unknown-name Unexpected field "asigned" of Csm'],
      },
    ],
  },
  'rule/type': {
    severity: 'error',
    about: 'Two things do not go together, such as a text and a number.',
    examples: [
      {
        name: 'a percent beside a text',
        pages: page(`${STEP}When: \`service.usage.percent >= "10"\`\n`),
        says: ['11:33 rule/type Unexpected a text, expected a percent'],
      },
    ],
  },
  'rule/impossible': {
    severity: 'error',
    about: 'The comparison can never hold, or never fail.',
    examples: [
      {
        name: 'a value the field never has',
        pages: page(`${STEP}Unless: \`service.handshake == "decline"\`\n`),
        says: ['11:31 rule/impossible Unexpected "decline", expected one of "none", "offered", "accepted", "declined"'],
      },
    ],
  },
  'rule/no-service': {
    severity: 'error',
    about: '`service` is the service in question; here there is none.',
    examples: [
      {
        name: 'a process is not per service',
        pages: page('# Plan\n\nPhase: **Success**  \nOpens: `service.activated`\n'),
        says: ['4:9 rule/no-service Unexpected "service", expected a rule that is per service'],
      },
    ],
  },
  'rule/open-code': {
    severity: 'error',
    about: 'The code span of the rule never closes.',
    examples: [
      {
        name: 'no closing backtick',
        pages: page(`${STEP}When: \`csm.assigned\n`),
        says: ['11:1 rule/open-code Unexpected end of the rule, expected a closing backtick'],
      },
    ],
  },
  'rule/wrong-place': {
    severity: 'error',
    about: 'The kind of rule does not belong here: a process opens and is done, a step has the others.',
    examples: [
      {
        name: 'a step does not open',
        pages: page(`${STEP}Opens: \`csm.assigned\`\n`),
        says: ['11:1 rule/wrong-place Unexpected "opens" here, expected when, unless, needs, done, due'],
      },
    ],
  },
} as const satisfies Checks
