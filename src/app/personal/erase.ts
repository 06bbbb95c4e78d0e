import { ERASED_NAME, type Erasure } from '../../model/admin-api.ts'
import { AppError } from '../../model/errors.ts'
import type { Text } from '../../model/words.ts'
import { raiseVersions, removeAssignment } from '../../store/assignments.ts'
import { lockCustomers } from '../../store/customers.ts'
import type { Trx } from '../../store/database.ts'
import { deleteOwn } from '../../store/notifications.ts'
import { dropKeysOf, lockKeysOf } from '../../store/person-keys.ts'
import {
  assignmentsWith,
  deleteAnswersWith,
  deleteMailsNaming,
  deleteMailsTo,
  endAssignment,
  factsNaming,
  findPeopleNamed,
  findPersonRow,
  leaveTeams,
  unnameFact,
  unnameNotifications,
  unnamePerson,
} from '../../store/person-traces.ts'
import type { Row } from '../../store/tables.ts'
import { told as toldAssignment } from '../assignments/record.ts'
import type { Auth } from '../auth/auth.ts'
import { type Context, todayOf } from '../context.ts'
import { recordCustomer, recordInstallation } from '../events/record.ts'
import { recompute } from '../plans/recompute.ts'
import { type Actor, authorize, COMMAND_LINE, SYSTEM } from '../policy.ts'

/** What erasure and copies ask of sign-in. */
export type Accounts = Pick<Auth, 'getPerson' | 'deletePerson' | 'exportOf' | 'listPeople' | 'findByEmail'>

/**
 * Forgets somebody who may sign in; `email` repeats whom. Throws `not-found`, `invalid-input` when the address is another's, `conflict` for
 * oneself and for the last administrator.
 */
export async function erasePerson(
  context: Context,
  accounts: Accounts,
  actor: Actor,
  { personId, email }: { personId: string; email: string },
): Promise<Erasure> {
  authorize(actor, 'manage-people')
  const account = await accounts.getPerson(personId)
  if (account.email !== email.trim().toLowerCase()) {
    throw new AppError('invalid-input', 'this is not the e-mail address of the person', {
      details: [{ path: 'email', message: 'repeat the address of the person to be erased' }],
    })
  }
  if (personId === actor.personId) throw new AppError('conflict', 'nobody erases oneself; ask another administrator')
  return eraseAccount(context, accounts, actor, personId)
}

/** The same without repeating whom: for the command line, and for accounts whose time is over. */
export async function eraseAccount(context: Context, accounts: Accounts, actor: Actor, personId: string): Promise<Erasure> {
  const { name, email } = await accounts.getPerson(personId)
  const deleteAccount = () => accounts.deletePerson(personId)
  return forget(context, actor, { personId, email, names: [name], deleteAccount })
}

/** Forgets somebody who is only named, in facts or in the record, and never had an account here. Throws `not-found` and `conflict`. */
export async function eraseNamed(context: Context, accounts: Accounts, actor: Actor, name: string): Promise<Erasure> {
  authorize(actor, 'manage-people')
  const { db } = context.as(SYSTEM)
  const people = await findPeopleNamed(db, name)
  for (const { id } of people) {
    if (await hasAccount(accounts, id)) throw new AppError('conflict', `${name} has an account; erase it by its e-mail address`)
    if (OWN_IDS.has(id)) throw new AppError('conflict', `${name} is the program itself`)
  }
  if (people.length === 0 && (await factsNaming(db, name)).length === 0) throw new AppError('not-found', 'nobody of this name is known')
  return forget(context, actor, { personId: people[0]?.id ?? null, email: null, names: [name], deleteAccount: async () => {} })
}

/** Who the record names where no person acted. */
const OWN_IDS: ReadonlySet<string> = new Set([SYSTEM.personId, COMMAND_LINE.personId, 'demo'])

async function hasAccount(accounts: Accounts, id: string): Promise<boolean> {
  try {
    await accounts.getPerson(id)
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return false
    throw error
  }
}

type Forgotten = Readonly<{
  /** Null: named in facts only. */
  personId: string | null
  email: string | null
  names: readonly string[]
  deleteAccount: () => Promise<void>
}>
type Counts = { -readonly [Kind in keyof typeof TITLES]?: number }

