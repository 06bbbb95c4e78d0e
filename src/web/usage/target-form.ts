import type { MilestoneId, MilestoneView } from '../../model/usage-api.ts'
import type { Day } from '../../model/words.ts'
import type { Target } from './target-writes.ts'

/** Milestones as long as nobody set others; the same as USUAL_MILESTONES of the model, which would bring the schema library with it. */
export const USUAL: Readonly<Record<MilestoneId, number>> = { first: 10, broad: 40, max: 100 }

type Typed = Readonly<{ percent: string; date: string; reason: string }>
type Parsed = Readonly<{ ok: true; target: Target }> | Readonly<{ ok: false; fault: 'percent' | 'order' | 'date' }>

/** What a milestone may be: none stands below the one before it or above the one after it. */
export type Room = Readonly<{ least: number; most: number }>

/** `milestones` in their order. */
export function roomOf(milestones: readonly Pick<MilestoneView, 'id' | 'percent'>[], id: MilestoneId): Room {
  const at = milestones.findIndex(each => each.id === id)
  return { least: milestones[at - 1]?.percent ?? 0, most: milestones[at + 1]?.percent ?? 100 }
}

/** What was typed as the server takes it: above 0 up to 100 with at most one decimal, comma or point; the date may be left out. */
export function parseTarget({ percent, date, reason }: Typed, { least, most }: Room): Parsed {
  if (!/^\d{1,3}([.,]\d)?$/.test(percent.trim())) return { ok: false, fault: 'percent' }
  const value = Number(percent.trim().replace(',', '.'))
  if (value <= 0 || value > 100) return { ok: false, fault: 'percent' }
  if (value < least || value > most) return { ok: false, fault: 'order' }
  if (date !== '' && !/^\d{4}-\d{2}-\d{2}$/.test(date)) return { ok: false, fault: 'date' }
  // The field of the browser gives real days only.
  return { ok: true, target: { percent: value, targetDate: date === '' ? null : (date as Day), reason: reason.trim() || null } }
}

/** A number of seats as people type it: digits with points, commas or spaces between thousands; undefined when it is none. */
export function parseSeats(typed: string): number | undefined {
  const text = typed.trim()
  if (!/^\d{1,3}([.,\s]\d{3})*$|^\d+$/.test(text)) return undefined
  const value = Number(text.replace(/\D/g, ''))
  return value >= 1 && value <= 100_000_000 ? value : undefined
}
