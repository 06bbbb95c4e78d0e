import { expect, test } from 'vitest'
import { compilePaths } from '../app/playbooks/files.ts'
import { FactSheet, splitSheet } from '../model/facts.ts'
import { Day } from '../model/words.ts'
import { shownByData } from './shown.ts'

const { playbook } = compilePaths(['playbooks/microsoft-365-success'])
const HANDSHAKE = 'support-success-execution/csm-handshake/3731@teams'

const shown = (teams: object, more: object = {}) => {
  const { facts, history } = splitSheet(
    FactSheet.parse({
      customer: { id: 'contoso', name: 'Contoso' },
      csm: { assigned: true },
      services: { teams: { entitled: 100, activatedOn: '2026-03-01', ...teams } },
      tasks: [{ id: '3731', service: 'teams', status: 'complete' }],
      ...more,
    }),
  )
  return shownByData(playbook, facts, history, Day.parse('2026-11-21'))
}

test.each([
  ['accepted', { handshake: 'accepted' }, {}, 'yes'],
  ['declined', { handshake: 'declined' }, {}, 'yes'],
  ['still offered', { handshake: 'offered' }, {}, 'no'],
  ['not to be offered any more, nobody being assigned', { handshake: 'offered' }, { csm: { assigned: false } }, 'unknown'],
])('of a handshake that a person set complete and that is %s', (_, teams, more, says) => {
  expect(shown(teams, more)).toEqual({ [HANDSHAKE]: says })
})

test('items that nobody set complete are not asked about', () => {
  expect(shown({ handshake: 'declined' }, { tasks: [{ id: '3731', service: 'teams', status: 'in-progress' }] })).toEqual({})
})
