import { afterAll, beforeAll, expect, test } from 'vitest'
import type { NotesPage } from '../../model/note-api.ts'
import type { Day } from '../../model/words.ts'
import { savePeople } from '../../store/customers.ts'
import { verifyEvents } from '../../store/events.ts'
import type { PersonAccount } from '../auth/types.ts'
import { getEvents } from '../events/get-events.ts'
import type { Actor } from '../policy.ts'
import { search } from '../search/search.ts'
import { addTestCustomer, type TestContext, testContext } from '../testing.ts'
import { getMentionable, mentionsIn } from './mentionable.ts'
import { getNoteTemplates } from './note-templates.ts'
import { changeNote, getNotes, getNoteVersions, removeNote, writeNote } from './notes.ts'

const rita: Actor = { personId: 'rita', name: 'Rita', right: 'fasttrack-manager', scope: 'all' }
const tomas: Actor = { personId: 'tomas', name: 'Tomás', right: 'fasttrack-manager', scope: 'all' }
/** Sees customers he is assigned to. */
const olaf: Actor = { personId: 'olaf', name: 'Olaf', right: 'engineer', scope: 'customers' }
const PEOPLE = [
  { id: 'rita', name: 'Rita', scope: 'all' },
  { id: 'tomas', name: 'Tomás', scope: 'all' },
  { id: 'olaf', name: 'Olaf', scope: 'customers' },
  { id: 'olafson', name: 'Olaf Berg', scope: 'customers' },
  { id: 'gone', name: 'Gone', scope: 'all', state: 'disabled' },
]
// Only these parts are asked for.
const auth = { listPeople: async () => ({ people: PEOPLE.map(each => ({ state: 'active', ...each })) as PersonAccount[], next: null }) }

let its: TestContext
let now = new Date('2026-11-21T10:00:00Z')
let count = 0
beforeAll(async () => {
  const test_ = await testContext(now)
  its = { ...test_, context: { ...test_.context, now: () => now } }
  await its.context.db.transaction().execute(trx =>
    savePeople(
      trx,
      PEOPLE.map(({ id, name }) => ({ id, name })),
    ),
  )
})
afterAll(() => its.close())

const newCustomer = async (assigned: readonly string[] = []) => {
  const id = `contoso-${++count}`
  await addTestCustomer(its.context, { customer: { id, name: `Contoso ${count}` }, services: {} }, 'contoso.example')
  for (const person of assigned) {
    await its.context.db
      .insertInto('assignment')
      .values({
        ...{ customer_id: id, id: person, person_id: person, role: 'fasttrack-engineer', service: null, is_primary: false },
        ...{ since: '2026-01-01' as Day, until: null, covers: null },
      })
      .execute()
  }
  return id
}
const write = (customerId: string, body: string, as = rita, subject: string | null = null) =>
  writeNote(its.context.as(as), auth, as, { customerId, body, subject })
const notes = (customerId: string, more: { subject?: string; cursor?: string; limit?: number } = {}): Promise<NotesPage> =>
  getNotes(its.context, rita, customerId, { limit: 50, ...more })
const told = (customerId: string) =>
  its.context.db
    .selectFrom('notification')
    .select(['person_id', 'kind'])
    .where('customer_id', '=', customerId)
    .orderBy('person_id')
    .execute()

test('a note is written, changed and removed; every text stays as a version and on record', async () => {
  const id = await newCustomer()
  const first = await write(id, 'Spoke with **Ana**')
  const second = await changeNote(its.context, auth, tomas, { customerId: id, note: first.id, body: 'Spoke with Ana and Bo', version: 1 })
  expect(second).toMatchObject({ body: 'Spoke with Ana and Bo', by: 'Rita', version: 2 })
  const { versions } = await getNoteVersions(its.context, rita, { customerId: id, note: first.id })
  expect(versions).toMatchObject([
    { version: 2, body: 'Spoke with Ana and Bo', by: 'Tomás' },
    { version: 1, body: 'Spoke with **Ana**', by: 'Rita' },
  ])
  await removeNote(its.context, rita, { customerId: id, note: first.id, version: 2 })
  expect((await notes(id)).notes).toEqual([])
  const back = await changeNote(its.context, auth, rita, { customerId: id, note: first.id, body: second.body, version: 2 })
  expect((await notes(id)).notes).toEqual([back])
  const { events } = await getEvents(its.context, rita, id, { limit: 4 })
  expect(events.map(each => each.kind)).toEqual(['note-restored', 'note-removed', 'note-changed', 'note-written'])
  expect(events.at(-1)?.summary).toEqual({ en: 'Note written: Spoke with **Ana**', 'pt-BR': 'Nota escrita: Spoke with **Ana**' })
  const stored = await its.context.db.selectFrom('event').select('body').where('customer_id', '=', id).execute()
  expect(stored.filter(each => each.body.includes('Spoke'))).toEqual([])
  expect((await verifyEvents(its.context.db, id)).broken).toEqual([])
})

