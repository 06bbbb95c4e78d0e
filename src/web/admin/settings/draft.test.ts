import { expect, test } from 'vitest'
import type { SettingsView } from '../../../model/admin-api.ts'
import { changeOf, differencesOf, draftOf, mineOver, parseDays } from './draft.ts'

const seen: SettingsView = {
  unassigned: 'hidden',
  retention: [
    { kind: 'mail', title: { en: 'Mail' }, days: 30, defaultDays: 90 },
    { kind: 'report-files', title: { en: 'Files' }, days: 365, defaultDays: 365 },
  ],
  version: 3,
}

test('a default is shown as an empty field', () => {
  expect(draftOf(seen)).toEqual({ unassigned: 'hidden', days: { mail: '30', 'report-files': '' } })
})

test('only what was changed is sent, and an emptied field asks for the default', () => {
  expect(changeOf(seen, draftOf(seen))).toBeUndefined()
  expect(changeOf(seen, { ...draftOf(seen), unassigned: 'read-only' })).toEqual({ unassigned: 'read-only' })
  expect(changeOf(seen, { unassigned: 'hidden', days: { mail: ' ', 'report-files': '10' } })).toEqual({
    retention: { mail: null, 'report-files': 10 },
  })
})

test.each(['0', '3651', '-1', '1.5', 'x', '1e3', '99999'])('"%s" is no number of days, and nothing is sent', typed => {
  expect(parseDays(typed)).toBeUndefined()
  expect(changeOf(seen, { unassigned: 'read-only', days: { ...draftOf(seen).days, mail: typed } })).toBeUndefined()
})

test('after somebody else saved, only what this person changed stands over it, and what they saved is told', () => {
  const fresh: SettingsView = {
    ...seen,
    unassigned: 'read-only',
    retention: seen.retention.map(each => ({ ...each, days: 7 })),
    version: 4,
  }
  const mine = { ...draftOf(seen), days: { mail: '30', 'report-files': '99' } }
  expect(mineOver(seen, fresh, mine)).toEqual({ unassigned: 'read-only', days: { mail: '7', 'report-files': '99' } })
  expect(mineOver(seen, fresh, { unassigned: 'hidden', days: { mail: '', 'report-files': '' } }).days.mail).toBe('')
  const { unassigned, retention } = differencesOf(seen, fresh)
  expect([unassigned, retention.map(each => [each.kind, each.days])]).toEqual([
    'read-only',
    [
      ['mail', 7],
      ['report-files', 7],
    ],
  ])
  expect(differencesOf(seen, seen)).toEqual({ unassigned: undefined, retention: [] })
})
