import { expect, test } from 'vitest'
import type { FollowUpView } from '../../model/item-api.ts'
import { filterFollowUps } from './filter.ts'

const followUp = (id: string, change: Partial<FollowUpView> = {}): FollowUpView => ({
  id: `follow-up:${id}`,
  title: 'Send the list',
  service: null,
  madeFor: null,
  assignee: null,
  due: null,
  status: 'not-started',
  reason: null,
  note: null,
  by: 'Rita',
  at: '2026-11-21T10:00:00Z',
  closedAt: null,
  isEarlier: false,
  ...change,
})
const all = [followUp('1', { service: 'teams' }), followUp('2', { note: 'Pedir a relação' }), followUp('3', { status: 'blocked' })]

test.each([
  ['nothing', {}, ['1', '2', '3']],
  ['a service', { service: 'teams' }, ['1']],
  ['a status', { status: 'blocked' as const }, ['3']],
  ['words of a note, without accents', { q: 'relacao' }, ['2']],
  ['a state, which only tasks of the playbook have', { state: 'due' as const }, []],
  ['a role, which only tasks of the playbook have', { role: 'engineer' }, []],
])('filtered by %s the follow-ups are those', (_, search, ids) => {
  expect(filterFollowUps(all, search).map(each => each.id)).toEqual(ids.map(id => `follow-up:${id}`))
})
