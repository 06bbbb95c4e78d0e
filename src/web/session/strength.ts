/** In the words of the screens, from the weakest. */
export const STRENGTHS = ['veryWeak', 'weak', 'fair', 'good', 'strong'] as const
export type Strength = (typeof STRENGTHS)[number]

/** Of `STRENGTHS`; the server accepts nothing below. */
const GOOD_ENOUGH: readonly Strength[] = ['good', 'strong']
export const isGoodEnough = (strength: Strength): boolean => GOOD_ENOUGH.includes(strength)
export const SHORTEST = 10

/** How hard a password is to guess for somebody who knows `about` the person. Undefined when the estimate could not be loaded. */
export async function strengthOf(password: string, about: readonly string[]): Promise<Strength | undefined> {
  try {
    const { scoreOf } = await import('./estimate-strength.ts')
    return STRENGTHS[scoreOf(password, partsOf(about))]
  } catch {
    return undefined
  }
}

/** Whole values and their words: `ana.silva@example.com` is easy to guess for who knows `ana` and `silva`. */
export const partsOf = (about: readonly string[]): string[] => [
  ...new Set(about.flatMap(text => [text, ...text.split(/[^\p{L}\p{N}]+/u)]).filter(part => part.length > 2)),
]
