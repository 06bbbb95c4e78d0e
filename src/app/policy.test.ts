import { describe, expect, test } from 'vitest'
import { ACCESS_RIGHTS, ACCESS_SCOPES, type AccessRight } from '../model/api.ts'
import {
  ACTIONS,
  type Actor,
  actionsOf,
  authorize,
  authorizeService,
  may,
  maySee,
  NOBODY,
  refusal,
  type Ties,
  writeAccess,
} from './policy.ts'

const actor = (right: AccessRight, more: Partial<Actor> = {}): Actor => ({ personId: 'ana', name: 'Ana', right, scope: 'all', ...more })
const ties = (more: Partial<Ties> = {}): Ties => ({ assignments: [], isTeam: false, unassigned: 'hidden', ...more })

test('what each access right may do with all customers', () => {
  const table = ACCESS_RIGHTS.map(right => `${right}: ${actionsOf(actor(right)).join(' ')}`)
  expect(table).toMatchSnapshot()
})

test('nobody may nothing', () => {
  expect(actionsOf(NOBODY)).toEqual([])
  expect(maySee(NOBODY, ties({ unassigned: 'read-only' }))).toBe(false)
})

test('what is not allowed is forbidden, with right and action named in both languages', () => {
  expect(() => authorize(actor('reader'), 'set-item')).toThrow('the access right "Reader" does not allow to change tasks')
  expect(refusal(actor('reader'), 'set-item')?.['pt-BR']).toBe('o direito de acesso "Leitura" não permite alterar tarefas')
  expect(() => authorize(actor('reader'), 'see-customer')).not.toThrow()
})

test('what concerns the whole installation needs access to all customers', () => {
  expect(refusal(actor('administrator', { scope: 'team' }), 'manage-people')?.en).toMatch(/needs access to all customers/)
  expect(may(actor('lead'), 'assign')).toBe(true)
  expect(may(actor('lead', { scope: 'customers' }), 'assign')).toBe(false)
})

describe('a personal key', () => {
  test('that reads cannot write', () => {
    const key = actor('administrator', { keyScopes: ['read'] })
    for (const action of ACTIONS.filter(each => !/^see|^export/.test(each))) expect([action, may(key, action)]).toEqual([action, false])
    expect(may(key, 'see-customer')).toBe(true)
  })
  test('cannot change the account it belongs to', () => {
    expect(may(actor('lead', { keyScopes: ['read', 'write'] }), 'change-own')).toBe(false)
    expect(may(actor('lead'), 'change-own')).toBe(true)
  })
})

describe('a customer', () => {
  const assigned = ties({ assignments: [{ service: null }] })
  const teams = ties({ assignments: [{ service: 'teams' }] })
  test.each([
    ['all', ties(), true],
    ['team', ties(), false],
    ['team', ties({ isTeam: true }), true],
    ['customers', ties({ isTeam: true }), false],
    ['customers', assigned, true],
    ['customers', teams, true],
    ['services', teams, true],
    ['services', ties(), false],
    ['services', ties({ unassigned: 'read-only' }), true],
  ] as const)('is seen with the scope %s and %o: %s', (scope, given, expected) => {
    expect(maySee(actor('engineer', { scope }), given)).toBe(expected)
  })

  test.each([
    ['all', ties(), 'everything'],
    ['team', ties({ isTeam: true }), 'everything'],
    ['team', teams, ['teams']],
    ['customers', assigned, 'everything'],
    ['customers', teams, ['teams']],
    ['customers', ties({ unassigned: 'read-only' }), 'nothing'],
    ['services', assigned, 'all'],
    ['services', teams, ['teams']],
  ] as const)('is changed with the scope %s and %o: %s', (scope, given, expected) => {
    const access = writeAccess(actor('subject-matter-expert', { scope }), 'set-item', given)
    expect(!access.ok ? 'nothing' : access.limit === null ? 'everything' : access.limit.services).toEqual(expected)
  })

  test('an expert for Teams changes Teams only, and is told why', () => {
    const access = writeAccess(actor('subject-matter-expert', { scope: 'services' }), 'set-item', teams)
    expect(() => authorizeService(access, 'teams')).not.toThrow()
    expect(() => authorizeService(access, 'exchange')).toThrow('you are assigned to Teams of this customer only')
    expect(() => authorizeService(access, null)).toThrow('you are assigned to Teams')
  })

  test('is never changed by a reader, whatever the scope', () => {
    for (const scope of ACCESS_SCOPES)
      expect(writeAccess(actor('reader', { scope }), 'set-item', ties({ isTeam: true, assignments: [{ service: null }] })).ok).toBe(false)
  })
})
