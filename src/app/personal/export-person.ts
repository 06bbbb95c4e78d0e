import { ERASED_NAME, type PersonExport } from '../../model/admin-api.ts'
import { AppError } from '../../model/errors.ts'
import type { Text } from '../../model/words.ts'
import type { Db } from '../../store/database.ts'
import { ownChoices, ownNotifications } from '../../store/notifications.ts'
import {
  assignmentsWith,
  eventsWith,
  factsNaming,
  factsRecordedBy,
  findPersonRow,
  importsBy,
  itemsSetBy,
  keysMade,
  mailsTo,
  outcomesRecordedBy,
  reviewsOpenedBy,
  teamsWith,
} from '../../store/person-traces.ts'
import type { Context } from '../context.ts'
import { recordInstallation } from '../events/record.ts'
import { reveal } from '../events/reveal.ts'
import { type Actor, authorize, SYSTEM } from '../policy.ts'
import type { Accounts } from './erase.ts'

/** Everything kept about a person, by kind, without what would let somebody in. Throws `not-found` also for one who was erased. */
export function exportPerson(context: Context, accounts: Accounts, actor: Actor, personId: string): Promise<PersonExport> {
  authorize(actor, 'manage-people')
  return exportOf(context, accounts, actor, personId)
}

/** The same for oneself. */
export function exportOwn(context: Context, accounts: Accounts, actor: Actor): Promise<PersonExport> {
  authorize(actor, 'see-own')
  return exportOf(context, accounts, actor, actor.personId)
}

async function exportOf(context: Context, accounts: Accounts, actor: Actor, personId: string): Promise<PersonExport> {
  // Traces are everywhere, also with customers that the one who asks may not see.
  const { db } = context.as(SYSTEM)
  const person = await findPersonRow(db, personId)
  if (!person || person.erased_at !== null) throw new AppError('not-found', 'there is no such person')
  const account = await accountOf(accounts, personId)
  const email = account === undefined ? null : (await accounts.getPerson(personId)).email
  const kinds = [...accountKinds(account ?? {}), ...(await storeKinds(db, context, { personId, name: person.name, email }))].filter(
    kind => kind.rows.length > 0,
  )
  const count = kinds.reduce((sum, kind) => sum + kind.rows.length, 0)
  await context
    .as(SYSTEM)
    .db.transaction()
    .execute(trx => recordInstallation(trx, context, actor, { kind: 'export-made', data: { what: 'person', person: personId, count } }))
  return { person: { id: personId, name: person.name, email }, madeAt: context.now().toISOString(), kinds }
}

type Kind = PersonExport['kinds'][number]

async function accountOf(accounts: Accounts, personId: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    return await accounts.exportOf(personId)
  } catch (error) {
    // Somebody who is only named.
    if (error instanceof AppError && error.code === 'not-found') return undefined
    throw error
  }
}

const ACCOUNT_TITLES: Readonly<Record<string, Text>> = {
  account: { en: 'Account', 'pt-BR': 'Conta' },
  signInProviders: { en: 'Ways to sign in', 'pt-BR': 'Formas de entrar' },
  sessions: { en: 'Sessions', 'pt-BR': 'Sessões' },
  passkeys: { en: 'Passkeys', 'pt-BR': 'Chaves de acesso' },
  keys: { en: 'Personal keys', 'pt-BR': 'Chaves pessoais' },
}

const accountKinds = (account: Readonly<Record<string, unknown>>): Kind[] =>
  Object.entries(account).map(([kind, value]) => ({
    kind,
    title: { ...(ACCOUNT_TITLES[kind] ?? { en: kind, 'pt-BR': kind }) },
    rows: rowsOf(Array.isArray(value) ? value : [value]),
  }))

async function storeKinds(db: Db, context: Context, of: { personId: string; name: string; email: string | null }): Promise<Kind[]> {
  const { personId, name } = of
  const own = await ownChoices(db, personId)
  const kind = (id: string, title: { en: string; 'pt-BR': string }, rows: readonly unknown[]): Kind => ({
    kind: id,
    title,
    rows: rowsOf(rows),
  })
  return [
    kind('teams', { en: 'Teams', 'pt-BR': 'Equipes' }, await teamsWith(db, personId)),
    kind('assignments', { en: 'Assignments and covers', 'pt-BR': 'Atribuições e substituições' }, await assignmentsWith(db, personId)),
    kind('mails', { en: 'Mails', 'pt-BR': 'E-mails' }, await mailsTo(db, of)),
    kind('notifications', { en: 'What the person was told', 'pt-BR': 'Avisos à pessoa' }, await ownNotifications(db, personId)),
    kind('preferences', { en: 'What the person chose', 'pt-BR': 'Preferências da pessoa' }, own.preferences),
    kind('saved-views', { en: 'Views the person saved', 'pt-BR': 'Visões que a pessoa salvou' }, own.views),
    kind('expertise', { en: 'What the person knows, as an expert', 'pt-BR': 'O que a pessoa conhece, como especialista' }, own.expertise),
    kind('calendar-link', { en: 'Link to the calendar', 'pt-BR': 'Link da agenda' }, own.feeds),
    kind(
      'named-in-facts',
      { en: 'Facts about customers with the name', 'pt-BR': 'Fatos sobre clientes com o nome' },
      name === ERASED_NAME ? [] : await factsNaming(db, name),
    ),
    kind(
      'items',
      { en: 'Tasks whose status the person set', 'pt-BR': 'Tarefas cujo status a pessoa definiu' },
      await itemsSetBy(db, personId),
    ),
    kind('facts', { en: 'Facts the person recorded', 'pt-BR': 'Fatos que a pessoa registrou' }, await factsRecordedBy(db, personId)),
    kind('reviews', { en: 'Reviews the person opened', 'pt-BR': 'Revisões que a pessoa abriu' }, await reviewsOpenedBy(db, personId)),
    kind(
      'outcomes',
      { en: 'Outcomes the person recorded', 'pt-BR': 'Resultados que a pessoa registrou' },
      await outcomesRecordedBy(db, personId),
    ),
    kind('imports', { en: 'Reports the person imported', 'pt-BR': 'Relatórios que a pessoa importou' }, await importsBy(db, personId)),
    kind('keys-of-the-record', { en: 'Keys of the record', 'pt-BR': 'Chaves do registro' }, await keysMade(db, personId)),
    kind('events', { en: 'What is on record', 'pt-BR': 'O que está registrado' }, await eventRows(db, context, personId)),
  ]
}

/** Events by the person and about the person. Of those by others, where the others were is theirs. */
async function eventRows(db: Db, context: Context, personId: string): Promise<readonly unknown[]> {
  const rows = await eventsWith(db, personId)
  const revealed = await reveal(
    db,
    context,
    rows.map(row => row.body),
  )
  return rows.map(({ body: _, who, ...row }, index) => {
    // One for each row.
    const { data, from } = revealed[index]!
    return who === personId ? { ...row, by: 'oneself', data, from } : { ...row, by: 'somebody else', data }
  })
}

/** Plain JSON: moments as text. */
const rowsOf = (rows: readonly unknown[]): Record<string, unknown>[] => JSON.parse(JSON.stringify(rows)) as Record<string, unknown>[]
