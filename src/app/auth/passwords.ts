import { hashPassword, verifyPassword } from 'better-auth/crypto'
import { AppError } from '../../model/errors.ts'

export const SHORTEST_PASSWORD = 10
export const LONGEST_PASSWORD = 256
/** Of 0 to 4: safe against guessing without a limit (10^8 guesses), says the estimate. */
const LEAST_SCORE = 3
/** The estimate takes longer the longer the text; what makes a password good shows before this. */
const ESTIMATED_CHARACTERS = 100

/** What is wrong with a password. `code` is for screens to translate, `hint` says more where it is too weak. */
export type Weakness = Readonly<{
  code: 'PASSWORD_TOO_SHORT' | 'PASSWORD_TOO_LONG' | 'PASSWORD_TOO_WEAK'
  hint: Hint | null
  message: string
}>

const HINTS = {
  common: 'It is one of the passwords that are tried first, or close to one.',
  personal: 'It holds your name or address.',
  words: 'Single words and names are easy to guess.',
  pattern: 'Rows of keys, sequences and repetitions are easy to guess.',
  dates: 'Dates and years are easy to guess.',
} as const
export type Hint = keyof typeof HINTS

/** The estimator's own warnings, in fewer words. */
const HINT_OF: Readonly<Record<string, Hint>> = {
  topTen: 'common',
  topHundred: 'common',
  common: 'common',
  similarToCommon: 'common',
  userInputs: 'personal',
  wordByItself: 'words',
  namesByThemselves: 'words',
  commonNames: 'words',
  straightRow: 'pattern',
  keyPattern: 'pattern',
  simpleRepeat: 'pattern',
  extendedRepeat: 'pattern',
  sequences: 'pattern',
  dates: 'dates',
  recentYears: 'dates',
}

/** Why a password may not be set; undefined when it may. `about` is what others know of the person: name, e-mail address. */
export async function weaknessOf(password: string, about: readonly string[]): Promise<Weakness | undefined> {
  if (password.length < SHORTEST_PASSWORD) {
    return { code: 'PASSWORD_TOO_SHORT', hint: null, message: `Choose a password of at least ${SHORTEST_PASSWORD} characters.` }
  }
  if (password.length > LONGEST_PASSWORD) {
    return { code: 'PASSWORD_TOO_LONG', hint: null, message: `Choose a password of at most ${LONGEST_PASSWORD} characters.` }
  }
  estimator ??= loadEstimator()
  const looked = password.slice(0, ESTIMATED_CHARACTERS)
  const known = partsOf(about)
  const { score, feedback } = (await estimator).check(looked, known)
  // Several known words cost little more to try than one, which the estimate does not see: what is left has to hold by itself.
  const rest = without(looked, known)
  const isPersonal = rest !== looked && (await estimator).check(rest, known).score < LEAST_SCORE
  if (score >= LEAST_SCORE && !isPersonal) return undefined
  const hint = HINT_OF[feedback.warning ?? ''] ?? (isPersonal ? 'personal' : null)
  const why = hint ? `${HINTS[hint]} ` : ''
  return {
    code: 'PASSWORD_TOO_WEAK',
    hint,
    message: `This password is easy to guess. ${why}Use several words that do not belong together.`,
  }
}

/** Throws `invalid-input` with the weakness as details when the password may not be set. */
export async function refuseWeak(password: string, about: readonly string[]): Promise<void> {
  const weakness = await weaknessOf(password, about)
  if (weakness) throw new AppError('invalid-input', weakness.message, { details: [{ path: 'password', ...weakness }] })
}

/** `onHash` hears of every costly computation, so that a test can compare what known and unknown addresses cost. */
export const countedHashing = (onHash: () => void) => ({
  hash: (password: string): Promise<string> => {
    onHash()
    return hashPassword(password)
  },
  verify: (given: { hash: string; password: string }): Promise<boolean> => {
    onHash()
    return verifyPassword(given)
  },
})
export type Hashing = ReturnType<typeof countedHashing>

/** Whole values and their words: `ana.silva@example.com` is easy to guess for who knows `ana` and `silva`. */
const partsOf = (about: readonly string[]): string[] => [
  ...new Set(about.flatMap(text => [text, ...text.split(/[^\p{L}\p{N}]+/u)]).filter(part => part.length > 2)),
]

/** A password without the words that others know, however they are written; the longest first. */
function without(password: string, known: readonly string[]): string {
  const words = known.map(plain).sort((a, b) => b.length - a.length)
  return words.reduce((rest, word) => rest.replaceAll(word, ''), plain(password)) || '-'
}
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** The word lists take ten megabytes: they come when the first password is set. */
async function loadEstimator() {
  const [{ ZxcvbnFactory }, common, english, portuguese] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
    import('@zxcvbn-ts/language-pt-br'),
  ])
  return new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary, ...portuguese.dictionary },
    graphs: common.adjacencyGraphs,
    useLevenshteinDistance: true,
  })
}
let estimator: ReturnType<typeof loadEstimator> | undefined
