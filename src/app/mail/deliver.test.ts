import { afterEach, expect, test } from 'vitest'
import type { MailRow } from '../../store/mail.ts'
import { composeMail } from './compose.ts'
import { type Delivery, deliver } from './deliver.ts'
import { PATIENCE, readSmtp } from './settings.ts'
import { readMail, startSmtpServer, type TestSmtpOptions, type TestSmtpServer } from './testing.ts'

const servers: TestSmtpServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop()
})
const start = async (options: TestSmtpOptions = {}) => {
  const server = await startSmtpServer(options)
  servers.push(server)
  return server
}

const FROM = 'Impulso <impulso@example.com>'
const MAIL: MailRow = {
  id: '6f1ddc2e-5a3c-4ac5-9d39-0a3c9f7b2d11',
  key: 'test',
  kind: 'test',
  person_id: null,
  address: 'ana@example.com',
  subject: 'Escolha uma nova senha — já',
  text: 'Olá, Ana!\n.\nhttps://impulso.example.com/reset?token=abc\n',
  html: '<p>Olá, Ana!</p>',
  message_id: '<6f1ddc2e-5a3c-4ac5-9d39-0a3c9f7b2d11@impulso.example.com>',
  state: 'sending',
  tries: 1,
  error: null,
  created_at: '2026-11-21T08:00:00.000Z',
  sent_at: null,
  customer_id: null,
  contact_id: null,
  sent_by: null,
  attachments: [],
  bounce: null,
}

async function send(url: string, mail: Partial<MailRow> = {}, from = FROM, patience = PATIENCE): Promise<Delivery> {
  const smtp = readSmtp({ url, from }, patience)
  return deliver(smtp, await composeMail({ ...MAIL, ...mail }, smtp.from), patience)
}

test('a mail arrives once, as it was written', async () => {
  const server = await start()
  expect(await send(server.url())).toEqual({ kind: 'accepted', said: '250 2.0.0 taken' })
  expect(server.mails).toMatchObject([{ from: 'impulso@example.com', to: ['ana@example.com'] }])
  const { headers, text, html } = readMail(server.mails[0]?.raw ?? '')
  expect(headers.get('from')).toEqual(['Impulso <impulso@example.com>'])
  expect(headers.get('to')).toEqual(['ana@example.com'])
  expect(headers.get('subject')).toEqual(['Escolha uma nova senha — já'])
  expect(headers.get('message-id')).toEqual([MAIL.message_id])
  expect(headers.get('date')).toEqual(['Sat, 21 Nov 2026 08:00:00 +0000'])
  expect(headers.get('auto-submitted')).toEqual(['auto-generated'])
  expect(text.replaceAll('\r\n', '\n').trim()).toBe(MAIL.text.trim())
  expect(html.trim()).toBe(MAIL.html)
})

test('the same mail is the same message at every try', async () => {
  const server = await start()
  await send(server.url())
  await send(server.url())
  const stable = server.mails.map(({ raw }) => ['message-id', 'date', 'subject'].map(name => readMail(raw).headers.get(name)))
  expect(stable[0]).toEqual(stable[1])
})

test.each([
  ['starttls', 'tls=required'],
  ['from-the-start', undefined],
] as const)('TLS %s: an unknown certificate is refused, unless that is said', async (tls, query) => {
  const server = await start({ tls, account: { user: 'impulso', password: 'sécret:/%' } })
  expect(await send(server.url(query))).toMatchObject({ kind: 'later', said: expect.stringMatching(/self.signed|certificate/) })
  expect(server.mails).toEqual([])
  expect(await send(server.url('tls=unverified'))).toMatchObject({ kind: 'accepted' })
  expect(server.mails).toMatchObject([{ isSecure: true, user: 'impulso' }])
})

test('where TLS is required and not offered, neither password nor mail is sent', async () => {
  const server = await start({ account: { user: 'impulso', password: 'secret' } })
  expect(await send(server.url('tls=required'))).toMatchObject({ kind: 'later' })
  expect(server.mails).toEqual([])
})

test('a wrong password is a matter of settings: the mail is kept for later', async () => {
  const server = await start({ account: { user: 'impulso', password: 'right' } })
  const url = server.url().replace('right', 'wrong')
  expect(await send(url)).toEqual({ kind: 'later', said: '535 5.7.8 wrong user or password' })
})

