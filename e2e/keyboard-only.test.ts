import { test } from 'vitest'
import { keyboard } from './hands.ts'
import { fromLaunchToReview } from './whole-process.ts'

test('from services just launched to the review, in English, with the keyboard only', { timeout: 560_000 }, () =>
  fromLaunchToReview('en', keyboard),
)
