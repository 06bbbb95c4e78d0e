import { openAuthDatabase } from '../../store/auth-database.ts'
import { purgeAuth } from '../../store/auth-keeping.ts'
import { deleteKey } from '../../store/auth-keys.ts'
import { countAdministrators, countUsers, findUserByEmail } from '../../store/auth-people.ts'
import { deleteSessions } from '../../store/auth-sessions.ts'
import { actorOf } from './actor.ts'
import { cookieNames } from './cookies.ts'
import { createDevices } from './device-cookie.ts'
import * as directory from './directory.ts'
import { CLIENT_ADDRESS } from './endpoints.ts'
import { createHandler } from './handler.ts'
import { createKey, listKeys } from './keys.ts'
import { buildLibrary, LONGEST_SESSION_SECONDS, mainOrigin } from './library.ts'
import * as links from './links.ts'
import { createLockOut } from './lock-out.ts'
import { countedHashing } from './passwords.ts'
import { isFresh, listSessions, revokeSession } from './sessions.ts'
import { profileFor } from './sso.ts'
import { ssoProvider } from './sso-provider.ts'
import type {
  AuthOptions,
  Invitation,
  KeyInfo,
  NewKey,
  NewPerson,
  Origin,
  PersonAccount,
  PersonChange,
  SessionInfo,
  SignedIn,
  SignInEventKind,
  Tell,
  WaysIn,
} from './types.ts'

/** Everything about accounts. Who may call what is for the use cases to decide; `origin` says who asked and from where, for the events. */
export type Auth = Readonly<{
  /** Answers everything under `/api/auth`. */
  handler: (request: Request) => Promise<Response>
  /** Who sent this request, by session cookie or key; undefined for nobody. Throws `too-many` when a key is used too often. */
  actorOf: (headers: Headers) => Promise<SignedIn | undefined>
  /** Whether somebody signed in so lately that they may make keys and change how they sign in. */
  isFresh: (actor: SignedIn) => Promise<boolean>

  /** Makes an account that can sign in with a password; answers its id. Throws `conflict` when the address is taken. */
  addPerson: (person: NewPerson) => Promise<string>
  countPeople: () => Promise<number>
  /** Administrators who can sign in. */
  countAdministrators: () => Promise<number>
  findByEmail: (email: string) => Promise<string | undefined>
  listPeople: (query: { q?: string; limit: number; after?: string }) => Promise<directory.PeoplePage>
  getPerson: (id: string) => Promise<PersonAccount>
  changePerson: (id: string, change: PersonChange, origin?: Origin) => Promise<PersonAccount>
  deletePerson: (id: string, origin?: Origin) => Promise<void>
  waysInOf: (id: string) => Promise<WaysIn>
  /** How each of these people comes in; the same few queries for one and for many. */
  waysInOfAll: (ids: readonly string[]) => Promise<ReadonlyMap<string, directory.WaysCount>>
  exportOf: (id: string) => Promise<Readonly<Record<string, unknown>>>

  /** Makes an account without a password and mails a link that sets one; answers the person's id. */
  invite: (invitation: Invitation, origin?: Origin) => Promise<string>
  resendInvitation: (id: string, origin?: Origin) => Promise<void>
  findInvitation: (token: string) => Promise<{ name: string; email: string } | undefined>
  /** `deviceCookie` is a `Set-Cookie` line for the browser that accepted. */
  acceptInvitation: (token: string, password: string, origin?: Origin) => Promise<{ personId: string; deviceCookie: string }>
  /** A one-time link that sets a new password; `dropTwoFactor` for whoever lost the device as well. For the command line. */
  recoverPassword: (email: string, options?: { dropTwoFactor?: boolean }) => Promise<string>

  listSessions: (personId: string, currentId?: string) => Promise<SessionInfo[]>
  /** Whether there was such a session. */
  revokeSession: (personId: string, sessionId: string, origin?: Origin) => Promise<boolean>
  /** How many there were besides the one given. */
  revokeOthers: (personId: string, currentId: string, origin?: Origin) => Promise<number>
  revokeAll: (personId: string, origin?: Origin) => Promise<number>

  /** Makes a personal key, shown this once. */
  createKey: (key: NewKey, origin?: Origin) => Promise<Readonly<{ id: string; key: string; expiresAt: string }>>
  listKeys: (personId: string) => Promise<KeyInfo[]>
  deleteKey: (personId: string, keyId: string, origin?: Origin) => Promise<boolean>

  /** Deletes what has ended; answers how many of each. */
  purge: (now: Date) => ReturnType<typeof purgeAuth>
  /** Waits for what answers did not wait for, then lets the connections go. */
  /** All that no answer waited for, mails above all, is done. */
  settled: () => Promise<void>
  close: () => Promise<void>
}>

