import { expect, test } from 'vitest'
import { originsOf, readConfig } from './config.ts'
import { cloudsWith } from './connections/connecting.ts'

test('everything has a default', () => {
  expect(readConfig({})).toMatchObject({
    host: '127.0.0.1',
    port: 4100,
    databaseUrl: undefined,
    publicUrl: null,
    trustedProxies: [],
    demo: true,
  })
  expect(readConfig({}).playbookFolder).toMatch(/playbooks[/\\]microsoft-365-success$/)
  expect(readConfig({ PORT: '', IMPULSO_URL: '' })).toMatchObject({ port: 4100, publicUrl: null })
})

test.each([
  ['PORT', 'abc'],
  ['PORT', '70000'],
  ['DATABASE_URL', 'mysql://localhost/x'],
  ['IMPULSO_DEMO', 'maybe'],
  ['IMPULSO_URL', 'impulso.example.com'],
  ['IMPULSO_SECRET', 'short'],
  ['IMPULSO_TRUSTED_PROXIES', '10.0.0.0/8, everyone'],
  ['IMPULSO_UPLOAD_LIMIT', '-1'],
  ['IMPULSO_SMTP_URL', 'mail.example.com'],
  ['IMPULSO_GRAPH_SIMULATOR', 'http://graph.example.com'],
  ['IMPULSO_GRAPH_SIMULATOR', 'https://127.0.0.1:4200'],
  ['IMPULSO_GRAPH_SIMULATOR', 'http://127.0.0.1.example.com'],
  ['IMPULSO_OIDC_ISSUER', 'login.example.com'],
  ['IMPULSO_OIDC_GROUPS', 'leads=king'],
  ['IMPULSO_OIDC_DEFAULT_RIGHT', 'king'],
])('%s=%s is refused by name', (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(name)
})

test('a simulator of Microsoft Graph is one of this machine, and a cloud only where it is set', () => {
  expect(readConfig({}).simulator).toBeNull()
  const { simulator } = readConfig({ IMPULSO_GRAPH_SIMULATOR: 'http://127.0.0.1:4200' })
  expect(simulator).toBe('http://127.0.0.1:4200')
  expect([cloudsWith(null).includes('simulator'), cloudsWith(simulator).includes('simulator')]).toEqual([false, true])
})

test('both names of this machine are origins, the public address comes first', () => {
  expect(originsOf({ host: '127.0.0.1', publicUrl: null }, 4100)).toEqual(['http://127.0.0.1:4100', 'http://localhost:4100'])
  expect(originsOf({ host: '0.0.0.0', publicUrl: 'https://impulso.example.com/x' }, 4100)[0]).toBe('https://impulso.example.com')
  expect(originsOf({ host: '192.0.2.7', publicUrl: null }, 80)).toContain('http://192.0.2.7:80')
})

test('settings that belong together are asked for together', () => {
  expect(() => readConfig({ IMPULSO_SMTP_URL: 'smtp://mail.example.com' })).toThrow('IMPULSO_MAIL_FROM')
  expect(() => readConfig({ IMPULSO_MAIL_FROM: 'x@example.com' })).toThrow('IMPULSO_SMTP_URL')
  expect(() => readConfig({ IMPULSO_OIDC_ISSUER: 'https://login.example.com' })).toThrow('IMPULSO_OIDC_CLIENT_ID')
})

test('how mail goes out is read at once, and the password is not told', () => {
  const read =
    (url: string, from = 'Impulso <impulso@example.com>') =>
    () =>
      readConfig({ IMPULSO_SMTP_URL: url, IMPULSO_MAIL_FROM: from })
  expect(read('smtps://ana:secret@mail.example.com')().smtp).toMatchObject({ from: 'Impulso <impulso@example.com>' })
  for (const url of ['smtp:', 'smtp://ana:secret@mail.example.com?tls=maybe', 'smtp://ana:100%secret@mail.example.com']) {
    expect(read(url)).toThrow(/^IMPULSO_SMTP_URL: (?!.*secret)/)
  }
  expect(read('smtps://mail.example.com', 'Impulso')).toThrow('IMPULSO_MAIL_FROM')
})

test('groups of the provider name access rights', () => {
  const env = { IMPULSO_OIDC_ISSUER: 'https://login.example.com', IMPULSO_OIDC_CLIENT_ID: 'a', IMPULSO_OIDC_CLIENT_SECRET: 'b' }
  const { sso } = readConfig({ ...env, IMPULSO_OIDC_GROUPS: 'cs-leads=lead, cn=team,dc=x=fasttrack-manager'.replace(',dc', ';dc') })
  expect(sso).toMatchObject({
    groups: { 'cs-leads': 'lead', 'cn=team;dc=x': 'fasttrack-manager' },
    defaultRight: null,
    scope: 'customers',
    onlySso: false,
  })
  expect(readConfig({}).sso).toBeNull()
})

test('hosts for downloads of usage reports are names, none of which is everybody', () => {
  expect(readConfig({ IMPULSO_GRAPH_DOWNLOAD_HOSTS: 'a.example.cn, *.example.cn' }).graphDownloads).toEqual([
    'a.example.cn',
    '*.example.cn',
  ])
  for (const wrong of ['*', '*.com', 'https://a.example', 'a.example:443', '*.*.example.com']) {
    expect(() => readConfig({ IMPULSO_GRAPH_DOWNLOAD_HOSTS: wrong })).toThrow('IMPULSO_GRAPH_DOWNLOAD_HOSTS')
  }
})
