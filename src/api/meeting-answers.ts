import {
  CadencePreview,
  CalendarFeed,
  CustomerMeetings,
  MeetingView as Meeting,
  MeetingPage as Meetings,
  OverduePage as OverdueContacts,
} from '../model/meeting-api.ts'

export const MEETING_ANSWERS = { CustomerMeetings, Meeting, Meetings, OverdueContacts, CadencePreview, CalendarFeed } as const
