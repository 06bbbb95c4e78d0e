import { CalendarConnection, CalendarTest } from '../model/calendar-api.ts'

/** Of the way to the organization's own calendars. */
export const CALENDAR_ANSWERS = { CalendarConnection, CalendarTest } as const
