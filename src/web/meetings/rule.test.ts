import { expect, test } from 'vitest'
import { choiceOf, ruleOf } from './rule.ts'

test.each(['FREQ=WEEKLY;INTERVAL=2;BYDAY=TU', 'FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,TH', 'FREQ=MONTHLY;INTERVAL=1'])(
  '%s is what its choice makes',
  rule => {
    const choice = choiceOf(rule)
    if (!choice) throw new Error(`no choice for ${rule}`)
    expect(ruleOf(choice)).toBe(rule)
  },
)

test.each(['FREQ=MONTHLY;BYDAY=2TU', 'FREQ=WEEKLY;COUNT=6', 'FREQ=DAILY', 'FREQ=WEEKLY;BYDAY=1MO'])(
  '%s says more than the form can',
  rule => {
    expect(choiceOf(rule)).toBeUndefined()
  },
)
