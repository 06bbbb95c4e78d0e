import { randomUUID } from 'node:crypto'
import { AppError } from '../../model/errors.ts'
import { MOMENTUM_NAMES, USUAL_MOMENTUM } from '../../model/review-record.ts'
import type { ReviewRecordView, SetReviewEntry } from '../../model/review-record-api.ts'
import type { Text } from '../../model/words.ts'
import { findContact } from '../../store/contacts.ts'
import { namesOf } from '../../store/customers.ts'
import {
  changeReviewEntry,
  type EntryChange,
  findReviewEntries,
  findReviewEntry,
  insertReviewEntries,
  type ReviewEntry,
  type ReviewEntryRow,
} from '../../store/review-record.ts'
import { type Context, todayOf } from '../context.ts'
import { personal } from '../events/personal-value.ts'
import { invalidField } from '../invalid-field.ts'
import { notify } from '../notifications/notify.ts'
import type { Actor } from '../policy.ts'
import { refuseLostUpdate } from '../success-plan/change.ts'
import { type Changing, changeRecord, refuseOver } from './change.ts'

type Of = Readonly<{ customerId: string }>
type At = Of & Readonly<{ entry: string }>
type Values = { [List in SetReviewEntry['list']]: Omit<Extract<SetReviewEntry, { list: List }>, 'version'> }[SetReviewEntry['list']]

/** Adds a line to one of the lists of a review. Throws `invalid-input` naming the field. */
export const addReviewEntry = (context: Context, actor: Actor, { customerId, ...input }: SetReviewEntry & Of): Promise<ReviewRecordView> =>
  changeRecord(context, actor, customerId, async changing => {
    const { version, ...values } = input
    refuseLostUpdate(changing, version, undefined, { theirs: null, yours: values, what: 'the list' })
    if (!isOngoing(values.list)) refuseOver(changing)
    await checkEntry(changing, values, undefined)
    const id = randomUUID()
    const columns = columnsOf(values)
    await insertReviewEntries(changing.trx, [
      {
        customer_id: customerId,
        id,
        engagement_id: changing.engagement.id,
        made_at: changing.at,
        ...columns,
        version: changing.version,
      },
    ])
    await tellOwner(changing, id, values, null)
    return [
      { kind: `review-${values.list}-set`, data: { entry: id, ...titleOf(actor, columns), before: null, after: told(actor, columns) } },
    ]
  })

/** Changes a line, or brings back one that was removed. Throws `conflict` when somebody else changed it after `version`. */
export const setReviewEntry = (
  context: Context,
  actor: Actor,
  { customerId, entry: id, ...input }: SetReviewEntry & At,
): Promise<ReviewRecordView> =>
  changeRecord(context, actor, customerId, async changing => {
    const { version, ...values } = input
    const row = await getEntry(changing, id)
    if (row.list !== values.list) throw invalidField('list', `an entry stays in its list, which is "${row.list}"`)
    const before = columnsIn(row)
    const columns = columnsOf(values)
    if (row.removed_at === null && isSame(before, columns)) return []
    refuseWrite(changing, row)
    refuseLostUpdate(changing, version, row, {
      theirs: row.removed_at === null ? { ...asSent(row), ownerName: row.person_name ?? row.contact_name } : null,
      yours: values,
      what: 'the entry',
    })
    await checkEntry(changing, values, row)
    await changeReviewEntry(changing.trx, { customerId, id }, { ...columns, removed_at: null, version: changing.version })
    await tellOwner(changing, id, values, row.removed_at === null ? row.owner_id : null)
    const was = row.removed_at === null ? told(actor, before) : null
    return [{ kind: `review-${row.list}-set`, data: { entry: id, ...titleOf(actor, columns), before: was, after: told(actor, columns) } }]
  })

/** Takes a line off its list; `setReviewEntry` brings it back. Throws `conflict` when somebody else changed it after `version`. */
export const removeReviewEntry = (
  context: Context,
  actor: Actor,
  { customerId, entry: id, version }: At & Readonly<{ version: number }>,
): Promise<ReviewRecordView> =>
  changeRecord(context, actor, customerId, async changing => {
    const row = await getEntry(changing, id)
    if (row.removed_at !== null) return []
    refuseWrite(changing, row)
    const theirs = { ...asSent(row), ownerName: row.person_name ?? row.contact_name }
    refuseLostUpdate(changing, version, row, { theirs, yours: null, what: 'the entry' })
    await changeReviewEntry(changing.trx, { customerId, id }, { removed_at: changing.at, version: changing.version })
    const columns = columnsIn(row)
    return [
      { kind: `review-${row.list}-removed`, data: { entry: id, ...titleOf(actor, columns), before: told(actor, columns), after: null } },
    ]
  })

/** What goes on after the review is written to also when its engagement is over: only the next one ends that. */
const isOngoing = (list: Values['list']): boolean => list !== 'alignment'

/**
 * Throws `conflict` for what is only read: alignment of an engagement that is over, and all of earlier ones but what they left open. What
 * the last change closed there can be opened again.
 */
function refuseWrite(changing: Changing, row: ReviewEntryRow): void {
  if (row.engagement_id === changing.engagement.id) {
    if (!isOngoing(row.list)) refuseOver(changing)
    return
  }
  if ((row.list === 'gap' || row.list === 'step') && (row.closed_on === null || row.version === changing.before)) return
  throw new AppError('conflict', 'this entry is of an earlier engagement; it is only read')
}

async function getEntry({ trx, customer }: Changing, id: string): Promise<ReviewEntry> {
  const found = await findReviewEntry(trx, customer.id, id)
  if (!found) throw new AppError('not-found', `the review of customer ${customer.id} has no entry ${id}`)
  return found
}