/** All of it or nothing, but for the account, which goes last. Runs as the system, whoever asked: the traces are everywhere. */
async function forget(context: Context, actor: Actor, forgotten: Forgotten): Promise<Erasure> {
  const system = context.as(SYSTEM)
  const { personId, email, deleteAccount } = forgotten
  const counts: Counts = {}
  await system.db.transaction().execute(async trx => {
    const person = personId === null ? undefined : await findPersonRow(trx, personId)
    const names = [...new Set([...forgotten.names, ...(person && person.erased_at === null ? [person.name] : [])])]
    const assigned = personId === null ? [] : await assignmentsWith(trx, personId)
    const touched = idsOf([...(await factsOnlyOf(trx, personId, names)), ...assigned])
    // In the order of whoever writes: customers, people, their keys, chains. Then nobody waits in a circle.
    if (touched.length > 0) await lockCustomers(trx, touched)
    const facts = await factsOnlyOf(trx, personId, names)
    const twins = (await Promise.all(names.map(name => findPeopleNamed(trx, name)))).flat().filter(each => isOnlyNamed(each.id))
    const ids = [...new Set([...(personId === null ? [] : [personId]), ...twins.map(each => each.id)])].sort()
    for (const id of ids) {
      await unnamePerson(trx, id, { name: ERASED_NAME, at: context.now().toISOString() })
      await lockKeysOf(trx, id)
      counts.name = (counts.name ?? 0) + 1
      counts.key = (counts.key ?? 0) + (await dropKeysOf(trx, id))
    }
    counts.fact = await unnameFacts(trx, context, actor, personId, facts)
    counts.assignment = personId === null ? 0 : await endAssignments(trx, context, actor, personId)
    if (facts.length > 0) await recompute(trx, system, idsOf(facts))
    for (const id of ids) {
      counts.team = (counts.team ?? 0) + (await leaveTeams(trx, id))
      const own = await deleteOwn(trx, id)
      counts.notification = (counts.notification ?? 0) + own.notification
      counts.preference = (counts.preference ?? 0) + own.preference
      counts.mail = (counts.mail ?? 0) + (await deleteMailsTo(trx, { personId: id, email }))
      counts.answer = (counts.answer ?? 0) + (await deleteAnswersWith(trx, id, [...names, ...(email === null ? [] : [email])]))
    }
    // What others were told of the person; a name that somebody else has too is lost with it.
    for (const name of names) counts.notification = (counts.notification ?? 0) + (await unnameNotifications(trx, name, ERASED_NAME))
    counts.mail = (counts.mail ?? 0) + (await deleteMailsNaming(trx, [...names, ...(email === null ? [] : [email])]))
    await deleteAccount()
    if (email !== null) counts.account = 1
    // Last: everybody who signs in waits for the transaction that adds to this record.
    await recordInstallation(trx, context, actor, { kind: 'person-erased', data: { person: personId, erased: counts } })
  })
  return { erased: told(counts), kept: KEPT.map(({ kind, title, why }) => ({ kind, title: { ...title }, why: { ...why } })) }
}

/** People whom only a fact named have ids like this. */
const isOnlyNamed = (id: string) => id.startsWith('named-')

/** Facts with these names, unless somebody else with an account has the same name and they may be about that person. */
async function factsOnlyOf(trx: Trx, personId: string | null, names: readonly string[]): Promise<readonly Row<'fact'>[]> {
  const found: Row<'fact'>[] = []
  for (const name of names) {
    const others = (await findPeopleNamed(trx, name)).filter(each => each.id !== personId && !isOnlyNamed(each.id))
    if (others.length === 0) found.push(...(await factsNaming(trx, name)))
  }
  return found
}

const idsOf = (rows: readonly { customer_id: string }[]): readonly string[] => [...new Set(rows.map(row => row.customer_id))].sort()

