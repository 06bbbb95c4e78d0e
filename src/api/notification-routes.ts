import { countOwnUnseen, listNotifications, markSeen } from '../app/notifications/notifications.ts'
import { rightsTo } from '../app/policy.ts'
import { changePreferences, getPreferences } from '../app/preferences/preferences.ts'
import { MarkSeen, NotificationQuery } from '../model/notification-api.ts'
import { ChangePreferences } from '../model/preference-api.ts'
import { type Route, route } from './route.ts'

/** What one was told, and how one wants to be told and shown things. */
export const NOTIFICATION_ROUTES: readonly Route[] = [
  route({
    method: 'get',
    path: '/notifications',
    summary: 'What one was told, newest first',
    rights: rightsTo('see-own'),
    query: NotificationQuery,
    answer: 'NotificationPage',
    run: ({ context, actor, query }) => listNotifications(context.app, actor, query),
  }),
  route({
    method: 'get',
    path: '/notifications/unseen',
    summary: 'How many notifications one has not looked at',
    rights: rightsTo('see-own'),
    answer: 'UnseenCount',
    run: ({ context, actor }) => countOwnUnseen(context.app, actor),
  }),
  route({
    method: 'post',
    path: '/notifications/seen',
    summary: 'Mark notifications as seen or as new again, or all that were made until a moment as seen',
    rights: rightsTo('change-own'),
    body: MarkSeen,
    answer: 'NotificationPage',
    run: ({ context, actor, body }) => markSeen(context.app, actor, body),
  }),
  route({
    method: 'get',
    path: '/me/preferences',
    summary: 'What one chose: time zone, formats, keys, how one is told',
    rights: rightsTo('see-own'),
    answer: 'Preferences',
    run: ({ context, actor }) => getPreferences(context.app, actor),
  }),
  route({
    method: 'put',
    path: '/me/preferences',
    summary: 'Choose; what is absent stays, null is the default again',
    rights: rightsTo('change-own'),
    body: ChangePreferences,
    answer: 'Preferences',
    run: ({ context, actor, body }) => changePreferences(context.app, actor, body),
  }),
]
