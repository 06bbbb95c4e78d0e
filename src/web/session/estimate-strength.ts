import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary as common } from '@zxcvbn-ts/language-common'
import { dictionary as english } from '@zxcvbn-ts/language-en'
import { dictionary as portuguese } from '@zxcvbn-ts/language-pt-br'

// A megabyte of words: imported only by `strength.ts`, and only when somebody chooses a password. The same lists as on the server,
// which has the last word, so that both say the same.
const estimator = new ZxcvbnFactory({
  dictionary: { ...common, ...english, ...portuguese },
  graphs: adjacencyGraphs,
  useLevenshteinDistance: true,
})

/** 0 (guessed at once) to 4. What makes a password good shows in its first 100 characters; more only take longer. */
export const scoreOf = (password: string, about: readonly string[]): number => estimator.check(password.slice(0, 100), [...about]).score
