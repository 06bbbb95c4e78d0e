import type { ItemsView } from '../../model/item-api.ts'

export type DueChoice = Readonly<{
  key: 'step' | 'week-after-step' | 'before-meeting' | 'meeting' | 'week' | 'two-weeks'
  day: string
  of: string
}>

/** Days one may choose, computed: by the step's own day, by the next meeting, or from today. Days that have passed are left out. */
export function dueChoices(today: string, stepDue: string | null, meetings: ItemsView['meetings']): readonly DueChoice[] {
  const [meeting] = meetings
  const choices: DueChoice[] = [
    ...(stepDue === null
      ? []
      : [
          { key: 'step' as const, day: stepDue, of: '' },
          { key: 'week-after-step' as const, day: plus(stepDue, 7), of: '' },
        ]),
    ...(meeting
      ? [
          { key: 'before-meeting' as const, day: plus(meeting.day, -1), of: meeting.title },
          { key: 'meeting' as const, day: meeting.day, of: meeting.title },
        ]
      : []),
    { key: 'week', day: plus(today, 7), of: '' },
    { key: 'two-weeks', day: plus(today, 14), of: '' },
  ]
  return choices.filter(each => each.day >= today)
}

const plus = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