test('of two people who change a note the second sees both texts, and nothing changes', async () => {
  const id = await newCustomer()
  const { id: note } = await write(id, 'as it was')
  await changeNote(its.context, auth, rita, { customerId: id, note, body: 'by Rita', version: 1 })
  const before = await notes(id)
  const lost = changeNote(its.context, auth, tomas, { customerId: id, note, body: 'by Tomás', version: 1 })
  await expect(lost).rejects.toMatchObject({
    code: 'conflict',
    details: { theirs: { body: 'by Rita', by: 'Rita', version: 2 }, yours: 'by Tomás' },
  })
  await expect(removeNote(its.context, tomas, { customerId: id, note, version: 1 })).rejects.toMatchObject({ code: 'conflict' })
  expect(await notes(id)).toEqual(before)
})

test('who is mentioned and may see the customer is told, once', async () => {
  const id = await newCustomer(['olaf'])
  const note = await write(id, 'Ask @Tomás, @olaf and @Olaf Berg; not a@Gone')
  expect(note.mentions).toEqual([
    { id: 'tomas', name: 'Tomás' },
    { id: 'olaf', name: 'Olaf' },
  ])
  expect(await told(id)).toEqual([
    { person_id: 'olaf', kind: 'mention' },
    { person_id: 'tomas', kind: 'mention' },
  ])
  await changeNote(its.context, auth, rita, { customerId: id, note: note.id, body: `${note.body}, soon. @Rita`, version: 1 })
  expect(await told(id)).toHaveLength(2)
  expect((await getMentionable(its.context, auth, rita, id)).people.map(each => each.id)).toEqual(['rita', 'tomas', 'olaf'])
})

test('of names that begin alike the longest that fits is meant', () => {
  const people = PEOPLE.map(({ id, name }) => ({ id, name }))
  const named = (body: string) => mentionsIn(body, people).map(each => each.id)
  expect(named('@Olaf Berg said')).toEqual(['olafson'])
  expect(named('@Olaf said')).toEqual(['olaf'])
  expect(named('@Olafs idea, mail@Rita, @ Rita')).toEqual([])
})

test('a customer is silent when nothing was noted and no meeting held for more than 14 days', async () => {
  const id = await newCustomer()
  expect((await notes(id)).contact).toEqual({ day: null, days: null, isSilent: true })
  const { id: note } = await write(id, 'a call')
  const on = async (day: string) => {
    now = new Date(`${day}T10:00:00Z`)
    return (await notes(id)).contact
  }
  try {
    expect(await on('2026-12-05')).toEqual({ day: '2026-11-21', days: 14, isSilent: false })
    expect(await on('2026-12-06')).toEqual({ day: '2026-11-21', days: 15, isSilent: true })
    const at = '2026-12-01T10:00:00Z'
    await its.context.db
      .insertInto('meeting')
      .values({
        ...{ customer_id: id, id: '00000000-0000-4000-8000-000000000001', kind: 'customer', title: 'Call', starts_at: at },
        ...{
          ends_at: '2026-12-01T11:00:00Z',
          time_zone: 'UTC',
          organizer_id: 'rita',
          state: 'held',
          uid: 'x',
          made_by: 'rita',
          version: 1,
        },
      })
      .execute()
    expect(await on('2026-12-06')).toEqual({ day: '2026-12-01', days: 5, isSilent: false })
    await removeNote(its.context, rita, { customerId: id, note, version: 1 })
    expect((await on('2026-12-16')).isSilent).toBe(true)
  } finally {
    now = new Date('2026-11-21T10:00:00Z')
  }
})

test('notes come newest first, a page at a time, and by what they belong to', async () => {
  const id = await newCustomer()
  for (let n = 1; n <= 7; n++) await write(id, `note ${n}`, rita, n === 3 ? 'item:a/b@teams' : null)
  const seen: string[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await notes(id, { limit: 3, ...(cursor === undefined ? {} : { cursor }) })
    seen.push(...page.notes.map(each => each.id))
    cursor = page.next
  }
  expect(new Set(seen).size).toBe(7)
  expect(seen).toEqual((await notes(id)).notes.map(each => each.id))
  expect((await notes(id, { subject: 'item:a/b@teams' })).notes).toMatchObject([{ body: 'note 3' }])
})

