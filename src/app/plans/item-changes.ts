import { AppError } from '../../model/errors.ts'
import {
  type ChangeItems,
  FOLLOW_UP,
  type ItemChange,
  type ItemConflicts,
  type ItemRefusals,
  type ItemsChanged,
  type ItemValues,
  type ItemWarning,
  LOAD_CAP,
} from '../../model/item-api.ts'
import type { Text } from '../../model/words.ts'
import { raiseVersion, savePeople } from '../../store/customers.ts'
import { type Trx, violationOf } from '../../store/database.ts'
import { changeFollowUp, type FollowUpRow, findFollowUps } from '../../store/follow-ups.ts'
import { changeItem, clearMark, type FoundItem, findItems, lastChangeOf, saveMarks } from '../../store/items.ts'
import type { Context } from '../context.ts'
import { lockForChange } from '../customers/visible.ts'
import { personal } from '../events/personal-value.ts'
import { recordCustomerEvents, type Told } from '../events/record.ts'
import { tellAssignee } from '../follow-ups/add-follow-up.ts'
import { type Actor, serviceRefusal } from '../policy.ts'
import { assignable, getItems, named } from './item-view.ts'
import { itemTitle, roleOfItem } from './item-words.ts'
import { FIRST_ENGAGEMENT, recomputeOne, upToDate } from './recompute.ts'

/** An item or a follow-up as it stands, whichever it is. */
type Found = Readonly<{
  id: string
  service: string | null
  version: number
  values: ItemValues
  regressedOn: string | null
  row: { is: 'item'; item: FoundItem } | { is: 'follow-up'; followUp: FollowUpRow }
}>

const CLOSING = ['complete', 'not-required', 'cancelled'] as const

/**
 * Changes several items and follow-ups of a customer in one transaction: all of them or none. Throws `conflict` with what stands now when
 * somebody else changed one after `version`, `forbidden` or `invalid-input` naming each that cannot be changed, and why. Loads above the
 * cap and people of another role are warned of, never refused.
 */
export async function changeItems(
  context: Context,
  actor: Actor,
  input: ChangeItems & Readonly<{ customerId: string }>,
): Promise<ItemsChanged> {
  try {
    const { warnings, undo } = await context.db.transaction().execute(trx => changeIn(trx, context, actor, input))
    return { items: await getItems(context, actor, input.customerId), warnings, undo }
  } catch (error) {
    if (violationOf(error)?.constraint !== 'engagement_complete') throw error
    throw new AppError('conflict', 'the engagement is complete: its review task stays complete', { cause: error })
  }
}

async function changeIn(
  trx: Trx,
  context: Context,
  actor: Actor,
  { customerId, changes, version: seen }: ChangeItems & Readonly<{ customerId: string }>,
): Promise<Pick<ItemsChanged, 'warnings' | 'undo'>> {
  const { customer, access } = await lockForChange(trx, context, actor, 'set-item', customerId)
  if (seen > customer.version) throw new AppError('invalid-input', `version ${seen} is not yet there`)
  // The saved items may be of yesterday; those in question may have come since.
  const { known } = await upToDate(trx, context, customerId)
  const engagementId = known.engagement?.id ?? FIRST_ENGAGEMENT
  const found = await findAll(trx, customerId, engagementId, changes)
  const missing = changes.filter(each => !found.has(each.item))
  if (missing.length > 0) {
    throw new AppError('not-found', `customer ${customerId} has no item ${missing.map(each => each.item).join(', ')}`, {
      details: refusals(missing.map(({ item }) => ({ item, reason: GONE }))),
    })
  }
  // Each was found.
  const wanted = changes.map(change => ({ change, present: found.get(change.item)! }))
  const forbidden = wanted.flatMap(({ change: { item }, present }) => {
    const reason = serviceRefusal(access, present.service)
    return reason ? [{ item, reason }] : []
  })
  const [first] = forbidden
  if (first) throw new AppError('forbidden', first.reason.en ?? '', { details: { reason: first.reason, ...refusals(forbidden) } })
  const people = await assignable({ ...context, db: trx }, customerId)
  const wrong = wanted.flatMap(({ change, present }) => {
    const reason = wrongIn(change, present, people)
    return reason ? [{ item: change.item, reason }] : []
  })
  if (wrong.length > 0) throw new AppError('invalid-input', wrong[0]?.reason.en ?? '', { details: refusals(wrong) })
  const real = wanted.filter(({ change, present }) => changesSomething(change, present))
  await refuseLostUpdates(trx, customerId, customer.version, seen, real)
  if (real.length === 0) return { warnings: [], undo: [] }

  const version = await raiseVersion(trx, customerId)
  await savePeople(trx, [{ id: actor.personId, name: actor.name }])
  const at = context.now().toISOString()
  const told: Told[] = []
  for (const { change, present } of real) {
    await write(trx, { customerId, engagementId, version, at, by: actor.personId }, change, present)
    told.push(...toldOf(actor, change, present))
  }
  await recordCustomerEvents(trx, context, actor, customerId, told)
  for (const { change, present } of real) {
    if (change.assignee === undefined || change.assignee === null || change.assignee === present.values.assignee?.id) continue
    await tellAssignee(trx, context, actor, {
      customerId,
      item: change.item,
      title: titleOf(context, present),
      assignee: change.assignee,
    })
  }
  // A day of its own changes no plan, but what is late and due next.
  if (real.some(({ change: { status, due }, present }) => (status !== undefined || due !== undefined) && present.row.is === 'item'))
    await recomputeOne(trx, context, customerId)
  return { warnings: warningsOf(context, real, people), undo: undoable(real) }
}

