/** The choices of the form as an iCalendar rule, and back (RFC 5545, 3.3.10). */
export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
export type Weekday = (typeof WEEKDAYS)[number]
export type RuleChoice =
  | Readonly<{ every: 'week'; interval: number; days: readonly Weekday[] }>
  | Readonly<{ every: 'month'; interval: number }>

/** Days in the order of the week. */
export function ruleOf(choice: RuleChoice): string {
  if (choice.every === 'month') return `FREQ=MONTHLY;INTERVAL=${choice.interval}`
  const days = WEEKDAYS.filter(day => choice.days.includes(day)).join(',')
  return `FREQ=WEEKLY;INTERVAL=${choice.interval}${days === '' ? '' : `;BYDAY=${days}`}`
}

/** Undefined for a rule that says more than the form can: it is then shown as it is. */
export function choiceOf(rule: string): RuleChoice | undefined {
  const parts = new Map(rule.split(';').map(part => part.split('=') as [string, string | undefined]))
  const interval = Number(parts.get('INTERVAL') ?? 1)
  const rest = [...parts.keys()].filter(part => !['FREQ', 'INTERVAL', 'BYDAY'].includes(part))
  if (rest.length > 0 || !Number.isInteger(interval) || interval < 1) return undefined
  if (parts.get('FREQ') === 'MONTHLY' && !parts.has('BYDAY')) return { every: 'month', interval }
  if (parts.get('FREQ') !== 'WEEKLY') return undefined
  const days = (parts.get('BYDAY') ?? '').split(',').filter(day => day !== '')
  const known = WEEKDAYS.filter(day => days.includes(day))
  return known.length === days.length ? { every: 'week', interval, days: known } : undefined
}
