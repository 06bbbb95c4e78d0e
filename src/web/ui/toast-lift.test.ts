import { expect, test } from 'vitest'
import { liftOver } from './toast-lift.ts'

const MESSAGES = { top: 800, bottom: 884, left: 1100, right: 1420 }

test('messages go up over what has the focus when they would cover it, be it only a part of it', () => {
  expect(liftOver(MESSAGES, { top: 820, bottom: 852, left: 1300, right: 1400 })).toBe(80)
  expect(liftOver(MESSAGES, { top: 880, bottom: 896, left: 1000, right: 1101 })).toBe(20)
})

test('messages stay in their corner when what has the focus is above, below or beside them', () => {
  expect(liftOver(MESSAGES, { top: 760, bottom: 800, left: 1300, right: 1400 })).toBe(0)
  expect(liftOver(MESSAGES, { top: 884, bottom: 900, left: 1300, right: 1400 })).toBe(0)
  expect(liftOver(MESSAGES, { top: 820, bottom: 852, left: 900, right: 1100 })).toBe(0)
})

test('messages stay in their corner when what has the focus is so tall that above it is no room', () => {
  expect(liftOver(MESSAGES, { top: 50, bottom: 890, left: 240, right: 1440 })).toBe(0)
})
