import { test } from 'vitest'
import { mouse } from './hands.ts'
import { fromLaunchToReview } from './whole-process.ts'

test('from services just launched to the review, in Portuguese, with the mouse', { timeout: 560_000 }, () =>
  fromLaunchToReview('pt-BR', mouse),
)
