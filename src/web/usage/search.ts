import { oneOf, searchOf, text } from '../ui/search.ts'

/** `knownOn`: a day, the figures as they were known at its end. `months`: how far back the charts look. */
export const UsageSearch = searchOf({ knownOn: dayText, months: oneOf(['3', '6', '18']) })

function dayText(written: unknown): string | undefined {
  const day = text(written)
  return day !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day)) ? day : undefined
}
