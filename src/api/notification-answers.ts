import { NotificationPage, UnseenCount } from '../model/notification-api.ts'
import { PreferencesView } from '../model/preference-api.ts'

export const NOTIFICATION_ANSWERS = { NotificationPage, UnseenCount, Preferences: PreferencesView } as const