type Columns = Required<Omit<EntryChange, 'engagement_id' | 'made_at' | 'removed_at' | 'version'>>

const NOTHING = {
  kind: null,
  what: null,
  service: null,
  approach: null,
  state: null,
  reason: null,
  resources: '[]',
  due: null,
  closed_on: null,
} as const

function columnsOf(values: Values): Columns {
  const owner = {
    owner_id: values.owner !== null && 'person' in values.owner ? values.owner.person : null,
    contact_id: values.owner !== null && 'contact' in values.owner ? values.owner.contact : null,
  }
  const { list, what } = values
  switch (list) {
    case 'gap': {
      const { kind, service, approach, due, closedOn } = values
      return { ...NOTHING, ...owner, list, what, kind, service, approach, due, closed_on: closedOn }
    }
    case 'prerequisite': {
      const { service, state, due } = values
      return { ...NOTHING, ...owner, list, what, service, state, due }
    }
    case 'step':
      return { ...NOTHING, ...owner, list, what, due: values.due, closed_on: values.closedOn }
    case 'momentum': {
      const { kind, state, reason, resources, due } = values
      return { ...NOTHING, ...owner, list, what, kind, state, reason, resources: JSON.stringify(resources), due }
    }
    case 'alignment':
      return { ...NOTHING, ...owner, list, what, state: values.state, closed_on: values.closedOn }
  }
}

const columnsIn = (row: ReviewEntryRow): Columns => ({
  list: row.list,
  kind: row.kind,
  what: row.what,
  service: row.service,
  approach: row.approach,
  state: row.state,
  reason: row.reason,
  resources: JSON.stringify(row.resources.map(({ title, url }) => ({ title, url }))),
  owner_id: row.owner_id,
  contact_id: row.contact_id,
  due: row.due,
  closed_on: row.closed_on,
})

const isSame = (a: Columns, b: Columns): boolean => (Object.keys(a) as (keyof Columns)[]).every(name => a[name] === b[name])

/** As the body of a request would have it, for the one who has to choose. */
const asSent = (row: ReviewEntryRow) => ({
  what: row.what,
  kind: row.kind,
  service: row.service,
  approach: row.approach,
  state: row.state,
  reason: row.reason,
  resources: row.resources,
  owner: row.owner_id !== null ? { person: row.owner_id } : row.contact_id !== null ? { contact: row.contact_id } : null,
  due: row.due,
  closedOn: row.closed_on,
})

/** Texts are free and may name people. */
const told = ({ personId }: Actor, { what, approach, reason, resources, owner_id, contact_id, ...rest }: Columns) => ({
  ...rest,
  texts: personal(personId, { what, approach, reason, resources }),
  owner: owner_id == null ? null : { person: owner_id },
  contact: contact_id,
})

/** Of the sentence in the timeline. */
const titleOf = ({ personId }: Actor, { what, kind, list }: Columns) => ({
  ...(list === 'momentum' ? { momentum: kind } : {}),
  title: what == null ? null : personal(personId, what),
})

async function checkEntry(changing: Changing, values: Values, row: ReviewEntry | undefined): Promise<void> {
  const { trx, customer, context } = changing
  const { owner } = values
  if (owner !== null && 'person' in owner && !(await namesOf(trx, [owner.person])).has(owner.person))
    throw invalidField('owner', `there is no person ${owner.person}`)
  if (owner !== null && 'contact' in owner) {
    const contact = await findContact(trx, customer.id, owner.contact)
    // Whoever was put away since stays where they stand.
    const isKept = row?.contact_id === owner.contact
    if (!contact || (contact.archived_at !== null && !isKept)) throw invalidField('owner', `the customer has no contact ${owner.contact}`)
  }
  if ('service' in values && values.service !== null && !context.playbook.services.some(each => each.id === values.service))
    throw invalidField('service', `the playbook knows no service "${values.service}"`)
  if ('closedOn' in values && values.closedOn !== null && values.closedOn > todayOf(context))
    throw invalidField('closedOn', 'this day is still to come')
  if (values.list === 'momentum' && values.kind !== 'other') await refuseSecond(changing, values.kind, row)
}

async function refuseSecond({ trx, customer, engagement }: Changing, kind: string, row: ReviewEntry | undefined): Promise<void> {
  const of = { customerId: customer.id, engagementId: row?.engagement_id ?? engagement.id }
  const others = (await findReviewEntries(trx, of, { left: false })).filter(each => each.id !== row?.id)
  if (others.some(each => each.list === 'momentum' && each.kind === kind))
    throw new AppError('conflict', `the momentum plan has "${kind}" already`, { details: { kind } })
}

/** Tells a person that something is theirs now; who took it themselves is not told. */
async function tellOwner({ trx, context, actor, customer, at }: Changing, id: string, values: Values, was: string | null): Promise<void> {
  const person = values.owner !== null && 'person' in values.owner ? values.owner.person : null
  if (person === null || person === actor.personId || person === was) return
  const title = nameOf(values)
  await notify(trx, context, {
    to: [person],
    key: `review-entry ${customer.id} ${id} ${at}`,
    kind: 'item-assigned',
    customerId: customer.id,
    path: `/customers/${customer.id}/review`,
    summary: { en: `Assigned to you: ${title.en}`, 'pt-BR': `Atribuído a você: ${title['pt-BR'] ?? title.en}` },
  })
}

function nameOf(values: Values): Text {
  const usual = values.list === 'momentum' ? USUAL_MOMENTUM.find(each => each === values.kind) : undefined
  const what = values.what ?? ''
  return usual ? MOMENTUM_NAMES[usual] : { en: what, 'pt-BR': what }
}