export function createAuth(options: AuthOptions): Auth {
  const database = openAuthDatabase(options.databaseUrl)
  const { db } = database
  const hashing = countedHashing(options.onHash ?? (() => {}))
  const address = mainOrigin(options.origins)
  const names = cookieNames(address)
  const devices = createDevices({ secret: options.secret, names, isSecure: address.startsWith('https://') })
  const log = options.log ?? (() => {})
  const { later, settled } = background(log)
  const tell: Tell = async (kind, personId, { by = personId, headers = new Headers() } = {}, told) => {
    const agent = headers.get('user-agent')?.slice(0, 300) || null
    await options.onEvent?.({ kind, personId, by, address: headers.get(CLIENT_ADDRESS), agent, ...(told ? { told } : {}) })
  }

  const lockOut = createLockOut(database.pool, devices)
  const parts = { options, database, hashing, lockOut }
  const { sso } = options
  const provider = sso ? ssoProvider(sso, { log, profileOf: claims => profileFor(db, sso, claims, { ...options, tell }) }) : null
  const sendReset = async (given: { user: { id: string }; token: string }) => {
    const personId = await links.sendReset(parts, given)
    if (personId) await tell('password-reset-asked', personId)
  }
  const library = buildLibrary({ options, database, hashing, provider, sendReset, later })
  const handler = createHandler({ library, database, devices, lockOut, names, hasSso: provider !== null, tell, later })

  return {
    handler,
    actorOf: headers => actorOf(library, db, headers),
    isFresh: actor => isFresh(db, actor),

    addPerson: async person => {
      const id = await directory.addPerson(database, hashing, person)
      await options.onPerson?.({ id, name: person.name })
      return id
    },
    countPeople: () => countUsers(db),
    countAdministrators: () => countAdministrators(db),
    findByEmail: async email => (await findUserByEmail(db, email))?.id,
    listPeople: query => directory.listPeople(db, query),
    getPerson: id => directory.getPerson(db, id),
    changePerson: async (id, change, asker) => {
      const before = await directory.getPerson(db, id)
      const person = await directory.changePerson(database, id, change)
      if (before.name !== person.name) await options.onPerson?.({ id, name: person.name })
      for (const kind of eventsOf(before, person)) await tell(kind, id, asker)
      return person
    },
    deletePerson: async (id, asker) => {
      await directory.deletePerson(database, id)
      await tell('person-deleted', id, asker)
    },
    waysInOf: id => directory.waysInOf(db, id),
    waysInOfAll: ids => directory.waysInOfAll(db, ids),
    exportOf: id => directory.exportOf(db, id),

    invite: async (invitation, asker) => {
      const id = await links.invite(parts, invitation, asker?.by ?? null)
      await tell('invited', id, asker)
      return id
    },
    resendInvitation: async (id, asker) => {
      await links.resendInvitation(parts, id, asker?.by ?? null)
      await tell('invited', id, asker)
    },
    findInvitation: token => links.findInvitation(parts, token),
    acceptInvitation: async (token, password, asker) => {
      const user = await links.acceptInvitation(parts, token, password)
      await tell('invitation-accepted', user.id, asker)
      return { personId: user.id, deviceCookie: devices.cookieFor(user.email, new Date()) }
    },
    recoverPassword: (email, { dropTwoFactor = false } = {}) => links.recoverPassword(parts, email, dropTwoFactor),

    listSessions: (personId, currentId) => listSessions(db, personId, currentId),
    revokeSession: async (personId, sessionId, asker) => {
      const wasThere = await revokeSession(db, personId, sessionId)
      if (wasThere) await tell('session-revoked', personId, asker)
      return wasThere
    },
    revokeOthers: async (personId, currentId, asker) => {
      const count = await deleteSessions(db, personId, currentId)
      if (count > 0) await tell('session-revoked', personId, asker)
      return count
    },
    revokeAll: async (personId, asker) => {
      const count = await deleteSessions(db, personId)
      if (count > 0) await tell('session-revoked', personId, asker)
      return count
    },

    createKey: async (key, asker) => {
      const made = await createKey(library, db, key)
      await tell('key-made', key.personId, asker)
      return made
    },
    listKeys: personId => listKeys(db, personId),
    deleteKey: async (personId, keyId, asker) => {
      const wasThere = await deleteKey(db, personId, keyId)
      if (wasThere) await tell('key-removed', personId, asker)
      return wasThere
    },

    purge: now => purgeAuth(db, { now, sessionsBegunBefore: new Date(now.getTime() - LONGEST_SESSION_SECONDS * 1000) }),
    settled,
    close: async () => {
      await settled()
      await database.close()
    },
  }
}

/** Work that no answer waits for, but the end of the process does. */
function background(log: (level: string, message: string) => void) {
  const open = new Set<Promise<unknown>>()
  const later = (work: Promise<unknown>): void => {
    const settled = work.catch(error => log('error', error instanceof Error ? error.message : 'something in the background failed'))
    open.add(settled)
    void settled.finally(() => open.delete(settled))
  }
  const settled = async () => {
    while (open.size > 0) await Promise.all(open)
  }
  return { later, settled }
}

function eventsOf(before: PersonAccount, after: PersonAccount): SignInEventKind[] {
  const changed = before.name !== after.name || before.right !== after.right || before.scope !== after.scope
  const isDisabled = after.state === 'disabled'
  return [
    ...(changed ? (['person-changed'] as const) : []),
    ...((before.state === 'disabled') === isDisabled ? [] : [isDisabled ? ('person-disabled' as const) : ('person-enabled' as const)]),
  ]
}