async function unnameFacts(
  trx: Trx,
  context: Context,
  actor: Actor,
  personId: string | null,
  facts: readonly Row<'fact'>[],
): Promise<number> {
  if (facts.length === 0) return 0
  await raiseVersions(trx, idsOf(facts))
  for (const fact of [...facts].sort((a, b) => (a.customer_id < b.customer_id ? -1 : 1))) {
    await unnameFact(trx, fact)
    const before = personId === null ? null : { person: personId }
    const data = { fact: fact.name, service: fact.service || null, before, after: null, asOf: null }
    await recordCustomer(trx, context, actor, { customerId: fact.customer_id, kind: 'fact-set', data })
  }
  return facts.length
}

/** What holds ends today, what has not begun goes. */
async function endAssignments(trx: Trx, context: Context, actor: Actor, personId: string): Promise<number> {
  const isOpen = (row: Row<'assignment'>) => row.until === null || row.until >= todayOf(context)
  const own = (await assignmentsWith(trx, personId)).filter(row => row.person_id === personId && isOpen(row))
  if (own.length === 0) return 0
  const today = todayOf(context)
  const versions = await raiseVersions(trx, idsOf(own))
  for (const row of own) {
    const isFuture = row.since > today
    const after = isFuture ? null : { ...row, until: today, is_primary: false }
    if (after === null) await removeAssignment(trx, row.customer_id, row.id)
    else await endAssignment(trx, row, today)
    const data = { version: versions.get(row.customer_id) ?? 0, before: toldAssignment(row), after: after && toldAssignment(after) }
    const kind = isFuture ? 'assignment-removed' : 'assignment-changed'
    await recordCustomer(trx, context, actor, { customerId: row.customer_id, kind, data })
  }
  return own.length
}

const TITLES = {
  account: { en: 'Account, with sessions, passkeys, codes and keys', 'pt-BR': 'Conta, com sessões, chaves de acesso, códigos e chaves' },
  name: { en: 'Name', 'pt-BR': 'Nome' },
  key: {
    en: 'Keys to what the record keeps of the person: addresses, notes, names',
    'pt-BR': 'Chaves do que o registro guarda da pessoa: endereços, notas, nomes',
  },
  fact: { en: 'Facts about customers that name the person', 'pt-BR': 'Fatos sobre clientes que citam a pessoa' },
  assignment: { en: 'Assignments, ended', 'pt-BR': 'Atribuições, encerradas' },
  team: { en: 'Memberships of teams', 'pt-BR': 'Participações em equipes' },
  notification: {
    en: 'What the person was told, and the name in what others were told',
    'pt-BR': 'Avisos à pessoa, e o nome nos avisos a outras',
  },
  preference: {
    en: 'Choices, saved views and the link to the calendar',
    'pt-BR': 'Preferências, visões salvas e o link da agenda',
  },
  mail: { en: 'Mails to the person, and mails that name them', 'pt-BR': 'E-mails à pessoa, e os que a citam' },
  answer: { en: 'Kept answers to repeated requests', 'pt-BR': 'Respostas guardadas a pedidos repetidos' },
} as const satisfies Record<string, Text>

// The keys of a literal are its kinds.
const told = (counts: Counts) =>
  (Object.keys(TITLES) as (keyof typeof TITLES)[]).map(kind => ({ kind, title: { ...TITLES[kind] }, count: counts[kind] ?? 0 }))

const KEPT: readonly Readonly<{ kind: string; title: Text; why: Text }>[] = [
  {
    kind: 'event',
    title: { en: 'What the person did, without saying who it was', 'pt-BR': 'O que a pessoa fez, sem dizer quem foi' },
    why: {
      en: 'the record of a customer stays whole; a number stands for the person',
      'pt-BR': 'o registro de um cliente permanece inteiro; um número representa a pessoa',
    },
  },
  {
    kind: 'note',
    title: { en: 'Notes on tasks', 'pt-BR': 'Notas em tarefas' },
    why: {
      en: 'they are about the customer; a note whose text names the person has to be changed by hand',
      'pt-BR': 'tratam do cliente; uma nota cujo texto cita a pessoa precisa ser alterada à mão',
    },
  },
  {
    kind: 'backup',
    title: { en: 'Backups made before', 'pt-BR': 'Cópias de segurança anteriores' },
    why: {
      en: 'they are outside this program; erase again after restoring one',
      'pt-BR': 'estão fora deste programa; apague de novo depois de restaurar uma',
    },
  },
]
