import type { NetPromoter } from '../../model/survey-api.ts'

/** Fewer say too little: the interval would span most of the scale. */
export const FEWEST = 5
/** Of a standard normal distribution, for 95 %. */
const Z = 1.959964

/**
 * The net promoter score: of those who answered 0 to 10, the percent of promoters (9, 10) less that of detractors (0 to 6), from -100 to
 * 100. Its 95 % interval is the adjusted Wald one of Rocks, "Interval Estimation for the 'Net Promoter Score'", The American Statistician
 * 70 (2016): with three more answers, ¾ of a promoter and ¾ of a detractor among them, p ± z·√((p₊ + p₋ − (p₊ − p₋)²) / n), which covers
 * well from few answers on. Null with fewer than five. One decimal.
 */
export function netPromoter(promoters: number, passives: number, detractors: number): NetPromoter {
  const count = promoters + passives + detractors
  const of = { count, promoters, passives, detractors }
  if (count < FEWEST) return { ...of, score: null }
  const n = count + 3
  const [p, d] = [(promoters + 0.75) / n, (detractors + 0.75) / n]
  const reach = Z * Math.sqrt((p + d - (p - d) ** 2) / n)
  const percent = (share: number) => Math.round(1000 * share) / 10
  const value = (promoters - detractors) / count
  const within = (share: number) => percent(Math.max(-1, Math.min(1, share)))
  // The interval is round a value drawn a little to the middle; at the ends of the scale it would leave the score itself out.
  const [low, high] = [Math.min(value, p - d - reach), Math.max(value, p - d + reach)]
  return { ...of, score: { value: percent(value), low: within(low), high: within(high) } }
}
