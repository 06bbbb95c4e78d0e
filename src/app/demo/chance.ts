/** A seeded stream of numbers: the same seed gives the same demo on every machine. */
export type Chance = Readonly<{
  /** At least 0, below 1. */
  next: () => number
  /** A whole number from `from` to `to`, both included. */
  int: (from: number, to: number) => number
  pick: <T>(from: readonly T[]) => T
  /** True `percent` times in a hundred. */
  is: (percent: number) => boolean
}>

/** Thirty-two well-mixed bits of up to three numbers (finaliser of MurmurHash3). */
export function mix(a: number, b = 0, c = 0): number {
  let hash = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b + 0x165667b1, 0xc2b2ae35) ^ Math.imul(c + 0x27d4eb2f, 0x9e3779b1)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

export function chanceFrom(seed: number): Chance {
  let count = 0
  const next = () => mix(seed, ++count) / 2 ** 32
  return {
    next,
    int: (from, to) => from + Math.floor(next() * (to - from + 1)),
    // Callers pass lists written out in this folder, none of them empty.
    pick: from => from[Math.floor(next() * from.length)]!,
    is: percent => next() * 100 < percent,
  }
}
