import type { ServiceUsage } from '../model/usage.ts'

/** What was kept of one imported reading of a service, and whether several reports were counted together in it. */
export type KeptUsage = Pick<ServiceUsage, 'active' | 'assigned' | 'activeUnlicensed' | 'asOf' | 'source' | 'window'>

/**
 * The reading that speaks for a service when reports of a tenant came one by one and only their counts were kept.
 * The newest refresh date wins. Of one date: the reading of more reports, then one with a licence column, then the
 * one with more active users (each alone is a lower bound of the users of both). People of two kept readings cannot
 * be matched any more; reading the files together with `readUsage` can. Any order gives the same answer.
 */
export function currentUsage<T extends KeptUsage>(kept: readonly T[]): T | undefined {
  return kept.filter(each => each.active !== null && each.asOf !== null).sort(better)[0] ?? kept[0]
}

const better = (a: KeptUsage, b: KeptUsage) =>
  text(b.asOf ?? '', a.asOf ?? '') ||
  b.source.length - a.source.length ||
  Number(b.assigned !== null) - Number(a.assigned !== null) ||
  (b.active ?? 0) - (a.active ?? 0) ||
  (b.assigned ?? 0) - (a.assigned ?? 0) ||
  text(a.source.join(), b.source.join())

const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
