import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ERASED_NAME } from '../../model/admin-api.ts'
import type { Playbook } from '../../model/playbook.ts'
import { SIGN_IN_EVENTS } from '../auth/types.ts'
import { summaryOf } from './summary.ts'

// Only names of processes, services and roles are read, and there are none.
const PLAYBOOK = { processes: [], services: [], roles: [] } as unknown as Playbook

/** Kinds as they stand in the use cases. */
function recorded(): string[] {
  const files = readdirSync('src/app', { recursive: true, encoding: 'utf8' }).filter(
    file => file.endsWith('.ts') && !file.endsWith('.test.ts'),
  )
  const text = files.map(file => readFileSync(join('src/app', file), 'utf8')).join('\n')
  return [...text.matchAll(/record(?:Customer|Installation)\([^{]*?\{[^}]*?\bkind: '([a-z-]+)'/gs)].map(match => match[1] ?? '')
}

test('every kind that is recorded has a sentence in both languages', () => {
  const kinds = [...new Set([...SIGN_IN_EVENTS.filter(kind => kind !== 'person-deleted'), ...recorded()])]
  expect(kinds.length).toBeGreaterThan(SIGN_IN_EVENTS.length)
  for (const kind of kinds) {
    const { en, 'pt-BR': pt } = summaryOf(kind, { person: 'x' }, PLAYBOOK)
    expect([kind, en !== kind, pt !== kind, en !== pt]).toEqual([kind, true, true, true])
  }
})

test('a kind that nobody described still prints', () => {
  for (const kind of ['never-heard-of', 'constructor', '__proto__'])
    expect(summaryOf(kind, {}, PLAYBOOK)).toEqual({ en: kind, 'pt-BR': kind })
})

test('people are named, and those who were erased are not, in either language', () => {
  const names = new Map([
    ['a', 'Ana'],
    ['b', ERASED_NAME],
  ])
  expect(summaryOf('person-invited', { person: 'a' }, PLAYBOOK, names)).toEqual({ en: 'Invited: Ana', 'pt-BR': 'Convite enviado: Ana' })
  expect(summaryOf('person-changed', { person: 'b' }, PLAYBOOK, names)).toEqual({
    en: 'Account changed: Erased person',
    'pt-BR': 'Conta alterada: Pessoa apagada',
  })
})