type Wanted = Readonly<{ change: ItemChange; present: Found }>
type People = Awaited<ReturnType<typeof assignable>>

const refusals = (list: ItemRefusals['refusals']): ItemRefusals => ({ refusals: list })
const GONE: Text = { en: 'it is not there any more', 'pt-BR': 'não existe mais' }

async function findAll(
  trx: Trx,
  customerId: string,
  engagementId: string,
  changes: readonly ItemChange[],
): Promise<ReadonlyMap<string, Found>> {
  const ids = changes.map(each => each.item)
  const items = ids.filter(id => !id.startsWith(FOLLOW_UP))
  const found = new Map<string, Found>()
  for (const item of items.length === 0 ? [] : await findItems(trx, customerId, engagementId, items)) {
    const { id, service, version, status, reason, note, regressed_on } = item
    const values = { status, reason, note, assignee: named(item.assignee, item.assignee_name), due: item.due_set, title: null }
    found.set(id, { id, service, version, values, regressedOn: regressed_on, row: { is: 'item', item } })
  }
  if (items.length === ids.length) return found
  for (const followUp of await findFollowUps(trx, customerId, engagementId)) {
    const { service, version, status, reason, note, due, title } = followUp
    const id = `${FOLLOW_UP}${followUp.id}`
    const values = { status, reason, note, assignee: named(followUp.assignee, followUp.assignee_name), due, title }
    found.set(id, { id, service, version, values, regressedOn: null, row: { is: 'follow-up', followUp } })
  }
  return found
}

/** What makes a change impossible, said to the person. */
function wrongIn(change: ItemChange, { row, regressedOn, values }: Found, people: People): Text | undefined {
  const { assignee, title, note, stillDone } = change
  if (typeof assignee === 'string' && assignee !== values.assignee?.id && !people.some(each => each.id === assignee))
    return { en: 'this person is not assigned to the customer', 'pt-BR': 'esta pessoa não está atribuída ao cliente' }
  if (title !== undefined && row.is === 'item')
    return { en: 'the title of a task is the playbook’s', 'pt-BR': 'o título de uma tarefa é do playbook' }
  if (note !== undefined && row.is === 'item')
    return { en: 'the note of a task goes with its status', 'pt-BR': 'a nota de uma tarefa acompanha o status' }
  if (stillDone && regressedOn === null)
    return { en: 'nothing says that it is no longer done', 'pt-BR': 'nada indica que deixou de estar concluído' }
  return undefined
}

const noteOf = (text: string | null): string | null => text?.trim() || null

const sameStatus = (a: ItemChange['status'], b: ItemValues) =>
  a === undefined || (a === null ? b.status === null : a.status === b.status && a.reason === b.reason && noteOf(a.note) === b.note)

function changesSomething({ status, assignee, due, title, note, stillDone }: ItemChange, { values, row }: Found): boolean {
  const wantedStatus = row.is === 'follow-up' && status === null ? { status: 'not-started' as const, reason: null, note: null } : status
  return (
    !sameStatus(wantedStatus, values) ||
    (assignee !== undefined && assignee !== (values.assignee?.id ?? null)) ||
    (due !== undefined && due !== values.due) ||
    (title !== undefined && title !== values.title) ||
    (note !== undefined && noteOf(note) !== values.note) ||
    stillDone === true
  )
}

async function refuseLostUpdates(trx: Trx, customerId: string, version: number, seen: number, wanted: readonly Wanted[]): Promise<void> {
  const lost = wanted.filter(({ present }) => present.version > seen)
  if (lost.length === 0) return
  const conflicts: ItemConflicts['conflicts'][number][] = []
  for (const { change, present } of lost) {
    const last = await lastChangeOf(trx, customerId, change.item)
    conflicts.push({ item: change.item, theirs: present.values, by: last?.by ?? null, at: last?.at ?? null })
  }
  const details: ItemConflicts = { conflicts, version }
  throw new AppError('conflict', 'somebody else changed this meanwhile', { details })
}

type Writing = Readonly<{ customerId: string; engagementId: string; version: number; at: string; by: string }>