test('starters come in both languages, and one that people made under the same id stands in its place', async () => {
  const { templates } = await getNoteTemplates(its.context, rita)
  expect(templates.map(each => `${each.id} ${each.language}`).sort()).toEqual(
    ['check-in', 'hand-over', 'kick-off'].flatMap(id => [`${id} en`, `${id}-pt-br pt-BR`]),
  )
  const own = { id: 'check-in', title: 'Our call', language: 'en', body: 'ours' }
  await its.context.db
    .insertInto('template')
    .values({ ...own, kind: 'note', changed_at: now.toISOString() })
    .execute()
  const after = (await getNoteTemplates(its.context, rita)).templates
  expect(after).toHaveLength(6)
  expect(after).toContainEqual(own)
})

test('a reader writes no note, and nobody one of a customer that they cannot see', async () => {
  const id = await newCustomer()
  const reader: Actor = { personId: 'tomas', name: 'Tomás', right: 'reader', scope: 'all' }
  await expect(write(id, 'x', reader)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(write(id, 'x', olaf)).rejects.toMatchObject({ code: 'not-found' })
})

const texts = (found: Awaited<ReturnType<typeof search>>) => found.results.map(each => each.excerpt.map(part => part.text).join(''))
const find = (q: string, as = rita, more: { limit?: number; cursor?: string } = {}) =>
  search(its.context.as(as), as, { q, limit: 20, ...more })

test('notes are found by words without case and accents, with what was found marked', async () => {
  const id = await newCustomer()
  await write(id, 'Reunião em **São Paulo** sobre migração')
  await write(id, 'nothing of it')
  const { results } = await find('SAO migra')
  expect(results).toMatchObject([{ customer: { id }, by: 'Rita', subject: null }])
  expect(results[0]?.excerpt.filter(each => each.isMatch).map(each => each.text)).toEqual(['São', 'migração'])
  expect(texts(await find('paulo migração'))).toEqual(['Reunião em **São Paulo** sobre migração'])
  expect(texts(await find('aulo'))).toEqual([])
  await expect(find('!!')).rejects.toMatchObject({ code: 'invalid-input' })
  expect(texts(await find("sao' | ! paulo:*"))).toHaveLength(1)
})

test('notes of customers one cannot see change nothing of what is found: not the rows, the order nor the pages', async () => {
  const [own, hidden] = [await newCustomer(['olaf']), await newCustomer()]
  for (let n = 1; n <= 5; n++) await write(own, `quarterly zebra ${n}`)
  const pages = async () => {
    const first = await find('zebra', olaf, { limit: 2 })
    const second = await find('zebra', olaf, { limit: 2, cursor: first.next ?? '' })
    const third = await find('zebra', olaf, { limit: 2, cursor: second.next ?? '' })
    return [first, second, third]
  }
  const before = await pages()
  expect(before.flatMap(texts)).toHaveLength(5)
  for (let n = 1; n <= 30; n++) await write(hidden, `zebra zebra zebra ${n}`)
  expect(await pages()).toEqual(before)
  expect((await find('zebra', rita, { limit: 100 })).results).toHaveLength(35)
  expect(JSON.stringify(before)).not.toContain(hidden)
})

test('a note that was removed is not found any more', async () => {
  const id = await newCustomer()
  const { id: note } = await write(id, 'okapi')
  expect((await find('okapi')).results).toHaveLength(1)
  await removeNote(its.context, rita, { customerId: id, note, version: 1 })
  expect((await find('okapi')).results).toEqual([])
})

test('a search reads the index of words, not every note', async () => {
  const { rows } = await its.owner
    .query<{ 'QUERY PLAN': string }>(
      // Over so few notes the smaller index of the newest would do as well.
      `begin; set local enable_seqscan = off; drop index note_recent; explain select id from note where to_tsvector('simple', search_key) @@ to_tsquery('simple', 'okapi:*') and removed_at is null; rollback`,
    )
    .then((all: unknown) => (Array.isArray(all) ? (all[3] as { rows: { 'QUERY PLAN': string }[] }) : { rows: [] }))
  expect(rows.map(each => each['QUERY PLAN']).join('\n')).toContain('note_words')
})
