import { randomBytes } from 'node:crypto'
import type { AccessRight } from '../../model/api.ts'
import { type AuthDatabase, openAuthDatabase } from '../../store/auth-database.ts'
import { type TestDatabase, testDatabase } from '../../store/testing.ts'
import { type Auth, createAuth } from './auth.ts'
import { AUTH_PATH, CLIENT_ADDRESS } from './endpoints.ts'
import type { AuthOptions, SignInEvent, SignInMail } from './types.ts'

export const ORIGIN = 'http://localhost:4100'
export const PASSWORD = 'longboat river seventeen'

export type TestAuth = Readonly<{
  auth: Auth
  database: TestDatabase
  /** The tables of sign-in, to look into and to let time pass. */
  tables: AuthDatabase['db']
  events: SignInEvent[]
  mails: SignInMail[]
  people: { id: string; name: string }[]
  said: string[]
  hashCount: () => number
  addPerson: (name: string, right?: AccessRight) => Promise<string>
  browser: (address?: string) => Browser
  close: () => Promise<void>
}>

/** For tests: sign-in on a database of its own, with everything it says and does written down. */
export async function testAuth(options: Partial<AuthOptions> = {}): Promise<TestAuth> {
  const database = await testDatabase()
  const events: SignInEvent[] = []
  const mails: SignInMail[] = []
  const people: { id: string; name: string }[] = []
  const said: string[] = []
  let hashes = 0
  const auth = createAuth({
    databaseUrl: database.urls.auth,
    secret: 'a secret of at least thirty-two characters',
    origins: [ORIGIN, 'http://127.0.0.1:4100'],
    log: (_level, message) => said.push(message),
    sendMail: async mail => void mails.push(mail),
    onEvent: async event => void events.push(event),
    onPerson: async person => void people.push(person),
    onHash: () => hashes++,
    ...options,
  })
  const tables = openAuthDatabase(database.urls.auth)
  return {
    auth,
    database,
    tables: tables.db,
    events,
    mails,
    people,
    said,
    hashCount: () => hashes,
    addPerson: (name, right = 'reader') => auth.addPerson({ email: emailOf(name), name, right, password: PASSWORD }),
    browser: address => new Browser(auth, address),
    close: async () => {
      await auth.close()
      await tables.close()
      await database.close()
    },
  }
}

export const emailOf = (name: string): string => `${name.toLowerCase()}@example.com`

/** Keeps cookies the way a browser does, at an address nobody else has. */
export class Browser {
  readonly #auth: Auth
  readonly #address: string
  readonly #cookies = new Map<string, string>()

  constructor(auth: Auth, address = `2001:db8:${randomBytes(2).toString('hex')}:${randomBytes(2).toString('hex')}::1`) {
    this.#auth = auth
    this.#address = address
  }

  get headers(): Headers {
    const headers = new Headers({ origin: ORIGIN, 'user-agent': 'a browser', [CLIENT_ADDRESS]: this.#address })
    const cookies = [...this.#cookies].map(([name, value]) => `${name}=${value}`)
    if (cookies.length > 0) headers.set('cookie', cookies.join('; '))
    return headers
  }

  cookie(name: string): string | undefined {
    return this.#cookies.get(name)
  }

  setCookie(line: string): void {
    const [pair = '', ...attributes] = line.split('; ')
    const name = pair.slice(0, pair.indexOf('='))
    if (attributes.some(each => /^max-age=0$/i.test(each))) this.#cookies.delete(name)
    else this.#cookies.set(name, pair.slice(name.length + 1))
  }

  async send(method: string, path: string, body?: unknown, more: Record<string, string> = {}): Promise<Response> {
    const headers = this.headers
    if (body !== undefined) headers.set('content-type', 'application/json')
    for (const [name, value] of Object.entries(more)) headers.set(name, value)
    const text = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body)
    const response = await this.#auth.handler(new Request(`${ORIGIN}${AUTH_PATH}${path}`, { method, headers, body: text }))
    for (const line of response.headers.getSetCookie()) this.setCookie(line)
    return response
  }

  get = (path: string): Promise<Response> => this.send('GET', path)
  post = (path: string, body: unknown = {}, more: Record<string, string> = {}): Promise<Response> => this.send('POST', path, body, more)
  signIn = (name: string, password = PASSWORD): Promise<Response> => this.post('/sign-in/email', { email: emailOf(name), password })
  actor = () => this.#auth.actorOf(this.headers)
}

/** A code of a refusal, with its status. */
export async function told(response: Response): Promise<readonly [number, string | undefined]> {
  const answer = (await response.json()) as { code?: string }
  return [response.status, answer.code]
}
