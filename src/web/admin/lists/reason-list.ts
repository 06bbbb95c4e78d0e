import type { Reason } from '../../../model/success-plan-api.ts'

/** A change that can be made to whatever list stands there by then. */
export type Change = (reasons: readonly Reason[]) => readonly Reason[]

/** Replaces the reason of this id, or adds it before the retired ones. */
export const withReason =
  (reason: Reason): Change =>
  reasons => {
    if (reasons.some(each => each.id === reason.id)) return reasons.map(each => (each.id === reason.id ? reason : each))
    const end = reasons.findLastIndex(each => !isRetired(each)) + 1
    return [...reasons.slice(0, end), reason, ...reasons.slice(end)]
  }

/** Retires a reason, or brings it back. */
export const withRetired =
  (id: string, retired: boolean): Change =>
  reasons =>
    reasons.map(({ retired: _, ...each }) => {
      const is = each.id === id ? retired : _ === true
      return is ? { ...each, retired: true } : each
    })

/** Moves a reason to before or behind the next one that can be chosen; retired ones in between do not count as a step. */
export const moved =
  (id: string, way: 'up' | 'down'): Change =>
  reasons => {
    const shown = reasons.filter(each => !isRetired(each))
    const at = shown.findIndex(each => each.id === id)
    const [own, other] = [shown[at], shown[way === 'up' ? at - 1 : at + 1]]
    if (!own || !other) return reasons
    const rest = reasons.filter(each => each.id !== id)
    const to = rest.indexOf(other) + (way === 'up' ? 0 : 1)
    return [...rest.slice(0, to), own, ...rest.slice(to)]
  }

/** As an earlier list was. What came since is retired, for rows of customers may point at it. */
export const backTo =
  (earlier: readonly Reason[]): Change =>
  reasons => [
    ...earlier,
    ...reasons.filter(each => !earlier.some(old => old.id === each.id)).map(each => ({ ...each, retired: true as const })),
  ]

export const isRetired = ({ retired }: Reason): boolean => retired === true

export type Difference = Readonly<{ is: 'added' | 'renamed' | 'used-otherwise' | 'retired' | 'brought-back' | 'gone'; reason: Reason }>

/** What became of one list in another, reason by reason; where only their order differs, nothing. */
export function differences(before: readonly Reason[], after: readonly Reason[]): readonly Difference[] {
  const gone = before.filter(each => !after.some(other => other.id === each.id)).map(reason => ({ is: 'gone' as const, reason }))
  const rest = after.flatMap((reason): readonly Difference[] => {
    const old = before.find(each => each.id === reason.id)
    if (!old) return [{ is: 'added', reason }]
    const isRenamed = old.text.en !== reason.text.en || old.text['pt-BR'] !== reason.text['pt-BR']
    const uses = [old, reason].map(each => [...each.uses].sort().join())
    return [
      ...(isRenamed ? [{ is: 'renamed' as const, reason }] : []),
      ...(uses[0] === uses[1] ? [] : [{ is: 'used-otherwise' as const, reason }]),
      ...(isRetired(old) === isRetired(reason)
        ? []
        : [{ is: isRetired(reason) ? ('retired' as const) : ('brought-back' as const), reason }]),
    ]
  })
  return [...rest, ...gone]
}
