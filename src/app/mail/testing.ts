import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'

/** For tests: a real mail server on this machine that keeps what it is given. */

export type ReceivedMail = Readonly<{
  from: string
  to: readonly string[]
  /** As it came over the wire. */
  raw: string
  isSecure: boolean
  user: string | null
}>

/** What the server does with a connection instead of taking the mail. */
export type Trouble = Readonly<{ at: 'connect' | 'recipient' | 'text' | 'end'; do: 'hang-up' | 'say-nothing' | `${4 | 5}${string}` }>

export type TestSmtpServer = Readonly<{
  port: number
  /** For `IMPULSO_SMTP_URL`; `query` is what follows the question mark. */
  url: (query?: string) => string
  mails: readonly ReceivedMail[]
  /** One entry is used up by each connection; none left = the mail is taken. */
  troubles: Trouble[]
  connections: () => number
  stop: () => Promise<void>
}>

export type TestSmtpOptions = Readonly<{
  /** Its certificate is self-signed. */
  tls?: 'none' | 'starttls' | 'from-the-start'
  account?: Readonly<{ user: string; password: string }>
  /** How long it takes to say that it has taken a mail, which it has from the start of it. */
  answersAfterMs?: number
}>

export async function startSmtpServer({ tls = 'none', account, answersAfterMs = 0 }: TestSmtpOptions = {}): Promise<TestSmtpServer> {
  const mails: ReceivedMail[] = []
  const troubles: Trouble[] = []
  const troubleOf = new Map<string, Trouble>()
  let connections = 0

  /** True when the step goes wrong as planned. */
  const fails = (at: Trouble['at'], session: SMTPServerSession, done: (error: Error) => void): boolean => {
    const trouble = troubleOf.get(session.id)
    if (trouble?.at !== at) return false
    if (trouble.do === 'hang-up') for (const each of server.connections) each._socket.destroy()
    else if (trouble.do !== 'say-nothing')
      done(Object.assign(new Error(trouble.do.slice(4)), { responseCode: Number(trouble.do.slice(0, 3)) }))
    return true
  }

  const server = new SMTPServer({
    secure: tls === 'from-the-start',
    hideSTARTTLS: tls !== 'starttls',
    authOptional: account === undefined,
    disabledCommands: account === undefined ? ['AUTH'] : [],
    allowInsecureAuth: true,
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 100,
    onConnect: (session, done) => {
      connections++
      const trouble = troubles.shift()
      if (trouble) troubleOf.set(session.id, trouble)
      if (!fails('connect', session, done)) done()
    },
    onAuth: (given, _session, done) => {
      const isRight = given.username === account?.user && given.password === account?.password
      if (isRight) done(null, { user: given.username })
      else done(Object.assign(new Error('5.7.8 wrong user or password'), { responseCode: 535 }))
    },
    onRcptTo: (_address, session, done) => {
      if (!fails('recipient', session, done)) done()
    },
    onData: (stream, session, done) => {
      stream.once('readable', () => fails('text', session, done))
      text(stream).then(
        raw => {
          if (troubleOf.get(session.id)?.at === 'text' || fails('end', session, done)) return
          const { mailFrom, rcptTo } = session.envelope
          const from = mailFrom === false ? '' : mailFrom.address
          mails.push({ from, to: rcptTo.map(each => each.address), raw, isSecure: session.secure, user: session.user ?? null })
          if (answersAfterMs > 0) setTimeout(() => done(null, '2.0.0 taken'), answersAfterMs)
          else done(null, '2.0.0 taken')
        },
        () => {},
      )
    },
  })
  server.on('error', () => {})
  const listening = server.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  // A server on a port has an address with a port.
  const { port } = listening.address() as AddressInfo
  const scheme = tls === 'from-the-start' ? 'smtps' : 'smtp'
  const login = account ? `${encodeURIComponent(account.user)}:${encodeURIComponent(account.password)}@` : ''
  return {
    port,
    url: query => `${scheme}://${login}127.0.0.1:${port}${query === undefined ? '' : `?${query}`}`,
    mails,
    troubles,
    connections: () => connections,
    stop: () => new Promise(done => server.close(() => done())),
  }
}

export type ReadMail = Readonly<{ headers: ReadonlyMap<string, readonly string[]>; text: string; html: string }>

/** Headers (by lower-case name, unfolded, encoded words decoded) and both texts of a mail as it arrived. */
export function readMail(raw: string): ReadMail {
  const { headers, body } = splitHead(raw)
  const boundary = /boundary="([^"]+)"/.exec(headers.get('content-type')?.[0] ?? '')?.[1]
  const parts = boundary === undefined ? [raw] : body.split(`--${boundary}`).slice(1, -1)
  const part = (type: string) => {
    const found = parts
      .map(each => splitHead(each.replace(/^\r\n/, '')))
      .find(each => each.headers.get('content-type')?.[0]?.startsWith(type))
    return found ? decodeBody(found.body, found.headers.get('content-transfer-encoding')?.[0]) : ''
  }
  return { headers, text: part('text/plain'), html: part('text/html') }
}

function splitHead(raw: string): { headers: Map<string, string[]>; body: string } {
  const end = raw.indexOf('\r\n\r\n')
  const headers = new Map<string, string[]>()
  for (const line of raw
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')) {
    const name = line.slice(0, line.indexOf(':')).toLowerCase()
    headers.set(name, [...(headers.get(name) ?? []), decodeWords(line.slice(line.indexOf(':') + 1).trim())])
  }
  return { headers, body: raw.slice(end + 4) }
}

const decodeBody = (body: string, encoding = '7bit') =>
  encoding === 'base64'
    ? Buffer.from(body, 'base64').toString()
    : encoding === 'quoted-printable'
      ? unquote(body.replace(/=\r\n/g, ''))
      : body

const unquote = (coded: string) =>
  Buffer.from(
    coded.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString()

const decodeWords = (line: string) =>
  line
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
      kind.toUpperCase() === 'B' ? Buffer.from(word, 'base64').toString() : unquote(word.replaceAll('_', ' ')),
    )
