import type { BlockerFigure } from '../../model/blocker-api.ts'
import { thresholdsFor } from '../../model/facts.ts'
import type { Known } from '../../store/known.ts'
import { type Context, todayOf } from '../context.ts'
import { figureOf, qualityOf } from '../plans/cells.ts'

/** What is known today of the use of these services; of none: of those the customer intends to use. */
export function figuresOf(context: Pick<Context, 'now' | 'playbook'>, known: Known, services: readonly string[]): readonly BlockerFigure[] {
  const today = todayOf(context)
  const thresholds = thresholdsFor(context.playbook.playbook.thresholds, known.customer.thresholds)
  return servicesOf(known, services).map(service => {
    const rows = known.usage.filter(row => row.service === service)
    const figure = figureOf(known, service)
    return {
      service,
      percent: figure.percent,
      percentOf: figure.percentOf,
      active: figure.active,
      asOf: figure.asOf,
      sources: [...new Set(rows.flatMap(row => row.sources))].sort(),
      quality: qualityOf(figure, rows.length > 0, figure.asOf, thresholds, today),
    }
  })
}

/** Those a blocker is about: the ones it names, else every intended one. */
export const servicesOf = (known: Known, services: readonly string[]): readonly string[] =>
  services.length > 0 ? services : known.services.filter(row => row.intended).map(row => row.service)

/** Percentage points from one figure to another, to one decimal; null where one is not known or they are shares of different seats. */
export function pointsBetween(before: BlockerFigure | null, after: BlockerFigure): number | null {
  if (before?.percent == null || after.percent === null || before.percentOf !== after.percentOf) return null
  // The same figure twice says nothing of what came since.
  if (before.asOf === after.asOf) return null
  return Math.round((after.percent - before.percent) * 10) / 10
}
