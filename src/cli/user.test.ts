import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, expect, test } from 'vitest'
import { readConfig } from '../app/config.ts'
import { openContext } from '../app/context.ts'

const folder = mkdtempSync(join(tmpdir(), 'impulso-user-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const add = (password: string, ...args: string[]) => user(password, 'add', ...args)
async function user(password: string, ...args: string[]) {
  const child = spawn(process.execPath, ['bin/impulso.js', 'user', ...args], { env: { ...process.env, IMPULSO_DATA: folder } })
  child.stdin.end(password)
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), new Promise(done => child.on('close', done))])
  return { stdout, stderr, code }
}

test('an account is made with the password given, or with one that is shown once', async () => {
  const given = await add('correct horse\n', '--email', 'Ana@example.com', '--right', 'lead')
  expect([given.code, JSON.parse(given.stdout), given.stderr]).toEqual([
    0,
    { id: expect.any(String), email: 'ana@example.com', right: 'lead', scope: 'all' },
    '',
  ])
  const made = await add('', '--email', 'rui@example.com', '--right', 'reader', '--scope', 'team')
  expect([made.code, made.stderr, JSON.parse(made.stdout).scope]).toEqual([
    0,
    expect.stringMatching(/shown only now: [\w-]{20}\n$/),
    'team',
  ])
})

test('what the command line does to accounts is on record as its own, without the link', async () => {
  const reset = await user('', 'reset', '--email', 'ana@example.com', '--drop-two-factor')
  expect(JSON.parse(reset.stdout).link).toMatch(/\/reset\?token=/)
  const open = await openContext(readConfig({ IMPULSO_DATA: folder }))
  try {
    const rows = await open.context.db.selectFrom('installation_event').select(['who', 'kind', 'body']).orderBy('seq').execute()
    const told = rows.map(row => [row.who, row.kind, JSON.parse(row.body).data])
    const person = expect.any(String)
    expect(told).toEqual([
      ['command-line', 'person-added', { person, before: null, after: { right: 'lead', scope: 'all' } }],
      ['command-line', 'person-added', { person, before: null, after: { right: 'reader', scope: 'team' } }],
      ['command-line', 'password-reset-asked', { person, dropTwoFactor: true }],
    ])
    expect(told[2]?.[2].person).toBe(told[0]?.[2].person)
  } finally {
    await open.close()
  }
})

test.each([
  ['an address twice', 'correct horse', ['--email', 'ana@example.com', '--right', 'lead'], 3],
  ['a short password', 'short', ['--email', 'b@example.com', '--right', 'lead'], 2],
  ['no address', '', ['--email', 'nobody', '--right', 'lead'], 2],
  ['an unknown right', '', ['--email', 'b@example.com', '--right', 'king'], 2],
  ['an unknown scope', '', ['--email', 'b@example.com', '--right', 'lead', '--scope', 'world'], 2],
])('%s is refused', async (_, password, args, code) => {
  expect((await add(password, ...args)).code).toBe(code)
})
