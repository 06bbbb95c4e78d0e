import type { ServicePeople } from '../../../model/usage-api.ts'

/** `from` and `to` in days since the last activity; `from` null: never active. `share` of the licensed people, percent; null when unknown. */
export type DormantRow = Readonly<{ from: number | null; to: number | null; count: number; share: number | null }>

/** Licensed people without activity by its age, those who never were active last. */
export function dormantRows({
  dormant,
  never,
  licensed,
}: Pick<ServicePeople['tenants'][number], 'dormant' | 'never' | 'licensed'>): readonly DormantRow[] {
  const shareOf = (count: number) => (licensed ? (100 * count) / licensed : null)
  return [
    ...(dormant ?? []).map(each => ({ ...each, share: shareOf(each.count) })),
    ...(never === null ? [] : [{ from: null, to: null, count: never, share: shareOf(never) }]),
  ]
}