async function write(
  trx: Trx,
  { customerId, engagementId, version, at, by }: Writing,
  change: ItemChange,
  { id, row }: Found,
): Promise<void> {
  const { status, assignee, due, title, note, stillDone } = change
  const mark = status && { status: status.status, reason: status.reason, note: noteOf(status.note) }
  if (row.is === 'follow-up') {
    const set = mark === null ? { status: 'not-started' as const, reason: null, note: null } : mark
    const isClosed = set !== undefined && CLOSING.some(each => each === set.status)
    await changeFollowUp(
      trx,
      { customerId, id: row.followUp.id, version },
      {
        ...(set === undefined ? {} : { ...set, closed_at: isClosed ? (row.followUp.closed_at ?? at) : null }),
        ...(assignee === undefined ? {} : { assignee }),
        ...(due === undefined ? {} : { due }),
        ...(title === undefined ? {} : { title }),
        ...(note === undefined ? {} : { note: noteOf(note) }),
      },
    )
    return
  }
  const key = { customerId, engagementId, id }
  const { process, step, task, service } = row.item
  if (mark) await saveMarks(trx, [{ ...key, process, step, task, service, ...mark, setBy: by, setAt: at, version }])
  if (mark === null) await clearMark(trx, key, version)
  await changeItem(trx, key, {
    version,
    ...(assignee === undefined ? {} : { assignee }),
    ...(due === undefined ? {} : { due_set: due }),
    // A new status is a new word on it.
    ...(stillDone || status !== undefined ? { regressed_on: null } : {}),
  })
}

/** What happened to one item, an event per kind of change. Notes, reasons and titles are free text and may name people. */
function toldOf({ personId }: Actor, change: ItemChange, { id, values, row }: Found): Told[] {
  const text = (each: string | null | undefined) => (each ? personal(personId, each) : null)
  const person = (each: string | null | undefined) => (each ? { person: each } : null)
  const named = row.is === 'follow-up' ? { title: personal(personId, change.title ?? row.followUp.title) } : {}
  const told: Told[] = []
  const tell = (kind: string, before: unknown, after: unknown) => void told.push({ kind, data: { item: id, ...named, before, after } })
  const { status, assignee, due, dueReason, title, note, stillDone } = change
  if (status !== undefined && !sameStatus(status, values)) {
    const before = values.status && { status: values.status, reason: values.reason, note: text(values.note) }
    const after = status && { status: status.status, reason: status.reason, note: text(status.note?.trim()) }
    if (row.is === 'follow-up') tell('follow-up-status-set', before, after ?? { status: 'not-started', reason: null, note: null })
    else tell(after ? 'item-status-set' : 'item-status-cleared', before, after)
  }
  const isRetitled = title !== undefined && title !== values.title
  const isRenoted = note !== undefined && noteOf(note) !== values.note
  if (isRetitled || isRenoted) {
    const parts = (titled: string | null | undefined, noted: string | null | undefined) => ({
      ...(isRetitled ? { title: text(titled) } : {}),
      ...(isRenoted ? { note: text(noted) } : {}),
    })
    tell('follow-up-changed', parts(values.title, values.note), parts(title, note?.trim()))
  }
  if (assignee !== undefined && assignee !== (values.assignee?.id ?? null))
    tell(
      row.is === 'item' ? 'item-assigned' : 'follow-up-assigned',
      { assignee: person(values.assignee?.id) },
      { assignee: person(assignee) },
    )
  if (due !== undefined && due !== values.due)
    tell(row.is === 'item' ? 'item-due-set' : 'follow-up-due-set', { due: values.due }, { due, reason: text(dueReason) })
  if (stillDone) tell('item-regressed-confirmed', null, null)
  return told
}

function titleOf({ playbook }: Pick<Context, 'playbook'>, { id, row }: Found): Text {
  return row.is === 'follow-up' ? { en: row.followUp.title } : itemTitle(playbook, id)
}

function warningsOf({ playbook }: Pick<Context, 'playbook'>, wanted: readonly Wanted[], people: People): ItemWarning[] {
  const given = wanted.filter(({ change, present }) => change.assignee && change.assignee !== present.values.assignee?.id)
  return given.flatMap(({ change: { item, assignee }, present }): ItemWarning[] => {
    const person = people.find(each => each.id === assignee)
    if (!person) return []
    const role = present.row.is === 'item' ? roleOfItem(playbook, item) : null
    // Counted before this change.
    const open = person.open + given.filter(each => each.change.assignee === assignee).length
    return [
      ...(role !== null && !person.roles.includes(role) ? [{ item, code: 'other-role' as const, person: person.name, open: null }] : []),
      ...(open >= LOAD_CAP ? [{ item, code: 'over-load' as const, person: person.name, open }] : []),
    ]
  })
}

/** That something is still done cannot be taken back: setting its status can. */
const undoable = (wanted: readonly Wanted[]): ItemChange[] =>
  wanted.map(({ change, present }) => undoOf(change, present)).filter(each => Object.keys(each).length > 1)

/** What takes a change back: the values before it, of the parts it changed. */
function undoOf({ item, status, assignee, due, title, note: noted }: ItemChange, { values, row }: Found): ItemChange {
  const { reason, note } = values
  return {
    item,
    ...(status === undefined ? {} : { status: values.status && { status: values.status, reason, note } }),
    ...(assignee === undefined ? {} : { assignee: values.assignee?.id ?? null }),
    ...(due === undefined ? {} : { due: values.due }),
    ...(title === undefined || row.is === 'item' ? {} : { title: row.followUp.title }),
    ...(noted === undefined ? {} : { note }),
  }
}
