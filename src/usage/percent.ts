import type { ServiceUsage } from '../model/usage.ts'

type Percent = Pick<ServiceUsage, 'percent' | 'percentOf'>

/**
 * Active users in percent of the entitled seats when those are known, else of the assigned ones, rounded down to
 * one decimal. Null without a denominator: nothing of nothing is not zero percent.
 */
export function percentOf(active: number | null, entitled: number | null, assigned: number | null): Percent {
  const [seats, of] = entitled !== null ? ([entitled, 'entitled'] as const) : ([assigned, 'assigned'] as const)
  if (active === null || seats === null || seats <= 0) return { percent: null, percentOf: null }
  return { percent: Math.floor((active * 1000) / seats) / 10, percentOf: of }
}