test('who should sign in and cannot does not send', async () => {
  const server = await start()
  expect(await send(server.url().replace('//', '//impulso:secret@'))).toEqual({
    kind: 'later',
    said: 'the mail server offers no way to sign in',
  })
  expect(server.mails).toEqual([])
})

const quick = { connect: 2000, greeting: 150, silence: 150, dialogue: 10_000 }
test.each([
  [
    { at: 'connect', do: '421 4.3.0 closing' },
    { kind: 'later', said: '421 4.3.0 closing' },
  ],
  [
    { at: 'connect', do: '554 5.0.0 no service' },
    { kind: 'later', said: '554 5.0.0 no service' },
  ],
  [{ at: 'connect', do: 'hang-up' }, { kind: 'later' }],
  [{ at: 'connect', do: 'say-nothing' }, { kind: 'later' }],
  [
    { at: 'recipient', do: '450 4.2.0 busy' },
    { kind: 'later', said: '450 4.2.0 busy' },
  ],
  [
    { at: 'recipient', do: '550 5.1.1 no such box' },
    { kind: 'refused', said: '550 5.1.1 no such box' },
  ],
  [{ at: 'recipient', do: 'hang-up' }, { kind: 'later' }],
  [{ at: 'recipient', do: 'say-nothing' }, { kind: 'later' }],
  [
    { at: 'end', do: '451 4.3.0 try later' },
    { kind: 'later', said: '451 4.3.0 try later' },
  ],
  [
    { at: 'end', do: '554 5.6.0 looks like spam' },
    { kind: 'refused', said: '554 5.6.0 looks like spam' },
  ],
  // From here on the server has the mail or part of it, and nobody can tell which.
  [{ at: 'text', do: 'hang-up' }, { kind: 'unknown' }],
  [{ at: 'end', do: 'hang-up' }, { kind: 'unknown' }],
  [{ at: 'end', do: 'say-nothing' }, { kind: 'unknown' }],
] as const)('trouble %j', async (trouble, expected) => {
  const server = await start()
  server.troubles.push(trouble)
  expect(await send(server.url(), {}, FROM, quick)).toMatchObject(expected)
  expect(server.mails).toEqual([])
})

test('nobody listens: later', async () => {
  const server = await start()
  await servers.pop()?.stop()
  expect(await send(server.url())).toMatchObject({ kind: 'later', said: expect.stringContaining('ECONNREFUSED') })
})

test.each([
  'Impulso\r\nBcc: eve@example.com',
  'Impulso\nBcc: eve@example.com',
  'Impulso\u2028Bcc: eve@example.com',
  'Impulso\u0085Bcc: eve@example.com',
  'Impulso\r\n\r\n<script>alert(1)</script>',
])('a subject like %j adds neither header nor text', async subject => {
  const server = await start()
  expect(await send(server.url(), { subject })).toMatchObject({ kind: 'accepted' })
  const [mail] = server.mails
  expect(mail?.to).toEqual(['ana@example.com'])
  const { headers, text } = readMail(mail?.raw ?? '')
  expect([...headers.keys()].sort()).toEqual(HEADERS)
  expect(headers.get('subject')).toHaveLength(1)
  expect(text).not.toContain('script')
})
const HEADERS = [
  'auto-submitted',
  'content-type',
  'date',
  'from',
  'message-id',
  'mime-version',
  'subject',
  'to',
  'x-auto-response-suppress',
]

test.each([
  'ana@example.com, eve@example.com',
  'ana@example.com;eve@example.com',
  'ana@example.com\r\nBcc: eve@example.com',
  'ana@example.com>\r\nRCPT TO:<eve@example.com',
  'Eve <eve@example.com>, ana@example.com',
])('an address like %j, were it ever kept, reaches nobody else', async address => {
  const server = await start()
  await send(server.url(), { address })
  const reached = server.mails.flatMap(mail => mail.to)
  expect(reached.filter(each => each === 'eve@example.com')).toEqual([])
  for (const { raw } of server.mails) expect(readMail(raw).headers.has('bcc')).toBe(false)
})

test("the sender's name is quoted, not read", async () => {
  const server = await start()
  await send(server.url(), {}, '"Impulso, eve@example.com" <impulso@example.com>')
  expect(readMail(server.mails[0]?.raw ?? '').headers.get('from')).toEqual(['"Impulso, eve@example.com" <impulso@example.com>'])
})
